import { FileFormatError, TsrsaError } from "../../core/errors.ts";
import { throwIfCancelled } from "../../core/job.ts";
import { sizeOf } from "../../core/matrix.ts";
import { checkedBox, type Hdf5Box } from "../hdf5/slabs.ts";
import { Budget } from "../budget/budget.ts";
import type { NpyArray } from "../npy/npy-array.ts";
import { typeBytes, type CheckedArray, type ZarrArrayInfo, type ZarrType } from "./metadata.ts";
import type { ZarritaArray, ZarritaChunk } from "./zarrita.ts";

/** Chunks that are fetched at a time. */
const AT_ONCE = 4;

const numpyNames: Readonly<Record<ZarrType, string>> = {
  bool: "|b1",
  int8: "|i1",
  uint8: "|u1",
  int16: "<i2",
  uint16: "<u2",
  int32: "<i4",
  uint32: "<u4",
  int64: "<i8",
  uint64: "<u8",
  float32: "<f4",
  float64: "<f8",
};

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
  readonly #array: ZarritaArray;
  readonly #maxBytes: number | undefined;

  constructor(name: string, info: CheckedArray, array: ZarritaArray, maxBytes: number | undefined) {
    this.name = name;
    this.shape = info.shape;
    this.chunks = info.chunks;
    this.dtype = info.dtype;
    this.dimensionNames = info.dimensionNames;
    this.attributes = info.attributes;
    this.#array = array;
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
    const bytes = typeBytes[this.dtype];
    const budget = new Budget(this.name, 0, { ratio: 0, maxBytes: this.#maxBytes });
    budget.take(sizeOf(count) * bytes, "values");
    budget.take(AT_ONCE * sizeOf(this.chunks) * bytes, "chunks");
    const out = valuesOf(this.dtype, sizeOf(count));
    const coords = sizeOf(count) === 0 ? [] : coordsOf(start, count, this.chunks);
    for (let first = 0; first < coords.length; first += AT_ONCE) {
      throwIfCancelled(signal, "reading Zarr");
      const some = coords.slice(first, first + AT_ONCE);
      const chunks = await Promise.all(some.map((at) => this.#chunk(at)));
      chunks.forEach((chunk, k) => this.#place(chunk, some[k], { start, count }, out));
    }
    const dtype = numpyNames[this.dtype];
    const kind = kinds[this.dtype] ?? "number";
    return { kind, dtype, shape: [...count], data: out } as NpyArray;
  }

  async #chunk(coords: readonly number[]): Promise<ZarritaChunk> {
    const field = `chunk ${coords.join(", ")}`;
    let chunk: ZarritaChunk;
    try {
      chunk = await this.#array.getChunk([...coords]);
    } catch (cause) {
      if (cause instanceof TsrsaError) throw cause;
      const within = (cause as Error).cause;
      if (within instanceof TsrsaError) throw within;
      throw new FileFormatError(this.name, field, "packed values", messageOf(cause), { cause });
    }
    const wanted = sizeOf(this.chunks);
    if (chunk.data.length === wanted) return chunk;
    throw new FileFormatError(this.name, field, `${wanted} values`, `${chunk.data.length}`);
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

/** Chunks that a box touches. */
function coordsOf(
  start: readonly number[],
  count: readonly number[],
  chunks: readonly number[],
): number[][] {
  return start.reduce<number[][]>(
    (before, from, axis) => {
      const first = Math.floor(from / chunks[axis]);
      const last = Math.floor((from + count[axis] - 1) / chunks[axis]);
      const here = Array.from({ length: last - first + 1 }, (_, k) => first + k);
      return before.flatMap((coords) => here.map((at) => [...coords, at]));
    },
    [[]],
  );
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

function messageOf(cause: unknown): string {
  const error = cause as { message?: string; cause?: { message?: string } };
  return [error.message, error.cause?.message].filter(Boolean).join(": ");
}
