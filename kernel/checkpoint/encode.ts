import { unmark } from "../transform/marks.ts";
import { kindOf, typeNameOf } from "./classify.ts";
import { savedForm } from "./conventions.ts";
import type { Contents, Fields, Node, Ref } from "./nodes.ts";
import { errorTypes, viewTypes } from "./nodes.ts";
import { SeenBuffers } from "./seen-buffers.ts";
import { Unkept } from "./unkept.ts";

/** An object that has its number, and not its node yet. */
interface Waiting {
  readonly value: object;
  readonly at: number;
  readonly path: string;
}

/** Collects values of a notebook as the nodes of a checkpoint. Runs no getter. */
export class Encoder {
  readonly #names: Record<string, Ref> = Object.create(null) as Record<string, Ref>;
  readonly #nodes: Node[] = [];
  readonly #blobs: (Uint8Array | (() => Uint8Array))[] = [];
  readonly #numbers = new Map<object, number>();
  readonly #buffers = new SeenBuffers();
  #waiting: Waiting[] = [];
  #added: object[] = [];

  /** Adds the value of a name with all it leads to, or throws `Unkept` and adds nothing of it. */
  add(name: string, value: unknown): void {
    const before = { nodes: this.#nodes.length, blobs: this.#blobs.length };
    this.#added = [];
    try {
      const ref = this.#ref(value, "");
      for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop())
        this.#nodes[next.at] = this.#node(next);
      this.#names[name] = ref;
    } catch (error) {
      this.#waiting = [];
      this.#nodes.length = before.nodes;
      this.#blobs.length = before.blobs;
      for (const object of this.#added) this.#numbers.delete(object);
      throw error;
    }
  }

  /** What was added: the nodes, and the bytes they refer to. */
  finish(): { contents: Contents; blobs: readonly Uint8Array[] } {
    const blobs = this.#blobs.map((blob) => (typeof blob === "function" ? blob() : blob));
    const nodes = this.#nodes.map((node) => this.#buffers.moved(node));
    return { contents: { names: this.#names, nodes }, blobs };
  }

  #ref(value: unknown, path: string): Ref {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return numberRef(value);
      case "undefined":
        return ["undefined"];
      case "bigint":
        return ["bigint", value.toString(16)];
      case "symbol":
        return symbolRef(value, path);
      case "function":
        throw new Unkept("a function or class", path);
      default:
        return value === null ? null : ["node", this.#numberOf(value as object, path)];
    }
  }

  #numberOf(value: object, path: string): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const at = this.#nodes.length;
    this.#numbers.set(value, at);
    this.#added.push(value);
    this.#nodes.push({ kind: "set", values: [] });
    this.#waiting.push({ value, at, path });
    return at;
  }

  #node({ value, at, path }: Waiting): Node {
    try {
      const saved = savedForm(value);
      if (saved !== undefined)
        return { kind: "saved", ...saved, data: this.#ref(saved.data, path) };
      return this.#plainNode(value, at, path);
    } catch (error) {
      if (error instanceof Unkept && error.path === "") throw new Unkept(error.what, path);
      throw error;
    }
  }

  #plainNode(value: object, at: number, path: string): Node {
    const kind = kindOf(value);
    switch (kind) {
      case "object":
        return {
          kind,
          fields: this.#fields(value, path),
          ...(Object.getPrototypeOf(value) === null ? { bare: true } : {}),
          ...frozen(value),
        };
      case "array":
        return this.#array(value as unknown[], path);
      case "map":
        return onlyPlain(value, this.#map(value as Map<unknown, unknown>, path));
      case "set":
        return onlyPlain(value, { kind, values: this.#set(value as Set<unknown>, path) });
      case "date":
        return onlyPlain(value, { kind, time: numberRef(Date.prototype.getTime.call(value)) });
      case "regexp": {
        const { source, flags } = value as RegExp;
        return onlyPlain(value, { kind, source, flags }, ["lastIndex"]);
      }
      case "url":
        return { kind, href: (value as URL).href };
      case "error":
        return {
          kind,
          type: typeNameOf(value, errorTypes) ?? "Error",
          fields: this.#errorFields(value as Error, path),
        };
      case "buffer":
        return this.#buffer(value as ArrayBufferLike, at);
      case "view":
        return this.#view(value as ArrayBufferView, path);
    }
  }

  #array(value: readonly unknown[], path: string): Node {
    const keys = Object.keys(value);
    const indices = keys.filter((key) => /^(?:0|[1-9]\d*)$/.test(key));
    if (value.length > 2 * indices.length + mostHoles) throw new Unkept("an array with many holes");
    if (keys.length === value.length && value.length > fewNumbers && value.every(isNumber))
      return {
        kind: "numbers",
        blob: this.#blob(bytesOf(Float64Array.from(value))),
        ...frozen(value),
      };
    const values = Array.from({ length: value.length }, (_, i): Ref => {
      const property = Object.getOwnPropertyDescriptor(value, String(i));
      return property === undefined ? ["hole"] : this.#ref(dataOf(property), `${path}[${i}]`);
    });
    return { kind: "array", values, fields: this.#fields(value, path, true), ...frozen(value) };
  }

  #map(value: Map<unknown, unknown>, path: string): Node {
    const entries = [...Map.prototype.entries.call(value)] as [unknown, unknown][];
    return {
      kind: "map",
      entries: entries.map(([key, item]) => [
        this.#ref(key, `${path}.keys()`),
        this.#ref(item, `${path}.get(${shown(key)})`),
      ]),
    };
  }

  #set(value: Set<unknown>, path: string): Ref[] {
    const values = [...Set.prototype.values.call(value)] as unknown[];
    return values.map((item) => this.#ref(item, `${path}.values()`));
  }

  /** The named properties of an object; of an array those that are no places. */
  #fields(value: object, path: string, isArray = false): Fields {
    const fields: [string, Ref][] = [];
    for (const key of Reflect.ownKeys(value)) {
      if (isArray && (key === "length" || /^(?:0|[1-9]\d*)$/.test(String(key)))) continue;
      const at = `${path}.${unmark(String(key))}`;
      if (typeof key === "symbol") throw new Unkept("a field whose name is a symbol", path);
      const property = Object.getOwnPropertyDescriptor(value, key);
      if (property?.enumerable === false) throw new Unkept("a hidden field", at);
      if (property !== undefined) fields.push([key, this.#ref(dataOf(property, at), at)]);
    }
    return fields;
  }

  /** An error's own fields are hidden ones, and its stack may be computed. */
  #errorFields(error: Error, path: string): Fields {
    const keys = Reflect.ownKeys(error).filter((key) => typeof key === "string" && key !== "stack");
    const fields = keys.map((key): [string, Ref] => {
      const property = Object.getOwnPropertyDescriptor(error, key) ?? {};
      return [String(key), this.#ref(dataOf(property, path), `${path}.${String(key)}`)];
    });
    return [["stack", typeof error.stack === "string" ? error.stack : ""], ...fields];
  }

  #buffer(buffer: ArrayBufferLike, at: number): Node {
    this.#buffers.whole(buffer, at);
    const blob = this.#blob(() => this.#buffers.bytes(buffer));
    return {
      kind: "buffer",
      blob,
      ...(buffer instanceof SharedArrayBuffer ? { shared: true } : {}),
    };
  }

  #view(view: ArrayBufferView, path: string): Node {
    const known = this.#numbers.has(view.buffer);
    const buffer = this.#numberOf(view.buffer, path);
    if (!known) {
      // It is seen through its views alone so far.
      this.#waiting.pop();
      const { buffer: bytes } = view;
      const blob = this.#blob(() => this.#buffers.bytes(bytes));
      const isShared = bytes instanceof SharedArrayBuffer;
      this.#nodes[buffer] = { kind: "buffer", blob, ...(isShared ? { shared: true } : {}) };
    }
    this.#buffers.view(view, buffer);
    const type = typeNameOf(view, viewTypes) ?? "Uint8Array";
    const length = view instanceof DataView ? view.byteLength : (view as Uint8Array).length;
    return { kind: "view", type, buffer, offset: view.byteOffset, length };
  }

  #blob(bytes: Uint8Array | (() => Uint8Array)): number {
    return this.#blobs.push(bytes) - 1;
  }
}

/** So many places may be empty. */
const mostHoles = 1000;
/** Shorter arrays of numbers are kept as text. */
const fewNumbers = 16;

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function bytesOf(view: Float64Array): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function frozen(value: object): { frozen?: true } {
  return Object.isFrozen(value) ? { frozen: true } : {};
}

function numberRef(value: number): Ref {
  if (Object.is(value, -0)) return ["number", "-0"];
  return Number.isFinite(value) ? value : ["number", String(value)];
}

function symbolRef(value: symbol, path: string): Ref {
  const key = Symbol.keyFor(value);
  if (key === undefined) throw new Unkept("a symbol", path);
  return ["symbol", key];
}

/** What these nodes keep is not all, when somebody gave the value fields of its own. */
function onlyPlain<T>(value: object, node: T, allowed: readonly string[] = []): T {
  const other = Reflect.ownKeys(value).filter((key) => !allowed.includes(String(key)));
  if (other.length > 0) throw new Unkept(`a value with fields of its own (${String(other[0])})`);
  return node;
}

function dataOf(property: PropertyDescriptor, path = ""): unknown {
  if (property.get !== undefined || property.set !== undefined)
    throw new Unkept("a field that is computed", path);
  return property.value as unknown;
}

function shown(key: unknown): string {
  if (typeof key === "string") return JSON.stringify(key.slice(0, 40));
  return typeof key === "number" ? String(key) : "…";
}
