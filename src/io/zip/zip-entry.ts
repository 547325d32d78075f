import { FileFormatError } from "../../core/errors.ts";

/** One member of a zip file, as its central directory describes it. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: 0 | 8;
  readonly crc32: number;
  readonly storedBytes: number;
  readonly bytes: number;
  /** Where the member's own header begins in the file. */
  readonly headerStart: number;
  /** Where the central directory begins: a member must end before. */
  readonly directoryStart: number;
  /** Kind and permissions of the file, where it was packed on Unix; 0 elsewhere. */
  readonly unixMode: number;
}

/** What a zip file may claim before it is refused. */
export interface ZipLimits {
  /** Number of members. Default 65,535. */
  readonly maxEntries?: number;
  /** Bytes of all members together, when inflated. Default 8 GiB. */
  readonly maxTotalBytes?: number;
  /** Inflated by stored bytes: of a member of more than 64 MiB, and of all together above 192 MiB. Default 200. */
  readonly maxRatio?: number;
}

const LEAST_SUSPECT_BYTES = 64 * 2 ** 20;
const LEAST_SUSPECT_TOTAL = 192 * 2 ** 20;
/** Deflate cannot do better than 1032 to 1, so a greater ratio is a lie. */
const DEFLATE_RATIO = 1032;

/** Throws when a member's name leads out of the folder it would be unpacked to. */
export function checkName(name: string, file: string): void {
  const parts = name.split(/[/\\]/);
  const escapes = /^([/\\]|[a-z]:)/i.test(name) || parts.includes("..");
  if (name !== "" && !escapes && !name.includes("\0")) return;
  throw new FileFormatError(file, "member name", "a relative path inside", JSON.stringify(name), {
    advice: "the zip file may be malicious; do not unpack it",
  });
}

/** Throws when names occur twice, members overlap, or together they claim more than the limits. */
export function checkEntries(entries: readonly ZipEntry[], limits: ZipLimits, file: string): void {
  checkTotal(entries, limits.maxTotalBytes ?? 8 * 2 ** 30, file);
  const names = new Set<string>();
  for (const entry of entries) {
    if (names.has(entry.name))
      throw new FileFormatError(file, "member names", "each once", `${entry.name} twice`);
    names.add(entry.name);
    checkRatio(entry, limits.maxRatio ?? 200, file);
  }
  checkTotalRatio(entries, limits.maxRatio ?? 200, file);
  checkOverlap(entries, file);
}

function checkTotalRatio(entries: readonly ZipEntry[], most: number, file: string): void {
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const stored = entries.reduce((sum, entry) => sum + entry.storedBytes, 0);
  const ratio = total / Math.max(1, stored);
  if (total <= LEAST_SUSPECT_TOTAL || ratio <= most) return;
  const [expected, found] = [`at most ${most}`, String(Math.round(ratio))];
  throw new FileFormatError(file, "inflation of all members", expected, found, {
    advice: "it looks like a zip bomb; if you trust the file, raise maxRatio",
  });
}

function checkTotal(entries: readonly ZipEntry[], most: number, file: string): void {
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (total <= most) return;
  throw new FileFormatError(file, "size of all members", `at most ${most} bytes`, `${total}`, {
    advice: "if you trust the file, raise maxTotalBytes",
  });
}

function checkRatio(entry: ZipEntry, most: number, file: string): void {
  if (entry.method === 0 && entry.bytes !== entry.storedBytes) {
    const field = `${entry.name}: size`;
    throw new FileFormatError(file, field, `${entry.storedBytes} (stored)`, `${entry.bytes}`);
  }
  const ratio = entry.bytes / Math.max(1, entry.storedBytes);
  if (ratio <= most || (entry.bytes <= LEAST_SUSPECT_BYTES && ratio <= DEFLATE_RATIO)) return;
  const expected = `at most ${Math.min(most, DEFLATE_RATIO)}`;
  throw new FileFormatError(file, `${entry.name}: inflation`, expected, `${Math.round(ratio)}`, {
    advice: "it looks like a zip bomb; if you trust the file, raise maxRatio",
  });
}

// Members that share bytes make a small file inflate to terabytes.
function checkOverlap(entries: readonly ZipEntry[], file: string): void {
  const sorted = [...entries].sort((a, b) => a.headerStart - b.headerStart);
  sorted.forEach((entry, i) => {
    const end = entry.headerStart + 30 + entry.storedBytes;
    const limit = sorted[i + 1]?.headerStart ?? entry.directoryStart;
    if (end > limit)
      throw new FileFormatError(file, `${entry.name}: end`, `at most byte ${limit}`, `${end}`);
  });
}
