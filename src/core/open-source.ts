import { openPath } from "#platform/files";
import type { ByteSource, FileInput } from "./byte-source.ts";
import { FileFormatError } from "./errors.ts";

/** Open what a reader was given. The caller closes it. Throws `MissingFile`. */
export async function openSource(input: FileInput): Promise<ByteSource> {
  if (typeof input === "string" || input instanceof URL) return openPath(input);
  if (input instanceof Blob) return blobSource(input);
  return bytesSource(input instanceof ArrayBuffer ? new Uint8Array(input) : input);
}

/** A source over bytes in memory. */
export function bytesSource(bytes: Uint8Array, name = "(bytes in memory)"): ByteSource {
  return {
    name,
    size: bytes.length,
    read: async (offset, length) => {
      checkInside(name, offset, length, bytes.length);
      return bytes.subarray(offset, offset + length);
    },
    close: async () => {},
  };
}

function blobSource(blob: Blob): ByteSource {
  const name = "name" in blob ? String(blob.name) : "(blob)";
  return {
    name,
    size: blob.size,
    read: async (offset, length) => {
      checkInside(name, offset, length, blob.size);
      return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
    },
    close: async () => {},
  };
}

/** Throws when `length` bytes at `offset` are not inside a file of `size` bytes. */
export function checkInside(name: string, offset: number, length: number, size: number): void {
  const ok =
    Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (ok && offset + length <= size) return;
  throw new FileFormatError(
    name,
    `bytes ${offset} to ${offset + length}`,
    "them to be in the file",
    `a file of ${size} bytes`,
  );
}
