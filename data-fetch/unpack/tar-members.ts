import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { FileFormatError } from "../../src/core/errors.ts";
import type { ArchiveMember } from "./member.ts";

/** The members of a .tar.gz file in their order. Throws `FileFormatError` for what is damaged or cut. */
export async function* tarMembers(path: string): AsyncGenerator<ArchiveMember, void, undefined> {
  const parser = new Parser({ strict: true });
  const arrived: ReadEntry[] = [];
  let wake = (): void => {};
  parser.on("entry", (entry: ReadEntry) => {
    arrived.push(entry);
    wake();
  });
  const state: Reading = { ended: false };
  const fed = feed(path, parser)
    .catch((error: unknown) => {
      state.error = damaged(path, error);
      // The member that is being read would wait for its next piece for ever.
      state.entry?.destroy(state.error);
    })
    .finally(() => {
      state.ended = true;
      wake();
    });
  for (;;) {
    const entry = arrived.shift();
    if (entry !== undefined) {
      yield memberOf(entry, path, state);
      // What was not taken is passed over, so that the next member can come.
      entry.resume();
    } else if (state.ended) break;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
  await fed;
  if (state.error !== undefined) throw state.error;
}

/** How far an archive was read. */
interface Reading {
  ended: boolean;
  error?: FileFormatError;
  /** The member whose content is being read. */
  entry?: ReadEntry;
}

async function feed(path: string, parser: Parser): Promise<void> {
  const failed = new Promise<never>((_, reject) => parser.once("error", reject));
  // Without anybody waiting yet, a rejection must not end the process.
  failed.catch(() => {});
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  file.once("error", (error) => gunzip.destroy(error));
  try {
    for await (const chunk of file.pipe(gunzip)) {
      const goesOn = parser.write(chunk as Buffer);
      if (!goesOn) await Promise.race([once(parser, "drain"), failed]);
    }
    const ended = once(parser, "end");
    parser.end();
    await Promise.race([ended, failed]);
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}

function memberOf(entry: ReadEntry, path: string, state: Reading): ArchiveMember {
  return {
    name: entry.path,
    kind: kindOf(entry),
    bytes: entry.size,
    content: () => contentOf(entry, path, state),
  };
}

async function* contentOf(entry: ReadEntry, path: string, state: Reading) {
  // Between two pieces nobody listens; the error is thrown before the next one.
  entry.on("error", () => {});
  state.entry = entry;
  const pieces = (entry as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let bytes = 0;
  for (;;) {
    if (state.error !== undefined) throw state.error;
    const step = await pieces.next();
    if (step.done === true) break;
    bytes += step.value.length;
    yield step.value;
  }
  if (bytes !== entry.size)
    throw state.error ?? damaged(path, new Error(`${entry.path} has ${bytes} bytes`));
}

function kindOf({ type }: ReadEntry): ArchiveMember["kind"] {
  if (type === "File" || type === "OldFile" || type === "ContiguousFile") return "file";
  if (type === "Directory" || type === "GNUDumpDir") return "folder";
  return type === "SymbolicLink" || type === "Link" ? "link" : "device";
}

function damaged(path: string, cause: unknown): FileFormatError {
  if (cause instanceof FileFormatError) return cause;
  const found = cause instanceof Error ? cause.message : String(cause);
  return new FileFormatError(path, "archive", "a whole .tar.gz file", found, { cause });
}
