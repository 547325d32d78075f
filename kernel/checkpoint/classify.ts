import { types } from "node:util";
import { errorTypes, viewTypes } from "./nodes.ts";
import { Unkept } from "./unkept.ts";

/** What an object is, without running any code of its own. Throws `Unkept` for what is no plain data. */
export type Kind =
  "array" | "object" | "map" | "set" | "date" | "regexp" | "url" | "error" | "buffer" | "view";

export function kindOf(value: object): Kind {
  if (types.isProxy(value)) throw new Unkept("a proxy");
  if (types.isModuleNamespaceObject(value)) throw new Unkept("a module");
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (Array.isArray(value)) return ours(value, prototype, Array.prototype, "array");
  if (types.isMap(value)) return ours(value, prototype, Map.prototype, "map");
  if (types.isSet(value)) return ours(value, prototype, Set.prototype, "set");
  if (types.isDate(value)) return ours(value, prototype, Date.prototype, "date");
  if (types.isRegExp(value)) return ours(value, prototype, RegExp.prototype, "regexp");
  if (types.isAnyArrayBuffer(value)) return "buffer";
  if (ArrayBuffer.isView(value))
    return typeNameOf(value, viewTypes) === undefined ? other(value) : "view";
  if (types.isNativeError(value))
    return typeNameOf(value, errorTypes) === undefined ? other(value) : "error";
  if (prototype === URL.prototype) return "url";
  return prototype === null || (prototype === Object.prototype && isPlain(value))
    ? "object"
    : other(value);
}

/** The name of the class, of a list, that made an object and no class derived from it. */
export function typeNameOf(
  value: object,
  list: Readonly<Record<string, { readonly prototype: object }>>,
): string | undefined {
  const prototype = Object.getPrototypeOf(value) as unknown;
  return Object.entries(list).find(([, type]) => type.prototype === prototype)?.[0];
}

function ours(value: object, prototype: object | null, wanted: object, kind: Kind): Kind {
  return prototype === wanted ? kind : other(value);
}

/** `arguments`, boxed values, generators and the like have the prototype of plain objects, or their own. */
function isPlain(value: object): boolean {
  return !types.isArgumentsObject(value) && !types.isExternal(value);
}

function other(value: object): never {
  if (types.isPromise(value)) throw new Unkept("a promise");
  throw new Unkept(`a value of the class ${className(value) ?? "without a name"}`);
}

function className(value: object): string | undefined {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return undefined;
  const made = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value as unknown;
  if (typeof made !== "function") return undefined;
  const name = Object.getOwnPropertyDescriptor(made, "name")?.value as unknown;
  return typeof name === "string" && name !== "" ? name : undefined;
}
