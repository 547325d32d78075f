import { types } from "node:util";

interface FastLoop {
  /** The values of the names it assigns to in the round that runs. */
  readonly memory: readonly unknown[];
  readonly restore: (memory: readonly unknown[]) => void;
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
/** More elements than these are not looked through to save a moment. */
const mostElements = 2_000_000;
/** An array in an array in an array; one that holds itself is deeper than any. */
const deepest = 3;
const plainTypes = new Set(["undefined", "number", "string", "boolean"]);

/** Stands for `undefined` among numbers; no sum comes to it by chance. */
const unset = 1.234_567e-318;

let running: FastLoop | undefined;

/**
 * Asked before a loop that could work on locals, with the values of its names: null, or the memory in which it notes
 * the first `count`, to which it assigns. All have to hold plain values.
 */
export function beginFastLoop(
  values: readonly unknown[],
  count: number,
  restore: FastLoop["restore"],
): unknown[] | null {
  const budget = { elements: mostElements };
  if (globalThis.Math !== math || !values.every((value) => isPlain(value, budget))) return null;
  // Fractions first, so that V8 keeps numbers in it unboxed; it takes any other value too.
  const memory: unknown[] = Array.from({ length: count }, () => unset);
  for (let i = 0; i < count; i++) if (values[i] !== undefined) memory[i] = values[i];
  running = { memory, restore };
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
  loop?.restore(loop.memory.map((value) => (value === unset ? undefined : value)));
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
