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
