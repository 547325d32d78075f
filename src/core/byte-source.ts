import { FileFormatError } from "./errors.ts";

/** Bytes that can be read anywhere, a piece at a time, and whose size is known before anything is allocated. */
export interface ByteSource {
  /** For messages: a path, or what kind of bytes these are. */
  readonly name: string;
  readonly size: number;
  /** Exactly `length` bytes from `offset`. Throws `FileFormatError` when the source ends before. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** What a reader accepts: a path (in Node), a URL, a `File` or `Blob`, or the bytes themselves. */
export type FileInput = string | URL | Uint8Array | ArrayBuffer | Blob;

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
