import { gunzip } from "#platform/zlib";
import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { openSource } from "../../core/open-source.ts";
import { Budget } from "../budget/budget.ts";
import { isGzip } from "./packed-source.ts";

/** A file in memory, unpacked if it was packed with gzip, and what may be made of it. */
export interface UnpackedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly budget: Budget;
}

/** Deflate makes at most 1032 bytes of one; what people keep packs no better than this. */
const ratio = 200;

/**
 * Read a whole file, packed or not (its first two bytes tell). Throws `MissingFile`, and `FileFormatError` for damaged
 * gzip data and for a small file that unpacks to more than its budget.
 */
export async function readUnpacked(input: FileInput, maxBytes?: number): Promise<UnpackedFile> {
  const source = await openSource(input);
  try {
    const { name, size } = source;
    const budget = new Budget(name, size, { ratio, maxBytes });
    budget.take(size, "size");
    const bytes = await source.read(0, size);
    if (!isGzip(bytes)) return { name, bytes, budget };
    const content = await gunzip(bytes, budget.left).catch((cause: unknown) => {
      throw damaged(name, cause);
    });
    budget.take(content.length, "unpacked size");
    // Not a Buffer, whose slice would not copy.
    const { buffer, byteOffset, length } = content;
    return { name, bytes: new Uint8Array(buffer, byteOffset, length), budget };
  } finally {
    await source.close();
  }
}

function damaged(name: string, cause: unknown): FileFormatError {
  const found = cause instanceof Error ? cause.message : String(cause);
  return new FileFormatError(name, "gzip data", "a whole gzip file", found, { cause });
}
