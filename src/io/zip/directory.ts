import type { ByteSource } from "../../core/byte-source.ts";
import { FileFormatError, Unsupported } from "../../core/errors.ts";
import { findDirectory, safeInteger, viewOf, type Directory } from "./end-record.ts";
import { checkEntries, checkName, type ZipEntry, type ZipLimits } from "./zip-entry.ts";

const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const IN_ZIP64_EXTRA = 0xffffffff;

/**
 * The members of a zip file, from its central directory (zip64 too). Nothing is inflated.
 * Throws `FileFormatError` for a damaged directory, for names that lead outside, and beyond the limits.
 */
export async function readZipDirectory(
  source: ByteSource,
  limits: ZipLimits = {},
): Promise<ZipEntry[]> {
  const directory = await findDirectory(source, limits.maxEntries ?? 65_535);
  const bytes = await source.read(directory.start, directory.bytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < directory.entries; i++) {
    const { entry, next } = parseEntry(bytes, at, directory, `directory entry ${i}`, source.name);
    entries.push(entry);
    at = next;
  }
  if (at !== bytes.length)
    throw new FileFormatError(source.name, "directory", `${bytes.length} bytes`, `${at} bytes`);
  checkEntries(entries, limits, source.name);
  return entries;
}

function parseEntry(bytes: Uint8Array, at: number, dir: Directory, field: string, file: string) {
  const view = viewOf(bytes);
  if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== ENTRY_SIGNATURE)
    throw new FileFormatError(file, field, "an entry's signature", "other bytes");
  const u16 = (offset: number) => view.getUint16(at + offset, true);
  const u32 = (offset: number) => view.getUint32(at + offset, true);
  const [nameBytes, extraBytes, commentBytes] = [u16(28), u16(30), u16(32)];
  const extraStart = at + ENTRY_BYTES + nameBytes;
  const next = extraStart + extraBytes + commentBytes;
  if (next > bytes.length)
    throw new FileFormatError(file, field, `at most ${bytes.length} bytes`, `${next}`);
  const name = decodeName(bytes.subarray(at + ENTRY_BYTES, extraStart), field, file);
  checkName(name, file);
  const extra = bytes.subarray(extraStart, extraStart + extraBytes);
  const [size, storedBytes, headerStart] = sizes([u32(24), u32(20), u32(42)], extra, name, file);
  const entry: ZipEntry = {
    name,
    method: checkMethod(u16(10), u16(8), name, file),
    crc32: u32(16),
    storedBytes,
    bytes: size,
    headerStart,
    directoryStart: dir.start,
    // Made on Unix: the upper half of the attributes is the file's mode.
    unixMode: u16(4) >> 8 === 3 ? u16(40) : 0,
  };
  return { entry, next };
}

/** Sizes of 4 GiB or more, marked by all bits set, stand in an extra field, in this order. */
function sizes(fields: readonly number[], extra: Uint8Array, name: string, file: string): number[] {
  if (!fields.includes(IN_ZIP64_EXTRA)) return [...fields];
  const zip64 = viewOf(findExtra(extra, 1) ?? new Uint8Array());
  let at = 0;
  return fields.map((value) => {
    if (value !== IN_ZIP64_EXTRA) return value;
    if (at + 8 > zip64.byteLength)
      throw new FileFormatError(file, `${name}: sizes`, "a zip64 field", "none");
    at += 8;
    return safeInteger(zip64, at - 8, `${name}: sizes`, file);
  });
}

function findExtra(extra: Uint8Array, id: number): Uint8Array | undefined {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === id && end <= extra.length) return extra.subarray(at + 4, end);
    at = end;
  }
  return undefined;
}

function checkMethod(method: number, flags: number, name: string, file: string): 0 | 8 {
  if (flags & 1)
    throw new Unsupported(`${file}: ${name} is encrypted`, "save it without a password");
  if (method === 0 || method === 8) return method;
  const what = `${file}: ${name} is compressed by method ${method}`;
  throw new Unsupported(what, "save it stored or deflated, as np.savez and np.savez_compressed do");
}

function decodeName(bytes: Uint8Array, field: string, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FileFormatError(file, `${field}: name`, "UTF-8 text", "other bytes", { cause });
  }
}
