import { FileFormatError, InvalidArgument, UnknownOption } from "../../core/errors.ts";
import { texts } from "../../core/gate/kinds.ts";
import { sizeOf } from "../../core/matrix.ts";
import type { NpyArray } from "../npy/npy-array.ts";
import { checkedShape, checkTaken } from "./check-space.ts";
import { decodeFields, fieldsOf } from "./compound.ts";
import { checkReadable, decodeBytes, dtypeOf, isAsStored, isVariableText } from "./decode.ts";
import { checkedBox, type Hdf5Box } from "./slabs.ts";
import type { RawAhead, RawFilter, RawObject, RawType } from "./types.ts";
import { ValueReader } from "./value-reader.ts";
import { closedFile, otherFile, type Hdf5Worker } from "./worker.ts";

/** What is at a place in an HDF5 file. */
export interface Hdf5Object {
  /** `empty`: a data set without values, as h5py writes `None`; `type`: a named type, which holds no values. */
  readonly kind: "group" | "dataset" | "empty" | "type";
  /** Names in a group. */
  readonly keys: readonly string[];
  /** Names of the attributes. */
  readonly attributes: readonly string[];
  /** Lengths of a data set's axes. */
  readonly shape: readonly number[];
  /** The type as numpy writes it; undefined for groups and for values that cannot be read. */
  readonly dtype: string | undefined;
  /** Names of the fields of compound values, which `readFields` reads. */
  readonly fields: readonly string[];
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
  /** Values that came along with descriptions; each is used once. */
  readonly #ahead = new Map<string, ArrayBuffer>();
  #open = true;
  readonly #values: ValueReader;

  readonly #maxBytes: number | undefined;

  constructor(name: string, size: number, worker: Hdf5Worker, maxBytes?: number) {
    this.name = name;
    this.size = size;
    this.#worker = worker;
    this.#maxBytes = maxBytes;
    this.#values = new ValueReader(worker, this.#mostText);
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
      kind: kind === "dataset" && type?.shape === null ? "empty" : kind,
      keys,
      attributes: attributes.map(({ name }) => name),
      shape: type?.shape ?? [],
      dtype: type && dtypeOf(type),
      fields: type?.compound_type?.members.map(({ name }) => name) ?? [],
    };
  }

  /**
   * The values of a data set, or of a box of it. Throws `UnknownOption` when there is none, `InvalidArgument` for a box
   * outside of it, `Unsupported` for types without use here, `FileFormatError` for damage.
   */
  async read(path: string, box?: Hdf5Box): Promise<NpyArray> {
    const { type, shape, storage } = await this.#dataset(path);
    checkReadable(type, `${this.name}: ${path}`);
    const { start, count } = checkedBox(path, shape, box);
    checkTaken(sizeOf(count), type, storage);
    if (isVariableText(type)) {
      const data = await this.#values.texts(path, type, { start, count });
      return { kind: "string", dtype: "|O", shape: count, data };
    }
    const bytes = await this.#bytesOf(path, type, { start, count });
    return decodeBytes(bytes, type, count, { file: this.name, field: path });
  }

  /**
   * The values of a data set of compound values (records), or of a box of it: an array for each field by its name, or
   * by `outer.inner` for those within a field. Throws as {@link Hdf5File.read}.
   */
  async readFields(path: string, box?: Hdf5Box): Promise<Map<string, NpyArray>> {
    const { type, shape, storage } = await this.#dataset(path);
    if (type.compound_type === undefined)
      throw new InvalidArgument("path", path, "its values have no fields; read it with read");
    const fields = fieldsOf(type, `${this.name}: ${path}`);
    const { start, count } = checkedBox(path, shape, box);
    checkTaken(2 * sizeOf(count), type, storage);
    const { bytes, texts } = await this.#values.records(path, type, { start, count }, fields);
    return decodeFields(bytes, type, count, fields, texts, { file: this.name, field: path });
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
    const nBytes = sizeOf(shape) * type.size;
    const args = { path, name, nBytes, most: this.#mostText, asStored: isAsStored(type) };
    if (isVariableText(type)) {
      const data = (await this.#worker.call("readAttributeTexts", field, args)) as string[];
      return { kind: "string", dtype: "|O", shape, data };
    }
    const bytes =
      this.#takeAhead(attributeKey(path, name), args.nBytes) ??
      ((await this.#worker.call("readAttribute", field, args)) as ArrayBuffer);
    return decodeBytes(bytes, type, shape, { file: this.name, field });
  }

  /**
   * Ask for the descriptions, and the values where they are small, of many places at once: each alone would take
   * several messages to HDF5's thread. What cannot be had so is read, and fails, when it is asked for.
   */
  async prefetch(paths: readonly string[]): Promise<void> {
    texts(paths, "paths");
    const unknown = paths.filter((path) => !this.#objects.has(path));
    for (let from = 0; from < unknown.length; from += pathsAtOnce) {
      const some = unknown.slice(from, from + pathsAtOnce);
      const args = { paths: some };
      const found = (await this.#worker.call("describeAhead", some[0], args)) as (
        RawAhead | undefined
      )[];
      found.forEach((ahead, at) => ahead && this.#keepAhead(some[at], ahead));
    }
  }

  /** Forget what is known of these places, which will not be asked for again. */
  forget(paths: readonly string[]): void {
    texts(paths, "paths");
    for (const path of paths) this.#objects.delete(path);
    this.#ahead.clear();
  }

  /**
   * The places that a data set of object references points to (MATLAB's cell arrays), in C order.
   * Throws `FileFormatError` when it holds something else.
   */
  async references(path: string): Promise<{ paths: string[]; shape: readonly number[] }> {
    const { type, shape, storage } = await this.#dataset(path);
    checkTaken(sizeOf(shape) * referenceCost, type, storage);
    if (type.ref_type !== "object")
      throw new FileFormatError(this.name, path, "references to objects", "other values");
    const whole = { start: shape.map(() => 0), count: shape };
    const references = new Uint8Array(await this.#bytesOf(path, type, whole));
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

  #keepAhead(path: string, { value, bytes, values }: RawAhead): void {
    this.#objects.set(path, Promise.resolve(value));
    if (bytes !== undefined) this.#ahead.set(path, bytes);
    value.attributes?.forEach(({ name }, at) => {
      const attribute = values[at];
      if (attribute !== undefined) this.#ahead.set(attributeKey(path, name), attribute);
    });
  }

  async #bytesOf(path: string, type: RawType, box: Hdf5Box): Promise<ArrayBuffer> {
    const whole = box.count.every((length, at) => length === type.shape?.[at]);
    const ahead = whole ? this.#takeAhead(path, sizeOf(box.count) * type.size) : undefined;
    return ahead ?? this.#values.bytes(path, type, box);
  }

  #takeAhead(key: string, nBytes: number): ArrayBuffer | undefined {
    const bytes = this.#ahead.get(key);
    this.#ahead.delete(key);
    return bytes?.byteLength === nBytes ? bytes : undefined;
  }

  /** More text than this in one data set is a bomb: the same long text pointed to many times. */
  get #mostText(): number {
    return 16 * this.size + 2 ** 20;
  }

  #storage(path: string, filters: readonly RawFilter[]) {
    return { file: this.name, fileBytes: this.size, path, filters, maxBytes: this.#maxBytes };
  }

  #find(path: string): Promise<RawObject> {
    if (!this.#open) throw closedFile(this.name);
    const found =
      this.#objects.get(path) ??
      (this.#worker.call("describe", path, { path }) as Promise<RawObject>);
    this.#objects.set(path, found);
    return found;
  }

  async #object(path: string): Promise<KnownObject> {
    const found = await this.#find(path);
    if (isKnown(found)) return found;
    if (found.kind === "externalLink") throw otherFile(this.name, path, found.link?.filename ?? "");
    if (found.kind === "brokenLink")
      throw new FileFormatError(
        this.name,
        path,
        "a group or data set",
        "a link that leads nowhere",
        {
          advice: "read other parts of the file, or write the link anew",
        },
      );
    const parent = path.slice(0, path.lastIndexOf("/")) || "/";
    const known = path === "/" ? [] : await this.keys(parent).catch(() => []);
    throw new UnknownOption(
      `place in ${this.name}`,
      path,
      known.map((key) => join(parent, key)),
    );
  }

  async #dataset(path: string) {
    const { kind, type, filters = [] } = await this.#object(path);
    if (type === undefined)
      throw new InvalidArgument("path", path, "it is a group; name a data set in it");
    if (kind === "type")
      throw new InvalidArgument("path", path, "it is a named type, which holds no values");
    const storage = this.#storage(path, filters);
    const shape = checkedShape(type, storage);
    // A chunk as it lies in the file, unpacked, and unshuffled.
    this.#worker.allow(3 * sizeOf(type.chunks ?? [0]) * type.size);
    return { type, shape, storage };
  }
}

/** What a reference of 8 bytes becomes: the bytes as numbers, and a path. */
const referenceCost = 20;

/** Descriptions that come in one message. */
const pathsAtOnce = 256;

interface KnownObject extends RawObject {
  readonly kind: "group" | "dataset" | "type";
}

function isKnown(found: RawObject): found is KnownObject {
  return found.kind === "group" || found.kind === "dataset" || found.kind === "type";
}

function attributeKey(path: string, name: string): string {
  return `${path}\0${name}`;
}

function join(parent: string, key: string): string {
  return parent === "/" ? `/${key}` : `${parent}/${key}`;
}
