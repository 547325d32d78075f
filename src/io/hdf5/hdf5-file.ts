import { FileFormatError, InvalidArgument, UnknownOption } from "../../core/errors.ts";
import { sizeOf } from "../../core/matrix.ts";
import type { NpyArray } from "../npy/npy-array.ts";
import { checkedShape } from "./check-space.ts";
import { checkReadable, decodeBytes, dtypeOf, isVariableText } from "./decode.ts";
import { sharedPlace, slabsOf, type Hdf5Box, type Slab } from "./slabs.ts";
import type { RawFilter, RawObject, RawType } from "./types.ts";
import { otherFile, type Hdf5Worker } from "./worker.ts";

/** What is at a place in an HDF5 file. */
export interface Hdf5Object {
  /** `empty`: a data set without values, as h5py writes `None`. */
  readonly kind: "group" | "dataset" | "empty";
  /** Names in a group. */
  readonly keys: readonly string[];
  /** Names of the attributes. */
  readonly attributes: readonly string[];
  /** Lengths of a data set's axes. */
  readonly shape: readonly number[];
  /** The type as numpy writes it; undefined for groups and for values that cannot be read. */
  readonly dtype: string | undefined;
}

/**
 * An open HDF5 file. It is read in a thread of its own, which a file that makes HDF5 crash or hang does not survive,
 * but the process does. Data in other files (external links and storage, virtual data sets) are refused.
 */
export class Hdf5File {
  readonly name: string;
  readonly size: number;
  readonly #worker: Hdf5Worker;
  readonly #objects = new Map<string, Promise<RawObject>>();
  #open = true;
  #place: SharedArrayBuffer | undefined;

  constructor(name: string, size: number, worker: Hdf5Worker) {
    this.name = name;
    this.size = size;
    this.#worker = worker;
  }

  /** Names in a group; the whole file's first level by default. Throws as {@link Hdf5File.describe}. */
  async keys(path = "/"): Promise<readonly string[]> {
    return (await this.describe(path)).keys;
  }

  /** True when there is something at `path`. */
  async has(path: string): Promise<boolean> {
    return (await this.#find(path)).kind !== "nothing";
  }

  /** What is at `path`. Throws `UnknownOption` when nothing is, `Unsupported` for a link into another file. */
  async describe(path: string): Promise<Hdf5Object> {
    const { kind, keys = [], attributes = [], type } = await this.#object(path);
    return {
      kind: kind === "group" ? "group" : type?.shape === null ? "empty" : "dataset",
      keys,
      attributes: attributes.map(({ name }) => name),
      shape: type?.shape ?? [],
      dtype: type && dtypeOf(type),
    };
  }

  /**
   * The values of a data set, or of a box of it. Throws `UnknownOption` when there is none, `InvalidArgument` for a box
   * outside of it, `Unsupported` for types without use here, `FileFormatError` for damage.
   */
  async read(path: string, box?: Hdf5Box): Promise<NpyArray> {
    const { type, shape } = await this.#dataset(path);
    checkReadable(type, `${this.name}: ${path}`);
    const { start, count } = checkedBox(path, shape, box);
    if (isVariableText(type)) return this.#readTexts(path, type, { start, count });
    const bytes = await this.#readBytes(path, type, { start, count });
    return decodeBytes(bytes, type, count, { file: this.name, field: path });
  }

  /** The values of an attribute. Throws `UnknownOption` when there is none of that name. */
  async attribute(path: string, name: string): Promise<NpyArray> {
    const attributes = (await this.#object(path)).attributes ?? [];
    const type = attributes.find((attribute) => attribute.name === name)?.type;
    if (type === undefined)
      throw new UnknownOption(
        `attribute of ${this.name}: ${path}`,
        name,
        attributes.map((attribute) => attribute.name),
      );
    const field = `attribute ${name} of ${path}`;
    checkReadable(type, `${this.name}: ${field}`);
    const shape = checkedShape(type, this.#storage(field, []));
    const args = { path, name, nBytes: sizeOf(shape) * type.size, most: this.#mostText };
    if (isVariableText(type)) {
      const data = (await this.#worker.call("readAttributeTexts", field, args)) as string[];
      return { kind: "string", dtype: "|O", shape, data };
    }
    const bytes = (await this.#worker.call("readAttribute", field, args)) as ArrayBuffer;
    return decodeBytes(bytes, type, shape, { file: this.name, field });
  }

  /**
   * The places that a data set of object references points to (MATLAB's cell arrays), in C order.
   * Throws `FileFormatError` when it holds something else.
   */
  async references(path: string): Promise<{ paths: string[]; shape: readonly number[] }> {
    const { type, shape } = await this.#dataset(path);
    if (type.ref_type !== "object")
      throw new FileFormatError(this.name, path, "references to objects", "other values");
    const whole = { start: shape.map(() => 0), count: shape };
    const references = new Uint8Array(await this.#readBytes(path, type, whole));
    const args = { references, size: type.size };
    const paths = (await this.#worker.call("nameOf", path, args)) as (string | null)[];
    if (paths.includes(null) || paths.includes(""))
      throw new FileFormatError(this.name, path, "references to objects of the file", "others");
    return { paths: paths as string[], shape };
  }

  /** Close the file. Calling it again does nothing. */
  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    try {
      await this.#worker.call("close", "the end");
    } finally {
      this.#worker.release();
    }
  }

  /** More text than this in one data set is a bomb: the same long text pointed to many times. */
  get #mostText(): number {
    return 16 * this.size + 2 ** 20;
  }

  #storage(path: string, filters: readonly RawFilter[]) {
    return { file: this.name, fileBytes: this.size, path, filters };
  }

  #find(path: string): Promise<RawObject> {
    if (!this.#open)
      throw new InvalidArgument("file", this.name, "it was closed; open it again to read more");
    const found =
      this.#objects.get(path) ??
      (this.#worker.call("describe", path, { path }) as Promise<RawObject>);
    this.#objects.set(path, found);
    return found;
  }

  async #object(path: string): Promise<RawObject> {
    const found = await this.#find(path);
    if (found.kind === "group" || found.kind === "dataset") return found;
    if (found.kind === "externalLink") throw otherFile(this.name, path, found.link?.filename ?? "");
    const parent = path.slice(0, path.lastIndexOf("/")) || "/";
    const known = path === "/" ? [] : await this.keys(parent).catch(() => []);
    throw new UnknownOption(
      `place in ${this.name}`,
      path,
      known.map((key) => join(parent, key)),
    );
  }

  async #dataset(path: string): Promise<{ type: RawType; shape: readonly number[] }> {
    const { type, filters = [] } = await this.#object(path);
    if (type === undefined)
      throw new InvalidArgument("path", path, "it is a group; name a data set in it");
    return { type, shape: checkedShape(type, this.#storage(path, filters)) };
  }

  async #readBytes(path: string, type: RawType, box: Hdf5Box): Promise<ArrayBuffer> {
    const slabs = slabsOf(box, type.size);
    if (slabs.length === 1) return this.#readSlab(path, slabs[0]);
    const bytes = new Uint8Array(sizeOf(box.count) * type.size);
    // One place that both threads see: parts handed over one by one would pile up until they are collected.
    const into = (this.#place ??= sharedPlace());
    let at = 0;
    for (const slab of slabs) {
      const read = into ?? (await this.#readSlab(path, slab));
      if (into !== undefined) await this.#readSlab(path, slab, into);
      bytes.set(new Uint8Array(read, 0, slab.nBytes), at);
      at += slab.nBytes;
    }
    return bytes.buffer;
  }

  async #readSlab(path: string, slab: Slab, into?: SharedArrayBuffer): Promise<ArrayBuffer> {
    const { start: offset, count, nBytes } = slab;
    const args = { path, offset, count, nBytes, into };
    return (await this.#worker.call("read", path, args)) as ArrayBuffer;
  }

  async #readTexts(path: string, type: RawType, box: Hdf5Box): Promise<NpyArray> {
    const data: string[] = [];
    for (const { start: offset, count, nBytes } of slabsOf(box, type.size)) {
      const args = { path, offset, count, nBytes, most: this.#mostText };
      for (const text of (await this.#worker.call("readTexts", path, args)) as string[])
        data.push(text);
    }
    return { kind: "string", dtype: "|O", shape: box.count, data };
  }
}

function checkedBox(path: string, shape: readonly number[], box?: Hdf5Box): Hdf5Box {
  const { start, count } = box ?? { start: shape.map(() => 0), count: shape };
  const inside =
    start.length === shape.length &&
    count.length === shape.length &&
    shape.every(
      (length, at) => isWhole(start[at]) && isWhole(count[at]) && start[at] + count[at] <= length,
    );
  if (inside) return { start, count };
  throw new InvalidArgument(
    "box",
    `start (${start.join(", ")}), count (${count.join(", ")})`,
    `${path} has shape (${shape.join(", ")}); give a start and a count inside of it for every axis`,
  );
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function join(parent: string, key: string): string {
  return parent === "/" ? `/${key}` : `${parent}/${key}`;
}
