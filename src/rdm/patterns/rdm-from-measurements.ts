import { cells, flag, object, oneOf, texts } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch, UnknownOption } from "../../core/errors.ts";
import type { MatrixLike } from "../../core/matrix.ts";
import { precisionMatrix, type NoiseOptions } from "../../stats/covariance/index.ts";
import { refuseLoneItems } from "../../stats/refuse-lone-items.ts";
import { noiseKind } from "../../stats/covariance/residual-runs.ts";
import { withNoise } from "./noise-precisions.ts";
import { ownedRdm } from "../owned.ts";
import type { Rdm, RdmOptions } from "../rdm.ts";
import { correlation } from "../metrics/angle.ts";
import {
  meansByItem,
  toMeasurements,
  withoutRowMeans,
  withRuns,
  type Measurements,
} from "./measurements.ts";
import { refuseUnusedBy } from "./unused-options.ts";
import { logs, withPrior, type PoissonPrior } from "./poisson.ts";
import {
  checkedPrecision,
  differenceProducts,
  isList,
  meanOfKnown,
  timesPrecision,
} from "./products.ts";

const methods = [
  "correlation",
  "sqeuclidean",
  "sqmahalanobis",
  "crossnobis",
  "poisson",
  "poisson-cv",
] as const;

/** A dissimilarity between items that were measured repeatedly. */
export type MeasurementMethod = (typeof methods)[number];

/** How to compute an RDM from repeated measurements. */
export interface RdmFromMeasurementsOptions
  extends Omit<RdmOptions, "items" | "metric" | "itemTable">, PoissonPrior {
  /**
   * `correlation`, `sqeuclidean` and `sqmahalanobis` of the mean patterns, `crossnobis` (cross-validated squared
   * Mahalanobis), `poisson` (symmetrised Kullback–Leibler divergence of spike counts) and `poisson-cv`.
   * Default `sqeuclidean`.
   */
  readonly method?: MeasurementMethod;
  /** The item of each row; repeats are averaged, items sorted. Default: every row is an item. */
  readonly labels?: readonly string[];
  /** The run of each row, for `crossnobis` and `poisson-cv`. Default: the first measurement of each item is of run 1 … */
  readonly runs?: ArrayLike<string | number>;
  /**
   * Inverse noise covariance of the channels, for `sqmahalanobis` and `crossnobis`: one, or for `crossnobis` one per
   * run (of that run's mean patterns), in the order in which the runs appear. Default: the identity.
   */
  readonly precision?: MatrixLike | readonly MatrixLike[];
  /**
   * Instead of a precision: residuals from which it is estimated, for `sqmahalanobis` and `crossnobis`. Channels without
   * any noise are left out.
   */
  readonly noise?: NoiseOptions;
  /** Take each pattern's mean over channels off it first. Default false. */
  readonly removeMean?: boolean;
  /** Refuse items of one run only, for `crossnobis` and `poisson-cv`. Default false: their distances are NaN. */
  readonly strict?: boolean;
  /** Divide by the number of channels, as rsatoolbox does (not for `correlation`). Default true. */
  readonly perChannel?: boolean;
}

const rdmFromMeasurementsNames: OptionNames<RdmFromMeasurementsOptions> = {
  method: oneOf(methods),
  precision: object,
  noise: noiseKind,
  removeMean: true,
  strict: flag,
  perChannel: true,
  labels: texts,
  runs: cells,
  name: true,
  meta: true,
  priorMean: true,
  priorWeight: true,
};

/**
 * The RDM of repeated measurements, labelled, items sorted: rsatoolbox's `calc_rdm` with its normalisation, which is
 * squared distances divided by the number of channels (its `euclidean` is `sqeuclidean` here).
 *
 * Cross-validation takes every run in turn as the test and the mean over all rows of the other runs as the training;
 * the estimates are averaged over runs. rsatoolbox's `poisson_cv` keeps the last run's only. An item that a run lacks
 * costs that run's estimate of its pairs and nothing else.
 *
 * @param rows - nObservations × nChannels.
 * @throws ShapeMismatch; UnknownOption; InvalidArgument for fewer than two runs, runs that cannot be told, or counts
 *   below 0 with `poisson`.
 * @example
 * import { rdmFromMeasurements } from "tsrsa";
 * const rows = [[0, 0], [3, 4], [0, 0], [3, 4]];
 * const labels = ["a", "b", "a", "b"];
 * rdmFromMeasurements(rows, { labels }).between("a", "b"); // 12.5
 * rdmFromMeasurements(rows, { labels, runs: [1, 1, 2, 2], method: "crossnobis" }).between("a", "b"); // 12.5
 */
export function rdmFromMeasurements(
  rows: MatrixLike,
  options: RdmFromMeasurementsOptions = {},
): Rdm {
  checkOptions(options, rdmFromMeasurementsNames);
  const { method = "sqeuclidean", labels, runs, name, meta } = options;
  if (!methods.includes(method)) throw new UnknownOption("method", method, methods);
  refuseUnused(method, options);
  const measurements = toMeasurements(rows, labels, runs);
  if (options.strict === true) refuseLone(measurements);
  const condensed = estimate(measurements, method, options);
  return ownedRdm(condensed, { items: measurements.items, metric: method, name, meta });
}

function refuseLone(measurements: Measurements): void {
  const { items, nItems, itemOf, runOf } = withRuns(measurements);
  refuseLoneItems(items ?? Array.from({ length: nItems }, (_, at) => String(at)), itemOf, runOf);
}

function estimate(
  measurements: Measurements,
  method: MeasurementMethod,
  options: RdmFromMeasurementsOptions,
): Float64Array {
  const { noise, precision, runs } = options;
  if (noise === undefined) return estimators[method](measurements, options);
  const cross = method === "crossnobis";
  if (precision !== undefined)
    throw new InvalidArgument("precision", "given with noise", "pass one of the two");
  const known = cross ? checkedForRuns(withRuns(measurements)) : measurements;
  const names = cross ? runNames(runs, known.nRuns) : [];
  const noisy = withNoise(known, noise, names);
  return estimators[method](noisy.measurements, { ...options, precision: noisy.precision });
}

/** What is known of the noise, or expected of counts, and would not be used. */
function refuseUnused(method: MeasurementMethod, options: RdmFromMeasurementsOptions): void {
  refuseUnusedBy(method, options, {
    noise: ["sqmahalanobis", "crossnobis"],
    precision: ["sqmahalanobis", "crossnobis"],
    priorMean: ["poisson", "poisson-cv"],
    priorWeight: ["poisson", "poisson-cv"],
    removeMean: ["sqeuclidean", "sqmahalanobis", "crossnobis"],
    strict: ["crossnobis", "poisson-cv"],
  });
}

function checkedForRuns<Of extends Measurements>(of: Of): Of {
  return checkedRuns(of, of.nRuns);
}

/** What runs are called, in the order in which they appear. */
function runNames(runs: ArrayLike<string | number> | undefined, nRuns: number): string[] {
  if (runs === undefined) return Array.from({ length: nRuns }, (_, run) => String(run + 1));
  return [...new Set(Array.from(runs, String))];
}

type Estimator = (of: Measurements, options: RdmFromMeasurementsOptions) => Float64Array;

const estimators: Readonly<Record<MeasurementMethod, Estimator>> = {
  correlation: (of) => {
    const { nItems, nChannels: nFeatures } = of;
    return correlation({ data: meansByItem(of), nItems, nFeatures }, {});
  },
  sqeuclidean: (of, options) => distances(of, options, undefined),
  sqmahalanobis: (of, options) => distances(of, options, onePrecision(of, options)),
  crossnobis: (of, options) =>
    isList(options.precision)
      ? crossnobisOfPairs(withRuns(of), options.precision, options)
      : crossnobis(withRuns(of), options),
  poisson: (of, options) => {
    const means = withPrior(meansByItem(of), options);
    return differenceProducts(means, logs(means), of.nChannels, divisor(of, options));
  },
  "poisson-cv": (of, options) =>
    overRuns(withRuns(of), (train, test) =>
      differenceProducts(
        withPrior(train, options),
        logs(withPrior(test, options)),
        of.nChannels,
        divisor(of, options),
      ),
    ),
};

function divisor({ nChannels }: Measurements, options: RdmFromMeasurementsOptions): number {
  return options.perChannel === false ? 1 : nChannels;
}

function prepared(rows: Float64Array, p: number, { removeMean }: RdmFromMeasurementsOptions) {
  return removeMean === true ? withoutRowMeans(rows, p) : rows;
}

function onePrecision(
  { nChannels }: Measurements,
  { precision, method }: RdmFromMeasurementsOptions,
): Float64Array | undefined {
  if (isList(precision))
    throw new InvalidArgument(
      "precision",
      `${precision.length} matrices`,
      `${method ?? "this method"} takes one; only crossnobis takes one per run`,
    );
  return checkedPrecision(precision, nChannels);
}

function distances(
  of: Measurements,
  options: RdmFromMeasurementsOptions,
  precision: Float64Array | undefined,
): Float64Array {
  const p = of.nChannels;
  const means = prepared(meansByItem(of), p, options);
  return differenceProducts(means, timesPrecision(means, p, precision), p, divisor(of, options));
}

function crossnobis(
  of: Measurements & { runOf: Int32Array },
  options: RdmFromMeasurementsOptions,
): Float64Array {
  const p = of.nChannels;
  const precision = onePrecision(of, options);
  return overRuns(of, (train, test) =>
    differenceProducts(
      timesPrecision(prepared(train, p, options), p, precision),
      prepared(test, p, options),
      p,
      divisor(of, options),
    ),
  );
}

/** Every pair of runs with the mean of their covariances: each run has noise of its own. */
function crossnobisOfPairs(
  of: Measurements & { runOf: Int32Array },
  precisions: readonly MatrixLike[],
  options: RdmFromMeasurementsOptions,
): Float64Array {
  const { nChannels: p, nRuns, runOf } = of;
  if (precisions.length !== nRuns)
    throw new ShapeMismatch(`${nRuns} precisions, one per run`, `${precisions.length}`);
  const covariances = precisions.map((one) => {
    const data = checkedPrecision(one, p) ?? new Float64Array(0);
    return precisionMatrix({ data, shape: [p, p] }).data;
  });
  const means = covariances.map((_, run) =>
    prepared(
      meansByItem(of, (row) => runOf[row] === run),
      p,
      options,
    ),
  );
  const estimates: Float64Array[] = [];
  for (let a = 0; a < nRuns; a++) {
    for (let b = a + 1; b < nRuns; b++) {
      const both = covariances[a].map((value, at) => (value + covariances[b][at]) / 2);
      const precision = precisionMatrix({ data: both, shape: [p, p] }).data;
      const train = timesPrecision(means[a], p, precision);
      estimates.push(differenceProducts(train, means[b], p, divisor(of, options)));
    }
  }
  return meanOfKnown(checkedRuns(estimates, nRuns));
}

/** The mean of the estimates that take each run as the test. */
function overRuns(
  of: Measurements & { runOf: Int32Array },
  estimate: (train: Float64Array, test: Float64Array) => Float64Array,
): Float64Array {
  const { nRuns, runOf } = of;
  checkedRuns([], nRuns);
  return meanOfKnown(
    Array.from({ length: nRuns }, (_, run) =>
      estimate(
        meansByItem(of, (row) => runOf[row] !== run),
        meansByItem(of, (row) => runOf[row] === run),
      ),
    ),
  );
}

function checkedRuns<Value>(value: Value, nRuns: number): Value {
  if (nRuns >= 2) return value;
  throw new InvalidArgument(
    "runs",
    `${nRuns} run`,
    "cross-validation needs at least two; take a method without it for one",
  );
}
