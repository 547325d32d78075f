import type { Fields, Node, Ref } from "./nodes.ts";
import { CheckpointError, errorTypes, viewTypes } from "./nodes.ts";
import { dataOf, fieldsOf, isNode, listOf, numberOf, textOf } from "./untrusted.ts";

/** Makes a value anew from what it said it is made of. */
export type Restore = (form: { module: string; name: string; data: unknown }) => Promise<unknown>;

/** Makes the values of a checkpoint anew. Whatever the file holds, only data come of it, or `CheckpointError`. */
export class Decoder {
  readonly #nodes: readonly Node[];
  readonly #blobs: readonly Uint8Array<ArrayBuffer>[];
  readonly #restore: Restore;
  readonly #made = new Map<number, unknown>();
  readonly #filled = new Set<number>();
  /** Values that say how they are made, while that is under way. */
  readonly #open = new Set<number>();

  constructor(
    nodes: readonly unknown[],
    blobs: readonly Uint8Array<ArrayBuffer>[],
    restore: Restore,
  ) {
    this.#nodes = nodes.map((node) => dataOf(node) as unknown as Node);
    this.#blobs = blobs;
    this.#restore = restore;
  }

  /** The value of a name. */
  async value(ref: unknown): Promise<unknown> {
    const parts = this.#reachedFrom(ref);
    for (const at of parts) if (this.#nodes[at].kind === "saved") await this.#makeSaved(at);
    for (const at of parts) this.#fill(at);
    return this.#valueOf(ref);
  }

  /** The nodes a value leads to; not those behind values that say how they are made. */
  #reachedFrom(ref: unknown): number[] {
    const found = new Set<number>();
    const open = [ref];
    while (open.length > 0) {
      const next = open.pop();
      if (!isNode(next)) continue;
      const at = this.#checked(next[1]);
      if (found.has(at)) continue;
      found.add(at);
      for (const inner of refsOf(this.#nodes[at])) open.push(inner);
    }
    return [...found];
  }

  async #makeSaved(at: number): Promise<void> {
    if (this.#made.has(at)) return;
    const node = this.#nodes[at] as Extract<Node, { kind: "saved" }>;
    if (this.#open.has(at) || this.#open.size > deepest)
      throw new CheckpointError("a value is said to be made of itself");
    this.#open.add(at);
    const data = await this.value(node.data);
    const form = { module: textOf(node.module), name: textOf(node.name), data };
    this.#made.set(at, await this.#restore(form));
    this.#open.delete(at);
  }

  #checked(at: unknown): number {
    const place = numberOf(at);
    if (Number.isInteger(place) && place >= 0 && place < this.#nodes.length) return place;
    throw new CheckpointError("it speaks of an object that is not in it");
  }

  #valueOf(ref: unknown): unknown {
    if (isNode(ref)) return this.#object(this.#checked(ref[1]));
    return primitive(ref as Ref);
  }

  /** The object of a node, empty until it is filled. */
  #object(at: number): unknown {
    const known = this.#made.get(at);
    if (known !== undefined) return known;
    const made = this.#empty(this.#nodes[at]);
    this.#made.set(at, made);
    return made;
  }

  #empty(node: Node): unknown {
    switch (node.kind) {
      case "object":
        return node.bare === true ? Object.create(null) : {};
      case "array":
        return [];
      case "numbers":
        return Array.from(new Float64Array(...this.#bytes(node.blob, 8)));
      case "map":
        return new Map();
      case "set":
        return new Set();
      case "date":
        return new Date(numberOf(primitive(node.time)));
      case "regexp":
        return attempt(() => new RegExp(textOf(node.source), textOf(node.flags)));
      case "url":
        return attempt(() => new URL(textOf(node.href)));
      case "error":
        return errorOf(node);
      case "buffer":
        return this.#buffer(node);
      case "view":
        return this.#view(node);
      default:
        throw new CheckpointError("it holds a kind of value that this kernel does not know");
    }
  }

  #fill(at: number): void {
    const node = this.#nodes[at];
    if (this.#filled.has(at) || node.kind === "saved") return;
    this.#filled.add(at);
    const object = this.#object(at) as object;
    if (node.kind === "map")
      for (const [key, value] of listOf(node.entries).map(listOf))
        (object as Map<unknown, unknown>).set(this.#valueOf(key), this.#valueOf(value));
    if (node.kind === "set")
      for (const value of listOf(node.values)) (object as Set<unknown>).add(this.#valueOf(value));
    if (node.kind === "array") this.#fillArray(object as unknown[], listOf(node.values));
    if ("fields" in node) this.#fillFields(object, node.fields, node.kind !== "error");
    if ("frozen" in node && node.frozen === true) Object.freeze(object);
  }

  #fillArray(array: unknown[], values: readonly unknown[]): void {
    array.length = values.length;
    values.forEach((value, i) => {
      if (!isHole(value)) array[i] = this.#valueOf(value);
    });
  }

  #fillFields(object: object, fields: Fields, enumerable: boolean): void {
    for (const [name, ref] of fieldsOf(fields)) {
      // Assigned, `__proto__` would change what the object is.
      const value = this.#valueOf(ref);
      Object.defineProperty(object, name, {
        value,
        enumerable,
        writable: true,
        configurable: true,
      });
    }
  }

  #buffer({ blob, shared }: Extract<Node, { kind: "buffer" }>): ArrayBufferLike {
    const [bytes, offset, length] = this.#bytes(blob, 1);
    if (shared !== true) return bytes.slice(offset, offset + length);
    const buffer = new SharedArrayBuffer(length);
    new Uint8Array(buffer).set(new Uint8Array(bytes, offset, length));
    return buffer;
  }

  #view({ type, buffer, offset, length }: Extract<Node, { kind: "view" }>): unknown {
    const bytes = this.#object(this.#checked(buffer));
    if (!(bytes instanceof ArrayBuffer || bytes instanceof SharedArrayBuffer))
      throw new CheckpointError("a view stands on what is no buffer");
    if (!Object.hasOwn(viewTypes, type))
      throw new CheckpointError(`it holds a view of the unknown type ${String(type)}`);
    return attempt(() => {
      if (type === "Buffer") return Buffer.from(bytes as ArrayBuffer, offset, length);
      const View = viewTypes[type as "Uint8Array"];
      return new View(bytes as ArrayBuffer, numberOf(offset), numberOf(length));
    });
  }

  #bytes(blob: unknown, size: number): [ArrayBuffer, number, number] {
    const found = this.#blobs[numberOf(blob)];
    if (found === undefined || found.byteLength % size !== 0)
      throw new CheckpointError("it speaks of numbers that are not in it");
    return [found.buffer, found.byteOffset, found.byteLength / size];
  }
}

const deepest = 100;

function refsOf(node: Node): unknown[] {
  const fields = "fields" in node ? fieldsOf(node.fields).map(([, ref]) => ref) : [];
  if (node.kind === "map") return listOf(node.entries).flatMap(listOf);
  if (node.kind === "set") return [...listOf(node.values)];
  if (node.kind === "view") return [["node", node.buffer]];
  return node.kind === "array" ? [...fields, ...listOf(node.values)] : fields;
}

function errorOf({ type }: Extract<Node, { kind: "error" }>): Error {
  if (!Object.hasOwn(errorTypes, type))
    throw new CheckpointError(`it holds an error of the unknown type ${String(type)}`);
  const Type = errorTypes[type as "Error"];
  return type === "AggregateError" ? new AggregateError([]) : new Type();
}

function isHole(ref: unknown): boolean {
  return Array.isArray(ref) && ref[0] === "hole";
}

function primitive(ref: Ref): unknown {
  if (!Array.isArray(ref)) return ref === null || typeof ref !== "object" ? ref : unknown();
  const [kind, text] = ref as readonly [string, unknown];
  switch (kind) {
    case "undefined":
      return undefined;
    case "number":
      return Number(textOf(text));
    case "bigint":
      return bigint(textOf(text));
    case "symbol":
      return Symbol.for(textOf(text));
    default:
      return unknown();
  }
}

function bigint(hex: string): bigint {
  const [, sign, digits] = /^(-?)([\da-f]+)$/.exec(hex) ?? unknown();
  const size = BigInt(`0x${digits}`);
  return sign === "-" ? -size : size;
}

function unknown(): never {
  throw new CheckpointError("it holds a value that this kernel does not know");
}

function attempt<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof CheckpointError
      ? error
      : new CheckpointError(`it holds a value that cannot be made: ${(error as Error).message}`);
  }
}
