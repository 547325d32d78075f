import { crc32, inflateRaw } from "#platform/zlib";
import type { ByteSource } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { viewOf } from "./end-record.ts";
import type { ZipEntry } from "./zip-entry.ts";

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;

/** The content of one member, of the size and checksum that the directory states. Throws `FileFormatError`. */
export async function readZipEntry(source: ByteSource, entry: ZipEntry): Promise<Uint8Array> {
  const start = await zipEntryStart(source, entry);
  const stored = await source.read(start, entry.storedBytes);
  const content = entry.method === 0 ? stored : await inflate(stored, entry, source.name);
  const found = crc32(content);
  if (found === entry.crc32) return content;
  const [expected, got] = [hex(entry.crc32), hex(found)];
  throw new FileFormatError(source.name, `${entry.name}: CRC-32`, expected, got, {
    advice: "the file is damaged; copy or download it again",
  });
}

/** Where the stored bytes of a member begin, after its own header, which must agree. Throws `FileFormatError`. */
export async function zipEntryStart(source: ByteSource, entry: ZipEntry): Promise<number> {
  const room = entry.directoryStart - entry.headerStart;
  const header = viewOf(await source.read(entry.headerStart, Math.min(LOCAL_BYTES, room)));
  if (header.byteLength < LOCAL_BYTES || header.getUint32(0, true) !== LOCAL_SIGNATURE)
    throw new FileFormatError(source.name, `${entry.name}: header`, "its signature", "other bytes");
  const [nameBytes, extraBytes] = [header.getUint16(26, true), header.getUint16(28, true)];
  const start = entry.headerStart + LOCAL_BYTES + nameBytes + extraBytes;
  const end = start + entry.storedBytes;
  if (end > entry.directoryStart) {
    const expected = `at most byte ${entry.directoryStart}`;
    throw new FileFormatError(source.name, `${entry.name}: end`, expected, `${end}`);
  }
  await checkSame(source, entry, header.getUint16(8, true), nameBytes);
  return start;
}

/** A member's own header must agree with the directory. */
async function checkSame(source: ByteSource, entry: ZipEntry, method: number, nameBytes: number) {
  const expected = `${entry.name}, method ${entry.method}`;
  const bytes = await source.read(entry.headerStart + LOCAL_BYTES, nameBytes);
  const found = `${new TextDecoder().decode(bytes)}, method ${method}`;
  if (found !== expected)
    throw new FileFormatError(source.name, `${entry.name}: header`, expected, found);
}

async function inflate(stored: Uint8Array, entry: ZipEntry, file: string): Promise<Uint8Array> {
  try {
    return await inflateRaw(stored, entry.bytes);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const field = `${entry.name}: deflated data`;
    throw new FileFormatError(file, field, `${entry.bytes} bytes`, why, { cause });
  }
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
