import type { FifChannel, FifInverse, FifSourceSpace } from "../../../src/io/fif/index.ts";
import { symmetricEigen } from "../../../src/linalg/symmetric-eigen.ts";
import type { Gain } from "./gain.ts";
import { noiseSd } from "./sensors.ts";

/** As MNE's defaults: how much of a current may lie along the cortex, and how far depth is made up for. */
const [loose, depth, mostDepth] = [0.2, 0.8, 10];

/** A minimum-norm operator with loose orientation and depth weighting, as MNE makes it from this gain. */
export function inverseOf(
  channels: readonly FifChannel[],
  gain: Gain,
  spaces: readonly FifSourceSpace[],
  mriToHead: Float64Array,
): FifInverse {
  const { nChannels: n, nSources } = gain;
  const width = 3 * nSources;
  const variances = Float64Array.from(channels, (channel) => noiseSd(channel) ** 2);
  const whitened = whitenedGain(gain, variances);
  const prior = sourcePrior(gain, whitened);
  const weighted = whitened.map((value, at) => value * Math.sqrt(prior[at % width]));
  const { values, vectors } = largestFirst(products(weighted, n, width), n);
  const singular = values.map((value) => Math.sqrt(Math.max(0, value)));
  const leads = new Float64Array(width * n);
  for (let mode = 0; mode < n; mode++)
    for (let c = 0; c < n; c++) {
      const part = vectors[mode * n + c] / singular[mode];
      for (let s = 0; s < width; s++) leads[s * n + mode] += part * weighted[c * width + s];
    }
  return {
    channels: channels.map(({ name }) => name),
    methods: "meg",
    orientation: "free",
    frame: "head",
    nSources,
    directions: { data: gain.directions, shape: [width, 3] },
    singularValues: singular,
    fields: { data: vectors, shape: [n, n] },
    leads: { data: leads, shape: [width, n] },
    leadsWeighted: false,
    sourceVariances: prior,
    noise: { eigenvalues: variances, eigenvectors: identity(n) },
    projections: [],
    spaces,
    mriToHead,
    notes: [],
  };
}

/** Each channel in units of its noise. */
export function whitenedGain({ values, nSources }: Gain, variances: Float64Array): Float64Array {
  return values.map((value, at) => value / Math.sqrt(variances[Math.floor(at / (3 * nSources))]));
}

/** Depth times orientation, scaled so that signal and noise are alike on average. */
function sourcePrior({ nChannels: n, nSources }: Gain, whitened: Float64Array): Float64Array {
  const width = 3 * nSources;
  const power = new Float64Array(nSources);
  whitened.forEach((value, at) => (power[Math.floor((at % width) / 3)] += value * value));
  const weights = power.map((value) => value ** -depth);
  const most = mostDepth ** 2 * weights.reduce((a, b) => Math.min(a, b));
  const prior = Float64Array.from(
    { length: width },
    (_, row) => Math.min(weights[Math.floor(row / 3)], most) * (row % 3 === 2 ? 1 : loose),
  );
  const trace = whitened.reduce((sum, value, at) => sum + value * value * prior[at % width], 0);
  return prior.map((value) => (value * n) / trace);
}

/** X · Xᵀ of rows. */
export function products(rows: Float64Array, n: number, width: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += rows[i * width + k] * rows[j * width + k];
      out[i * n + j] = out[j * n + i] = sum;
    }
  return out;
}

/** Eigenvalues from the largest on, and their vectors as rows. */
export function largestFirst(
  matrix: Float64Array,
  n: number,
): { readonly values: Float64Array; readonly vectors: Float64Array } {
  const { values, vectors } = symmetricEigen(matrix, n);
  const order = Array.from(values.keys()).sort((a, b) => values[b] - values[a]);
  const sorted = new Float64Array(n * n);
  order.forEach((from, to) => sorted.set(vectors.subarray(from * n, (from + 1) * n), to * n));
  return { values: Float64Array.from(order, (from) => values[from]), vectors: sorted };
}

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
}
