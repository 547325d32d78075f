import { Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import type { ByteSource } from "../../src/core/byte-source.ts";
import { FileFormatError } from "../../src/core/errors.ts";
import { readZipDirectory, zipEntryStart, type ZipEntry } from "../../src/io/zip/index.ts";
import type { ArchiveMember } from "./member.ts";
import type { UnpackLimits } from "./member-guard.ts";

const pieceBytes = 1 << 20;
const typeMask = 0o170000;
const symbolicLink = 0o120000;
const special = [0o010000, 0o020000, 0o060000, 0o140000];

/** The members of a zip file in the order of its directory. */
export async function* zipMembers(
  source: ByteSource,
  limits: UnpackLimits,
): AsyncGenerator<ArchiveMember, void, undefined> {
  const entries = await readZipDirectory(source, { maxTotalBytes: 32 * 2 ** 30, ...limits });
  for (const entry of entries) {
    yield {
      name: entry.name,
      kind: kindOf(entry),
      bytes: entry.bytes,
      crc32: entry.crc32,
      content: () => contentOf(source, entry),
    };
  }
}

function kindOf({ name, unixMode }: ZipEntry): ArchiveMember["kind"] {
  const type = unixMode & typeMask;
  if (type === symbolicLink) return "link";
  if (special.includes(type)) return "device";
  return name.endsWith("/") ? "folder" : "file";
}

async function* contentOf(
  source: ByteSource,
  entry: ZipEntry,
): AsyncGenerator<Uint8Array, void, undefined> {
  const start = await zipEntryStart(source, entry);
  const stored = storedPieces(source, start, entry.storedBytes);
  if (entry.method === 0) return yield* stored;
  const inflater = createInflateRaw({ chunkSize: 1 << 18 });
  const input = Readable.from(stored, { objectMode: true, highWaterMark: 1 });
  input.once("error", (error) => inflater.destroy(error));
  input.pipe(inflater);
  try {
    for await (const chunk of inflater) yield chunk as Uint8Array;
  } catch (cause) {
    if (cause instanceof FileFormatError) throw cause;
    const found = cause instanceof Error ? cause.message : String(cause);
    const field = `${entry.name}: deflated data`;
    throw new FileFormatError(source.name, field, `${entry.bytes} bytes`, found, { cause });
  } finally {
    input.destroy();
    inflater.destroy();
  }
}

async function* storedPieces(source: ByteSource, start: number, bytes: number) {
  for (let at = 0; at < bytes; at += pieceBytes)
    yield await source.read(start + at, Math.min(pieceBytes, bytes - at));
}
