import { knownScores } from "../../stats/known-scores.ts";
import { mean } from "../../stats/mean.ts";
import type { EvalVariances } from "./eval-parts.ts";

/** Values of one model (or ceiling) in all samples; `NaN` where a sample has none. */
type Column = Float64Array;

/** Variance over samples (n − 1), of those where it is known. */
function variance(values: Column): number {
  const known = knownScores(values);
  if (known.length < 2) return NaN;
  const middle = mean(known);
  return known.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (known.length - 1);
}

function covariance(a: Column, b: Column): number {
  const both = [...a.keys()].filter((k) => !Number.isNaN(a[k]) && !Number.isNaN(b[k]));
  if (both.length < 2) return NaN;
  const [middleA, middleB] = [a, b].map((column) => mean(both.map((k) => column[k])));
  const sum = both.reduce((total, k) => total + (a[k] - middleA) * (b[k] - middleB), 0);
  return sum / (both.length - 1);
}

/** Variances of models, of their differences and of their distance from the lower ceiling. */
export interface Spread {
  readonly models: Float64Array;
  readonly differences: Float64Array;
  readonly ceiling: Float64Array | undefined;
}

/**
 * Each variance from all samples that have what it takes, so that a model which a sample leaves constant loses no sample
 * for the others. With no gaps it is what the covariance of models and ceiling gives.
 */
export function spreadOf(models: readonly Column[], lower: Column | undefined): Spread {
  const n = models.length;
  const differences = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++)
      differences[i * n + j] = differences[j * n + i] = variance(minus(models[i], models[j]));
  }
  return {
    models: Float64Array.from(models, variance),
    differences,
    ceiling: lower && Float64Array.from(models, (model) => variance(minus(model, lower))),
  };
}

function minus(a: Column, b: Column): Column {
  return a.map((value, k) => value - b[k]);
}

/** Covariance of all columns. */
export function covarianceMatrix(columns: readonly Column[]): EvalVariances["covariance"] {
  const n = columns.length;
  const data = Float64Array.from({ length: n * n }, (_, k) =>
    covariance(columns[Math.floor(k / n)], columns[k % n]),
  );
  return { data, shape: [n, n] };
}

/** Every variance of a spread (of several) changed in the same way. */
export function mapSpread(
  spreads: readonly Spread[],
  change: (...variances: number[]) => number,
): Spread {
  const of = (parts: readonly Float64Array[]): Float64Array =>
    parts[0].map((_, k) => change(...parts.map((part) => part[k])));
  const ceilings = spreads.flatMap(({ ceiling }) => (ceiling === undefined ? [] : [ceiling]));
  return {
    models: of(spreads.map(({ models }) => models)),
    differences: of(spreads.map(({ differences }) => differences)),
    ceiling: ceilings.length === spreads.length ? of(ceilings) : undefined,
  };
}

/**
 * The variance that items and RDMs together have, from those of bootstraps over both, over RDMs and over items: drawing
 * both counts the noise of the data three times (Schütt et al. 2023).
 */
export function dualVariance(
  nRdms: number,
  nItems: number,
): (both: number, rdms: number, items: number) => number {
  const [forRdms, forItems] = [nRdms / (nRdms - 1), nItems / (nItems - 1)];
  return (both, rdms, items) => {
    const estimate = forRdms * rdms + forItems * items - forRdms * forItems * (both - rdms - items);
    return Math.min(Math.max(estimate, forRdms * rdms, forItems * items), both);
  };
}
