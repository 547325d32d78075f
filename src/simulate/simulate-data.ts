import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { flag, notNegative, numbers, object, whole } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { toRows, type Matrix, type MatrixLike } from "../core/matrix.ts";
import { random } from "../core/random.ts";
import { noteDraw } from "../core/run-record.ts";
import { cholesky } from "../linalg/cholesky.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { drawPatterns, geometryNotes, geometryOf } from "./geometry.ts";

/** How patterns are simulated. */
export interface SimulateDataOptions {
  /** Channels, voxels or sensors. */
  readonly nChannels: number;
  /** Runs, in each of which every item occurs `repeats` times. Default 1. */
  readonly runs?: number;
  /** Default 1. */
  readonly repeats?: number;
  /** Factor of the squared distances. Default 1; 0 for none. */
  readonly signal?: number;
  /** Variance of the noise of each channel. Default 1. */
  readonly noise?: number;
  /** Whether the drawn patterns have the geometry exactly, or on average (default). */
  readonly exact?: boolean;
  /** Weights of several RDMs, whose sum is the geometry. Default: 1 each. */
  readonly theta?: ArrayLike<number>;
  /** True patterns, items × channels, in place of a draw: the `signal` of another set of the same person. */
  readonly patterns?: MatrixLike;
  /** Covariance of the noise of channels, nChannels × nChannels. Default: independent, of variance 1. */
  readonly channelCovariance?: MatrixLike;
  /** Covariance of the noise of observations, in the order of the result. Default: independent. */
  readonly trialCovariance?: MatrixLike;
  /** Default 0. */
  readonly seed?: number;
}

/** Names of these options, for the check of options. */
export const simulateDataNames: OptionNames<SimulateDataOptions> = {
  nChannels: whole(1),
  runs: whole(1),
  repeats: whole(1),
  signal: notNegative,
  noise: notNegative,
  exact: flag,
  theta: numbers,
  patterns: object,
  channelCovariance: object,
  trialCovariance: object,
  seed: true,
};

/** Simulated observations with known truth. */
export interface SimulatedData {
  /** Observations × channels: runs behind one another, in each all items in order, repeat after repeat. */
  readonly patterns: Matrix<Float64Array>;
  /** The item of each observation. */
  readonly items: readonly string[];
  /** The run of each observation, from 0. */
  readonly runs: Int32Array;
  /** The true patterns, items × channels, before they are scaled by `signal`. */
  readonly signal: Matrix<Float64Array>;
  /** What a reader should know, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Patterns whose geometry is known: squared Euclidean distances per channel as an RDM says, exactly or on average, with
 * noise of given covariance over channels and observations, for every run.
 *
 * Distances are taken as squared ones, but for RDMs of the metric `euclidean`, which are squared. Of distances that no
 * patterns can have, the nearest that some can have are simulated, and `notes` say how much was dropped. Unlike
 * rsatoolbox, exact signals are exact to rounding, noise of channels has the covariance asked for (there Lᵀ L in place of
 * L Lᵀ), and signals are not centred over channels.
 *
 * @param geometry - an RDM, or several that are weighted by `theta`.
 * @throws InvalidArgument for too few channels for an exact geometry, or a covariance that is none; ShapeMismatch;
 *   ItemMismatch; UnknownOption.
 * @example
 * import { computeRdm, simulateData } from "tsrsa";
 * const { signal } = simulateData([1, 4, 2], { nChannels: 8, exact: true, seed: 1 });
 * const rdm = computeRdm(signal, { metric: "sqeuclidean" });
 * Array.from(rdm.condensed, (d) => Math.round((1e6 * d) / 8) / 1e6); // [ 1, 4, 2 ]
 */
export function simulateData(geometry: RdmInput, options: SimulateDataOptions): SimulatedData {
  checkOptions(options, simulateDataNames);
  const { nChannels, seed = 0 } = options;
  if (nChannels === undefined)
    throw new InvalidArgument("nChannels", nChannels, "give a number of channels");
  const { labels, factor } = geometryOf(geometry, options.theta);
  const { normal } = random(seed);
  const n = labels.length;
  refuseTooMany(n, options);
  noteDraw("simulateData", { ...options, seed });
  const truth =
    options.patterns === undefined
      ? drawPatterns(factor, n, nChannels, normal, options.exact === true)
      : given(options.patterns, n, nChannels);
  return {
    ...measured(labels, truth, normal, options),
    notes: options.patterns === undefined ? geometryNotes(factor) : [],
  };
}

/** Values that one array may have; more would end the process, not the call. */
const mostValues = 2 ** 28;

/** Throws `InvalidArgument` for more values than memory has. */
export function refuseTooMany(
  nItems: number,
  { nChannels, runs = 1, repeats = 1 }: SimulateDataOptions,
): void {
  const n = nItems * nChannels * runs * repeats;
  if (n > mostValues)
    throw new InvalidArgument(
      "nChannels",
      nChannels,
      `${n} values, ${nItems} items × ${runs * repeats} × ${nChannels} channels, are too many; give fewer channels, runs or repeats`,
    );
}

/** What is measured of true patterns, items × channels. */
export function measured(
  labels: readonly string[],
  truth: Float64Array,
  normal: () => number,
  options: SimulateDataOptions,
): Omit<SimulatedData, "notes"> {
  const { nChannels: p, runs = 1, repeats = 1, signal = 1, noise = 1 } = options;
  const n = labels.length;
  const nObservations = n * repeats * runs;
  const data = noiseOf(nObservations, p, normal, options);
  const [ofNoise, ofSignal] = [Math.sqrt(noise), Math.sqrt(signal)];
  for (let row = 0; row < nObservations; row++) {
    const item = (row % n) * p;
    for (let c = 0; c < p; c++)
      data[row * p + c] = ofNoise * data[row * p + c] + ofSignal * truth[item + c];
  }
  return {
    patterns: { data, shape: [nObservations, p] },
    items: Array.from({ length: nObservations }, (_, at) => labels[at % n]),
    runs: Int32Array.from({ length: nObservations }, (_, at) => Math.floor(at / (n * repeats))),
    signal: { data: truth, shape: [n, p] },
  };
}

function given(patterns: MatrixLike, n: number, nChannels: number): Float64Array {
  const { data, shape } = toRows(patterns, "patterns");
  if (shape[0] !== n || shape[1] !== nChannels)
    throw new ShapeMismatch(`${n} items × ${nChannels} channels in patterns`, shape.join(" × "));
  if (!data.every(Number.isFinite))
    throw new InvalidArgument("patterns", "NaN or infinite values", "give patterns without gaps");
  return data;
}

/** Noise with covariances over observations (left) and channels (right). */
function noiseOf(
  n: number,
  nChannels: number,
  normal: () => number,
  { trialCovariance, channelCovariance }: SimulateDataOptions,
): Float64Array {
  const white = new Float64Array(n * nChannels);
  for (let at = 0; at < white.length; at++) white[at] = normal();
  const left = factorOf(trialCovariance, n, "trialCovariance", "observations");
  const right = factorOf(channelCovariance, nChannels, "channelCovariance", "channels");
  const rows = left === undefined ? white : product(left, white, n, n, nChannels);
  if (right === undefined) return rows;
  // E Lᵀ: the covariance of a row is then L Lᵀ.
  return product(rows, transposed(right, nChannels), n, nChannels, nChannels);
}

function factorOf(covariance: MatrixLike | undefined, n: number, argument: string, of: string) {
  if (covariance === undefined) return undefined;
  const { data, shape } = toRows(covariance, argument);
  if (shape[0] !== n || shape[1] !== n)
    throw new ShapeMismatch(
      `${n} × ${n} in ${argument}, one for each of the ${of}`,
      shape.join(" × "),
    );
  const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const symmetric = data.every(
    (value, at) => Math.abs(value - data[(at % n) * n + Math.floor(at / n)]) <= 1e-9 * largest,
  );
  const lower = symmetric ? cholesky(data, n) : undefined;
  if (lower !== undefined) return lower;
  throw new InvalidArgument(
    argument,
    symmetric ? "a matrix that is not positive definite" : "a matrix that is not symmetric",
    "give a covariance; a little on its diagonal makes one of full rank",
  );
}

function product(a: Float64Array, b: Float64Array, n: number, inner: number, width: number) {
  const out = new Float64Array(n * width);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < inner; k++) {
      const factor = a[i * inner + k];
      if (factor === 0) continue;
      for (let j = 0; j < width; j++) out[i * width + j] += factor * b[k * width + j];
    }
  return out;
}

function transposed(matrix: Float64Array, n: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % n) * n + Math.floor(at / n)]);
}
