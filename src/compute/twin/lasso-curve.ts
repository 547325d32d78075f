import type { LarsPath } from "./lars-path.ts";

/** Sums over the rows left out, about the training means: of squares of y, of x·y, and of x·x (p × p). */
export interface LeftOut {
  readonly nRows: number;
  readonly squares: number;
  readonly products: Float64Array;
  readonly gram: Float64Array;
}

/** The error of a path on the rows left out: straight lines in alpha squared, so three sums say all between nodes. */
export interface ErrorCurve {
  readonly nRows: number;
  readonly alphas: readonly number[];
  /** Sum of squared residuals at each node. */
  readonly squares: readonly number[];
  /** Sum of products of the residuals of a node and the next. */
  readonly next: readonly number[];
}

/** Error curve of a path whose coefficients are `scales` times those of the features as they are. */
export function errorCurve(path: LarsPath, leftOut: LeftOut, scales: Float64Array): ErrorCurve {
  const used = usedFeatures(path);
  const p = scales.length;
  const weights = path.coefs.map((coef) => used.map((j) => coef[j] / scales[j]));
  const images = weights.map((w) =>
    used.map((i) => {
      let sum = 0;
      used.forEach((j, k) => (sum += leftOut.gram[i * p + j] * w[k]));
      return sum;
    }),
  );
  const linear = weights.map((w) => {
    let sum = 0;
    used.forEach((j, k) => (sum += leftOut.products[j] * w[k]));
    return sum;
  });
  const pair = (a: number, b: number): number => {
    let sum = 0;
    images[a].forEach((value, k) => (sum += value * weights[b][k]));
    return leftOut.squares - linear[a] - linear[b] + sum;
  };
  const nodes = [...weights.keys()];
  return {
    nRows: leftOut.nRows,
    alphas: path.alphas,
    squares: nodes.map((k) => pair(k, k)),
    next: nodes.map((k) => (k + 1 < nodes.length ? pair(k, k + 1) : 0)),
  };
}

/** Features that have a coefficient at some node, in the order of the features. */
function usedFeatures({ coefs }: LarsPath): number[] {
  const p = coefs[0].length;
  return Array.from({ length: p }, (_, j) => j).filter((j) => coefs.some((coef) => coef[j] !== 0));
}

/** Mean squared error of a path on the rows left out, at any alpha. */
export function errorAt({ nRows, alphas, squares, next }: ErrorCurve, alpha: number): number {
  let upper = alphas.length - 1;
  while (upper >= 0 && alphas[upper] < alpha) upper--;
  if (upper < 0) return squares[0] / nRows;
  if (upper === alphas.length - 1) return squares[upper] / nRows;
  const [low, high] = [alphas[upper + 1], alphas[upper]];
  const part = (alpha - low) / (high - low);
  const rest = 1 - part;
  const sum =
    rest * rest * squares[upper + 1] + 2 * part * rest * next[upper] + part * part * squares[upper];
  return sum / nRows;
}

/** All alphas of the folds' nodes, ascending, each once; every n-th when there are `most` × n of them. */
export function commonAlphas(curves: readonly ErrorCurve[], most: number): number[] {
  const sorted = curves.flatMap(({ alphas }) => alphas).sort((a, b) => a - b);
  const unique = sorted.filter((alpha, i) => i === 0 || alpha !== sorted[i - 1]);
  const stride = Math.max(1, Math.floor(unique.length / most));
  return unique.filter((_, i) => i % stride === 0);
}

/** Mean error over the folds at an alpha. */
export function meanErrorAt(curves: readonly ErrorCurve[], alpha: number): number {
  let sum = 0;
  for (const curve of curves) sum += errorAt(curve, alpha);
  return sum / curves.length;
}
