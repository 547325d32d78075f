import { types } from "node:util";

interface FastLoop {
  readonly assigned: readonly string[];
  /** The values of these names in the round that runs. */
  readonly memory: Float64Array;
}

const typedArrays: readonly unknown[] = [
  Buffer,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
].map((kind): unknown => kind.prototype);
const math = Math;
const globals = globalThis as Record<string, unknown>;
/** More elements than these are not looked through to save a moment. */
const mostElements = 2_000_000;
/** An array in an array in an array; one that holds itself is deeper than any. */
const deepest = 3;
const plainTypes = new Set(["undefined", "number", "string", "boolean"]);

let running: FastLoop | undefined;

/**
 * Asked before a loop that could work on locals: null, or the memory in which it notes them. All names have to be
 * variables that hold plain values, and those it assigns to numbers.
 */
export function beginFastLoop(
  names: readonly string[],
  assigned: readonly string[],
): Float64Array | null {
  const budget = { elements: mostElements };
  const isFast =
    globalThis.Math === math &&
    names.every((name) => isPlainVariable(name, budget)) &&
    assigned.every((name) => isNumberOrMissing(globals[name]));
  if (!isFast) return null;
  const memory = new Float64Array(assigned.length).fill(NaN);
  running = { assigned, memory };
  return memory;
}

/** The loop has ended by itself, and has written its locals back. */
export function endFastLoop(): void {
  running = undefined;
}

/** After an interrupt, which ends a loop between any two steps: its names get the values of its last round. */
export function restoreFastLoop(): void {
  const loop = running;
  running = undefined;
  loop?.assigned.forEach((name, i) => {
    const value = loop.memory[i];
    // Before its first round, or in a name that holds something else by now.
    if (!Number.isNaN(value) || typeof globals[name] === "number") globals[name] = value;
  });
}

function isPlainVariable(name: string, budget: { elements: number }): boolean {
  const property = Object.getOwnPropertyDescriptor(globalThis, name);
  return property?.writable === true && isPlain(property.value, budget);
}

function isNumberOrMissing(value: unknown): boolean {
  return typeof value === "number" || value === undefined;
}

/** A value that runs nobody's code when it is read, compared or counted with, and is no big integer. */
function isPlain(value: unknown, budget: { elements: number }, depth = 0): boolean {
  if (typeof value !== "object") return plainTypes.has(typeof value);
  if (value === null) return true;
  if (types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typedArrays.includes(prototype)) return true;
  if (prototype !== Array.prototype || depth > deepest) return false;
  const elements = value as unknown[];
  budget.elements -= elements.length + 1;
  return budget.elements >= 0 && elements.every((element) => isPlain(element, budget, depth + 1));
}
