import { noteFile } from "../../run-record.ts";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, open, realpath, stat, writeFile, type FileHandle } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { checkInside, type ByteSource } from "../../byte-source.ts";
import { NotAllowed } from "../../disk-errors.ts";
import { FileFormatError, MissingFile } from "../../errors.ts";
import { replaceFile, type ReplaceOptions } from "./disk/replace-file.ts";
import { isAddress, type AskOptions } from "../../http/address.ts";
import { addressExists, openAddress } from "../../http/open-address.ts";
import { toPath } from "./disk/to-path.ts";

/** Open a path for reading pieces of it. */
export async function openPath(path: string | URL, options: AskOptions = {}): Promise<ByteSource> {
  if (isAddress(path)) return openAddress(path, options);
  const name = toPath(path);
  const size = await fileSize(name);
  const handle = await openToRead(name);
  noteFile(resolve(name));
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
  options: ReplaceOptions = {},
): Promise<void> {
  await replaceFile(path, (part) => writeFile(part, chunks), options);
}

/**
 * Have a file written under another name; it gets its own when that is done and on the disk, and until then the old one
 * stays. Throws `DiskFull`, `NotAllowed`, `InTheWay`.
 */
export async function replacePath(
  path: string | URL,
  write: (part: string) => Promise<void>,
): Promise<void> {
  await replaceFile(path, write);
}

/** The path of a file beside `path`. A name that a file gives is never an address: no file chooses whom to ask. */
export function siblingPath(path: string | URL, name: string): string {
  if (isAddress(path)) return new URL(`./${name}`, path).href;
  const found = join(dirname(toPath(path)), name);
  return /^(https?|file):/i.test(found) ? `./${found}` : found;
}

/** Where a path leads when every link on it is followed; of what is not there, the path itself. */
export async function realPath(path: string | URL): Promise<string> {
  if (isAddress(path)) return new URL(path).href;
  const name = resolve(toPath(path));
  return realpath(name).catch(() => name);
}

/** The last part of a path. */
export function fileNameOf(path: string | URL): string {
  return isAddress(path) ? basename(new URL(path).pathname) : basename(toPath(path));
}

/** True when there is a file at `path`. */
export async function fileExists(path: string): Promise<boolean> {
  if (isAddress(path)) return addressExists(path);
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Whether there is nothing at a path: neither file nor folder, nor a link on the way to it that leads nowhere. */
export async function isAbsent(path: string | URL): Promise<boolean> {
  const name = resolve(toPath(path));
  for (let at = name; ; at = dirname(at)) {
    const found = await lstat(at).catch((cause: unknown) => (cause as NodeJS.ErrnoException).code);
    if (typeof found === "object") {
      const isThere =
        at === name || (found.isSymbolicLink() && !(await stat(at).catch(() => false)));
      return !isThere;
    }
    if ((found !== "ENOENT" && found !== "ENOTDIR") || at === dirname(at)) return false;
  }
}

/** How many bytes a file has; 0 where there is none, or a link that leads nowhere. */
export async function bytesOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  );
}

/** SHA-256 of a file in hexadecimal digits, read piece by piece. Throws `MissingFile`, `NotAllowed`. */
export async function hashOfFile(path: string): Promise<string> {
  const source = await openPath(path);
  await source.close();
  const hash = createHash("sha256");
  for await (const bytes of createReadStream(path)) hash.update(bytes as Uint8Array);
  return hash.digest("hex");
}

async function openToRead(name: string): Promise<FileHandle> {
  return open(name, "r").catch((cause: unknown) => {
    const { code } = cause as NodeJS.ErrnoException;
    throw code === "EACCES" || code === "EPERM" ? new NotAllowed(name, "read", { cause }) : cause;
  });
}

async function fileSize(name: string): Promise<number> {
  const found = await stat(name).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code !== "EACCES") return undefined;
    throw new NotAllowed(name, "read", { cause });
  });
  if (found?.isFile() === true) return found.size;
  const kind =
    found === undefined ? "" : ` (it is ${found.isDirectory() ? "a folder" : specialKind})`;
  throw new MissingFile(
    `${name}${kind}`,
    `looked at ${resolve(name)}; check the path, or list data sets with: tsrsa data list`,
  );
}

const specialKind = "a pipe, device or socket: save what it gives to a file first";

function outside(name: string, offset: number, length: number, size: number): FileFormatError {
  return new FileFormatError(
    name,
    `bytes ${offset} to ${offset + length}`,
    "them to be in the file",
    `a file of ${size} bytes`,
  );
}
