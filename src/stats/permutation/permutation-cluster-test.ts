import { InvalidArgument } from "../../core/errors.ts";
import { notNegative, oneOf, proper, share } from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import type { Matrix, MatrixLike } from "../../core/matrix.ts";
import { engineNames, type EngineJob } from "../../engine/engine-options.ts";
import { studentTThreshold } from "../student-t.ts";
import { neighboursOf, type Adjacency } from "./adjacency.ts";
import { axisNames, namedAxes, type AxisOptions } from "./axes.ts";
import { scorerOf, type ScorerSettings } from "./cluster-scorers.ts";
import { ClusterTest } from "./cluster-test.ts";
import { tfceSettings, type TfceOptions } from "./enhance.ts";
import { withoutPlaces } from "./excluded.ts";
import { stepDown } from "./step-down.ts";
import { planSamples, sampleNames, type SampleOptions, type SamplePlan } from "./sample-plan.ts";
import { tailWords } from "./tail.ts";
import type { WatchOptions } from "./walk.ts";

/** How clusters are formed and judged. */
export interface PermutationClusterOptions
  extends SampleOptions, WatchOptions, AxisOptions, EngineJob {
  /** Which positions lie beside each other. Default: `lattice`, but never over sensors: there it must be said. */
  readonly adjacency?: Adjacency;
  /** Clusters are formed where t is beyond this. Default: the t of `thresholdP`. */
  readonly thresholdT?: number;
  /** The uncorrected p value at which clusters are formed. Default: 0.05, for both sides together. */
  readonly thresholdP?: number;
  /** A cluster counts by its summed t (`mass`) or by its number of positions (`size`). Default: `mass`. */
  readonly clusterStatistic?: "mass" | "size";
  /** Power of |t| in the summed t of `mass`. Default: 1; 0 counts positions. */
  readonly tPower?: number;
  /**
   * Step-down in jumps: clusters with a p below this are left out of the relabelled data, and the rest is tested again,
   * until no more are found. Default: 0, no steps.
   */
  readonly stepDownP?: number;
  /** Threshold-free cluster enhancement instead of a threshold; `true` for its defaults. Default: false. */
  readonly tfce?: boolean | TfceOptions;
  /** Corrected p value up to which a cluster is called significant. Default: 0.05. */
  readonly alpha?: number;
}

export const permutationClusterNames: OptionNames<PermutationClusterOptions> = {
  ...sampleNames,
  ...jobNames,
  ...axisNames,
  ...engineNames,
  adjacency: true,
  thresholdT: true,
  thresholdP: proper,
  clusterStatistic: oneOf(["mass", "size"]),
  tPower: notNegative,
  stepDownP: share,
  tfce: true,
  alpha: proper,
};

/**
 * Nonparametric cluster test of one sample against 0 (sign flips), or of two independent samples: where do observations
 * differ, corrected for all positions at once (Maris & Oostenveld 2007; Smith & Nichols 2009 for TFCE). Agrees with
 * MNE-Python's `permutation_cluster_1samp_test` and, with t as its statistic, `permutation_cluster_test`. When there
 * are at most `permutations` ways to relabel the observations, each is taken once and p values are exact: with six
 * subjects the least two-sided one is 1/32. (MNE's "all" leaves one way out, and one-sided counts the data twice.)
 *
 * Positions where any observation is `NaN`, or all are the same (no variance), are not tested, and said in `notes`.
 * Sensors need neighbours (`sensorNeighbours`), joined by name: where an axis is sensors, no order is taken for them.
 *
 * @param data - nObservations × … : one row a subject; times, times × sensors, voxels, or a volume after that.
 * @throws `InvalidArgument`, `ShapeMismatch`, `UnknownOption`, `Cancelled`.
 *
 * @example
 * import { permutationClusterTest, random } from "tsrsa";
 * const { normal } = random(1);
 * const effect = [0, 0, 3, 3, 0];
 * const subjects = [1, 2, 3, 4, 5, 6].map(() => effect.map((mean) => mean + normal()));
 * const test = await permutationClusterTest(subjects);
 * test.spans([0, 0.1, 0.2, 0.3, 0.4]); // [ [ 0.2, 0.3 ] ]
 * test.significant[0].pValue; // 0.03125
 */
export async function permutationClusterTest(
  data: MatrixLike,
  options: PermutationClusterOptions = {},
): Promise<ClusterTest> {
  checkOptions(options, permutationClusterNames);
  const { alpha = 0.05, tfce = false } = options;
  const plan = planSamples(data, options);
  const axes = namedAxes(data, plan.shape, options);
  const all = neighboursOf(options.adjacency, plan.shape, axes);
  const neighbours = withoutPlaces(all, options.exclude, plan.shape, axes);
  const threshold = tfce === false ? thresholdOf(plan, options) : Number.NaN;
  const settings: ScorerSettings =
    tfce === false
      ? { threshold, ...clusterStatisticOf(options) }
      : { tfce: tfceSettings(tfce === true ? {} : tfce), alpha };
  const { observed, nullDistribution, judged, steps } = await stepDown(
    plan,
    neighbours,
    settings,
    options,
  );
  const { words } = scorerOf(neighbours, plan.tail, settings);
  return new ClusterTest({
    t: shaped(observed, plan),
    scores: shaped(judged.scores, plan),
    pValues: shaped(judged.pValues, plan),
    clusters: judged.clusters,
    nullDistribution,
    exact: plan.relabellings.exact,
    threshold,
    alpha,
    axes: axes.names,
    channels: axes.channels,
    method: `Cluster permutation test of ${plan.sampleWords} (${tailWords(plan.tail)}; ${words}${steps > 1 ? `, ${steps} steps down` : ""}; ${neighbours.words}; ${plan.nullWords})`,
    notes: [...neighbours.notes, ...notesOn(observed, neighbours.inside)],
  });
}

function thresholdOf({ dof, tail }: SamplePlan, options: PermutationClusterOptions): number {
  const { thresholdT, thresholdP = 0.05 } = options;
  if (thresholdT === undefined)
    return studentTThreshold(tail === "both" ? thresholdP / 2 : thresholdP, dof);
  if (options.thresholdP !== undefined)
    throw new InvalidArgument(
      "thresholdP",
      thresholdP,
      "give a t or a p as the threshold, not both",
    );
  if (thresholdT >= 0) return thresholdT;
  throw new InvalidArgument(
    "thresholdT",
    thresholdT,
    "give a t of 0 or more; `tail` says on which side",
  );
}

function clusterStatisticOf({ clusterStatistic = "mass", tPower = 1 }: PermutationClusterOptions) {
  return { by: clusterStatistic, tPower };
}

function shaped(data: Float64Array, { shape }: SamplePlan): Matrix<Float64Array> {
  return { data, shape: [...shape] };
}

function notesOn(t: Float64Array, inside: Uint8Array | undefined): string[] {
  const missing = t.filter((value, i) => Number.isNaN(value) && inside?.[i] !== 0).length;
  if (missing === 0) return [];
  const verb = missing === 1 ? "position was" : "positions were";
  return [
    `${missing} of ${t.length} ${verb} not tested: an observation is NaN there, or all are the same`,
  ];
}
