import { readFileSync } from "node:fs";

/** An array as the reference files hold it: NaN as null, infinities as text. */
export interface ReferenceArray {
  readonly shape: readonly number[];
  readonly data: readonly (number | string | boolean | null)[];
  readonly dtype: string;
}

/** An exception of the reference implementation. */
export interface ReferenceError {
  readonly error: { readonly type: string; readonly message: string };
}

/** The content of one reference file, of the shape the test says it has. */
export function readReference<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as T;
}

export function isReferenceError(value: object): value is ReferenceError {
  return "error" in value;
}

export function numbersOf(array: ReferenceArray): Float64Array {
  return Float64Array.from(array.data, (value) => (value === null ? NaN : Number(value)));
}

export function matrixOf(array: ReferenceArray): { data: Float64Array; shape: readonly number[] } {
  return { data: numbersOf(array), shape: array.shape };
}

/** The largest difference, relative above 1; `Infinity` when NaNs or infinities stand in different places. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    if (Object.is(a[i], b[i]) || a[i] === b[i]) continue;
    const difference = Math.abs(a[i] - b[i]) / Math.max(1, Math.abs(b[i]));
    largest = Number.isNaN(difference) ? Infinity : Math.max(largest, difference);
  }
  return largest;
}
