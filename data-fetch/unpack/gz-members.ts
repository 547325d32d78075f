import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { createGunzip } from "node:zlib";
import { FileFormatError } from "../../src/core/errors.ts";
import type { ArchiveMember } from "./member.ts";

/** The one file in a .gz file, under the archive's name without the ending. */
export async function* gzMembers(path: string): AsyncGenerator<ArchiveMember, void, undefined> {
  yield {
    name: basename(path).replace(/\.gz$/i, ""),
    kind: "file",
    // A gzip file does not say how much it holds; the limits are applied as it comes.
    bytes: 0,
    content: () => contentOf(path),
  };
}

async function* contentOf(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  file.once("error", (error) => gunzip.destroy(error));
  try {
    for await (const chunk of file.pipe(gunzip)) yield chunk as Uint8Array;
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new FileFormatError(path, "gzip data", "a whole gzip file", found, { cause });
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}
