import type { OptionNames } from "../core/gate/options.ts";
import { InvalidArgument } from "../core/errors.ts";
import { meanOf } from "./mean-pattern.ts";
import { products } from "./metrics/by-kernels.ts";
import type { Patterns } from "./metrics/metric.ts";

/** How cross-validated `correlation` and `cosine` are kept from dividing by next to nothing, as in MNE-RSA. */
export interface CosineRegularisation {
  /** Least cross-validated variance of an item, as a share of its variance without cross-validation; default 0.1. */
  readonly regVar?: number;
  /** Least denominator, as a share of the mean variance of all items; default 0.25. */
  readonly regDenom?: number;
  /** Whether each fold's cosine is bounded to [−1, 1]; default true. */
  readonly bounded?: boolean;
}

/** Their names, for the check of options. */
export const cosineRegularisationNames: OptionNames<CosineRegularisation> = {
  regVar: true,
  regDenom: true,
  bounded: true,
};

const ROUNDING = 1e-14;

/** 1 − the cosine of each fold with the mean of the others, averaged over folds and both directions. */
export function crossValidatedCosine(
  folds: readonly Patterns[],
  { regVar = 0.1, regDenom = 0.25, bounded = true }: CosineRegularisation,
): Float64Array {
  checkShare("regVar", regVar);
  checkShare("regDenom", regDenom);
  const { nItems } = folds[0];
  const average = meanOf(folds);
  const variances = squaredLengths(average);
  const least = regDenom > 0 ? regDenom * meanKnown(variances) : -Infinity;
  const condensed = new Float64Array((nItems * (nItems - 1)) / 2).fill(1);
  for (const fold of folds) {
    const both = productsBothWays(average, fold, folds.length);
    const squares = squaredLengths(fold);
    const lengths = variances.map((variance, i) => {
      const own = both[i * nItems + i] / 2;
      if (regVar > 0) return Math.sqrt(Math.max(own, regVar * variance));
      // Nothing in common with the other folds but rounding, as of an item that is constant in one: no angle.
      const nothing = regDenom === 0 && own <= ROUNDING * (variance + squares[i]);
      return nothing ? NaN : Math.sqrt(own);
    });
    addFold(condensed, both, lengths, { least, bounded, nFolds: folds.length });
  }
  return condensed;
}

function addFold(
  condensed: Float64Array,
  both: Float64Array,
  lengths: Float64Array,
  { least, bounded, nFolds }: { least: number; bounded: boolean; nFolds: number },
): void {
  const n = lengths.length;
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, at++) {
      const denominator = Math.max(lengths[i] * lengths[j], least);
      const cosine = both[i * n + j] / denominator / 2;
      condensed[at] -= (bounded ? Math.min(1, Math.max(-1, cosine)) : cosine) / nFolds;
    }
  }
}

/**
 * Product of row i of the fold with row j of the mean of the others, and of row j with row i, added: symmetric, so half
 * the squares of sums and differences give it, which takes no more products and can be done by the kernels.
 */
function productsBothWays(average: Patterns, fold: Patterns, nFolds: number): Float64Array {
  const sum = new Float64Array(fold.data.length);
  const difference = new Float64Array(fold.data.length);
  for (let at = 0; at < sum.length; at++) {
    const own = fold.data[at];
    const others = (average.data[at] * nFolds - own) / (nFolds - 1);
    sum[at] = others + own;
    difference[at] = others - own;
  }
  const both = products({ ...fold, data: sum });
  const twice = products({ ...fold, data: difference });
  for (let at = 0; at < both.length; at++) both[at] = (both[at] - twice[at]) / 2;
  return both;
}

function squaredLengths({ data, nItems, nFeatures: k }: Patterns): Float64Array {
  const squares = new Float64Array(nItems);
  for (let i = 0; i < nItems; i++) {
    for (let f = i * k; f < (i + 1) * k; f++) squares[i] += data[f] * data[f];
  }
  return squares;
}

/** Over the items that have values: one item that is NaN must not take all others with it. */
function meanKnown(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

function checkShare(argument: string, share: number): void {
  if (!(share >= 0 && share <= 1))
    throw new InvalidArgument(argument, share, "give a share from 0 to 1");
}
