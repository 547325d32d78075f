import { flag, isRecord, oneOf } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { InvalidArgument } from "../core/errors.ts";
import { throwIfCancelled } from "../core/job.ts";
import { addPair } from "../searchlight/noise/add-pair.ts";
import type { PatchNoise } from "../searchlight/noise/patch-noise.ts";
import type { Patch } from "../searchlight/patches.ts";
import type { CovarianceMethod } from "../stats/covariance/index.ts";
import { covarianceEstimators } from "../stats/covariance/noise-covariance.ts";
import type { ResidualSums } from "../stats/covariance/shrink.ts";
import type { EpochFolds } from "./epoch-folds.ts";
import type { Epochs } from "./epochs.ts";
import type { SampleRange } from "./time-range.ts";

const sources = ["all", "window", "baseline"] as const;

/** Which samples noise is estimated from: all, those of each window, or those before 0 s. */
export type EpochNoiseSource = (typeof sources)[number];

/** How the noise of sensors is estimated: from what epochs of one item do not share. */
export interface EpochNoiseOptions {
  /** Default `all`: every sample of the epochs, the same covariance at all times (Guggenmos et al. 2018). */
  readonly from?: EpochNoiseSource;
  /** Default `shrunk-to-diagonal`. */
  readonly method?: CovarianceMethod;
  /** A covariance for each fold; two folds are compared by the mean of theirs. Default false: pooled. */
  readonly perRun?: boolean;
}

const noiseNames: OptionNames<EpochNoiseOptions> = {
  from: oneOf(sources),
  method: oneOf(Object.keys(covarianceEstimators)),
  perRun: flag,
};

/** The kind of the `noise` of epochs: where it comes from, or how. */
export const epochNoiseKind = (value: unknown, argument: string): void => {
  if (isRecord(value)) checkOptions(value as EpochNoiseOptions, noiseNames);
  else oneOf(sources)(value, argument);
};

/** The options behind one word. */
export function noiseOptions(
  noise: EpochNoiseSource | EpochNoiseOptions,
): Required<EpochNoiseOptions> {
  const given = typeof noise === "string" ? { from: noise } : noise;
  const { from = "all", method = "shrunk-to-diagonal", perRun = false } = given;
  return { from, method, perRun };
}

/** Epochs that are together in what they left: those of one fold, or all. */
interface Group {
  readonly from: number;
  readonly n: number;
  /** Epochs less items. */
  readonly dof: number;
}

/** Noise of sensors from what epochs of one item do not share. */
class EpochNoise implements PatchNoise {
  readonly method: CovarianceMethod;
  readonly perRun: boolean;
  readonly #left: Float64Array;
  readonly #nEpochs: number;
  readonly #nSamples: number;
  readonly #groups: readonly Group[];
  readonly #byWindow: boolean;
  readonly #known = new Map<string, { product: number; square: number }>();

  /** @param left - channels × epochs × samples, epochs group after group. */
  constructor(
    left: Float64Array,
    [nEpochs, nSamples]: readonly [number, number],
    groups: readonly Group[],
    { from, method, perRun }: Required<EpochNoiseOptions>,
  ) {
    this.method = method;
    this.perRun = perRun;
    this.#left = left;
    this.#nEpochs = nEpochs;
    this.#nSamples = nSamples;
    this.#groups = groups;
    this.#byWindow = from === "window";
  }

  sums(series: Int32Array, samples: Patch["samples"], run: number | undefined): ResidualSums {
    const p = series.length;
    const group = this.#groups[run ?? 0];
    const window = this.#byWindow ? (samples ?? [0, this.#nSamples]) : [0, this.#nSamples];
    const width = window[1] - window[0];
    const products = new Float64Array(p * p);
    const squares = new Float64Array(p * p);
    for (let i = 0; i < p; i++)
      for (let j = 0; j <= i; j++) {
        if (this.method === "diagonal" && i !== j) continue;
        const { product, square } = this.#pair(series[i], series[j], group, window[0], width);
        products[i * p + j] = products[j * p + i] = product;
        squares[i * p + j] = squares[j * p + i] = square;
      }
    return { products, squares, n: group.n * width, p, dof: group.dof * width };
  }

  #pair(a: number, b: number, group: Group, first: number, width: number) {
    if (this.#byWindow) return this.#windowPair(a, b, group, first, width);
    const key = `${a} ${b} ${group.from}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const at = (channel: number): number => (channel * this.#nEpochs + group.from) * this.#nSamples;
    const found = addPair(this.#left, at(a), at(b), group.n * this.#nSamples);
    this.#known.set(key, found);
    return found;
  }

  #windowPair(a: number, b: number, group: Group, first: number, width: number) {
    let [product, square] = [0, 0];
    for (let epoch = group.from; epoch < group.from + group.n; epoch++) {
      const at = (channel: number): number =>
        (channel * this.#nEpochs + epoch) * this.#nSamples + first;
      const found = addPair(this.#left, at(a), at(b), width);
      product += found.product;
      square += found.square;
    }
    return { product, square };
  }
}

/** What noise is read from: epochs, or estimates of sources. */
export type NoisyEpochs = Pick<Epochs, "times" | "eachPart">;

/**
 * Read epochs once more and keep what those of one item (and fold, for a covariance a fold) do not share. Throws
 * `InvalidArgument` where no item has two; `Cancelled`.
 *
 * @param window - the samples that patches speak of.
 */
export async function readEpochNoise(
  epochs: NoisyEpochs,
  { row, nFolds }: EpochFolds,
  nItems: number,
  channels: readonly number[],
  window: SampleRange,
  options: Required<EpochNoiseOptions>,
  signal: AbortSignal | undefined,
): Promise<PatchNoise> {
  const samples = samplesOf(epochs, window, options.from);
  const nSamples = samples.to - samples.from;
  const order = orderedEpochs(row, nItems);
  const left = allocate(channels.length * order.length * nSamples);
  const place = new Int32Array(row.length).fill(-1);
  order.forEach((epoch, at) => (place[epoch] = at));
  await epochs.eachPart(channels, samples, (data, first) => {
    throwIfCancelled(signal, "reading noise");
    const perEpoch = channels.length * nSamples;
    for (let i = 0; i * perEpoch < data.length; i++) {
      const at = place[first + i];
      if (at < 0) continue;
      for (let c = 0; c < channels.length; c++)
        left.set(
          data.subarray(i * perEpoch + c * nSamples, i * perEpoch + (c + 1) * nSamples),
          (c * order.length + at) * nSamples,
        );
    }
  });
  const cell = (epoch: number): number => (options.perRun ? row[epoch] : row[epoch] % nItems);
  const cells = order.map(cell);
  subtractMeans(left, cells, channels.length, nSamples);
  const groups = groupsOf(order, row, cells, nItems, options.perRun ? nFolds : 1);
  const bad = groups.find(({ dof }) => !(dof > 0));
  if (bad !== undefined)
    throw new InvalidArgument(
      "noise",
      `${bad.n} epochs of as many items${options.perRun ? " in a fold" : ""}`,
      "what epochs of one item do not share is their noise: some items need two epochs",
    );
  return new EpochNoise(left, [order.length, nSamples], groups, options);
}

function samplesOf(
  { times }: NoisyEpochs,
  window: SampleRange,
  from: EpochNoiseSource,
): SampleRange {
  if (from === "window") return window;
  if (from === "all") return { from: 0, to: times.length };
  const to = times.findIndex((time) => time >= 0);
  if (to > 1) return { from: 0, to };
  throw new InvalidArgument(
    "noise",
    "baseline",
    `there are fewer than two samples before 0 s; the epochs begin at ${times[0]} s`,
  );
}

/** Epochs that are used, fold after fold. */
function orderedEpochs(row: Int32Array, nItems: number): number[] {
  return Array.from(row.keys())
    .filter((epoch) => row[epoch] >= 0)
    .sort((a, b) => Math.floor(row[a] / nItems) - Math.floor(row[b] / nItems) || a - b);
}

function allocate(n: number): Float64Array {
  try {
    return new Float64Array(n);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InvalidArgument(
      "noise",
      `${n} numbers of all epochs`,
      'they do not fit into memory; pick fewer channels, or say noise: "baseline"',
    );
  }
}

/** Take off each epoch the mean of those in its cell. */
function subtractMeans(
  left: Float64Array,
  cells: readonly number[],
  nChannels: number,
  nSamples: number,
): void {
  const groups = new Map<number, number[]>();
  cells.forEach((cell, at) => groups.set(cell, [...(groups.get(cell) ?? []), at]));
  const mean = new Float64Array(nSamples);
  for (let c = 0; c < nChannels; c++)
    for (const members of groups.values()) {
      mean.fill(0);
      const at = (epoch: number): number => (c * cells.length + epoch) * nSamples;
      for (const epoch of members)
        for (let t = 0; t < nSamples; t++) mean[t] += left[at(epoch) + t] / members.length;
      for (const epoch of members)
        for (let t = 0; t < nSamples; t++) left[at(epoch) + t] -= mean[t];
    }
}

function groupsOf(
  order: readonly number[],
  row: Int32Array,
  cells: readonly number[],
  nItems: number,
  nGroups: number,
): Group[] {
  if (nGroups === 1) return [{ from: 0, n: order.length, dof: order.length - new Set(cells).size }];
  return Array.from({ length: nGroups }, (_, fold) => {
    const members = [...order.keys()].filter((at) => Math.floor(row[order[at]] / nItems) === fold);
    const own = new Set(members.map((at) => cells[at]));
    return { from: members[0] ?? 0, n: members.length, dof: members.length - own.size };
  });
}
