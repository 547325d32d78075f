import { basisOf } from "../../stats/regression/basis.ts";
import { checkDesign } from "../../stats/regression/check-design.ts";
import { contrastOf, type ContrastWeights } from "../../stats/regression/contrast-of.ts";
import { contrastOfSolution } from "../../stats/regression/contrast-of-solution.ts";
import type { ContrastResult } from "../../stats/regression/contrast-result.ts";
import type { Moments } from "../../stats/regression/moments.ts";
import { solveMoments, type Solution } from "../../stats/regression/solve-moments.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Design } from "./design.ts";
import { scalesOf, type SignalScaling } from "./signal-scaling.ts";
import { takeRows } from "./take-rows.ts";

/** The design of the volumes of a run that count, checked, and its basis. */
export function designOfRows(design: Design, kept: Int32Array) {
  const rows = takeRows({ data: design.data, shape: design.shape }, kept);
  checkDesign({ ...rows, names: design.names });
  return { rows, basis: basisOf(rows, kept) };
}

/** A run fitted. */
export interface RunFit {
  readonly name: string;
  readonly design: Design;
  /** The design's rows of the volumes that count. */
  readonly rows: Matrix<Float64Array>;
  readonly kept: Int32Array;
  readonly solution: Solution;
  /** What each voxel's signal was multiplied by. */
  readonly scales: Float64Array;
  /** Whether 100, the mean itself, was taken off after that. */
  readonly percent: boolean;
  readonly dof: number;
}

/** Coefficients and noise of signals multiplied so; percent are of what is above the mean. */
export function scaledSolution(
  moments: Moments,
  scaling: SignalScaling,
): {
  solution: Solution;
  scales: Float64Array;
} {
  const solution = solveMoments(moments);
  const scales = scalesOf(moments, scaling);
  if (scaling === "none") return { solution, scales };
  const n = moments.nSeries;
  const { ofOne } = moments.basis;
  const betas = solution.betas.map((beta, at) => {
    const c = Math.floor(at / n);
    return beta * scales[at % n] - 100 * (ofOne?.[c] ?? 0);
  });
  const variance = solution.variance.map((value, s) => value * scales[s] ** 2);
  return { solution: { ...solution, betas, variance }, scales };
}

/** A contrast of one run. */
export function contrastOfRun(fit: RunFit, weights: ContrastWeights): ContrastResult {
  return contrastOfSolution(fit.solution, contrastOf(fit.design.names, weights), fit.dof);
}
