import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { appendFile, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { writeError } from "../../disk-errors.ts";

/** Names in a folder, none when there is none. */
export async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw cause;
  });
}

/** All bytes of a file, however many; undefined when there is no such file. */
export async function storedBytes(path: string): Promise<Uint8Array | undefined> {
  const handle = await open(path, "r").catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  });
  if (handle === undefined) return undefined;
  try {
    const { size } = await handle.stat();
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size;) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(size - at, 1 << 30), at);
      if (bytesRead === 0) return bytes.slice(0, at);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

/** SHA-256 of a file, which may be larger than memory; undefined when there is no such file. */
export async function sha256OfFile(path: string): Promise<string | undefined> {
  if ((await sizeOfFile(path)) === undefined) return undefined;
  const hash = createHash("sha256");
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 }))
    hash.update(part as Uint8Array);
  return hash.digest("hex");
}

/** Size of a file, undefined when there is none. */
export async function sizeOfFile(path: string): Promise<number | undefined> {
  return stat(path).then(
    (found) => found.size,
    () => undefined,
  );
}

/** Put a line behind a file of lines, in one write. Throws `DiskFull`, `NotAllowed`. */
export async function appendLine(path: string, line: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await appendFile(path, `${line}\n`);
  } catch (cause) {
    throw writeError(path, cause);
  }
}

/** Remove a file that may not be there any more. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** The path from the root on. */
export function absolutePath(path: string): string {
  return resolve(path);
}
