import { latin1Text } from "../../core/latin1.ts";
/** The fields that decide sizes, values and places, as they stand in the file. */
export interface HeaderFields {
  readonly version: 1 | 2;
  readonly littleEndian: boolean;
  readonly magic: string;
  readonly dim: readonly number[];
  readonly datatype: number;
  readonly bitpix: number;
  /** Where FreeSurfer puts the number of vertices that an axis has no room for; 0 in NIfTI-2. */
  readonly glmin: number;
  readonly pixdim: readonly number[];
  readonly voxOffset: number;
  readonly slope: number;
  readonly intercept: number;
  readonly qformCode: number;
  readonly sformCode: number;
  readonly quatern: readonly number[];
  readonly qoffset: readonly number[];
  readonly srow: readonly number[];
  readonly units: number;
  readonly description: string;
  readonly auxiliaryFile: string;
  readonly intentName: string;
}

/** Bytes of a header of version 1 and 2. */
export const headerBytes = { 1: 348, 2: 540 } as const;

interface Getters {
  byte(at: number): number;
  short(at: number): number;
  int(at: number): number;
  long(at: number): number;
  float(at: number): number;
  double(at: number): number;
  floats(at: number, n: number): number[];
  doubles(at: number, n: number): number[];
  longs(at: number, n: number): number[];
  shorts(at: number, n: number): number[];
}

/** Read the fields of a header that is complete (348 or 540 bytes). */
export function readFields(bytes: Uint8Array, version: 1 | 2, littleEndian: boolean): HeaderFields {
  const get = getters(bytes, littleEndian);
  const fields = version === 1 ? fieldsOf1(get) : fieldsOf2(get);
  const magicAt = version === 1 ? 344 : 4;
  const magic = latin1Text(bytes.subarray(magicAt, magicAt + (version === 1 ? 4 : 8)));
  return { version, littleEndian, magic, ...fields, ...textsOf(bytes, version) };
}

type TextFields = Pick<HeaderFields, "description" | "auxiliaryFile" | "intentName">;
type NumberFields = Omit<HeaderFields, "version" | "littleEndian" | "magic" | keyof TextFields>;

/** Bytes that each text may take, in both versions. */
export const textBytes = { description: 80, auxiliaryFile: 24, intentName: 16 } as const;

const textAt = {
  1: { description: 148, auxiliaryFile: 228, intentName: 328 },
  2: { description: 240, auxiliaryFile: 320, intentName: 508 },
} as const;

function textsOf(bytes: Uint8Array, version: 1 | 2): TextFields {
  const text = (field: keyof TextFields) => {
    const at = textAt[version][field];
    return textOf(bytes.subarray(at, at + textBytes[field]));
  };
  return {
    description: text("description"),
    auxiliaryFile: text("auxiliaryFile"),
    intentName: text("intentName"),
  };
}

function fieldsOf1(get: Getters): NumberFields {
  return {
    dim: get.shorts(40, 8),
    datatype: get.short(70),
    bitpix: get.short(72),
    glmin: get.int(144),
    pixdim: get.floats(76, 8),
    voxOffset: get.float(108),
    slope: get.float(112),
    intercept: get.float(116),
    units: get.byte(123),
    qformCode: get.short(252),
    sformCode: get.short(254),
    quatern: get.floats(256, 3),
    qoffset: get.floats(268, 3),
    srow: get.floats(280, 12),
  };
}

function fieldsOf2(get: Getters): NumberFields {
  return {
    datatype: get.short(12),
    bitpix: get.short(14),
    glmin: 0,
    dim: get.longs(16, 8),
    pixdim: get.doubles(104, 8),
    voxOffset: get.long(168),
    slope: get.double(176),
    intercept: get.double(184),
    qformCode: get.int(344),
    sformCode: get.int(348),
    quatern: get.doubles(352, 3),
    qoffset: get.doubles(376, 3),
    srow: get.doubles(400, 12),
    units: get.int(500),
  };
}

function getters(bytes: Uint8Array, little: boolean): Getters {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const short = (at: number) => view.getInt16(at, little);
  const int = (at: number) => view.getInt32(at, little);
  // Sizes beyond 2⁵³ are refused later; that they are no longer exact does no harm.
  const long = (at: number) => Number(view.getBigInt64(at, little));
  const float = (at: number) => view.getFloat32(at, little);
  const double = (at: number) => view.getFloat64(at, little);
  const many = (one: (at: number) => number, size: number) => (at: number, n: number) =>
    Array.from({ length: n }, (_, i) => one(at + i * size));
  return {
    byte: (at) => view.getUint8(at),
    short,
    int,
    long,
    float,
    double,
    floats: many(float, 4),
    doubles: many(double, 8),
    longs: many(long, 8),
    shorts: many(short, 2),
  };
}

/** Text up to the first NUL; other readers glue what lies behind it to it. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end)).trimEnd();
}
