import { pauses } from "../../core/job.ts";
import { sizeOf } from "../../core/matrix.ts";
import { checkedBox, type Hdf5Box } from "../hdf5/slabs.ts";
import { Budget } from "../budget/budget.ts";
import type { NpyArray } from "../npy/npy-array.ts";
import type { ChunkReader } from "./chunk-reader.ts";
import type { CheckedArray, ZarrArrayInfo } from "./metadata.ts";
import { numpyDtype, typeBytes, type ZarrType } from "./types.ts";
import type { ZarritaChunk } from "./zarrita.ts";

/** Chunks that are fetched at a time, at most. */
const AT_ONCE = 4;
/** How often a chunk is in memory while it is read: packed, unpacked, and where it is unpacked. */
const TIMES = 3;

const kinds: Partial<Record<ZarrType, "bool" | "bigint">> = {
  bool: "bool",
  int64: "bigint",
  uint64: "bigint",
};

type Values = Exclude<NpyArray, { kind: "string" } | { kind: "complex" }>["data"];

/** An array of a Zarr store. Parts of it are read: of the chunks they lie in alone. By {@link openZarr}. */
export class ZarrArray implements ZarrArrayInfo {
  readonly name: string;
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly dtype: ZarrType;
  readonly dimensionNames: readonly (string | null)[] | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly #reader: ChunkReader;
  readonly #chunkBytes: number;
  readonly #maxBytes: number | undefined;

  /** By {@link openZarr}. */
  constructor(name: string, info: CheckedArray, reader: ChunkReader, maxBytes: number | undefined) {
    this.name = name;
    this.shape = info.shape;
    this.chunks = info.chunks;
    this.dtype = info.dtype;
    this.dimensionNames = info.dimensionNames;
    this.attributes = info.attributes;
    this.#reader = reader;
    this.#chunkBytes = info.chunkBytes;
    this.#maxBytes = maxBytes;
  }

  /**
   * The values, or those of a box, in C order. A chunk that is not there has the fill value.
   *
   * @throws InvalidArgument for a box outside of the array; FileFormatError for damage, and where a box is larger than
   *   192 MiB, or than `maxBytes` of {@link openZarr}; Cancelled, FileChanged, ServerFailed.
   */
  async read(box?: Hdf5Box, signal?: AbortSignal): Promise<NpyArray> {
    const { start, count } = checkedBox(this.name, this.shape, box);
    const budget = new Budget(this.name, 0, { ratio: 0, maxBytes: this.#maxBytes });
    budget.take(sizeOf(count) * typeBytes[this.dtype], "values");
    const atOnce = Math.max(
      1,
      Math.min(AT_ONCE, Math.floor(budget.left / (TIMES * this.#chunkBytes))),
    );
    budget.take(atOnce * TIMES * this.#chunkBytes, "chunks");
    const out = valuesOf(this.dtype, sizeOf(count));
    const pause = pauses(signal, "reading Zarr");
    for (const some of inGroups(coordsOf(start, count, this.chunks), atOnce)) {
      const chunks = await Promise.all(some.map((at) => this.#reader.read(at)));
      chunks.forEach((chunk, k) => this.#place(chunk, some[k], { start, count }, out));
      if (pause.due()) await pause.turn();
    }
    const dtype = numpyDtype(this.dtype);
    const kind = kinds[this.dtype] ?? "number";
    return { kind, dtype, shape: [...count], data: out } as NpyArray;
  }

  /** What a chunk has of the box, to its place there. */
  #place(
    { data, stride }: ZarritaChunk,
    coords: readonly number[],
    box: Hdf5Box,
    out: Values,
  ): void {
    const n = this.shape.length;
    const from = coords.map((at, axis) => Math.max(box.start[axis], at * this.chunks[axis]));
    const to = coords.map((at, axis) =>
      Math.min(box.start[axis] + box.count[axis], (at + 1) * this.chunks[axis]),
    );
    const valueAt =
      data.get === undefined ? (at: number) => data[at] : (at: number) => (data.get(at) ? 1 : 0);
    const target = out as { [at: number]: number | bigint };
    const walk = (axis: number, source: number, place: number): void => {
      if (axis === n) {
        target[place] = valueAt(source);
        return;
      }
      const own = from[axis] - coords[axis] * this.chunks[axis];
      const inBox = place * box.count[axis] + from[axis] - box.start[axis];
      const length = to[axis] - from[axis];
      if (axis < n - 1) {
        for (let k = 0; k < length; k++)
          walk(axis + 1, source + (own + k) * stride[axis], inBox + k);
        return;
      }
      for (let k = 0; k < length; k++)
        target[inBox + k] = valueAt(source + (own + k) * stride[axis]);
    };
    walk(0, 0, 0);
  }
}

/** Chunks that a box touches, one by one: there may be as many as values. */
function* coordsOf(
  start: readonly number[],
  count: readonly number[],
  chunks: readonly number[],
): Generator<number[]> {
  if (count.includes(0)) return;
  const first = start.map((from, axis) => Math.floor(from / chunks[axis]));
  const last = start.map((from, axis) => Math.floor((from + count[axis] - 1) / chunks[axis]));
  const at = [...first];
  for (let axis = 0; axis >= 0;) {
    yield [...at];
    for (axis = at.length - 1; axis >= 0 && at[axis] === last[axis]; axis--) at[axis] = first[axis];
    if (axis >= 0) at[axis]++;
  }
}

function* inGroups<T>(values: Iterable<T>, size: number): Generator<T[]> {
  let group: T[] = [];
  for (const value of values) {
    group.push(value);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

function valuesOf(dtype: ZarrType, n: number): Values {
  switch (dtype) {
    case "int8":
      return new Int8Array(n);
    case "int16":
      return new Int16Array(n);
    case "uint16":
      return new Uint16Array(n);
    case "int32":
      return new Int32Array(n);
    case "uint32":
      return new Uint32Array(n);
    case "int64":
      return new BigInt64Array(n);
    case "uint64":
      return new BigUint64Array(n);
    case "float32":
      return new Float32Array(n);
    case "float64":
      return new Float64Array(n);
    default:
      return new Uint8Array(n);
  }
}
