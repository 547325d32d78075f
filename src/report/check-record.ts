import { FileFormatError } from "../core/errors.ts";
import { describeValue } from "../core/gate/describe.ts";
import { isRecord } from "../core/gate/kinds.ts";
import type { Protocol, RunToReport } from "./run.ts";

/** Where something else was found than wanted; undefined where all is as it should be. */
type Fault = { readonly at: string; readonly wanted: string } | undefined;
type Check = (value: unknown, at: string) => Fault;

const is =
  (wanted: string, holds: (value: unknown) => boolean): Check =>
  (value, at) =>
    holds(value) ? undefined : { at, wanted };

const text = is("text", (value) => typeof value === "string");
const number = is("a number", (value) => typeof value === "number");
const object = is("an object", isRecord);

const optional =
  (check: Check): Check =>
  (value, at) =>
    value === undefined ? undefined : check(value, at);

const either =
  (one: Check, other: Check): Check =>
  (value, at) =>
    one(value, at) === undefined ? undefined : other(value, at);

const list =
  (check: Check): Check =>
  (value, at) => {
    if (!Array.isArray(value)) return { at, wanted: "a list" };
    return firstFault(value.map((one: unknown, k) => check(one, `${at}/${k}`)));
  };

const fields =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value, at) => {
    if (!isRecord(value)) return { at, wanted: "an object" };
    return firstFault(
      Object.entries(checks).map(([name, check]) =>
        check((value as Readonly<Record<string, unknown>>)[name], `${at}/${name}`),
      ),
    );
  };

function firstFault(faults: readonly Fault[]): Fault {
  return faults.find((fault) => fault !== undefined);
}

const none = is("null", (value) => value === null);
const calls = list(
  fields({
    ...{ cell: number, file: optional(text), call: text, of: list(text), options: object },
    handedOn: optional(is("true", (value) => value === true)),
  }),
);
const files = list(fields({ path: text, sha256: either(none, text) }));

const run = fields({
  notebook: text,
  status: text,
  tsrsa: text,
  node: optional(text),
  error: optional(either(none, object)),
  parameters: optional(object),
  packages: optional(object),
  draws: optional(list(fields({ call: text, options: object, times: number }))),
  sources: optional(list(fields({ name: text, kind: text }))),
  data: optional(list(object)),
  claims: optional(fields({ checked: number, failed: list(text) })),
  results: optional(object),
  legends: optional(list(text)),
  codeSha256: optional(text),
  calls: optional(calls),
  files: optional(files),
  started: optional(text),
  sha256: optional(text),
});

/** Before all else: another version may say other things. */
const ofProtocol = fields({
  kind: is('"tsrsa protocol"', (value) => value === "tsrsa protocol"),
  version: is("1", (value) => value === 1),
});

const protocol = fields({
  tsrsa: text,
  created: text,
  ranBefore: optional(text),
  codeSha256: text,
  sha256: text,
  parameters: object,
  calls,
  files: optional(files),
});

/** Throws `FileFormatError` for what is no record of a run. */
export function checkRun(value: unknown): asserts value is RunToReport {
  refuse("run.json", value, run(value, ""), "give the record of a run, as tsrsa run writes it");
}

/** Throws `FileFormatError` for what is no protocol. */
export function checkProtocol(value: unknown): asserts value is Protocol {
  const fault = ofProtocol(value, "") ?? protocol(value, "");
  refuse("protocol.json", value, fault, "give a protocol, as tsrsa protocol writes it");
}

function refuse(file: string, value: unknown, fault: Fault, advice: string): void {
  if (fault === undefined) return;
  const found = fault.at
    .split("/")
    .slice(1)
    .reduce<unknown>((from, key) => (from as Readonly<Record<string, unknown>>)[key], value);
  const words = found === undefined ? "nothing" : describeValue(found);
  throw new FileFormatError(file, fault.at === "" ? "content" : fault.at, fault.wanted, words, {
    advice,
  });
}
