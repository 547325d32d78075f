import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import type { Matrix, MatrixLike } from "../../core/matrix.ts";
import { shareAtLeast } from "./null-distribution.ts";
import { planSamples, sampleNames, type SampleOptions } from "./sample-plan.ts";
import { extremeness, tailWords } from "./tail.ts";
import { walk, type WatchOptions } from "./walk.ts";

/** How a permutation t test goes. */
export interface PermutationTOptions extends SampleOptions, WatchOptions {}

export const permutationTNames: OptionNames<PermutationTOptions> = { ...sampleNames, ...jobNames };

/** The result of a permutation t test; every matrix has the shape of one observation. */
export interface PermutationTResult {
  readonly t: Matrix<Float64Array>;
  /** p value of each test alone. */
  readonly pValues: Matrix<Float64Array>;
  /** p value corrected for all tests by the distribution of the largest t. */
  readonly correctedPValues: Matrix<Float64Array>;
  /** Largest t of each relabelling, ascending, the data as they are among them. */
  readonly nullDistribution: Float64Array;
  readonly exact: boolean;
  /** Measures that were not tested, and why; sentences. */
  readonly notes: readonly string[];
  /** The words for a figure legend. */
  readonly method: string;
}

/**
 * Permutation t test of each of many measures (ROIs, models, times): one sample against 0 by sign flips at group
 * level, or two independent samples. `correctedPValues` are corrected for all measures at once by the largest
 * statistic (Nichols & Holmes 2002), which takes their correlations into account where Bonferroni does not. Agrees with
 * MNE-Python's `permutation_t_test`; exact when there are at most `permutations` ways to relabel.
 *
 * @param data - nObservations × …: one row a subject.
 * @throws `InvalidArgument`, `ShapeMismatch`, `UnknownOption`, `Cancelled`.
 *
 * @example
 * import { permutationTTest } from "tsrsa";
 * const scores = [[0.1, 0.3], [0.2, 0.1], [0.15, -0.2], [0.3, 0.1], [0.25, -0.1]];
 * const { pValues } = await permutationTTest(scores, { tail: "greater" });
 * pValues.data[0]; // 0.03125
 */
export async function permutationTTest(
  data: MatrixLike,
  options: PermutationTOptions = {},
): Promise<PermutationTResult> {
  checkOptions(options, permutationTNames);
  const plan = planSamples(data, options);
  const { nPositions, tail, relabellings } = plan;
  const t = new Float64Array(nPositions);
  const [observed, beyond] = [new Float64Array(nPositions), new Float64Array(nPositions)];
  const limit = new Float64Array(nPositions);
  const largest = new Float64Array(relabellings.count);
  await walk(relabellings, options, (labels, way) => {
    plan.statistic(labels, t);
    if (way === 0) {
      observed.set(t);
      // Rounding must not part values that are the same.
      t.forEach((value, j) => (limit[j] = extremeness(value, tail) - 1e-12 * Math.abs(value)));
    }
    let most = -Infinity;
    for (let j = 0; j < nPositions; j++) {
      const size = extremeness(t[j], tail);
      if (size >= limit[j]) beyond[j]++;
      if (size > most) most = size;
    }
    largest[way] = most;
  });
  const nullDistribution = largest.sort();
  const shaped = (values: Float64Array) => ({ data: values, shape: [...plan.shape] });
  return {
    t: shaped(observed),
    pValues: shaped(
      beyond.map((count, j) =>
        Number.isNaN(observed[j]) ? Number.NaN : count / relabellings.count,
      ),
    ),
    correctedPValues: shaped(
      observed.map((value) => shareAtLeast(nullDistribution, extremeness(value, tail))),
    ),
    nullDistribution,
    exact: relabellings.exact,
    notes: untestedNotes(observed),
    method: `Permutation t test of ${plan.sampleWords} (${tailWords(tail)}; corrected by the largest t; ${plan.nullWords})`,
  };
}

function untestedNotes(t: Float64Array): string[] {
  const untested = t.filter(Number.isNaN).length;
  return untested === 0
    ? []
    : [
        `${untested} of ${t.length} measures were not tested: an observation is NaN there, or all are the same (no variance).`,
      ];
}
