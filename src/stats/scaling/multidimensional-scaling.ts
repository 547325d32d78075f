import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { oneOf, whole } from "../../core/gate/kinds.ts";
import { toVector } from "../../core/gate/vector.ts";
import type { Matrix } from "../../core/matrix.ts";
import { classicalScaling } from "./classical-scaling.ts";

/** How items are placed. */
export interface ScalingOptions {
  /** Default: 2. */
  readonly dimensions?: number;
  /**
   * `classical`: eigenvectors (Torgerson). `smacof`: from there on the stress is made as small as it gets, which keeps
   * distances truer. Default: `smacof`.
   */
  readonly method?: "classical" | "smacof";
  /** Most rounds of `smacof`. Default: 1,000. */
  readonly maxIterations?: number;
}

const scalingNames: OptionNames<ScalingOptions> = {
  dimensions: whole(1),
  method: oneOf(["classical", "smacof"]),
  maxIterations: whole(1),
};

/** Where items lie, and how far their distances are from the dissimilarities. */
export interface Scaling {
  /** nItems × dimensions, centred, the first axis the longest. */
  readonly coordinates: Matrix<Float64Array>;
  /** Kruskal's stress-1: √(Σ (δ − d)² / Σ d²); 0 is perfect, 0.2 poor. */
  readonly stress: number;
  readonly nIterations: number;
}

const CLOSE = 1e-9;

/**
 * Metric multidimensional scaling: places of items whose distances come as near to their dissimilarities as the
 * dimensions allow. `smacof` is the majorisation of de Leeuw 1977, as `sklearn.manifold.smacof`, begun at the classical
 * solution, so that no random starts are needed.
 *
 * @param condensed - dissimilarities of the pairs in scipy's order, for example `rdm.condensed`; none NaN, none negative
 *   but for rounding, which counts as 0.
 * @throws `InvalidArgument`, `ShapeMismatch`, `UnknownOption`.
 *
 * @example
 * import { multidimensionalScaling } from "tsrsa";
 * const { stress } = multidimensionalScaling([3, 4, 5]);
 * stress < 1e-6; // true
 */
export function multidimensionalScaling(
  condensed: ArrayLike<number>,
  options: ScalingOptions = {},
): Scaling {
  checkOptions(options, scalingNames);
  const { dimensions = 2, method = "smacof", maxIterations = 1000 } = options;
  const dissimilarities = toVector(condensed, "condensed");
  const n = countOf(dissimilarities.length);
  if (dimensions > Math.max(2, n))
    throw new InvalidArgument("dimensions", dimensions, `${n} items span at most ${n - 1}`);
  const square = squareOf(dissimilarities, n);
  const start = classicalScaling(square, n, dimensions);
  const { places, nIterations } =
    method === "smacof"
      ? smacof(square, n, dimensions, start, maxIterations)
      : { places: start, nIterations: 0 };
  return {
    coordinates: { data: onOwnAxes(places, n, dimensions), shape: [n, dimensions] },
    stress: stressOf(square, n, dimensions, places),
    nIterations,
  };
}

function countOf(nPairs: number): number {
  const n = Math.round((1 + Math.sqrt(1 + 8 * nPairs)) / 2);
  if ((n * (n - 1)) / 2 !== nPairs || nPairs === 0)
    throw new ShapeMismatch("n (n − 1) / 2 dissimilarities of two items or more", `${nPairs}`);
  return n;
}

function squareOf(condensed: ArrayLike<number>, n: number): Float64Array {
  const square = new Float64Array(n * n);
  const rounding = roundingOf(condensed);
  for (let i = 0, k = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, k++) {
      if (!(condensed[k] >= -rounding && condensed[k] < Infinity))
        throw new InvalidArgument(
          "dissimilarity",
          condensed[k],
          "every pair must have one, 0 or above; leave items with missing pairs out with subset, and make signed estimates positive first",
        );
      square[i * n + j] = square[j * n + i] = Math.max(0, condensed[k]);
    }
  return square;
}

/** What rounding leaves of a distance of 0: a few units in the last place of the largest. */
function roundingOf(condensed: ArrayLike<number>): number {
  let largest = 0;
  for (let k = 0; k < condensed.length; k++)
    if (condensed[k] < Infinity) largest = Math.max(largest, condensed[k]);
  return 1e-13 * largest;
}

/** Guttman's transform again and again: each round can only lower the stress. */
function smacof(square: Float64Array, n: number, p: number, start: Float64Array, most: number) {
  let places = start;
  let before = Infinity;
  for (let round = 1; round <= most; round++) {
    places = transformed(square, n, p, places);
    const stress = stressOf(square, n, p, places);
    if (!(before - stress > CLOSE * stress)) return { places, nIterations: round };
    before = stress;
  }
  return { places, nIterations: most };
}

function transformed(square: Float64Array, n: number, p: number, at: Float64Array): Float64Array {
  const next = new Float64Array(n * p);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const distance = distanceOf(at, p, i, j);
      // Two items in one place are moved apart by others, not by each other.
      const ratio = distance > 0 ? square[i * n + j] / distance : 0;
      for (let d = 0; d < p; d++) next[i * p + d] += (ratio * (at[i * p + d] - at[j * p + d])) / n;
    }
  return next;
}

function distanceOf(at: Float64Array, p: number, i: number, j: number): number {
  let sum = 0;
  for (let d = 0; d < p; d++) sum += (at[i * p + d] - at[j * p + d]) ** 2;
  return Math.sqrt(sum);
}

function stressOf(square: Float64Array, n: number, p: number, at: Float64Array): number {
  let [missed, whole] = [0, 0];
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const distance = distanceOf(at, p, i, j);
      missed += (square[i * n + j] - distance) ** 2;
      whole += distance ** 2;
    }
  return whole === 0 ? (missed === 0 ? 0 : 1) : Math.sqrt(missed / whole);
}

/** Turned so that the first axis is the longest: the same picture whatever the way there. */
function onOwnAxes(places: Float64Array, n: number, p: number): Float64Array {
  const distances = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) distances[i * n + j] = distanceOf(places, p, i, j);
  return classicalScaling(distances, n, p);
}
