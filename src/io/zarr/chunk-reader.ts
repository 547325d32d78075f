import { FileFormatError, TsrsaError } from "../../core/errors.ts";
import { sizeOf } from "../../core/matrix.ts";
import type { ChunkFiles } from "./chunk-files.ts";
import type { CheckedArray } from "./metadata.ts";
import { openArray, type ZarritaArray, type ZarritaChunk } from "./zarrita.ts";

/**
 * The chunks of an array as values. To zarrita it is an array of version 3 whose chunks lie one by one, and unpacked:
 * zarrita believes what it is told of shards, of sizes and of orders of codecs.
 */
export class ChunkReader {
  readonly #array: ZarritaArray;
  readonly #name: string;
  readonly #nValues: number;

  private constructor(array: ZarritaArray, name: string, nValues: number) {
    this.#array = array;
    this.#name = name;
    this.#nValues = nValues;
  }

  static async open(info: CheckedArray, files: ChunkFiles): Promise<ChunkReader> {
    const description = new TextEncoder().encode(JSON.stringify(descriptionOf(info)));
    const array = await openArray({
      get: async (key) => (key === "/zarr.json" ? description : files.read(coordsIn(key))),
    });
    return new ChunkReader(array, files.name, sizeOf(info.chunks));
  }

  /** Throws `FileFormatError`. */
  async read(coords: readonly number[]): Promise<ZarritaChunk> {
    const field = `chunk ${coords.join(", ")}`;
    const chunk = await this.#array.getChunk([...coords]).catch((cause: unknown) => {
      const within = cause instanceof TsrsaError ? cause : (cause as Error).cause;
      if (within instanceof TsrsaError) throw within;
      const found = cause instanceof Error ? cause.message : String(cause);
      throw new FileFormatError(this.#name, field, "packed values", found, { cause });
    });
    if (chunk.data.length === this.#nValues) return chunk;
    throw new FileFormatError(this.#name, field, `${this.#nValues} values`, `${chunk.data.length}`);
  }
}

function descriptionOf({ shape, chunks, dtype, chain, fill }: CheckedArray): object {
  return {
    ...{ zarr_format: 3, node_type: "array", shape, data_type: dtype },
    chunk_grid: { name: "regular", configuration: { chunk_shape: chunks } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    codecs: chain.ofValues.map(({ name, configuration }) => ({
      name: name === "delta" ? "numcodecs.delta" : name,
      configuration,
    })),
    fill_value: fill ?? null,
    attributes: {},
  };
}

/** The chunk that zarrita asks for: `/c/1/2`, of an array without axes `/c`. */
function coordsIn(key: string): number[] {
  return key.split("/").slice(2).map(Number);
}
