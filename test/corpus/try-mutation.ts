import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mutate, seeded } from "../io/mutate.ts";
import { bytesOf } from "./corpus-case.ts";
import { digest } from "./digest.ts";
import { mutationSources, type MutationSource } from "./mutation-sources.ts";
import { readers } from "./reading.ts";
import { faultOfError, outcomeOf } from "./try-case.ts";

/** What became of a damaged copy. */
export type Fate = "same" | "different" | "refused";

interface Whole {
  readonly bytes: Uint8Array;
  readonly path: string;
  readonly value: unknown;
  readonly digest: string;
}

const wholes = new Map<number, Promise<Whole>>();

const mostCopies = 2 ** 24;

/** One number for a source and which of its copies. */
export function itemOf(source: number, n: number): number {
  return source * mostCopies + n;
}

/** The source and the copy that an item stands for. */
export function sourceOf(item: number): [source: number, n: number] {
  return [Math.floor(item / mostCopies), item % mostCopies];
}

/** Reads the `n`th damaged copy of a source, which the seed alone decides. */
export async function tryMutation(
  at: number,
  n: number,
  seed: number,
  folder: string,
): Promise<{ fate?: Fate; fault?: string }> {
  const source = mutationSources[at];
  const whole = await (wholes.get(at) ?? remember(at, source, folder));
  const random = seeded(seedOf(at, n, seed));
  const change = (content: Uint8Array) => mutate(content, random, 4096);
  const bytes = source.within?.(whole.bytes, change, random) ?? change(whole.bytes);
  const path = join(folder, `damaged-${at}-${n}${endingOf(source.name)}`);
  await writeFile(path, bytes);
  const outcome = await outcomeOf(source.format, path);
  await rm(path);
  if ("error" in outcome) return { fate: "refused", fault: faultOfError(outcome.error, path) };
  if (digest(outcome.value) === whole.digest) return { fate: "same" };
  return { fate: "different", fault: faultOfDifference(source, whole, bytes, outcome.value) };
}

function seedOf(at: number, n: number, seed: number): number {
  return Math.imul(seed, 0x9e3779b1) + Math.imul(at + 1, 0x85ebca6b) + n;
}

function endingOf(name: string): string {
  return /(-(epo|ave|cov))?\.[a-z0-9]+(\.gz)?$/.exec(name)?.[0] ?? "";
}

function remember(at: number, source: MutationSource, folder: string): Promise<Whole> {
  const whole = readWhole(at, source, folder);
  wholes.set(at, whole);
  return whole;
}

async function readWhole(at: number, source: MutationSource, folder: string): Promise<Whole> {
  const path = join(folder, `whole-${process.pid}-${at}${endingOf(source.name)}`);
  const bytes = Uint8Array.from(await bytesOf(source.bytes));
  await writeFile(path, bytes);
  const value = await readers[source.format](path);
  return { bytes, path, value, digest: digest(value) };
}

/** Why a copy may not be read otherwise than the good file; undefined when it may. */
function faultOfDifference(
  { checksummed, cut, valuesFrom, within }: MutationSource,
  whole: Whole,
  bytes: Uint8Array,
  value: unknown,
): string | undefined {
  // The copy is a sound file of other content; that it has what its own shapes say was checked on reading.
  if (within !== undefined) return undefined;
  if (bytes.length < whole.bytes.length) {
    if (cut === "refused") return `cut to ${bytes.length} bytes, it is read`;
    if (cut === "read") return undefined;
    return isBeginning(value, whole.value) ? undefined : "cut short, it is read as something else";
  }
  const places = [...bytes.keys()].filter((at) => bytes[at] !== whole.bytes[at]);
  if (checksummed === true) return `a checksum covers bytes ${places.join()}, and it is read`;
  if (valuesFrom === undefined || places.some((at) => at < valuesFrom(whole.bytes)))
    return undefined;
  const changed = changedValues(whole.value as Values, value as Values);
  return changed <= places.length
    ? undefined
    : `${changed} values differ by bytes ${places.join()}`;
}

/** Fewer variables, each as it was. */
function isBeginning(value: unknown, whole: unknown): boolean {
  if (!(value instanceof Map) || !(whole instanceof Map)) return false;
  const names = [...whole.keys()];
  return [...value.entries()].every(
    ([name, item], at) => name === names[at] && digest(item) === digest(whole.get(name)),
  );
}

interface Values {
  readonly data: ArrayLike<unknown>;
}

/** How many values differ; infinitely many when anything else does. */
function changedValues(before: Values, after: Values): number {
  const rest = ({ data, ...others }: Values) => digest([data.length, others]);
  if (rest(before) !== rest(after)) return Infinity;
  return Array.from(before.data).filter((item, at) => !Object.is(item, after.data[at])).length;
}
