import { FileFormatError, Unsupported } from "../../core/errors.ts";

/** How the pixels of a BMP are stored. */
export type BmpCoding = "plain" | "rle8" | "masks";

/** What the headers of a BMP say, checked. */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bits: 1 | 4 | 8 | 16 | 24 | 32;
  readonly coding: BmpCoding;
  /** Where the pixels begin. */
  readonly dataStart: number;
  /** Where the masks or the palette begin. */
  readonly headerEnd: number;
  /** Entries of the palette; 0 above 8 bits. */
  readonly colours: number;
  /** Bytes of one palette entry. */
  readonly entryBytes: 3 | 4;
  /** Size of the second header, which tells the version. */
  readonly infoBytes: number;
}

const FILE_HEADER = 14;
const CORE_HEADER = 12;
const INFO_HEADERS = [40, 52, 56, 64, 108, 124];
const BITS = [1, 4, 8, 16, 24, 32];
const CODINGS: Readonly<Record<number, BmpCoding>> = { 0: "plain", 1: "rle8", 3: "masks" };

/** The fields as they stand in the file. */
interface RawFields {
  readonly dataStart: number;
  readonly infoBytes: number;
  readonly width: number;
  /** Negative when the first row is the top one. */
  readonly rows: number;
  readonly bits: number;
  readonly compression: number;
  readonly colours: number;
}

/** Read the headers. Throws when they do not fit the file, or claim more than `maxPixels`. */
export function parseBmpHeader(bytes: Uint8Array, maxPixels: number, file: string): BmpHeader {
  const raw = readFields(bytes, file);
  const { width, rows, bits, dataStart, infoBytes } = raw;
  const height = Math.abs(rows);
  checkSize(width, height, maxPixels, file);
  if (!BITS.includes(bits))
    throw new FileFormatError(file, "bits per pixel", BITS.join(", "), `${bits}`);
  const headerEnd = FILE_HEADER + infoBytes;
  if (dataStart < headerEnd || dataStart > bytes.length) {
    const expected = `byte ${headerEnd} to ${bytes.length}`;
    throw new FileFormatError(file, "start of pixels", expected, `byte ${dataStart}`);
  }
  const topDown = rows < 0;
  const coding = checkCoding(raw.compression, bits, topDown, file);
  const entryBytes = infoBytes === CORE_HEADER ? 3 : 4;
  const colours = paletteLength(raw.colours, bits, (dataStart - headerEnd) / entryBytes, file);
  const header = { width, height, topDown, coding, dataStart, headerEnd, infoBytes };
  return { ...header, bits: bits as BmpHeader["bits"], colours, entryBytes };
}

function readFields(bytes: Uint8Array, file: string): RawFields {
  if (bytes[0] !== 0x42 || bytes[1] !== 0x4d)
    throw new FileFormatError(file, "first 2 bytes", '"BM"', "other bytes");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const infoBytes = bytes.length < FILE_HEADER + 4 ? CORE_HEADER : view.getUint32(14, true);
  if (infoBytes !== CORE_HEADER && !INFO_HEADERS.includes(infoBytes)) {
    const expected = [CORE_HEADER, ...INFO_HEADERS].join(", ");
    throw new FileFormatError(file, "header size", expected, `${infoBytes}`);
  }
  const end = FILE_HEADER + infoBytes;
  if (end > bytes.length)
    throw new FileFormatError(file, "headers", `${end} bytes`, `${bytes.length}`);
  return infoBytes === CORE_HEADER ? coreFields(view) : infoFields(view, infoBytes);
}

function coreFields(view: DataView): RawFields {
  return {
    dataStart: view.getUint32(10, true),
    infoBytes: CORE_HEADER,
    width: view.getUint16(18, true),
    rows: view.getUint16(20, true),
    bits: view.getUint16(24, true),
    compression: 0,
    colours: 0,
  };
}

function infoFields(view: DataView, infoBytes: number): RawFields {
  return {
    dataStart: view.getUint32(10, true),
    infoBytes,
    width: view.getInt32(18, true),
    rows: view.getInt32(22, true),
    bits: view.getUint16(28, true),
    compression: view.getUint32(30, true),
    colours: view.getUint32(46, true),
  };
}

function checkSize(width: number, height: number, maxPixels: number, file: string): void {
  const found = `${width} × ${height} pixels`;
  if (width <= 0 || height === 0)
    throw new FileFormatError(file, "size", "1 × 1 pixels or more", found);
  if (width * height > maxPixels)
    throw new FileFormatError(file, "size", `at most ${maxPixels} pixels`, found, {
      advice: "if you trust the image, raise maxPixels",
    });
}

function checkCoding(compression: number, bits: number, topDown: boolean, file: string): BmpCoding {
  const coding = CODINGS[compression];
  if (coding === undefined) {
    const what = `${file}: BMP compression ${compression} (4-bit RLE, JPEG or PNG inside) is not read`;
    throw new Unsupported(what, "save the image as .png");
  }
  const fits =
    coding === "plain" ||
    (coding === "rle8" && bits === 8 && !topDown) ||
    (coding === "masks" && (bits === 16 || bits === 32));
  if (fits) return coding;
  const found = `${bits} bits${topDown ? ", top-down" : ""}`;
  throw new FileFormatError(file, "bits per pixel", `those of compression ${coding}`, found);
}

function paletteLength(claimed: number, bits: number, room: number, file: string): number {
  if (bits > 8) return 0;
  const colours = claimed === 0 ? 2 ** bits : claimed;
  const most = Math.min(2 ** bits, Math.floor(room));
  if (colours > most)
    throw new FileFormatError(file, "palette", `at most ${most} colours`, `${colours}`);
  return colours;
}
