import { FileFormatError, isTsrsaError } from "../../core/errors.ts";
import { jupyterRestore } from "../../core/keep.ts";
import { Rdm } from "../../rdm/rdm.ts";
import { EvalResult } from "../../rsa/eval-result.ts";
import { RsaResult } from "../../rsa/rsa-result.ts";
import {
  fixedModel,
  interpolatedModel,
  selectModel,
  weightedModel,
} from "../../rsa/models/rsa-model.ts";
import { PowerResult } from "../../simulate/power/power-result.ts";
import { Observations } from "../../table/observations.ts";
import { Table } from "../../table/table.ts";
import type { ArrayKind, KeptArray } from "../../core/array-kinds.ts";
import { isArrayKind } from "./arrays.ts";
import { MOST_DEEP, TAG } from "./encode.ts";

/** What makes each kind of thing anew. Nothing else of a file is ever called. */
const restorers: Readonly<Record<string, (data: never) => unknown>> = {
  Rdm: (data) => Rdm[jupyterRestore](data),
  Table: (data) => Table[jupyterRestore](data),
  Observations: (data) => Observations[jupyterRestore](data),
  EvalResult: (data) => EvalResult[jupyterRestore](data),
  RsaResult: (data) => RsaResult[jupyterRestore](data),
  PowerResult: (data) => PowerResult[jupyterRestore](data),
};

const models = {
  fixed: fixedModel,
  select: selectModel,
  weighted: weightedModel,
  interpolated: interpolatedModel,
} as const;

/** Reads an array from what stands in its place. */
export type ArrayOf = (kind: ArrayKind, stand: unknown) => KeptArray | undefined;

/** A value of what {@link encode} made. Throws `FileFormatError` for anything else. */
export function decode(
  value: unknown,
  arrayOf: ArrayOf,
  file: string,
  path = "value",
  depth = 0,
): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > 2 * MOST_DEEP)
    throw new FileFormatError(file, "value", "what saveResult saved", "lists without end");
  const inner = (one: unknown, name: string | number): unknown =>
    decode(one, arrayOf, file, `${path}.${name}`, depth + 1);
  if (Array.isArray(value)) return value.map(inner);
  const found = value as Readonly<Record<string, unknown>>;
  if (!Object.hasOwn(found, TAG))
    return Object.fromEntries(Object.entries(found).map(([name, one]) => [name, inner(one, name)]));
  const read = readerOf(found, inner, arrayOf);
  const wrong = (cause?: unknown): FileFormatError =>
    new FileFormatError(file, path, "a value that was saved", String(found[TAG]), {
      ...(cause === undefined ? {} : { cause }),
      advice: "the file is damaged, or of a newer version",
    });
  if (read === undefined) throw wrong();
  try {
    const restored = read();
    if (restored === NOTHING) throw wrong();
    return restored;
  } catch (error) {
    if (isTsrsaError(error, "FILE_FORMAT") || !isFault(error)) throw error;
    throw wrong(error);
  }
}

const NOTHING = Symbol("nothing");

function isFault(error: unknown): boolean {
  return isTsrsaError(error) || error instanceof TypeError || error instanceof SyntaxError;
}

type Inner = (value: unknown, name: string | number) => unknown;

function readerOf(
  found: Readonly<Record<string, unknown>>,
  inner: Inner,
  arrayOf: ArrayOf,
): (() => unknown) | undefined {
  const tag = found[TAG];
  if (typeof tag !== "string") return undefined;
  if (Object.hasOwn(restorers, tag))
    return () => restorers[tag](inner(found["data"], "data") as never);
  const readers: Readonly<Record<string, () => unknown>> = {
    undefined: () => undefined,
    number: () => numberOf(found["value"]),
    bigint: () => (typeof found["value"] === "string" ? BigInt(found["value"]) : NOTHING),
    array: () => (isArrayKind(found["kind"]) && arrayOf(found["kind"], found["array"])) || NOTHING,
    Map: () => new Map(entriesOf(found, inner)),
    object: () => Object.fromEntries(entriesOf(found, inner)),
    model: () => modelOf(found, inner),
  };
  return Object.hasOwn(readers, tag) ? readers[tag] : undefined;
}

function numberOf(text: unknown): unknown {
  return ["NaN", "Infinity", "-Infinity", "-0"].includes(text as string) ? Number(text) : NOTHING;
}

function entriesOf(found: Readonly<Record<string, unknown>>, inner: Inner): [string, unknown][] {
  const { entries } = found;
  if (!Array.isArray(entries)) throw new TypeError("entries are no list");
  return entries.map((pair: unknown, at) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw new TypeError(`entry ${at} is no pair`);
    return [inner(pair[0], at) as string, inner(pair[1], at)];
  });
}

function modelOf(found: Readonly<Record<string, unknown>>, inner: Inner): unknown {
  const { kind, name } = found;
  if (typeof kind !== "string" || !Object.hasOwn(models, kind) || typeof name !== "string")
    return NOTHING;
  return models[kind as keyof typeof models](inner(found["rdms"], "rdms") as Rdm[], { name });
}
