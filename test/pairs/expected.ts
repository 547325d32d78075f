import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Rdm } from "../../src/rdm/index.ts";

interface Scores {
  readonly r2: number;
  readonly spearman: number;
  readonly pearson: number;
}

interface Expected {
  readonly features: number[][];
  readonly response: number[][];
  readonly scaled_response: number[][];
  readonly target: number[];
  readonly test_images: number[];
  readonly train_pairs: [number, number][];
  readonly test_pairs: [number, number][];
  readonly predictions: Record<string, number[]>;
  readonly scores: Record<string, Scores>;
  readonly mlp: { readonly weights: number[][][]; readonly bias: number[][] };
  readonly scaler: { readonly mean: number[]; readonly scale: number[] };
  readonly sizes: { readonly n: number; readonly share: number; readonly test: number }[];
  readonly folds: { readonly n: number; readonly k: number; readonly test: number[] }[];
}

const path = join(import.meta.dirname, "../fixtures/pairs/expected.json");

/** What scikit-learn makes of the same pairs. */
export const expected = JSON.parse(readFileSync(path, "utf8")) as Expected;

export const items = expected.features.map((_, at) => `image${at}`);
export const rdm = new Rdm(expected.target, { items, metric: "euclidean" });
export const testImages = expected.test_images.map((at) => items[at]);

/** Largest difference of two lists. */
export function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  return Array.from(a).reduce((most, value, at) => Math.max(most, Math.abs(value - b[at])), 0);
}
