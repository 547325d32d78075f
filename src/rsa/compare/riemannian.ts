import { dot } from "../../linalg/dot.ts";
import { nelderMead } from "../minimise/nelder-mead.ts";
import { atOnce } from "../../core/work.ts";
import { refuseShape } from "./bures.ts";
import { cholesky, whitenBoth } from "../../linalg/cholesky.ts";
import type { PairShape } from "../comparisons/comparison.ts";
import { symmetricEigenvalues } from "../../linalg/symmetric-eigen.ts";

/** More items would take hours for one score. */
const MOST_ITEMS = 500;

/** Second moments of the patterns relative to the first item, and those of the noise. */
export interface Moments {
  readonly signal: Float64Array;
  readonly noise: Float64Array;
  readonly size: number;
  /** Whether there is signal: moments that are those of the noise alone (a constant RDM) are equal to any with noise. */
  readonly tells: boolean;
  factor?: Float64Array | null;
}

/** Second moments of a condensed vector and of its noise. Throws `Unsupported`. */
export function moments(vector: Float64Array, shape: PairShape): Moments {
  refuseShape(shape, "neg_riem_dist", MOST_ITEMS);
  const signal = signalMoments(vector, shape.nItems);
  const noise = noiseMoments(shape);
  return { signal, noise, size: shape.nItems - 1, tells: !isMultiple(signal, noise) };
}

/** G(i, j) = (d(0,i) + d(0,j) − d(i,j)) / 2 of the items after the first. */
function signalMoments(vector: Float64Array, nItems: number): Float64Array {
  const size = nItems - 1;
  const square = new Float64Array(size * size);
  let pair = size;
  for (let i = 0; i < size; i++) {
    square[i * size + i] = vector[i];
    for (let j = i + 1; j < size; j++, pair++)
      square[i * size + j] = square[j * size + i] = 0.5 * (vector[i] + vector[j] - vector[pair]);
  }
  return square;
}

function noiseMoments({ nItems, sigma }: PairShape): Float64Array {
  const entry = (i: number, j: number): number => {
    if (sigma?.kind === "full") return sigma.matrix[i * nItems + j];
    return i === j ? (sigma?.variances[i] ?? 1) : 0;
  };
  const size = nItems - 1;
  return Float64Array.from({ length: size * size }, (_, k) => {
    const [i, j] = [Math.floor(k / size) + 1, (k % size) + 1];
    return entry(i, j) - entry(i, 0) - entry(0, j) + entry(0, 0);
  });
}

/** Whether x is a multiple of y but for rounding, 0 times y among them. */
function isMultiple(x: Float64Array, y: Float64Array): boolean {
  const factor = dot(x, y) / dot(y, y);
  const size = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return x.every((value, k) => Math.abs(value - factor * y[k]) <= 1e-12 * size);
}

/** Length of logarithms without their mean: a common scale adds to each the same, and is best where it takes the mean. */
function lengthAboutMean(logs: Float64Array): number {
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const length = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0));
  return Number.isNaN(length) ? Infinity : length;
}

/** The distance of b and a with its noise, at the scales where it is least; `NaN` when b is not positive definite, or one is noise alone. */
export function riemannianDistance(a: Moments, b: Moments): number {
  const { size } = b;
  if (!a.tells || !b.tells) return NaN;
  b.factor ??= cholesky(b.signal, size) ?? null;
  if (b.factor === null) return NaN;
  const signal = whitenBoth(b.factor, a.signal, size);
  const noise = whitenBoth(b.factor, a.noise, size);
  const spread = ([ratio]: Float64Array): number => {
    const share = Math.exp(ratio);
    const mixed = signal.map((value, k) => value + share * noise[k]);
    return lengthAboutMean(symmetricEigenvalues(mixed, size).map(Math.log));
  };
  const { value } = atOnce(nelderMead(spread, Float64Array.of(0)));
  return value === Infinity ? NaN : value;
}
