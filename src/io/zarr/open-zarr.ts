import { FileFormatError, InvalidArgument, MissingFile, Unsupported } from "../../core/errors.ts";
import { limit } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { sizeOf } from "../../core/matrix.ts";
import { checkPacked, mostPacked } from "./codecs.ts";
import {
  checkedV2,
  checkedV3,
  isObject,
  typeBytes,
  type CheckedArray,
  type Json,
} from "./metadata.ts";
import { ZarrArray } from "./zarr-array.ts";
import { ZarrFiles, type ZarrInput } from "./zarr-files.ts";
import { placeIn, zarrita, type ZarritaFiles } from "./zarrita.ts";

/** How to open an array of a Zarr store. */
export interface OpenZarrOptions {
  /** Where the array is in the store, as `group/array`. Default: the store is the array. */
  readonly path?: string;
  /** Most bytes that one reading may take. Default: 192 MiB. */
  readonly maxBytes?: number;
  /** Ends what is fetched. */
  readonly signal?: AbortSignal;
}

const openZarrNames: OptionNames<OpenZarrOptions> = { path: true, maxBytes: limit, signal: true };

/** Bytes of a description at most, and of the index of a shard. */
const MOST_TEXT = 2 ** 26;
const MOST_CHUNK = 2 ** 30;

/**
 * Open an array of a Zarr store (version 3 or 2, with the package zarrita): a folder of this disk, or of a server, whose
 * chunks are fetched as they are read. Nothing but its description is read; one in the root for all arrays (consolidated)
 * is taken where there is one. Packed by gzip, zstd, blosc, lz4 or not, in shards or not.
 *
 * @throws MissingFile where there is no array; FileFormatError for a description that contradicts itself or claims too
 *   much; Unsupported for other types and codecs, and in a page; ServerFailed.
 * @example
 * import { openZarr } from "tsrsa/io";
 * const text = (value: object) => new TextEncoder().encode(JSON.stringify(value));
 * const description = {
 *   zarr_format: 3, node_type: "array", shape: [2, 3], data_type: "float64", fill_value: 7,
 *   chunk_grid: { name: "regular", configuration: { chunk_shape: [1, 3] } },
 *   chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
 *   codecs: [{ name: "bytes", configuration: { endian: "little" } }],
 * };
 * const store = new Map([
 *   ["zarr.json", text(description)],
 *   ["c/0/0", new Uint8Array(Float64Array.of(1, 2, 3).buffer)],
 * ]);
 * const array = await openZarr(store);
 * array.shape; // [ 2, 3 ]
 * (await array.read({ start: [0, 1], count: [2, 2] })).data; // Float64Array(4) [ 2, 3, 7, 7 ]
 */
export async function openZarr(
  input: ZarrInput,
  options: OpenZarrOptions = {},
): Promise<ZarrArray> {
  checkOptions(options, openZarrNames);
  if (!(typeof input === "string" || input instanceof URL || input instanceof Map))
    throw new InvalidArgument(
      "input",
      input,
      "give the path of a folder, an address, or a Map of files",
    );
  const path = pathOf(options.path);
  const files = new ZarrFiles(input, options.signal);
  const { json, version } = await described(files, path);
  const name = files.nameOf(path === "/" ? "" : path);
  const info = version === 3 ? checkedV3(json, name) : checkedV2(json, name);
  checkChunks(info, name, options.maxBytes);
  const store = storeOf(files, path, info, json);
  const { open } = await zarrita();
  const place = placeIn(store, path);
  const array = await (version === 3 ? open.v3 : open.v2)(place, { kind: "array" }).catch(
    (cause: unknown) => {
      throw new FileFormatError(name, "description", "an array", (cause as Error).message, {
        cause,
      });
    },
  );
  return new ZarrArray(name, info, array, options.maxBytes);
}

function pathOf(path: unknown): string {
  const isPath = path === undefined || typeof path === "string";
  const parts = isPath ? (path ?? "").split("/").filter((part) => part !== "") : [];
  if (isPath && !parts.some((part) => part === "." || part === "..")) return `/${parts.join("/")}`;
  throw new InvalidArgument("path", path, "give the names of groups and array, as group/array");
}

interface Described {
  readonly json: Json;
  readonly version: 2 | 3;
}

/** The description of an array: of the root where all are there, else its own. */
async function described(files: ZarrFiles, path: string): Promise<Described> {
  const below = path === "/" ? "" : path;
  if (below !== "") {
    const root = await jsonAt(files, "/zarr.json");
    const all = isObject(root?.consolidated_metadata)
      ? root.consolidated_metadata.metadata
      : undefined;
    const found = isObject(all) ? all[below.slice(1)] : undefined;
    if (isObject(found)) return ofArray(found, files.nameOf(below));
  }
  const own = await jsonAt(files, `${below}/zarr.json`);
  if (own !== undefined) return ofArray(own, files.nameOf(below));
  const old = await jsonAt(files, `${below}/.zarray`);
  if (old !== undefined) return { json: old, version: 2 };
  throw new MissingFile(
    files.nameOf(`${below}/zarr.json`),
    "nor .zarray beside it: give the folder of a store, and the path of an array in it",
  );
}

function ofArray(json: Json, name: string): Described {
  if (json.zarr_format !== 3)
    throw new FileFormatError(name, "zarr_format", "3", JSON.stringify(json.zarr_format));
  if (json.node_type === "array") return { json, version: 3 };
  throw new FileFormatError(name, "node_type", "array", JSON.stringify(json.node_type), {
    advice: "a group holds arrays: name one of them with path",
  });
}

async function jsonAt(files: ZarrFiles, key: string): Promise<Described["json"] | undefined> {
  const bytes = await whole(files, key, MOST_TEXT);
  if (bytes === undefined) return undefined;
  const name = files.nameOf(key);
  try {
    const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (isObject(json)) return json;
  } catch (cause) {
    throw new FileFormatError(name, "text", "JSON", (cause as Error).message, { cause });
  }
  throw new FileFormatError(name, "text", "an object", "another value");
}

async function whole(files: ZarrFiles, key: string, most: number): Promise<Uint8Array | undefined> {
  const source = await files.open(key);
  if (source === undefined) return undefined;
  try {
    if (source.size > most)
      throw new FileFormatError(source.name, "size", `at most ${most} bytes`, `${source.size}`);
    return await source.read(0, source.size);
  } finally {
    await source.close();
  }
}

/** Throws `FileFormatError` for chunks, and lists of them, that no memory holds; `Unsupported` for a shard too fine. */
function checkChunks(info: CheckedArray, name: string, maxBytes = MOST_CHUNK): void {
  const bytes = sizeOf(info.chunks) * typeBytes[info.dtype];
  if (!(bytes <= maxBytes))
    throw new FileFormatError(
      name,
      "chunk shape",
      `chunks of at most ${maxBytes} bytes`,
      `${bytes}`,
    );
  const inShard = info.shard === undefined ? 1 : sizeOf(info.shard) / sizeOf(info.chunks);
  if (!(16 * inShard <= MOST_TEXT))
    throw new Unsupported(`${name}: ${inShard} chunks in a shard`, "write larger chunks");
}

/** Files for zarrita: the description that was checked, and chunks that unpack to what they should. */
function storeOf(
  files: ZarrFiles,
  path: string,
  info: CheckedArray,
  json: Described["json"],
): ZarritaFiles {
  const below = path === "/" ? "" : path;
  const rawBytes = sizeOf(info.chunks) * typeBytes[info.dtype];
  const description = new TextEncoder().encode(JSON.stringify(json));
  const own = `${below}/${info.version === 3 ? "zarr.json" : ".zarray"}`;
  const isChunk = (key: string): boolean => key !== own && !key.endsWith("/.zattrs");
  const missing = (key: string): undefined => {
    if (info.hasFill || !isChunk(key)) return undefined;
    throw new FileFormatError(
      files.nameOf(key),
      "chunk",
      "it to be there",
      "no file, and no fill value",
      {
        advice: "an array without fill value has all of its chunks",
      },
    );
  };
  return {
    get: async (key) => {
      if (key === own) return description;
      const bytes = await whole(files, key, mostPacked(rawBytes));
      if (bytes === undefined) return missing(key);
      if (isChunk(key)) await checkPacked(bytes, info.codecs, rawBytes, files.nameOf(key));
      return bytes;
    },
    getRange: async (key, range) => {
      const source = await files.open(key);
      if (source === undefined) return missing(key);
      try {
        if ("suffixLength" in range)
          return await source.read(source.size - range.suffixLength, range.suffixLength);
        if (range.length > mostPacked(rawBytes))
          throw new FileFormatError(source.name, "chunk", `${rawBytes} bytes`, `${range.length}`);
        const bytes = await source.read(range.offset, range.length);
        await checkPacked(bytes, info.codecs, rawBytes, source.name);
        return bytes;
      } finally {
        await source.close();
      }
    },
  };
}
