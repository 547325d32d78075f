import { oneOf, texts, cells, object } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, UnknownOption } from "../../core/errors.ts";
import type { MatrixLike } from "../../core/matrix.ts";
import { ownedRdm } from "../owned.ts";
import { placeOfPair, type Rdm, type RdmOptions } from "../rdm.ts";
import { toMeasurements, type Measurements } from "./measurements.ts";
import { logs, withPrior, type PoissonPrior } from "./poisson.ts";
import { refuseUnusedBy } from "./unused-options.ts";
import { checkedPrecision, isList } from "./products.ts";
import {
  correlations,
  dotProducts,
  poissonSimilarities,
  precisionProducts,
  type SimilarityOf,
} from "./similarities.ts";

const methods = ["correlation", "sqeuclidean", "sqmahalanobis", "poisson"] as const;
const weightings = ["number", "equal"] as const;

/** How to compute an RDM from an unbalanced design. */
export interface RdmFromUnbalancedOptions
  extends Omit<RdmOptions, "items" | "metric" | "itemTable">, PoissonPrior {
  /** Default `sqeuclidean`. With `runs`, each is cross-validated (`sqmahalanobis` is then crossnobis). */
  readonly method?: (typeof methods)[number];
  /** The item of each row, in any numbers. */
  readonly labels: readonly string[];
  /** The run of each row: rows of the same run are never compared. Default: no cross-validation. */
  readonly runs?: ArrayLike<string | number>;
  /** Inverse noise covariance, for `sqmahalanobis`: one for all runs. Default: the identity. */
  readonly precision?: MatrixLike;
  /** What a pair of rows counts: the number of channels that both have (default), or all the same. */
  readonly weighting?: (typeof weightings)[number];
}

const rdmFromUnbalancedNames: OptionNames<RdmFromUnbalancedOptions> = {
  method: oneOf(methods),
  precision: object,
  weighting: oneOf(weightings),
  labels: texts,
  runs: cells,
  name: true,
  meta: true,
  priorMean: true,
  priorWeight: true,
};

/**
 * The RDM of measurements with any number of repeats and missing values: every two rows are compared over the channels
 * that both have, and what rows of the same two items say is averaged. Items are sorted by label; distances are squared
 * and divided by the number of channels.
 *
 * Agrees with rsatoolbox's `calc_rdm_unbalanced` on complete data, but for `equal` weights without runs: there it loses
 * the likeness of a row with itself from the denominator. With missing values its `correlation` and `mahalanobis` divide
 * by all channels (the latter also adds what happens to be in memory); here only those count that both rows have.
 * A constant row has no correlation: `NaN` (there 1).
 *
 * @param rows - nObservations × nChannels; `NaN` where a channel was not measured.
 * @throws ShapeMismatch; UnknownOption; InvalidArgument.
 * @example
 * import { rdmFromUnbalanced } from "tsrsa";
 * const rows = [[0, 0], [3, 4], [3, NaN]];
 * rdmFromUnbalanced(rows, { labels: ["a", "b", "b"] }).between("a", "b"); // 10.4
 */
export function rdmFromUnbalanced(rows: MatrixLike, options: RdmFromUnbalancedOptions): Rdm {
  checkOptions(options, rdmFromUnbalancedNames);
  const { method = "sqeuclidean", weighting = "number", name, meta } = options;
  if (!methods.includes(method)) throw new UnknownOption("method", method, methods);
  if (!weightings.includes(weighting)) throw new UnknownOption("weighting", weighting, weightings);
  refuseUnusedBy(method, options, {
    precision: ["sqmahalanobis"],
    priorMean: ["poisson"],
    priorWeight: ["poisson"],
  });
  const of = toMeasurements(rows, options.labels, options.runs);
  if (options.runs !== undefined && of.nRuns < 2)
    throw new InvalidArgument("runs", `${of.nRuns} run`, "cross-validation needs at least two");
  const means = meanSimilarities(of, similarityOf(of, options), weighting === "number");
  const metric = options.runs === undefined ? method : `${method} (cross-validated)`;
  return ownedRdm(toDistances(means, of.nItems), { items: of.items, metric, name, meta });
}

function similarityOf(
  { data, nChannels: p }: Measurements,
  options: RdmFromUnbalancedOptions,
): SimilarityOf {
  const { method = "sqeuclidean" } = options;
  if (method === "correlation") return correlations(data, p);
  if (method === "poisson") {
    const rates = withPrior(data, options);
    return poissonSimilarities(rates, logs(rates), p);
  }
  const precision = method === "sqmahalanobis" ? onePrecision(options, p) : undefined;
  return precision === undefined ? dotProducts(data, p) : precisionProducts(data, p, precision);
}

function onePrecision(
  { precision }: RdmFromUnbalancedOptions,
  p: number,
): Float64Array | undefined {
  if (isList(precision))
    throw new InvalidArgument(
      "precision",
      `${(precision as readonly unknown[]).length} matrices`,
      "one precision for all runs is taken: rows of every two runs are compared with it; for one of each run use rdmFromMeasurements with crossnobis",
    );
  return checkedPrecision(precision, p);
}

/** Mean similarity of the rows of every two items, and of the rows of each item with each other. */
interface MeanSimilarities {
  readonly own: Float64Array;
  readonly between: Float64Array;
}

function meanSimilarities(
  { itemOf, nItems, nChannels: p, runOf }: Measurements,
  similarity: SimilarityOf,
  byNumber: boolean,
): MeanSimilarities {
  const nPairs = (nItems * (nItems - 1)) / 2;
  // First the pairs, then each item with itself.
  const sums = new Float64Array(nPairs + nItems);
  const weights = new Float64Array(nPairs + nItems);
  const add = (i: number, j: number, share: number): void => {
    const { sum, weight } = similarity(i * p, j * p);
    if (weight === 0) return;
    const [a, b] = [itemOf[i], itemOf[j]];
    const at = a === b ? nPairs + a : placeOfPair(a, b, nItems);
    sums[at] += share * (byNumber ? sum : sum / weight);
    weights[at] += share * (byNumber ? weight : 1);
  };
  for (let i = 0; i < itemOf.length; i++) {
    if (runOf === undefined) add(i, i, 0.5);
    for (let j = i + 1; j < itemOf.length; j++) {
      if (runOf === undefined || runOf[i] !== runOf[j]) add(i, j, 1);
    }
  }
  const means = sums.map((sum, at) => sum / weights[at]);
  return { between: means.subarray(0, nPairs), own: means.subarray(nPairs) };
}

function toDistances({ own, between }: MeanSimilarities, n: number): Float64Array {
  const condensed = new Float64Array(between.length);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, at++) condensed[at] = own[i] + own[j] - 2 * between[at];
  }
  return condensed;
}
