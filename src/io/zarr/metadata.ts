import { FileFormatError, Unsupported } from "../../core/errors.ts";
import { isRecord } from "../../core/gate/kinds.ts";
import type { Codec } from "./codecs.ts";

/** What a Zarr array says of itself, checked. */
export interface ZarrArrayInfo {
  readonly shape: readonly number[];
  /** Values that are stored together, or that are found one by one within what is stored together (shards). */
  readonly chunks: readonly number[];
  /** As zarr and numpy call it, for example `float64`. */
  readonly dtype: ZarrType;
  readonly dimensionNames: readonly (string | null)[] | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The same with what reading it needs. */
export interface CheckedArray extends ZarrArrayInfo {
  readonly version: 2 | 3;
  readonly codecs: readonly Codec[];
  /** The shape of a shard; undefined where chunks are stored one by one. */
  readonly shard: readonly number[] | undefined;
  /** Whether a chunk that is not there has a value. */
  readonly hasFill: boolean;
}

/** Types of numbers that are read, and the bytes of each. */
export const typeBytes = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float32: 4,
  float64: 8,
} as const;

export type ZarrType = keyof typeof typeBytes;

const numpyTypes: Readonly<Record<string, ZarrType>> = {
  b1: "bool",
  i1: "int8",
  u1: "uint8",
  i2: "int16",
  u2: "uint16",
  i4: "int32",
  u4: "uint32",
  i8: "int64",
  u8: "uint64",
  f4: "float32",
  f8: "float64",
};

const MOST_AXES = 32;
const knownKeys = new Set([
  ...["zarr_format", "node_type", "shape", "data_type", "chunk_grid", "chunk_key_encoding"],
  ...["fill_value", "codecs", "attributes", "storage_transformers", "dimension_names"],
  "consolidated_metadata",
]);

/** An object as JSON has it. */
export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return isRecord(value) && !Array.isArray(value);
}

/** The description of an array of version 3. Throws `FileFormatError`, `Unsupported`. */
export function checkedV3(json: Json, file: string): CheckedArray {
  for (const [key, value] of Object.entries(json)) {
    const mayBeLeft = isObject(value) && value.must_understand === false;
    if (!knownKeys.has(key) && !mayBeLeft)
      throw new Unsupported(`${file}: ${key} of this Zarr array`, "write it without it");
  }
  if (Array.isArray(json.storage_transformers) && json.storage_transformers.length > 0)
    throw new Unsupported(`${file}: storage transformers`, "write it without them");
  const grid = json.chunk_grid as { name?: unknown; configuration?: Json } | undefined;
  if (grid?.name !== "regular")
    throw new Unsupported(`${file}: chunks on a grid that is not regular`, "write it with one");
  const shape = lengths(json.shape, "shape", file, 0);
  const outer = lengths(grid.configuration?.chunk_shape, "chunk_shape", file, 1, shape.length);
  const codecs = codecsOf(json.codecs, file);
  const sharding = codecs.find(({ name }) => name === "sharding_indexed");
  const inner = sharding?.configuration;
  const chunks = inner && lengths(inner.chunk_shape, "inner chunk_shape", file, 1, shape.length);
  if (chunks?.some((length, axis) => outer[axis] % length !== 0) === true)
    throw new FileFormatError(
      file,
      "inner chunk_shape",
      `parts of (${outer.join(", ")})`,
      `(${chunks.join(", ")})`,
    );
  return {
    version: 3,
    shape,
    chunks: chunks ?? outer,
    shard: chunks && outer,
    dtype: typeOf(json.data_type, file),
    codecs: inner === undefined ? codecs : codecsOf(inner.codecs, file),
    hasFill: hasFill(json.fill_value, typeOf(json.data_type, file), file),
    dimensionNames: Array.isArray(json.dimension_names)
      ? (json.dimension_names as string[])
      : undefined,
    attributes: isObject(json.attributes) ? json.attributes : {},
  };
}

/** The description of an array of version 2. Throws `FileFormatError`, `Unsupported`. */
export function checkedV2(json: Json, file: string): CheckedArray {
  const shape = lengths(json.shape, "shape", file, 0);
  const dtype = typeof json.dtype === "string" ? numpyTypes[json.dtype.slice(1)] : undefined;
  const compressor = json.compressor as Json | null | undefined;
  const filters = (json.filters ?? []) as readonly Json[];
  const codecs = [...filters, ...(compressor ? [compressor] : [])].map(
    ({ id, ...configuration }) => ({
      name: String(id),
      configuration,
    }),
  );
  return {
    version: 2,
    shape,
    chunks: lengths(json.chunks, "chunks", file, 1, shape.length),
    shard: undefined,
    dtype: dtype ?? typeOf(json.dtype, file),
    codecs: codecsOf(codecs, file),
    hasFill: hasFill(json.fill_value, dtype ?? typeOf(json.dtype, file), file),
    dimensionNames: undefined,
    attributes: {},
  };
}

function lengths(
  value: unknown,
  field: string,
  file: string,
  least: number,
  axes?: number,
): number[] {
  const isGood =
    Array.isArray(value) &&
    value.length <= MOST_AXES &&
    (axes === undefined || value.length === axes) &&
    value.every((length) => Number.isSafeInteger(length) && (length as number) >= least);
  if (isGood) return value as number[];
  const what = axes === undefined ? "whole numbers" : `${axes} whole numbers`;
  throw new FileFormatError(file, field, `${what} from ${least}`, JSON.stringify(value));
}

function typeOf(value: unknown, file: string): ZarrType {
  if (typeof value === "string" && Object.hasOwn(typeBytes, value)) return value as ZarrType;
  throw new Unsupported(
    `${file}: values of type ${JSON.stringify(value)}`,
    `write one of ${Object.keys(typeBytes).join(", ")}`,
  );
}

const readCodecs = [
  "transpose",
  "bytes",
  "gzip",
  "zlib",
  "zstd",
  "blosc",
  "lz4",
  "crc32c",
  "shuffle",
  "delta",
  "sharding_indexed",
];

function codecsOf(value: unknown, file: string): Codec[] {
  if (!Array.isArray(value))
    throw new FileFormatError(file, "codecs", "a list", JSON.stringify(value));
  return (value as readonly unknown[]).map((one) => {
    const { name, configuration = {} } = (isObject(one) ? one : {}) as {
      name?: unknown;
      configuration?: Json;
    };
    const known = String(name).replace(/^numcodecs\./, "");
    if (readCodecs.includes(known)) return { name: known, configuration };
    throw new Unsupported(
      `${file}: the codec ${String(name)}`,
      `write it with one of ${readCodecs.join(", ")}`,
    );
  });
}

/** Throws `FileFormatError` for a value that is none of the type. */
function hasFill(value: unknown, dtype: ZarrType, file: string): boolean {
  if (value === null || value === undefined) return false;
  const isFloat = dtype.startsWith("float");
  const isGood =
    dtype === "bool"
      ? typeof value === "boolean" || value === 0 || value === 1
      : (typeof value === "number" && (isFloat || Number.isSafeInteger(value))) ||
        (isFloat && ["NaN", "Infinity", "-Infinity"].includes(value as string));
  if (isGood) return true;
  throw new FileFormatError(file, "fill_value", `a value of ${dtype}`, JSON.stringify(value));
}
