import { FileFormatError, Unsupported } from "../../core/errors.ts";
import { sizeOf } from "../../core/matrix.ts";
import { codecList, type Codec } from "./codecs.ts";
import { checkSum } from "./crc32c.ts";
import { lengths } from "./lengths.ts";

/** Chunks in one file, and where its index is. */
export interface Shard {
  /** The shape of a chunk in it. */
  readonly chunks: readonly number[];
  /** How many chunks it has along each axis. */
  readonly grid: readonly number[];
  readonly codecs: readonly Codec[];
  readonly index: ShardIndex;
}

interface ShardIndex {
  readonly isAtStart: boolean;
  readonly isLittle: boolean;
  readonly hasSum: boolean;
  /** Its bytes in the file. */
  readonly bytes: number;
}

/** Bytes of an index at most. */
const MOST_INDEX = 2 ** 24;

/** What a list of codecs says of shards; undefined for none. Throws `FileFormatError`, `Unsupported`. */
export function checkedShard(
  codecs: readonly Codec[],
  outer: readonly number[],
  file: string,
): Shard | undefined {
  const sharding = codecs.find(({ name }) => name === "sharding_indexed")?.configuration;
  if (sharding === undefined) return undefined;
  if (codecs.length > 1)
    throw new Unsupported(
      `${file}: codecs beside sharding_indexed`,
      "pack the chunks in the shards",
    );
  const chunks = lengths(sharding.chunk_shape, "inner chunk_shape", file, 1, outer.length);
  if (chunks.some((length, axis) => outer[axis] % length !== 0))
    throw new FileFormatError(
      file,
      "inner chunk_shape",
      `parts of (${outer.join(", ")})`,
      `(${chunks.join(", ")})`,
    );
  const grid = outer.map((length, axis) => length / chunks[axis]);
  return {
    chunks,
    grid,
    codecs: codecList(sharding.codecs, "inner codecs", file),
    index: checkedIndex(sharding, sizeOf(grid), file),
  };
}

function checkedIndex(sharding: Codec["configuration"], n: number, file: string): ShardIndex {
  const { index_location: location = "end", index_codecs: codecs } = sharding;
  if (location !== "end" && location !== "start")
    throw new FileFormatError(file, "index_location", "start or end", JSON.stringify(location));
  const list = codecList(codecs, "index_codecs", file);
  const [first, second] = list;
  const endian = first?.name === "bytes" ? first.configuration.endian : undefined;
  const isRead = endian === "little" || endian === "big";
  if (!isRead || list.length > 2 || (second !== undefined && second.name !== "crc32c"))
    throw new Unsupported(
      `${file}: an index of shards by ${list.map(({ name }) => name).join(", ")}`,
      "write it with bytes and crc32c",
    );
  const hasSum = second !== undefined;
  const bytes = 16 * n + (hasSum ? 4 : 0);
  if (!(bytes <= MOST_INDEX))
    throw new Unsupported(`${file}: ${n} chunks in a shard`, "write larger chunks");
  return { isAtStart: location === "start", isLittle: endian === "little", hasSum, bytes };
}

/** Where chunk number `at` of a shard is in its file; undefined where it is not there. */
export type Places = (
  at: number,
) => { readonly offset: number; readonly length: number } | undefined;

const NOWHERE = 2n ** 64n - 1n;

/** What the bytes of an index say. Throws `FileFormatError` where its checksum is another. */
export function placesOf(bytes: Uint8Array, index: ShardIndex, file: string): Places {
  const own = index.hasSum ? checkSum(bytes, file) : bytes;
  const view = new DataView(own.buffer, own.byteOffset, own.byteLength);
  return (at) => {
    const offset = view.getBigUint64(16 * at, index.isLittle);
    const length = view.getBigUint64(16 * at + 8, index.isLittle);
    if (offset === NOWHERE && length === NOWHERE) return undefined;
    return { offset: Number(offset), length: Number(length) };
  };
}
