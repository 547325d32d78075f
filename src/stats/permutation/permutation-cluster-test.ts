import { InvalidArgument, UnknownOption } from "../../core/errors.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import type { Matrix, MatrixLike } from "../../core/matrix.ts";
import { studentTThreshold } from "../student-t.ts";
import { neighboursOf, type Adjacency } from "./adjacency.ts";
import { clusterScorer, tfceScorer, type Scorer } from "./cluster-scorers.ts";
import { ClusterTest } from "./cluster-test.ts";
import { tfceSettings, type TfceOptions } from "./enhance.ts";
import { planSamples, sampleNames, type SampleOptions, type SamplePlan } from "./sample-plan.ts";
import { tailWords } from "./tail.ts";
import { walk, type WatchOptions } from "./walk.ts";

/** How clusters are formed and judged. */
export interface PermutationClusterOptions extends SampleOptions, WatchOptions {
  /** Which positions lie beside each other. Default: `lattice`. */
  readonly adjacency?: Adjacency;
  /** Clusters are formed where t is beyond this. Default: the t of `thresholdP`. */
  readonly thresholdT?: number;
  /** The uncorrected p value at which clusters are formed. Default: 0.05, for both sides together. */
  readonly thresholdP?: number;
  /** A cluster counts by its summed t (`mass`) or by its number of positions (`size`). Default: `mass`. */
  readonly clusterStatistic?: "mass" | "size";
  /** Threshold-free cluster enhancement instead of a threshold; `true` for its defaults. Default: false. */
  readonly tfce?: boolean | TfceOptions;
  /** Corrected p value up to which a cluster is called significant. Default: 0.05. */
  readonly alpha?: number;
}

const permutationClusterNames: OptionNames<PermutationClusterOptions> = {
  ...sampleNames,
  ...jobNames,
  adjacency: true,
  thresholdT: true,
  thresholdP: true,
  clusterStatistic: true,
  tfce: true,
  alpha: true,
};

/**
 * Nonparametric cluster test of one sample against 0 (sign flips), or of two independent samples: where do observations
 * differ, corrected for all positions at once (Maris & Oostenveld 2007; Smith & Nichols 2009 for TFCE). Agrees with
 * MNE-Python's `permutation_cluster_1samp_test` and, with t as its statistic, `permutation_cluster_test`. When there
 * are at most `permutations` ways to relabel the observations, each is taken once and p values are exact: with six
 * subjects the least two-sided one is 1/32. (MNE's "all" leaves one way out, and one-sided counts the data twice.)
 *
 * Positions where any observation is `NaN`, or all are the same (no variance), are not tested, and said in `notes`.
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
  if (!(alpha > 0 && alpha < 1))
    throw new InvalidArgument("alpha", alpha, "give a share between 0 and 1");
  const plan = planSamples(data, options);
  const neighbours = neighboursOf(options.adjacency ?? "lattice", plan.shape);
  const threshold = tfce === false ? thresholdOf(plan, options) : Number.NaN;
  const scorer =
    tfce === false
      ? clusterScorer(neighbours, plan.tail, { threshold, by: clusterStatisticOf(options) })
      : tfceScorer(neighbours, plan.tail, { ...tfceSettings(tfce === true ? {} : tfce), alpha });
  const { observed, nullDistribution } = await distribution(plan, scorer, options);
  const judged = scorer.judge(observed, nullDistribution);
  return new ClusterTest({
    t: shaped(observed, plan),
    scores: shaped(judged.scores, plan),
    pValues: shaped(judged.pValues, plan),
    clusters: judged.clusters,
    nullDistribution,
    exact: plan.relabellings.exact,
    threshold,
    alpha,
    method: `Cluster permutation test of ${plan.sampleWords} (${tailWords(plan.tail)}; ${scorer.words}; ${neighbours.words}; ${plan.nullWords})`,
    notes: notesOn(observed, neighbours.inside),
  });
}

async function distribution(plan: SamplePlan, scorer: Scorer, options: PermutationClusterOptions) {
  const t = new Float64Array(plan.nPositions);
  const largest = new Float64Array(plan.relabellings.count);
  let observed = t;
  await walk(plan.relabellings, options, (labels, way) => {
    plan.statistic(labels, t);
    if (way === 0) observed = t.slice();
    largest[way] = scorer.largest(t);
  });
  return { observed, nullDistribution: largest.sort() };
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

function clusterStatisticOf({ clusterStatistic = "mass" }: PermutationClusterOptions) {
  if (clusterStatistic === "mass" || clusterStatistic === "size") return clusterStatistic;
  throw new UnknownOption("clusterStatistic", String(clusterStatistic), ["mass", "size"]);
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
