import { InvalidArgument } from "../../core/errors.ts";
import { flag, oneOf, texts } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { reporter } from "../../core/progress.ts";
import { metricKind, type Metric } from "../../rdm/metrics/index.ts";
import { metricParamNames, type MetricParams } from "../../rdm/metrics/metric.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import { nameOf, type ComparisonLike } from "../../rsa/comparisons/resolve.ts";
import type { ModelItemOptions } from "../../rsa/match-models.ts";
import { isLone } from "../../searchlight/patch-metric.ts";
import { SearchlightPatches } from "../../searchlight/patches.ts";
import { scorePatches } from "../../searchlight/score-patches.ts";
import { countUndefined } from "../../searchlight/undefined-scores.ts";
import type { Alignment } from "../../table/align.ts";
import type { LabelOptions } from "../align-epochs.ts";
import { anEpochs, type Epochs } from "../epochs.ts";
import { rdmEpochsNames } from "../rdm-epochs.ts";
import { matchEpochs } from "../score-epochs.ts";
import { convolveRows } from "../../compute/convolve-rows.ts";
import { addInto, divideRows } from "../sensor-patterns.ts";
import { centreRange, radiusInSamples, type TimeRange } from "../time-range.ts";
import { againstBaseline } from "./baseline.ts";
import { readSignals, tfrNames, type Signals, type TfrOptions } from "./tfr-epochs.ts";
import { checkBaseline, type FrequencyBand, type TfrBaseline } from "./tfr-options.ts";
import { TfrScores } from "./tfr-scores.ts";

/** What {@link rsaTfr} takes. */
export interface RsaTfrOptions
  extends TfrOptions, LabelOptions, ModelItemOptions, TimeRange, MetricParams {
  /**
   * `total` (default): mean of the power of an item's epochs; `evoked`: power of their mean, which leaves out what is not
   * locked to time 0.
   */
  readonly power?: "total" | "evoked";
  /** Power of each item against a baseline, after its epochs are averaged. Default: none. */
  readonly baseline?: TfrBaseline;
  /**
   * What a pattern is: `channels` (default) at one frequency and time, `channels-and-frequencies`: all at one time.
   */
  readonly features?: "channels" | "channels-and-frequencies";
  /** Patterns are windows of this radius, in seconds. Default: 0, single samples. */
  readonly temporalRadiusS?: number;
  /** Dissimilarity of patterns; default `correlation`. */
  readonly metric?: Metric;
  /** How data and model RDMs are compared; default `spearman`. */
  readonly rsaMetric?: ComparisonLike;
  /** Leave out pairs that are NaN in the data or a model. Default false. */
  readonly ignoreNan?: boolean;
}

const rsaTfrNames: OptionNames<RsaTfrOptions> = {
  ...tfrNames,
  labels: rdmEpochsNames.labels,
  y: true,
  droppedAsNan: true,
  items: true,
  modelItems: texts,
  tminS: true,
  tmaxS: true,
  ...metricParamNames,
  power: oneOf(["total", "evoked"]),
  baseline: checkBaseline,
  features: oneOf(["channels", "channels-and-frequencies"]),
  temporalRadiusS: true,
  metric: metricKind,
  rsaMetric: true,
  ignoreNan: flag,
};

/**
 * RSA at every frequency and time: Morlet power of each item (see `tfrEpochs`) is a pattern over channels, and its RDM is
 * compared with models. Frequencies come one after the other, so that the power of all is never in memory. The transform
 * sees whole epochs; `tminS` and `tmaxS` restrict what is compared.
 *
 * An effect blurs in time by the length of its wavelet (`fwhmS`), also to before it begins; within `edgeS` of an end zeros
 * beyond the data take part. Ratios of single trials are skewed, so power is averaged before it is taken against a
 * baseline; a baseline changes which channels weigh most, and so 1 − r: say which.
 *
 * @throws as `tfrEpochs` and {@link rsaEpochs}.
 * @example
 * import { epochsFromArray, random, Rdm, rsaTfr } from "tsrsa";
 * const rng = random(1);
 * const data = { data: Float64Array.from({ length: 4 * 3 * 100 }, () => rng.normal()), shape: [4, 3, 100] };
 * const items = ["a", "b", "c", "d"];
 * const model = new Rdm([1, 2, 3, 4, 5, 6], { items, name: "idea" });
 * const how = { labels: items, freqsHz: [10, 20], nCycles: 3, decim: 10, onProgress: false } as const;
 * const scores = await rsaTfr(epochsFromArray(data, { sfreqHz: 100 }), model, how);
 * scores.scores.length; // 20
 */
export async function rsaTfr(
  epochs: Epochs,
  models: RdmInput,
  options: RsaTfrOptions,
): Promise<TfrScores> {
  anEpochs(epochs, "epochs");
  checkOptions(options, rsaTfrNames);
  const { aligned, alignment } = matchEpochs(epochs, toRdms(models, "models"), options);
  const signals = await readSignals(epochs, options);
  const { bands } = signals.plan;
  const windows = windowsOf(signals, epochs.info.sfreqHz, options);
  const condensed = aligned.map((model) => model.condensed);
  const together = options.features === "channels-and-frequencies";
  const nFreqs = together ? 1 : bands.length;
  const scores = new Float64Array(condensed.length * nFreqs * windows.times.length);
  const line = reporter(options, "frequencies", bands.length);
  const how = { ...options, onProgress: false as const };
  const sources = options.power === "evoked" ? evoked(signals, alignment) : { signals, alignment };
  const kept: Float64Array[] = [];
  const scoreOne = async (patterns: Float64Array, nChannels: number, f: number): Promise<void> => {
    const patched = {
      data: patterns,
      shape: [alignment.items.length, nChannels, signals.plan.times.length],
      nFolds: 1,
      patches: windows.patches(nChannels),
    };
    const found = await scorePatches(patched, condensed, how);
    const nT = windows.times.length;
    for (let m = 0; m < condensed.length; m++)
      scores.set(found.subarray(m * nT, (m + 1) * nT), (m * nFreqs + f) * nT);
  };
  for (const [f, band] of bands.entries()) {
    const power = await powerOfItems(sources, band, options);
    if (together) kept.push(power);
    else await scoreOne(power, signals.channels.length, f);
    line.update(f + 1);
  }
  if (together)
    await scoreOne(joined(kept, alignment.items.length), signals.channels.length * bands.length, 0);
  line.finish();
  const nUndefined = countUndefined(scores, nFreqs * windows.times.length);
  const note = `${nUndefined} of ${nFreqs * windows.times.length} points have no score (NaN)`;
  return new TfrScores({
    scores,
    modelNames: aligned.map((model, at) => model.name ?? `model ${at + 1}`),
    freqsHz: together ? Float64Array.of(NaN) : Float64Array.from(bands, ({ freqHz }) => freqHz),
    times: windows.times,
    edgeS: together
      ? Float64Array.of(Math.max(...bands.map(({ edgeS }) => edgeS)) + windows.radiusS)
      : Float64Array.from(bands, ({ edgeS }) => edgeS + windows.radiusS),
    fwhmS: together
      ? Float64Array.of(Math.max(...bands.map(({ fwhmS }) => fwhmS)))
      : Float64Array.from(bands, ({ fwhmS }) => fwhmS),
    dataS: [epochs.times[0], epochs.times[epochs.times.length - 1]],
    rsaMetric: nameOf(options.rsaMetric ?? "spearman"),
    power: powerWords(options),
    nItems: alignment.items.length,
    notes: nUndefined > 0 ? [note] : [],
  });
}

/** What a legend says of the power. */
function powerWords({ power = "total", baseline }: RsaTfrOptions): string {
  if (baseline === undefined) return `${power} power`;
  const { mode, fromS, toS } = baseline;
  const from = fromS === undefined ? "the start" : `${fromS} s`;
  const to = toS === undefined ? "the end" : `${toS} s`;
  return `${power} power, ${mode} of a baseline from ${from} to ${to}`;
}

interface Windows {
  readonly times: Float64Array;
  /** How far from its centre a window goes. */
  readonly radiusS: number;
  patches(nSeries: number): SearchlightPatches;
}

/** Windows over the samples that are kept. Throws `InvalidArgument` where a pattern is a single value. */
function windowsOf({ plan, channels }: Signals, sfreqHz: number, options: RsaTfrOptions): Windows {
  const { times, samples } = plan;
  const step = samples.length > 1 ? samples[1] - samples[0] : 1;
  const radius = radiusInSamples(options.temporalRadiusS ?? 0, sfreqHz / step);
  const { from, to } = centreRange(times, options, radius);
  const nSeries =
    channels.length * (options.features === "channels-and-frequencies" ? plan.bands.length : 1);
  if (isLone(nSeries * (2 * radius + 1), options.metric))
    throw new InvalidArgument(
      "metric",
      options.metric ?? "correlation",
      'every pattern is a single value; give more channels or a temporalRadiusS, or metric: "euclidean"',
    );
  return {
    times: times.slice(from, to),
    radiusS: (radius * step) / sfreqHz,
    patches: (nAll) =>
      new SearchlightPatches({
        axes: { series: 1, samples: 2 },
        nSeries: nAll,
        nSamples: times.length,
        time: { from, to, radius },
      }),
  };
}

interface Sources {
  readonly signals: Signals;
  readonly alignment: Pick<Alignment, "items" | "index">;
}

/** The mean of each item's epochs in the place of the epochs. */
function evoked(signals: Signals, { items, index }: Alignment): Sources {
  const width = signals.channels.length * signals.nTimes;
  const data = new Float64Array(items.length * width);
  const count = new Float64Array(items.length);
  index.forEach((item, epoch) => {
    if (item < 0) return;
    count[item]++;
    addInto(data, item * width, signals.data, epoch * width, width);
  });
  divideRows(data, count, width);
  const every = Int32Array.from(items.keys());
  return {
    signals: { ...signals, data, nEpochs: items.length },
    alignment: { items, index: every },
  };
}

/** Power of each item at one frequency: items × channels × times, against the baseline. */
async function powerOfItems(
  { signals, alignment }: Sources,
  { wavelet }: FrequencyBand,
  { signal, jobs, baseline }: RsaTfrOptions,
): Promise<Float64Array> {
  const { data, nEpochs, channels, nTimes, plan } = signals;
  const nC = channels.length;
  const width = nC * plan.samples.length;
  const sum = new Float64Array(alignment.items.length * width);
  const count = new Float64Array(alignment.items.length);
  alignment.index.forEach((item) => {
    if (item >= 0) count[item]++;
  });
  const length = plan.samples.length;
  await convolveRows(
    {
      data,
      nRows: nEpochs * nC,
      nTimes,
      wavelets: [wavelet],
      samples: plan.samples,
      parts: "power",
    },
    ({ firstRow, nRows, values }) => {
      for (let k = 0; k < nRows; k++) {
        const row = firstRow + k;
        const item = alignment.index[Math.floor(row / nC)];
        if (item >= 0) addInto(sum, item * width + (row % nC) * length, values, k * length, length);
      }
    },
    { signal, jobs },
  );
  divideRows(sum, count, width);
  return baseline === undefined ? sum : againstBaseline(sum, plan.times, baseline);
}

/** Patterns of all frequencies side by side: items × (frequencies, channels) × times. */
function joined(bands: readonly Float64Array[], nItems: number): Float64Array {
  const width = bands[0].length / nItems;
  const all = new Float64Array(nItems * width * bands.length);
  for (let item = 0; item < nItems; item++)
    bands.forEach((band, f) =>
      all.set(band.subarray(item * width, (item + 1) * width), (item * bands.length + f) * width),
    );
  return all;
}
