import { sha256 } from "../../core/sha256.ts";
import type { Metadata } from "./read-json.ts";

/** Arrays of numbers up to here are kept as lists. */
const shortest = 64;

/** How deep options are looked into; what lies deeper is no option. */
const deepest = 6;

/** Options that JSON can say, as deep as they go; long arrays of numbers as their hash, functions not at all. */
export async function plainOptions(options: Readonly<Record<string, unknown>>): Promise<Metadata> {
  return (await entriesOf(options, 0)) ?? {};
}

/** Undefined for an object of which nothing can be said. */
async function entriesOf(value: object, depth: number): Promise<Metadata | undefined> {
  const kept: [string, unknown][] = [];
  for (const [name, one] of Object.entries(value)) {
    const said = await plainValue(one, depth + 1);
    if (said !== undefined) kept.push([name, said]);
  }
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

async function plainValue(value: unknown, depth: number): Promise<unknown> {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value === null || ["string", "boolean"].includes(typeof value)) return value;
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || depth > deepest) return undefined;
  if (ArrayBuffer.isView(value)) return plainView(value);
  return Array.isArray(value) ? plainList(value, depth) : entriesOf(value, depth);
}

async function plainView(view: ArrayBufferView): Promise<unknown> {
  if (!(view instanceof DataView) && "length" in view && Number(view.length) <= shortest)
    return plainList(Array.from(view as Float64Array), 0);
  return { sha256: await sha256(new Uint8Array(view.buffer, view.byteOffset, view.byteLength)) };
}

/** Long lists of numbers as a hash; what cannot be said keeps its place in others. */
async function plainList(list: readonly unknown[], depth: number): Promise<unknown> {
  if (list.length > shortest && list.every((one) => typeof one === "number"))
    return plainView(Float64Array.from(list));
  const said: unknown[] = [];
  for (const one of list) said.push((await plainValue(one, depth + 1)) ?? null);
  return said;
}
