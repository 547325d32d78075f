import { FileFormatError } from "../../core/errors.ts";
import type { CheckedArray } from "./metadata.ts";
import { placesOf, type Places, type Shard } from "./shard.ts";
import { mostPacked, unpack } from "./unpack.ts";
import type { ZarrFiles } from "./zarr-files.ts";

/** Bytes of indices of shards that are kept. */
const MOST_KEPT = 2 ** 24;

interface KeptIndex {
  readonly places: Places;
  /** Bytes of the file it is of. */
  readonly size: number;
}

/** The chunks of an array, each out of its file or its place in a shard. */
export class ChunkFiles {
  readonly name: string;
  readonly #files: ZarrFiles;
  readonly #below: string;
  readonly #info: CheckedArray;
  readonly #indices = new Map<string, KeptIndex>();

  constructor(files: ZarrFiles, below: string, info: CheckedArray) {
    this.name = files.nameOf(below);
    this.#files = files;
    this.#below = below;
    this.#info = info;
  }

  /** The bytes of a chunk's values; undefined where it has the fill value. Throws `FileFormatError`. */
  async read(coords: readonly number[]): Promise<Uint8Array | undefined> {
    const { shard, keyOf, chain, chunkBytes } = this.#info;
    const inShard = shard && coords.map((at, axis) => Math.floor(at / shard.grid[axis]));
    const key = `${this.#below}/${keyOf(inShard ?? coords)}`;
    const packed = await (shard ? this.#ofShard(key, shard, coords) : this.#whole(key));
    if (packed !== undefined)
      return unpack(packed, chain.ofBytes, chunkBytes, this.#files.nameOf(key));
    if (this.#info.fill !== undefined) return undefined;
    throw new FileFormatError(
      this.#files.nameOf(key),
      "chunk",
      "it to be there",
      "none, and no fill value",
      { advice: "an array without fill value has all of its chunks" },
    );
  }

  #whole(key: string): Promise<Uint8Array | undefined> {
    return this.#files.whole(key, mostPacked(this.#info.chunkBytes));
  }

  async #ofShard(
    key: string,
    shard: Shard,
    coords: readonly number[],
  ): Promise<Uint8Array | undefined> {
    const source = await this.#files.open(key);
    if (source === undefined) return undefined;
    try {
      const { name, size } = source;
      const { bytes, isAtStart } = shard.index;
      if (size < bytes)
        throw new FileFormatError(name, "index", `at least ${bytes} bytes`, `${size}`);
      const kept =
        this.#indices.get(key) ??
        this.#keep(key, shard, {
          places: placesOf(
            await source.read(isAtStart ? 0 : size - bytes, bytes),
            shard.index,
            name,
          ),
          size,
        });
      if (kept.size !== size)
        throw new FileFormatError(name, "size", `${kept.size} bytes as before`, `${size}`);
      const place = kept.places(placeIn(shard.grid, coords));
      if (place === undefined) return undefined;
      const most = mostPacked(this.#info.chunkBytes);
      if (place.length > most)
        throw new FileFormatError(name, "chunk", `at most ${most} bytes`, `${place.length}`);
      return await source.read(place.offset, place.length);
    } finally {
      await source.close();
    }
  }

  #keep(key: string, { index }: Shard, kept: KeptIndex): KeptIndex {
    if ((this.#indices.size + 1) * index.bytes > MOST_KEPT) this.#indices.clear();
    this.#indices.set(key, kept);
    return kept;
  }
}

/** The number of a chunk in its shard. */
function placeIn(grid: readonly number[], coords: readonly number[]): number {
  return grid.reduce((before, length, axis) => before * length + (coords[axis] % length), 0);
}
