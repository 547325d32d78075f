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

/** Read the headers. Throws when they do not fit the file, or claim more than `maxPixels`. */
export function parseBmpHeader(bytes: Uint8Array, maxPixels: number, file: string): BmpHeader {
  const fail = (field: string, expected: string, found: string, advice?: string): never => {
    throw new FileFormatError(file, field, expected, found, { advice });
  };
  if (bytes[0] !== 0x42 || bytes[1] !== 0x4d) fail("first 2 bytes", '"BM"', "other bytes");
  if (bytes.length < FILE_HEADER + CORE_HEADER)
    fail("headers", `${FILE_HEADER + CORE_HEADER} bytes or more`, `${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const dataStart = view.getUint32(10, true);
  const infoBytes = view.getUint32(14, true);
  const core = infoBytes === CORE_HEADER;
  if (!core && !INFO_HEADERS.includes(infoBytes))
    fail("header size", `12, ${INFO_HEADERS.join(", ")}`, `${infoBytes}`);
  const headerEnd = FILE_HEADER + infoBytes;
  if (headerEnd > bytes.length) fail("headers", `${headerEnd} bytes`, `${bytes.length}`);
  const width = core ? view.getUint16(18, true) : view.getInt32(18, true);
  const rows = core ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(core ? 24 : 28, true);
  const compression = core ? 0 : view.getUint32(30, true);
  const height = Math.abs(rows);
  const size = `${width} × ${height} pixels`;
  if (width <= 0 || height === 0) fail("size", "1 × 1 pixels or more", size);
  if (width * height > maxPixels)
    fail("size", `at most ${maxPixels} pixels`, size, "if you trust the image, raise maxPixels");
  if (!BITS.includes(bits)) fail("bits per pixel", BITS.join(", "), `${bits}`);
  if (dataStart < headerEnd || dataStart > bytes.length)
    fail("start of pixels", `byte ${headerEnd} to ${bytes.length}`, `byte ${dataStart}`);
  const coding = checkCoding(compression, bits, rows < 0, file);
  const entryBytes = core ? 3 : 4;
  const claimed = core ? 0 : view.getUint32(46, true);
  const colours = paletteLength(claimed, bits, (dataStart - headerEnd) / entryBytes, file);
  const header = { width, height, topDown: rows < 0, coding, dataStart, headerEnd, infoBytes };
  return { ...header, bits: bits as BmpHeader["bits"], colours, entryBytes };
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
