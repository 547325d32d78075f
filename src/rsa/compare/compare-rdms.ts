import { object } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames, jobNames } from "../../core/gate/options.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import type { JobOptions } from "../../core/job.ts";
import type { MatrixLike } from "../../core/matrix.ts";
import { reporter, type ProgressLine } from "../../core/progress.ts";
import { alignRdms, type ItemChoice } from "../../rdm/align-rdms.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { RsaResult } from "../rsa-result.ts";
import type { Comparison, PairShape } from "../comparisons/comparison.ts";
import { pairComparisonOf, type PairComparisonLike } from "../comparisons/resolve.ts";
import { comparedPairs, pairsKnownToAll, sameGaps } from "./gaps.ts";
import { noiseCovariance } from "./noise-covariance.ts";
import { sigmaOfItems } from "./sigma-of-items.ts";
import { prepareSides, scoreMatrix, scoreVectorsWith } from "./sides.ts";

/** How to compare lists of RDMs. */
export interface CompareRdmsOptions extends JobOptions {
  /** The name of a way to compare, or one of your own. Default: `spearman`. */
  readonly method?: PairComparisonLike;
  /** As for `rsa`: `all` (default) refuses sets of labels that differ, `common` takes what all share. */
  readonly items?: ItemChoice;
  /** Leave out, for each two RDMs, the pairs that are `NaN` in one. Default false: `NaN` in different places is refused. */
  readonly ignoreNan?: boolean;
  /**
   * For `corr_cov`, `cosine_cov` and `neg_riem_dist`: covariance of the noise of the patterns, a variance for each item or
   * items × items, in the order of the items of the first RDM; one that names its items, as that of `itemNoise`, is matched
   * by name. Default: equal and independent.
   */
  readonly sigma?: ArrayLike<number> | MatrixLike;
}

const compareRdmsNames: OptionNames<CompareRdmsOptions> = {
  method: true,
  items: true,
  ignoreNan: true,
  sigma: object,
  ...jobNames,
};

/**
 * Compare every RDM of one list with every RDM of another, a × b. Items are matched by label, never by position.
 *
 * | method | what it is |
 * |---|---|
 * | `spearman` (default) | Pearson's correlation of the ranks |
 * | `corr` (`pearson`), `cosine` | Pearson's correlation; the cosine, for RDMs with a meaningful zero |
 * | `rho-a`, `tau-a` (`kendall-tau-a`) | for models that predict ties: no model profits from them |
 * | `tau-b` (`kendall`) | Kendall's correlation corrected for ties |
 * | `corr_cov`, `cosine_cov` | the same as `corr` and `cosine` after whitening: dissimilarities that share an item are dependent |
 * | `bures`, `bures_metric` | fidelity of the centred kernels; its squared distance (0 for equals) |
 * | `neg_riem_dist` | minus the Riemannian distance of the second moments |
 *
 * A comparison of your own (an object of type `Comparison`) is a method too. Those that look at all models at once
 * (`partial`, `partial-spearman`, `regression`) are metrics of `rsa` alone.
 *
 * A score that is not defined is `NaN`: a constant side has no correlation, a side of zeros no angle. Pairs that are `NaN`
 * in all RDMs alike are left out. Long lists of large RDMs run on all threads; each RDM is ranked or sorted once.
 *
 * Agrees with `rsatoolbox.rdm.compare`, except: there a constant RDM scores 0, **and moves the scores of the other RDMs of
 * its list to wrong places**; variances (a sigma with one axis) are whitened there with means that leave them out, so
 * that they disagree with the same sigma as a matrix; its matrix sigma is solved to about 1e-5, here directly; and
 * `bures` and `bures_metric` of RDMs that no Euclidean space has (negative eigenvalues of the kernel) differ much: here
 * the nearest kernel without them is compared, traces included, so that an RDM is at distance 0 from itself.
 *
 * @throws ItemMismatch when labels differ; InvalidArgument for `NaN` in different places, an empty list, or a sigma that
 *   is no covariance; ShapeMismatch; UnknownOption; Unsupported for `NaN` with a method that needs all pairs; Cancelled.
 * @example
 * import { compareRdms, Rdm } from "tsrsa";
 * const data = new Rdm([1, 2, 3], { items: ["a", "b", "c"], name: "IT" });
 * const model = new Rdm([3, 2, 1], { items: ["c", "b", "a"], name: "animacy" });
 * (await compareRdms(data, model, { method: "cosine", onProgress: false })).single().toFixed(6); // '1.000000'
 */
export async function compareRdms(
  a: RdmInput,
  b: RdmInput,
  options: CompareRdmsOptions = {},
): Promise<RsaResult> {
  checkOptions(options, compareRdmsNames);
  const { method = "spearman", items, ignoreNan = false, sigma, ...job } = options;
  const comparison = pairComparisonOf(method);
  const [first, second] = [toRdms(a, "a"), toRdms(b, "b")];
  const aligned = alignRdms([...first, ...second], items);
  const [left, right] = [aligned.slice(0, first.length), aligned.slice(first.length)];
  const { nItems } = aligned[0];
  const noise =
    sigma === undefined
      ? undefined
      : noiseCovariance(sigmaOfItems(sigma, aligned[0].items), nItems);
  const line = reporter(job, "comparing RDMs", left.length + right.length + 1);
  const known = pairsKnownToAll(aligned);
  const scores =
    ignoreNan && !sameGaps(aligned, known)
      ? await scoresPairByPair(
          comparison,
          left,
          right,
          { nItems, known: undefined, sigma: noise },
          job,
        )
      : await scoresTogether(
          comparison,
          left,
          right,
          { nItems, known: comparedPairs(aligned, false, known), sigma: noise },
          job,
          line,
        );
  line.update(left.length + right.length + 1);
  line.finish();
  return new RsaResult({
    scores,
    metric: comparison.name,
    dataNames: namesOf(first, "RDM"),
    modelNames: namesOf(second, "RDM"),
    dataMeta: first.map(({ meta }) => meta),
  });
}

/** Each RDM is made ready once. */
async function scoresTogether(
  comparison: Comparison,
  left: readonly Rdm[],
  right: readonly Rdm[],
  shape: PairShape,
  job: JobOptions,
  line: ProgressLine,
): Promise<Float64Array> {
  const vectors = left.map(({ condensed }) => condensed);
  const itself =
    left.length === right.length && left.every((rdm, at) => sameValues(rdm, right[at]));
  const others = itself ? vectors : right.map(({ condensed }) => condensed);
  const onDone = (done: number): void => line.update(done);
  const scores = await comparison.scoreLists?.(vectors, others, shape, job, onDone);
  if (scores !== undefined) return scores;
  const sides = await prepareSides(comparison, others, shape, job);
  line.update(right.length);
  if (itself) return scoreMatrix(comparison, sides, sides, job);
  return scoreVectorsWith(comparison, vectors, sides, shape, job, (done) =>
    line.update(right.length + done),
  );
}

/** Whether two lists hold the very same RDM; equal copies are compared as others are. */
function sameValues(a: Rdm, b: Rdm): boolean {
  return a === b || a.condensed === b.condensed;
}

/** Where gaps differ, what is compared depends on both sides. */
async function scoresPairByPair(
  comparison: Comparison,
  left: readonly Rdm[],
  right: readonly Rdm[],
  shape: PairShape,
  job: JobOptions,
): Promise<Float64Array> {
  const scores = new Float64Array(left.length * right.length);
  for (let k = 0; k < scores.length; k++) {
    const two = [left[Math.floor(k / right.length)], right[k % right.length]];
    const known = pairsKnownToAll(two);
    const vectors = two.map(({ condensed }) => condensed);
    if (known !== undefined && !known.includes(1)) {
      scores[k] = NaN;
      continue;
    }
    const sides = await prepareSides(comparison, vectors, { ...shape, known }, job);
    scores[k] = (await scoreMatrix(comparison, [sides[0]], [sides[1]], job))[0];
  }
  return scores;
}

export function namesOf(rdms: readonly Rdm[], kind: string): string[] {
  return rdms.map((rdm, at) => rdm.name ?? `${kind} ${at + 1}`);
}
