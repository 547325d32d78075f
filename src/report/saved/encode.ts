import { InvalidArgument } from "../../core/errors.ts";
import { describeValue } from "../../core/gate/describe.ts";
import { isRecord } from "../../core/gate/kinds.ts";
import { jupyterSave, type SavedForm } from "../../core/keep.ts";
import { isModel } from "../../rsa/models/rsa-model.ts";
import { kindOfArray, type KeptArray } from "../../core/array-kinds.ts";

/** What stands in for a value that JSON does not know; `$` says what it is. */
export const TAG = "$";

/** Lists and objects within each other are kept to this depth. */
export const MOST_DEEP = 500;

/** A value as JSON has it; arrays of numbers are given to `keep`, which says what stands in their place. */
export function encode(
  value: unknown,
  keep: (array: KeptArray) => unknown,
  path = "value",
  within: readonly object[] = [],
): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "undefined":
      return { [TAG]: "undefined" };
    case "bigint":
      return { [TAG]: "bigint", value: String(value) };
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { [TAG]: "number", value: Object.is(value, -0) ? "-0" : String(value) };
    case "object":
      return value === null ? null : encodeObject(value, keep, path, within);
    default:
      throw notKept(value, path);
  }
}

function encodeObject(
  value: object,
  keep: (array: KeptArray) => unknown,
  path: string,
  within: readonly object[],
): unknown {
  refuseCircle(value, path, within);
  const inside = [...within, value];
  const inner = (one: unknown, name: string | number): unknown =>
    encode(one, keep, `${path}.${name}`, inside);
  if (isKeepable(value)) {
    const { name, data } = value[jupyterSave]();
    return { [TAG]: name, data: inner(data, "data") };
  }
  if (isModel(value))
    return { [TAG]: "model", kind: value.kind, name: value.name, rdms: inner(value.rdms, "rdms") };
  if (ArrayBuffer.isView(value))
    return { [TAG]: "array", kind: kindOfArray(value), array: keep(value as KeptArray) };
  if (Array.isArray(value)) return value.map(inner);
  if (value instanceof Map)
    return { [TAG]: "Map", entries: [...value].map((pair, at) => inner(pair, at)) };
  if (!isRecord(value) || !isPlain(value)) throw notKept(value, path);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  const plain = entries.map(([name, one]) => [name, inner(one, name)] as const);
  // A name of one's own that looks like ours.
  if (entries.some(([name]) => name === TAG)) return { [TAG]: "object", entries: plain };
  return Object.fromEntries(plain);
}

function refuseCircle(value: object, path: string, within: readonly object[]): void {
  if (within.includes(value))
    throw new InvalidArgument(
      shortened(path),
      "a value that holds itself",
      "what is saved has an end; leave out the way back",
    );
  if (within.length >= MOST_DEEP)
    throw new InvalidArgument(
      shortened(path),
      `something ${within.length} lists and objects deep`,
      `at most ${MOST_DEEP} within each other are kept`,
    );
}

/** The last of a long path. */
function shortened(path: string): string {
  return path.length <= 80 ? path : `…${path.slice(-80)}`;
}

/** Not of a class, whose private fields would be lost without a word; of another realm's plain objects too. */
function isPlain(value: object): boolean {
  const made = Object.getPrototypeOf(value) as object | null;
  return made === null || Object.getPrototypeOf(made) === null;
}

function isKeepable(value: object): value is { [jupyterSave](): SavedForm } {
  return jupyterSave in value && typeof value[jupyterSave] === "function";
}

function notKept(value: unknown, path: string): InvalidArgument {
  return new InvalidArgument(
    path,
    describeValue(value),
    "results, models, RDMs, tables, observations, and lists and objects of them are kept",
  );
}
