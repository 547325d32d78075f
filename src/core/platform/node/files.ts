import { mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkInside, type ByteSource } from "../../byte-source.ts";
import { FileFormatError, MissingFile } from "../../errors.ts";

/** Open a path for reading pieces of it. */
export async function openPath(path: string | URL): Promise<ByteSource> {
  const name = toPath(path);
  const size = await fileSize(name);
  const handle = await open(name, "r");
  return {
    name,
    size,
    read: async (offset, length) => {
      checkInside(name, offset, length, size);
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(
          bytes,
          filled,
          Math.min(length - filled, 1 << 30),
          offset + filled,
        );
        if (bytesRead === 0) throw outside(name, offset, length, size);
        filled += bytesRead;
      }
      return bytes;
    },
    close: () => handle.close(),
  };
}

/** Write a whole file, piece by piece; it gets its name only when it is complete. */
export async function writePath(
  path: string | URL,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  await replacePath(path, (part) => writeFile(part, chunks));
}

/** Have a file written under another name; it gets its own when that is done. */
export async function replacePath(
  path: string | URL,
  write: (part: string) => Promise<void>,
): Promise<void> {
  const name = toPath(path);
  await mkdir(dirname(name), { recursive: true });
  const part = `${name}.part-${process.pid}`;
  try {
    await write(part);
    await rename(part, name);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** The path of a file beside `path`. */
export function siblingPath(path: string, name: string): string {
  return join(dirname(path), name);
}

/** The last part of a path. */
export function fileNameOf(path: string | URL): string {
  return basename(toPath(path));
}

/** True when there is a file at `path`. */
export async function fileExists(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

function toPath(path: string | URL): string {
  if (path instanceof URL || path.startsWith("file:")) return fileURLToPath(path);
  return path;
}

async function fileSize(name: string): Promise<number> {
  const found = await stat(name).catch(() => undefined);
  if (found?.isFile() === true) return found.size;
  const kind = found === undefined ? "" : " (it is a folder)";
  throw new MissingFile(
    `${name}${kind}`,
    `looked at ${resolve(name)}; check the path, or list data sets with: tsrsa data list`,
  );
}

function outside(name: string, offset: number, length: number, size: number): FileFormatError {
  return new FileFormatError(
    name,
    `bytes ${offset} to ${offset + length}`,
    "them to be in the file",
    `a file of ${size} bytes`,
  );
}
