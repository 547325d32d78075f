import { FileFormatError, Unsupported } from "../../core/errors.ts";
import { sizeOf } from "../../core/matrix.ts";
import { checkedChain, codecList, codecsOfV2, namedAsHere, type CodecChain } from "./codecs.ts";
import { isObject, type Json } from "./json.ts";
import { keyMaker, type KeyOf } from "./keys.ts";
import { checkedShard, type Shard } from "./shard.ts";
import { lengths } from "./lengths.ts";
import { checkedFill } from "./fill.ts";
import { numpyTypes, typeBytes, type ZarrType } from "./types.ts";

/** What a Zarr array says of itself, checked. */
export interface ZarrArrayInfo {
  readonly shape: readonly number[];
  /** Values that are stored together, or that are found one by one within what is stored together (shards). */
  readonly chunks: readonly number[];
  /** As version 3 calls it, for example `float64`. */
  readonly dtype: ZarrType;
  readonly dimensionNames: readonly (string | null)[] | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The same with what reading it needs. */
export interface CheckedArray extends ZarrArrayInfo {
  readonly chain: CodecChain;
  /** Undefined where chunks are stored one by one. */
  readonly shard: Shard | undefined;
  /** The value of a chunk that is not there; undefined where it has none. */
  readonly fill: unknown;
  /** The file of a chunk, or of a shard. */
  readonly keyOf: KeyOf;
  readonly chunkBytes: number;
}

const knownKeys = new Set([
  ...["zarr_format", "node_type", "shape", "data_type", "chunk_grid", "chunk_key_encoding"],
  ...["fill_value", "codecs", "attributes", "storage_transformers", "dimension_names"],
  "consolidated_metadata",
]);

/** The description of an array of version 3. Throws `FileFormatError`, `Unsupported`. */
export function checkedV3(json: Json, file: string): CheckedArray {
  checkKnown(json, file);
  const grid = isObject(json.chunk_grid) ? json.chunk_grid : {};
  if (grid.name !== "regular")
    throw new Unsupported(`${file}: chunks on a grid that is not regular`, "write it with one");
  const shape = lengths(json.shape, "shape", file, 0);
  const ofGrid = isObject(grid.configuration) ? grid.configuration.chunk_shape : undefined;
  const outer = lengths(ofGrid, "chunk_shape", file, 1, shape.length);
  const dtype = typeNamed(json.data_type, file);
  const codecs = codecList(json.codecs, "codecs", file);
  const shard = checkedShard(codecs, outer, file);
  const chunks = shard?.chunks ?? outer;
  const packed = { file, dtype, nAxes: shape.length, isBig: false };
  return {
    shape,
    chunks,
    dtype,
    shard,
    chain: checkedChain(namedAsHere(shard?.codecs ?? codecs, file), packed),
    fill: checkedFill(json.fill_value, dtype, file),
    keyOf: keyMaker(json.chunk_key_encoding, file),
    chunkBytes: sizeOf(chunks) * typeBytes[dtype],
    dimensionNames: dimensionNames(json.dimension_names, shape.length, file),
    attributes: isObject(json.attributes) ? json.attributes : {},
  };
}

function checkKnown(json: Json, file: string): void {
  for (const [key, value] of Object.entries(json)) {
    const mayBeLeft = isObject(value) && value.must_understand === false;
    if (!knownKeys.has(key) && !mayBeLeft)
      throw new Unsupported(`${file}: ${key} of this Zarr array`, "write it without it");
  }
  if (Array.isArray(json.storage_transformers) && json.storage_transformers.length > 0)
    throw new Unsupported(`${file}: storage transformers`, "write it without them");
}

/** The description of an array of version 2, and its attributes. Throws `FileFormatError`, `Unsupported`. */
export function checkedV2(json: Json, attributes: Json, file: string): CheckedArray {
  const shape = lengths(json.shape, "shape", file, 0);
  const chunks = lengths(json.chunks, "chunks", file, 1, shape.length);
  const { dtype, isBig } = typeOfNumpy(json.dtype, file);
  const { order = "C", dimension_separator: separator = "." } = json;
  if (order !== "C" && order !== "F")
    throw new FileFormatError(file, "order", "C or F", JSON.stringify(order));
  const turned = Array.from({ length: shape.length }, (_, k) => shape.length - 1 - k);
  const own = codecsOfV2(json, file);
  const nDeltas = own.findIndex(({ name }) => name !== "delta");
  const [deltas, others] = nDeltas < 0 ? [own, []] : [own.slice(0, nDeltas), own.slice(nDeltas)];
  const codecs = [
    ...(order === "F" ? [{ name: "transpose", configuration: { order: turned } }] : []),
    ...deltas,
    { name: "bytes", configuration: { endian: isBig ? "big" : "little" } },
    ...others,
  ];
  const names = attributes._ARRAY_DIMENSIONS;
  return {
    shape,
    chunks,
    dtype,
    shard: undefined,
    chain: checkedChain(codecs, { file, dtype, nAxes: shape.length, isBig }),
    fill: checkedFill(json.fill_value, dtype, file),
    keyOf: keyMaker({ name: "v2", configuration: { separator } }, file),
    chunkBytes: sizeOf(chunks) * typeBytes[dtype],
    dimensionNames: Array.isArray(names) ? dimensionNames(names, shape.length, file) : undefined,
    attributes,
  };
}

function typeNamed(value: unknown, file: string): ZarrType {
  if (typeof value === "string" && Object.hasOwn(typeBytes, value)) return value as ZarrType;
  throw new Unsupported(
    `${file}: values of type ${JSON.stringify(value)}`,
    `write one of ${Object.keys(typeBytes).join(", ")}`,
  );
}

function typeOfNumpy(value: unknown, file: string): { dtype: ZarrType; isBig: boolean } {
  const [, order, name] = /^([<>|])(\w\d)$/.exec(String(value)) ?? [];
  const dtype = Object.hasOwn(numpyTypes, name ?? "") ? numpyTypes[name] : undefined;
  if (dtype === undefined || (order === "|") !== (typeBytes[dtype] === 1))
    return { dtype: typeNamed({ dtype: value }, file), isBig: false };
  return { dtype, isBig: order === ">" };
}

function dimensionNames(
  value: unknown,
  nAxes: number,
  file: string,
): readonly (string | null)[] | undefined {
  if (value === undefined || value === null) return undefined;
  const isGood =
    Array.isArray(value) &&
    value.length === nAxes &&
    value.every((name) => name === null || typeof name === "string");
  if (isGood) return value as (string | null)[];
  throw new FileFormatError(file, "dimension_names", `${nAxes} names`, JSON.stringify(value));
}
