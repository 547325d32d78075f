import { flag } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { ContrastResult } from "./contrast-result.ts";

/** How runs are put together. */
export interface FixedEffectsOptions {
  /** Weigh runs by 1 / variance. Default false: all count alike, as in nilearn. */
  readonly precisionWeighted?: boolean;
}

const fixedEffectsNames: OptionNames<FixedEffectsOptions> = { precisionWeighted: flag };

/**
 * One contrast of several runs as one: the mean of the effects, its variance, and degrees of freedom added up. Agrees
 * with nilearn's contrasts over runs, and with its `compute_fixed_effects`.
 *
 * @throws InvalidArgument for no runs or contrasts of different kinds; ShapeMismatch for runs of other voxels.
 * @example
 * import { ContrastResult, fixedEffects } from "tsrsa";
 * const run = (effect: number) =>
 *   new ContrastResult({ kind: "t", dim: 1, effect: Float64Array.of(effect), variance: Float64Array.of(2), dof: 10 });
 * const both = fixedEffects([run(1), run(3)]);
 * [both.effect[0], both.variance[0], both.dof]; // [ 2, 1, 20 ]
 */
export function fixedEffects(
  runs: readonly ContrastResult[],
  options: FixedEffectsOptions = {},
): ContrastResult {
  checkOptions(options, fixedEffectsNames);
  if (runs.length === 0) throw new InvalidArgument("runs", "none", "give the contrast of each run");
  const [{ kind, dim, variance }] = runs;
  checkAlike(runs);
  const dof = runs.reduce((sum, run) => sum + run.dof, 0);
  const weights = runs.map((run) =>
    options.precisionWeighted === true
      ? run.variance.map((value) => 1 / value)
      : new Float64Array(variance.length).fill(1),
  );
  const n = variance.length;
  const total = Float64Array.from({ length: n }, (_, s) =>
    weights.reduce((sum, weight) => sum + weight[s], 0),
  );
  const effect = new Float64Array(dim * n);
  const pooled = new Float64Array(n);
  runs.forEach((run, r) => {
    for (let s = 0; s < n; s++) {
      const share = weights[r][s] / total[s];
      pooled[s] += share * share * run.variance[s];
      for (let k = 0; k < dim; k++) effect[k * n + s] += share * run.effect[k * n + s];
    }
  });
  return new ContrastResult({ kind, dim, effect, variance: pooled, dof });
}

function checkAlike(runs: readonly ContrastResult[]): void {
  const [{ kind, dim, variance }] = runs;
  for (const run of runs) {
    if (run.kind !== kind || run.dim !== dim)
      throw new InvalidArgument(
        "runs",
        `${kind} of ${dim} and ${run.kind} of ${run.dim} rows`,
        "give the same contrast of every run",
      );
    if (run.variance.length !== variance.length)
      throw new ShapeMismatch(
        `${variance.length} voxels in every run`,
        `${run.variance.length}`,
        "fit all runs in one mask",
      );
  }
}
