import { dualFit } from "../compute/dual-ridge.ts";
import { ridgeUnits } from "../compute/ridge-units.ts";
import type { JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import { targetsByAlpha } from "./alphas.ts";
import { rawFeatures, type LinearModel } from "./linear-model.ts";
import { reduceFeatures } from "./reduce-features.ts";
import type { RegressionInput } from "./regression-input.ts";
import { shortestLeastSquares } from "./shortest-least-squares.ts";
import { isWide, wideFeatures } from "./wide-features.ts";

/** How all targets are fitted. */
export interface FitRidgeOptions extends JobOptions {
  readonly intercept?: boolean;
}

/** Fit each target with its penalty. Throws `Cancelled`, `OutOfMemory`. */
export async function fitRidge(
  input: RegressionInput,
  alpha: Float64Array,
  options: FitRidgeOptions,
): Promise<LinearModel> {
  const { nTargets, nFeatures: p, flat } = input;
  const line = isWide(input) ? reporter(options, "coefficients, targets", nTargets) : undefined;
  const fit = await fitterOf(input, options);
  const groups = targetsByAlpha(alpha);
  const one = groups.size === 1;
  let coef: Float64Array = new Float64Array(one ? 0 : nTargets * p);
  const intercept = new Float64Array(nTargets);
  let done = 0;
  for (const [penalty, targets] of groups) {
    const onDone = (share: number): void => line?.update(done + Math.floor(share * targets.length));
    const fitted = await fit(targets, penalty, onDone);
    done += targets.length;
    if (one) coef = fitted.coef;
    else targets.forEach((to, t) => coef.set(fitted.coef.subarray(t * p, (t + 1) * p), to * p));
    targets.forEach((target, t) => (intercept[target] = fitted.intercept[t]));
  }
  line?.finish();
  return { coef: { data: coef, shape: [nTargets, p] }, intercept, features: rawFeatures(p), flat };
}

/** Coefficients (nTargets × nFeatures) and intercepts. */
interface Fitted {
  readonly coef: Float64Array;
  readonly intercept: Float64Array;
}

type Fitter = (
  targets: readonly number[],
  alpha: number,
  onDone: (share: number) => void,
) => Promise<Fitted>;

async function fitterOf(input: RegressionInput, options: FitRidgeOptions): Promise<Fitter> {
  const { intercept = true, signal, jobs } = options;
  const { nRows, nTargets, features, nFeatures } = input;
  const job = { signal, jobs };
  const rowsOf = (targets: readonly number[]): SomeTargets => ({
    targets: columnsOf(input.targets, nRows, nTargets, targets),
    nTargets: targets.length,
    nRows,
    intercept,
  });
  const shortest = (targets: readonly number[], alpha: number): Fitted =>
    shortestLeastSquares(input, targets, { alpha, intercept });
  if (!isWide(input))
    return async (targets, alpha) =>
      (await byFeatures(input, rowsOf(targets), alpha, job)) ?? shortest(targets, alpha);
  const wide = await wideFeatures(input, intercept, job);
  return async (targets, alpha, onDone) => {
    const rows = rowsOf(targets);
    const parts = { ...rows, features, nFeatures, featureMeans: wide.means };
    const fitted = await dualFit({ ...parts, products: wide.products }, alpha, { ...job, onDone });
    if (fitted !== undefined) return fitted;
    // Rows follow from others, and the penalty does not tell them apart.
    const reduced = await reduceFeatures(wide, nRows, job);
    const short = await byFeatures(reduced, rows, alpha, job);
    return short === undefined
      ? shortest(targets, alpha)
      : reduced.restore(short.coef, short.intercept);
  };
}

interface SomeTargets {
  readonly targets: Float64Array | Float32Array;
  readonly nTargets: number;
  readonly nRows: number;
  readonly intercept: boolean;
}

/** Undefined when features are collinear and the penalty does not cure it. */
async function byFeatures(
  { features, nFeatures }: Pick<RegressionInput, "features" | "nFeatures">,
  targets: SomeTargets,
  alpha: number,
  job: JobOptions,
): Promise<Fitted | undefined> {
  const segments = { segmentOf: new Int32Array(targets.nRows), nSegments: 1 };
  const units = [{ without: [-1, -1], tested: -1, alpha }] as const;
  const regression = { ...targets, ...segments, features, nFeatures };
  const { solvable, coef, intercept } = await ridgeUnits(regression, units, { weights: true }, job);
  return solvable[0] ? { coef, intercept } : undefined;
}

/** Some columns; the same array when they are all there are. */
export function columnsOf(
  data: Float64Array | Float32Array,
  nRows: number,
  width: number,
  columns: readonly number[],
): Float64Array | Float32Array {
  if (columns.length === width) return data;
  const out = new Float64Array(nRows * columns.length);
  for (let row = 0; row < nRows; row++)
    columns.forEach((column, c) => (out[row * columns.length + c] = data[row * width + column]));
  return out;
}
