import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { toFloat64 } from "../core/matrix.ts";
import { epochFolds, type EpochFoldOptions, type EpochFolds } from "../meg/epoch-folds.ts";
import {
  noiseOptions,
  readEpochNoise,
  type EpochNoiseOptions,
  type EpochNoiseSource,
  type NoisyEpochs,
} from "../meg/epoch-noise.ts";
import { addInto, divideRows } from "../meg/sensor-patterns.ts";
import { radiusInSamples, type TimeRange } from "../meg/time-range.ts";
import { checkNoiseMetric } from "../searchlight/noise/noise-metric.ts";
import type { PatchNoise } from "../searchlight/noise/patch-noise.ts";
import type { PatchedPatterns } from "../searchlight/patched-patterns.ts";
import { checkMetricFor, type PatchMetricOptions } from "../searchlight/patch-metric.ts";
import { SearchlightPatches, type PatchPlan } from "../searchlight/patches.ts";
import type { Alignment } from "../table/align.ts";
import { selectedSources, type SourceChoice } from "./selected-sources.ts";
import type { SourceEstimates } from "./source-estimates.ts";
import { sourcePatches, type SourceSpaces } from "./source-patches.ts";

/** Where and how RDMs of sources are computed. */
export interface SourceSearchlightOptions
  extends TimeRange, PatchMetricOptions, EpochFoldOptions, JobOptions {
  /** The space that the estimates were made with; `spatialRadiusM` needs it. */
  readonly sourceSpaces?: SourceSpaces;
  /** A patch is all sources nearer than this, in metres, along the cortex. Default: all sources at once. */
  readonly spatialRadiusM?: number;
  /** A patch is a window of this radius, in seconds, that slides along time. Default: all samples at once. */
  readonly temporalRadiusS?: number;
  /** Centres of patches; without a radius the sources that are pooled. Default: all. */
  readonly sources?: SourceChoice;
  /**
   * Only every so manieth centre, from the first on, for a first look: of the windows along time, or where there is
   * one time, of the sources. Patches have all their samples and sources. Default: 1, all.
   */
  readonly every?: number;
  /**
   * For `crossnobis` (which is then divided by the number of features) and `mahalanobis`: the noise of each patch's
   * sources, from what estimates of one item do not share, as in {@link rsaEpochs}: `all` samples, those of each
   * `window`, the `baseline`, or more words.
   */
  readonly noise?: EpochNoiseSource | EpochNoiseOptions;
}

/** Patches over sources and time, and where each is. */
export interface SourceSearchlight {
  readonly plan: PatchPlan;
  /** Rows of the sources in the centres; undefined when sources are pooled. */
  readonly centres: Int32Array | undefined;
  readonly times: Float64Array;
  /** Seconds from one of these times to the next. */
  readonly tstepS: number;
}

/** Lay out the patches. Throws `InvalidArgument`, `ItemMismatch`, `Cancelled`. */
export async function sourceSearchlight(
  estimates: SourceEstimates,
  options: SourceSearchlightOptions,
): Promise<SourceSearchlight> {
  const { sources, spatialRadiusM, sourceSpaces } = options;
  const chosen = sources === undefined ? undefined : selectedSources(estimates, sources);
  const time = timesOf(estimates, options);
  const each = estimates.isVector ? 3 : 1;
  const axes = {
    axes: { series: 1, samples: 2 },
    nSeries: each * estimates.nSources,
    nSamples: estimates.times.length,
    ...time.plan,
  };
  if (spatialRadiusM === undefined) {
    const pooled = chosen && expanded(chosen, each);
    return { ...time, plan: { ...axes, pooled }, centres: undefined };
  }
  if (sourceSpaces === undefined)
    throw new InvalidArgument(
      "sourceSpaces",
      undefined,
      "a spatial radius needs the source space: readSourceSpaces",
    );
  const { signal, onProgress } = options;
  const job = { signal, onProgress };
  const near = await sourcePatches(estimates, sourceSpaces, spatialRadiusM, job);
  const all = chosen ?? Int32Array.from(near.keys());
  const centres = time.thinned ? all : everyOf(all, options);
  const space = {
    centres: centres.map((centre) => centre * each),
    around: (series: number) => expanded(near[series / each], each),
  };
  return { ...time, plan: { ...axes, space }, centres };
}

/** Patches that are given: each a list of rows of sources. */
export function givenSearchlight(
  estimates: SourceEstimates,
  patches: readonly Int32Array[],
  options: SourceSearchlightOptions,
): SourceSearchlight {
  const time = timesOf(estimates, options);
  const each = estimates.isVector ? 3 : 1;
  return {
    plan: {
      axes: { series: 1, samples: 2 },
      nSeries: each * estimates.nSources,
      nSamples: estimates.times.length,
      ...time.plan,
      space: {
        centres: Int32Array.from(patches.keys()),
        around: (patch) => expanded(patches[patch], each),
      },
    },
    centres: undefined,
    times: time.times,
    tstepS: time.tstepS,
  };
}

/** Series of sources with so many numbers each. */
function expanded(sources: Int32Array, each: number): Int32Array {
  if (each === 1) return sources;
  return Int32Array.from(
    Array.from(sources).flatMap((source) => [0, 1, 2].map((axis) => each * source + axis)),
  );
}

/** Sources in the last place of ten are the same time: MNE adds up `tmin + tstep · k`. */
const sameTimeS = 1e-6;

interface Times {
  readonly plan: Pick<PatchPlan, "time" | "window">;
  readonly times: Float64Array;
  readonly tstepS: number;
  /** Whether `every` was about these times, and not about sources. */
  readonly thinned: boolean;
}

function timesOf({ times, tstepS }: SourceEstimates, options: SourceSearchlightOptions): Times {
  const [from, to] = rangeOf(times, options);
  const { temporalRadiusS, spatialRadiusM, every = 1 } = options;
  if (temporalRadiusS === undefined) {
    if (every > 1 && spatialRadiusM === undefined)
      throw new InvalidArgument(
        "every",
        every,
        "it thins the centres of patches: give temporalRadiusS or spatialRadiusM",
      );
    const middle = Math.min(Math.floor((from + to) / 2), times.length - 1);
    const one = Float64Array.of(times[middle]);
    return { plan: { window: [from, to] }, times: one, tstepS, thinned: false };
  }
  const radius = radiusInSamples(temporalRadiusS, 1 / tstepS);
  if (radius < 1)
    throw new InvalidArgument(
      "temporalRadiusS",
      temporalRadiusS,
      `it is less than one sample of ${tstepS} s`,
    );
  const [first, last] = [Math.max(from, radius), Math.min(to, times.length - radius)];
  if (first >= last)
    throw new InvalidArgument(
      "temporalRadiusS",
      temporalRadiusS,
      `no window of ${2 * radius + 1} samples lies in the ${times.length} from ${times[0]} to ${times[times.length - 1]} s`,
    );
  const thinned = every > 1 && (last - first > 1 || spatialRadiusM === undefined);
  const step = thinned ? every : 1;
  return {
    plan: { time: { from: first, to: last, radius, step } },
    times: times.slice(first, last).filter((_, at) => at % step === 0),
    tstepS: step * tstepS,
    thinned,
  };
}

function everyOf(centres: Int32Array, { every = 1 }: SourceSearchlightOptions): Int32Array {
  return centres.filter((_, at) => at % every === 0);
}

/** The samples from tminS up to but without tmaxS. */
function rangeOf(times: Float64Array, { tminS, tmaxS }: TimeRange): [number, number] {
  const last = times[times.length - 1];
  if (tminS !== undefined && tminS < times[0] - sameTimeS)
    throw new InvalidArgument("tminS", tminS, `the first sample is at ${times[0]} s`);
  if (tmaxS !== undefined && tmaxS > last + sameTimeS)
    throw new InvalidArgument(
      "tmaxS",
      tmaxS,
      `the last sample is at ${last} s; leave tmaxS out to include it`,
    );
  const from = tminS === undefined ? 0 : firstAt(times, tminS);
  const to = tmaxS === undefined ? times.length : firstAt(times, tmaxS);
  if (from < to) return [from, to];
  throw new InvalidArgument(
    "time range",
    `${tminS} to ${tmaxS} s`,
    "no sample lies in it: tminS is included, tmaxS is not",
  );
}

function firstAt(times: Float64Array, timeS: number): number {
  const at = times.findIndex((time) => time >= timeS - sameTimeS);
  return at < 0 ? times.length : at;
}

/** Estimates averaged by item, within each fold, with their patches. Throws `Cancelled`. */
export async function sourcePatterns(
  estimates: SourceEstimates,
  alignment: Alignment,
  { plan }: SourceSearchlight,
  options: SourceSearchlightOptions,
): Promise<PatchedPatterns> {
  const folds = foldsOf(alignment, options);
  checkMetricFor(options, folds.nFolds);
  const { nFolds, row } = folds;
  const nItems = alignment.items.length;
  const { nSeries = 0, nSamples = 0 } = plan;
  const width = nSeries * nSamples;
  const sum = new Float64Array(nFolds * nItems * width);
  const counts = new Float64Array(nFolds * nItems);
  const values = toFloat64(estimates.data.data);
  const pause = pauses(options.signal, "averaging estimates");
  for (let at = 0; at < row.length; at++) {
    if (row[at] < 0) continue;
    counts[row[at]]++;
    addInto(sum, row[at] * width, values, at * width, width);
    if (pause.due()) await pause.turn();
  }
  divideRows(sum, counts, width);
  const noise = await sourceNoise(estimates, values, folds, nItems, { nSeries, nSamples }, options);
  return {
    noise,
    data: sum,
    nFolds,
    shape: [nItems, nSeries, nSamples],
    counts,
    patches: new SearchlightPatches(plan),
  };
}

/** Noise from what estimates of one item do not share, where a user asks for it. Throws `InvalidArgument`. */
async function sourceNoise(
  { times }: SourceEstimates,
  values: Float64Array,
  folds: EpochFolds,
  nItems: number,
  { nSeries, nSamples }: { readonly nSeries: number; readonly nSamples: number },
  { noise, metric, VI, signal }: SourceSearchlightOptions,
): Promise<PatchNoise | undefined> {
  if (noise === undefined) return undefined;
  const how = noiseOptions(noise);
  checkNoiseMetric(metric, { VI }, folds.nFolds, how.perRun);
  const all = Array.from({ length: nSeries }, (_, at) => at);
  const epochs: NoisyEpochs = {
    times,
    eachPart: async (_series, { from, to }, visit) => {
      const pause = pauses(signal, "reading noise");
      const part = new Float64Array(nSeries * (to - from));
      for (let one = 0; one < folds.row.length; one++) {
        for (let s = 0; s < nSeries; s++) {
          const start = (one * nSeries + s) * nSamples;
          part.set(values.subarray(start + from, start + to), s * (to - from));
        }
        visit(part, one);
        if (pause.due()) await pause.turn();
      }
    },
  };
  return readEpochNoise(epochs, folds, nItems, all, { from: 0, to: nSamples }, how, signal);
}

const noTable = {
  column: (name: string): never => {
    throw new ShapeMismatch(
      "one fold an estimate",
      JSON.stringify(name),
      "estimates have no table: give the list",
    );
  },
};

function foldsOf(alignment: Alignment, options: EpochFoldOptions): EpochFolds {
  return epochFolds(noTable, alignment, options);
}
