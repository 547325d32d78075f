import { dot } from "../../linalg/dot.ts";
import type { TrainTwoClasses } from "./two-class.ts";

/** How far the conditions of the optimum may be missed. */
const TOLERANCE = 1e-10;
/** What is missed by more has no weights: libsvm stops here too. */
const ACCEPTED = 1e-3;
const MOST_STEPS = 1e5;

/**
 * A linear support vector machine with hinge loss and an intercept that is not penalised, as libsvm's (scikit-learn's
 * `SVC(kernel="linear")`): pairs of trials that violate the optimum most are solved one after the other. Undefined
 * where that does not come to an end, as of features in large units that cannot be told apart.
 */
export function linearSvm(cost: number): TrainTwoClasses {
  return ({ data, nFeatures, first, second }) => {
    const rows = [...first, ...second];
    const y = rows.map((_, at) => (at < first.length ? -1 : 1));
    const x = rows.map((row) => data.subarray(row * nFeatures, (row + 1) * nFeatures));
    if (x.some((row) => row.some(Number.isNaN))) return undefined;
    const kernel = x.map((a) => Float64Array.from(x, (b) => dot(a, b)));
    const alpha = new Float64Array(rows.length);
    const gradient = new Float64Array(rows.length).fill(-1);
    let missed = Infinity;
    for (let step = 0; step < MOST_STEPS; step++) {
      const [i, j, gap] = worstPair(y, alpha, gradient, cost);
      missed = gap;
      if (gap < TOLERANCE) break;
      moveTogether(i, j, y, alpha, gradient, kernel, cost);
    }
    if (!(missed < ACCEPTED)) return undefined;
    const weights = new Float64Array(nFeatures);
    x.forEach((row, at) => row.forEach((value, f) => (weights[f] += alpha[at] * y[at] * value)));
    return { weights, intercept: interceptOf(y, alpha, gradient, cost) };
  };
}

/** The trial that should grow most on its side, the one that should shrink most, and how far they are apart. */
function worstPair(
  y: readonly number[],
  alpha: Float64Array,
  gradient: Float64Array,
  cost: number,
): [number, number, number] {
  let [up, down, most, least] = [-1, -1, -Infinity, Infinity];
  y.forEach((sign, at) => {
    const value = -sign * gradient[at];
    const mayRise = sign > 0 ? alpha[at] < cost : alpha[at] > 0;
    const mayFall = sign > 0 ? alpha[at] > 0 : alpha[at] < cost;
    if (mayRise && value > most) [up, most] = [at, value];
    if (mayFall && value < least) [down, least] = [at, value];
  });
  return [up, down, up < 0 || down < 0 ? 0 : most - least];
}

/** Solve for two trials, the others held. */
function moveTogether(
  i: number,
  j: number,
  y: readonly number[],
  alpha: Float64Array,
  gradient: Float64Array,
  kernel: readonly Float64Array[],
  cost: number,
): void {
  const curvature = Math.max(kernel[i][i] + kernel[j][j] - 2 * kernel[i][j], 1e-12);
  const wanted = (-y[i] * gradient[i] + y[j] * gradient[j]) / curvature;
  const room = (at: number, sign: number): number => (sign > 0 ? cost - alpha[at] : alpha[at]);
  const length = Math.min(wanted, room(i, y[i]), room(j, -y[j]));
  alpha[i] += y[i] * length;
  alpha[j] -= y[j] * length;
  for (let k = 0; k < y.length; k++) gradient[k] += y[k] * length * (kernel[i][k] - kernel[j][k]);
}

/** From the trials at the margin; where there are none, midway between the bounds. */
function interceptOf(
  y: readonly number[],
  alpha: Float64Array,
  gradient: Float64Array,
  cost: number,
): number {
  let [sum, count, upper, lower] = [0, 0, Infinity, -Infinity];
  y.forEach((sign, at) => {
    const value = -sign * gradient[at];
    const inside = alpha[at] > 1e-9 * cost && alpha[at] < cost * (1 - 1e-9);
    if (inside) [sum, count] = [sum + value, count + 1];
    else if (alpha[at] > 0 === sign > 0) upper = Math.min(upper, value);
    else lower = Math.max(lower, value);
  });
  return count > 0 ? sum / count : (upper + lower) / 2;
}
