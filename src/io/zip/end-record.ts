import type { ByteSource } from "../../core/byte-source.ts";
import { FileFormatError, Unsupported } from "../../core/errors.ts";

/** Where the central directory is. */
export interface Directory {
  readonly start: number;
  readonly bytes: number;
  readonly entries: number;
}

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const MOST_COMMENT_BYTES = 0xffff;
const LOCATOR_SIGNATURE = 0x07064b50;
const LOCATOR_BYTES = 20;
const END64_SIGNATURE = 0x06064b50;
const END64_BYTES = 56;
const LEAST_ENTRY_BYTES = 46;

/** Find the central directory from the end of the file. Throws when it is not where the end record says. */
export async function findDirectory(source: ByteSource, maxEntries: number): Promise<Directory> {
  const tailStart = Math.max(0, source.size - END_BYTES - MOST_COMMENT_BYTES - LOCATOR_BYTES);
  const tail = viewOf(await source.read(tailStart, source.size - tailStart));
  const end = endRecordAt(tail);
  if (end === undefined) {
    const found = source.size === 0 ? "an empty file" : "none";
    throw new FileFormatError(source.name, "end record", "that of a zip file (.npz)", found);
  }
  const locator = end - LOCATOR_BYTES;
  const zip64 = locator >= 0 && tail.getUint32(locator, true) === LOCATOR_SIGNATURE;
  const found = zip64
    ? await directory64(source, tail, locator, tailStart + locator)
    : directory32(tail, end, tailStart + end, source.name);
  checkDirectory(found, maxEntries, source.name);
  return found;
}

interface FoundDirectory extends Directory {
  /** Where the record after the directory begins; the directory must end there. */
  readonly end: number;
}

function endRecordAt(tail: DataView): number | undefined {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END_SIGNATURE) continue;
    if (at + END_BYTES + tail.getUint16(at + 20, true) === tail.byteLength) return at;
  }
  return undefined;
}

function directory32(tail: DataView, at: number, end: number, file: string): FoundDirectory {
  const u16 = (offset: number) => tail.getUint16(at + offset, true);
  if (u16(4) !== 0 || u16(6) !== 0 || u16(8) !== u16(10)) throw severalParts(file);
  const [bytes, start] = [tail.getUint32(at + 12, true), tail.getUint32(at + 16, true)];
  return { start, bytes, entries: u16(10), end };
}

async function directory64(source: ByteSource, tail: DataView, locator: number, before: number) {
  const file = source.name;
  const end = safeInteger(tail, locator + 8, "zip64 end record", file);
  if (end + END64_BYTES > before) {
    const expected = `it before byte ${before}`;
    throw new FileFormatError(file, "zip64 end record", expected, `byte ${end}`);
  }
  const record = viewOf(await source.read(end, END64_BYTES));
  if (record.getUint32(0, true) !== END64_SIGNATURE)
    throw new FileFormatError(file, "zip64 end record", "its signature", "other bytes");
  const read = (at: number) => safeInteger(record, at, "zip64 end record", file);
  if (record.getUint32(16, true) !== 0 || read(24) !== read(32)) throw severalParts(file);
  return { start: read(48), bytes: read(40), entries: read(32), end };
}

function checkDirectory(found: FoundDirectory, maxEntries: number, file: string): void {
  const { start, bytes, entries, end } = found;
  if (start + bytes !== end) {
    const told = `byte ${start + bytes}`;
    throw new FileFormatError(file, "end of the directory", `byte ${end}`, told);
  }
  const most = Math.min(maxEntries, Math.floor(bytes / LEAST_ENTRY_BYTES));
  if (entries > most)
    throw new FileFormatError(file, "number of members", `at most ${most}`, `${entries}`);
}

/** A 64-bit count as a number. Throws when it is beyond 2⁵³. */
export function safeInteger(view: DataView, at: number, field: string, file: string): number {
  const value = Number(view.getBigUint64(at, true));
  if (Number.isSafeInteger(value)) return value;
  throw new FileFormatError(file, field, "a number below 2^53", `${value}`);
}

/** A view of exactly these bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function severalParts(file: string): Unsupported {
  return new Unsupported(`${file} is one part of a zip file in several`, "save it as one file");
}
