import { FileFormatError, InvalidArgument, MissingFile } from "../../core/errors.ts";
import { limit } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { ChunkFiles } from "./chunk-files.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { isObject, type Json } from "./json.ts";
import { checkedV2, checkedV3, type CheckedArray } from "./metadata.ts";
import { ZarrArray } from "./zarr-array.ts";
import { ZarrFiles, type ZarrInput } from "./zarr-files.ts";

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

/** Bytes of a description at most: what JSON makes of more may take all memory. */
const MOST_TEXT = 2 ** 23;

/**
 * Open an array of a Zarr store (version 3 or 2, with the package zarrita): a folder of this disk, or of a server, whose
 * chunks are fetched as they are read. Nothing but its description is read; one in the root for all arrays (consolidated)
 * is taken where there is one. Packed by gzip, zlib, zstd, blosc, lz4 or not, in shards or not.
 *
 * @throws MissingFile where there is no array; FileFormatError for a description that contradicts itself or claims too
 *   much, and for a link out of the store; Unsupported for other types and codecs, and in a page; ServerFailed.
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
  const below = path === "/" ? "" : path;
  const info = await described(files, below);
  const reader = await ChunkReader.open(info, new ChunkFiles(files, below, info));
  return new ZarrArray(files.nameOf(below), info, reader, options.maxBytes);
}

function pathOf(path: unknown): string {
  const isPath = path === undefined || typeof path === "string";
  const parts = isPath ? (path ?? "").split("/").filter((part) => part !== "") : [];
  if (isPath && !parts.some((part) => part === "." || part === "..")) return `/${parts.join("/")}`;
  throw new InvalidArgument("path", path, "give the names of groups and array, as group/array");
}

/** The description of an array: of the root where all are there, else its own. */
async function described(files: ZarrFiles, below: string): Promise<CheckedArray> {
  const name = files.nameOf(below);
  if (below !== "") {
    const root = await jsonAt(files, "/zarr.json");
    const all = isObject(root?.consolidated_metadata)
      ? root.consolidated_metadata.metadata
      : undefined;
    const found = isObject(all) ? all[below.slice(1)] : undefined;
    if (isObject(found)) return ofArray(found, name);
  }
  const own = await jsonAt(files, `${below}/zarr.json`);
  if (own !== undefined) return ofArray(own, name);
  const old = await jsonAt(files, `${below}/.zarray`);
  if (old !== undefined)
    return checkedV2(old, (await jsonAt(files, `${below}/.zattrs`)) ?? {}, name);
  throw new MissingFile(
    files.nameOf(`${below}/zarr.json`),
    "nor .zarray beside it: give the folder of a store, and the path of an array in it",
  );
}

function ofArray(json: Json, name: string): CheckedArray {
  if (json.zarr_format !== 3)
    throw new FileFormatError(name, "zarr_format", "3", JSON.stringify(json.zarr_format));
  if (json.node_type === "array") return checkedV3(json, name);
  throw new FileFormatError(name, "node_type", "array", JSON.stringify(json.node_type), {
    advice: "a group holds arrays: name one of them with path",
  });
}

async function jsonAt(files: ZarrFiles, key: string): Promise<Json | undefined> {
  const bytes = await files.whole(key, MOST_TEXT);
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
