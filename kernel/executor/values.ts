import { types } from "node:util";
import { unmark } from "../transform/marks.ts";
import { magics } from "#kernel/magics";
import { described } from "./described.ts";
import { notebookNames } from "./notebook-names.ts";
import type { LookAnswer, LookQuestion } from "./protocol.ts";

const most = 1000;
const deepest = 20;
/** Accessors of the realm that are Node's own. */
const harmless = new Set(["process", "Buffer", "performance", "crypto", "navigator"]);
const keysOf = Symbol.for("Jupyter.keys");

/** What a front end may complete, by the values there are. Runs no getter, and asks no proxy. */
export function look({ root, steps, names }: LookQuestion): LookAnswer {
  if (names === "magics") return { names: magics.map(({ name }) => name), kinds: [] };
  if (root === undefined) return { names: visibleNames(), kinds: [] };
  const value = steps.reduce<unknown>((now, step) => memberOf(now, step), rootValue(root));
  if (names === "shown") return { names: described(value), kinds: [] };
  if (value === undefined || value === null || types.isProxy(value))
    return { names: [], kinds: [] };
  if (names === "source") return { names: sourceOf(value), kinds: [] };
  const keys = namedKeys(value);
  if (names === "keys") return { names: keys, kinds: keys.map(() => "property") };
  const found = new Map(keys.map((key) => [key, "property"]));
  for (const [name, kind] of properties(value)) if (!found.has(name)) found.set(name, kind);
  return { names: [...found.keys()].slice(0, most), kinds: [...found.values()].slice(0, most) };
}

/** The names of the cells come before those of the realm. */
function visibleNames(): string[] {
  const cells = notebookNames.all.filter(
    (name) => name !== "babelHelpers" && !name.startsWith("__k"),
  );
  const realm = Object.getOwnPropertyNames(globalThis).filter((name) => unmark(name) === name);
  return [...new Set([...cells, ...realm])];
}

function rootValue(name: string): unknown {
  if (notebookNames.has(name)) return notebookNames.get(name);
  const property = Object.getOwnPropertyDescriptor(globalThis, name);
  if (property?.get === undefined) return property?.value;
  return harmless.has(name) ? (globalThis as Record<string, unknown>)[name] : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return descriptorOf(value, name)?.value as unknown;
}

function descriptorOf(value: unknown, name: PropertyKey): PropertyDescriptor | undefined {
  for (const object of chain(value)) {
    const property = Object.getOwnPropertyDescriptor(object, name);
    if (property !== undefined) return property;
  }
  return undefined;
}

/** A value and its prototypes, up to the first proxy. */
function chain(value: unknown): object[] {
  if (value === undefined || value === null) return [];
  const objects: object[] = [];
  let object = Object(value) as object | null;
  while (object !== null && objects.length < deepest && !types.isProxy(object)) {
    objects.push(object);
    object = Object.getPrototypeOf(object) as object | null;
  }
  return objects;
}

/** The code of a function or class; what the engine has built in has none. */
function sourceOf(value: unknown): string[] {
  if (typeof value !== "function") return [];
  const text = unmark(Function.prototype.toString.call(value));
  return /\{\s*\[native code\]\s*\}\s*$/.test(text) ? [] : [text];
}

/** The names a value says it has: columns of a table, labels of a matrix. */
function namedKeys(value: unknown): string[] {
  // danfojs knows nothing of kernels.
  const property = descriptorOf(value, keysOf) ?? descriptorOf(value, "$columns");
  try {
    const keys: unknown =
      typeof property?.value === "function"
        ? (property.value as () => unknown).call(value)
        : property?.value;
    return Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : [];
  } catch {
    return [];
  }
}

function properties(value: unknown): [string, string][] {
  const objects = chain(value).filter((object, i) => i === 0 || object !== Object.prototype);
  return objects.flatMap((object) => {
    if (ArrayBuffer.isView(object) && !(object instanceof DataView)) return [];
    const names = Object.getOwnPropertyNames(object).slice(0, most);
    return names
      .filter((name) => !/^\d+$/.test(name) && name !== "constructor")
      .map((name): [string, string] => [
        name,
        kindOf(Object.getOwnPropertyDescriptor(object, name)),
      ]);
  });
}

function kindOf(property: PropertyDescriptor | undefined): string {
  return typeof property?.value === "function" ? "function" : "property";
}
