import { InvalidArgument } from "../core/errors.ts";
import type { CosineRegularisation } from "../rdm/cross-validated-cosine.ts";
import type { Metric } from "../rdm/metrics/index.ts";
import type { MetricParams } from "../rdm/metrics/metric.ts";
import { checkNoiseMetric } from "../searchlight/noise/noise-metric.ts";
import { nearPositions } from "../searchlight/near-positions.ts";
import type { PatchedPatterns } from "../searchlight/patched-patterns.ts";
import { SearchlightPatches, type PatchPlan } from "../searchlight/patches.ts";
import type { Alignment } from "../table/align.ts";
import { epochFolds, type EpochFoldOptions } from "./epoch-folds.ts";
import {
  noiseOptions,
  readEpochNoise,
  type EpochNoiseOptions,
  type EpochNoiseSource,
} from "./epoch-noise.ts";
import type { Epochs } from "./epochs.ts";
import { whitener, type NoiseCovariance } from "./noise-covariance.ts";
import { pickChannels, type Picks } from "./pick-channels.ts";
import { searchlightNotes } from "./searchlight-notes.ts";
import { averageEpochs, whitenPatterns } from "./sensor-patterns.ts";
import {
  centreRange,
  radiusInSamples,
  searchRange,
  type SampleRange,
  type TimeRange,
} from "./time-range.ts";

/** Where and how data RDMs of sensors are computed. */
export interface SensorSearchlightOptions
  extends TimeRange, MetricParams, CosineRegularisation, EpochFoldOptions {
  /** Which channels; default `"data"`: the good MEG and EEG channels. Types and `"all"` leave out bad channels too. */
  readonly picks?: Picks;
  /** A patch is a window of this radius, in seconds, that slides along time. Default: all samples at once. */
  readonly temporalRadiusS?: number;
  /** A patch is all sensors nearer than this to a sensor, in metres. Default: all sensors at once. */
  readonly spatialRadiusM?: number;
  /**
   * Only every so manieth centre, from the first on, for a first look: of the windows along time, or where there is
   * one time, of the sensors. Patches have all their samples and sensors. Default: 1, all.
   */
  readonly every?: number;
  /** Which sensors may be neighbours: the picked ones (default), or all, bad ones included, as in MNE-RSA. */
  readonly neighbours?: "picks" | "all";
  /** Whiten with this noise covariance (once); with `spatialRadiusM` by the variances alone. */
  readonly noiseCovariance?: NoiseCovariance;
  /**
   * For `crossnobis` (which is then divided by channels × samples) and `mahalanobis`: the covariance of the sensors of
   * each patch from what epochs of one item do not share, in `all` samples, those of the `window`, or the `baseline`
   * before 0 s.
   */
  readonly noise?: EpochNoiseSource | EpochNoiseOptions;
  /** Dissimilarity metric; default `correlation`. */
  readonly metric?: Metric | "crossnobis";
}

/** Where one RDM was computed. */
export interface PatchCentre {
  readonly timeS: number;
  /** Name of the sensor in the middle of the patch; undefined when all sensors are pooled. */
  readonly channel?: string;
}

/** All patches over sensors and time. */
export interface SensorSearchlight {
  /** Where each patch is: sensor by sensor, time by time within each. */
  readonly centres: readonly PatchCentre[];
  /** Sensors × times that the patches form; 1 where an axis is pooled. */
  readonly shape: readonly [number, number];
  /** Names of the sensors; `["rsa"]` when all are pooled. */
  readonly channels: readonly string[];
  readonly times: Float64Array;
  /** What the reader of the result should know, for example that units are mixed. */
  readonly notes: readonly string[];
  /** How many patches are a single value, which has no pattern for the metric. */
  readonly nLone: number;
  /** Average and whiten the epochs, from which the RDM of any patch follows. Throws `Cancelled`. */
  readPatterns(signal?: AbortSignal): Promise<PatchedPatterns>;
}

/** Lay out the patches. Reads nothing yet. */
export function sensorSearchlight(
  epochs: Epochs,
  alignment: Alignment,
  options: SensorSearchlightOptions,
): SensorSearchlight {
  const picks = pickChannels(epochs.info, options.picks, "exclude");
  const { space, time } = thinned(
    placesOf(epochs, picks, options),
    timesOf(epochs, options),
    options,
  );
  const { channels, centres: centreSeries } = space;
  const names = centreSeries.map((at) => epochs.info.channels[channels[at]].name);
  const folds = epochFolds(epochs, alignment, options);
  const noise = noiseFor(options, folds.nFolds);
  const patches = new SearchlightPatches({
    axes: { series: 1, samples: 2 },
    nSeries: channels.length,
    nSamples: time.samples.to - time.samples.from,
    space: space.plan,
    time: time.plan,
  });
  const { notes, nLone } = searchlightNotes(epochs, picks, patches, names, options);
  const places = space.plan === undefined ? [undefined] : names;
  return {
    centres: places.flatMap((channel) =>
      Array.from(time.times, (timeS) => centreOf(timeS, channel)),
    ),
    shape: [places.length, time.times.length],
    channels: space.plan === undefined ? ["rsa"] : names,
    times: time.times,
    notes,
    nLone,
    readPatterns: async (signal) => {
      const nItems = alignment.items.length;
      const part = { channels, samples: time.samples };
      const averages = await averageEpochs(epochs, folds, nItems, part, signal);
      const { noiseCovariance, spatialRadiusM } = options;
      if (noise !== undefined) {
        const known = await readEpochNoise(
          epochs,
          folds,
          nItems,
          channels,
          time.samples,
          noise,
          signal,
        );
        return { ...averages, patches, noise: known };
      }
      if (noiseCovariance === undefined) return { ...averages, patches };
      const whiten = whitener(epochs.info, picks, noiseCovariance, spatialRadiusM !== undefined);
      const at = picks.map((pick) => channels.indexOf(pick));
      return { ...(await whitenPatterns(averages, whiten, at, signal)), patches };
    },
  };
}

function centreOf(timeS: number, channel: string | undefined): PatchCentre {
  return channel === undefined ? { timeS } : { timeS, channel };
}

/** Channels that are read, those of them that are centres, and who lies around each; no plan: all pooled. */
interface Places {
  readonly channels: readonly number[];
  readonly centres: readonly number[];
  readonly plan: PatchPlan["space"];
}

function placesOf(
  epochs: Epochs,
  picks: readonly number[],
  { spatialRadiusM: radius, neighbours }: SensorSearchlightOptions,
): Places {
  if (radius === undefined) return { channels: picks, centres: [], plan: undefined };
  if (!(radius >= 0))
    throw new InvalidArgument("spatialRadiusM", radius, "give a radius in metres, 0 or more");
  const all = neighbours === "all";
  const channels = all ? epochs.info.channels.map((_, at) => at) : picks;
  const centres = all ? picks : picks.map((_, at) => at);
  const around = nearPositions(positionsOf(epochs, channels), radius);
  return { channels, centres, plan: { centres: Int32Array.from(centres), around } };
}

/** Samples that are read, the windows in them, and the time of each; no plan: all samples at once. */
interface Times {
  readonly samples: SampleRange;
  readonly times: Float64Array;
  readonly plan: PatchPlan["time"];
}

/** Every so manieth time, or where there is one, sensor. Throws `InvalidArgument` where there is one patch. */
function thinned(
  space: Places,
  time: Times,
  { every = 1 }: SensorSearchlightOptions,
): { readonly space: Places; readonly time: Times } {
  if (every === 1) return { space, time };
  const alongTime = time.times.length > 1 || space.plan === undefined;
  if (time.plan !== undefined && alongTime)
    return {
      space,
      time: {
        ...time,
        times: time.times.filter((_, at) => at % every === 0),
        plan: { ...time.plan, step: every },
      },
    };
  if (space.plan === undefined)
    throw new InvalidArgument(
      "every",
      every,
      "it thins the centres of patches: give temporalRadiusS or spatialRadiusM",
    );
  const centres = space.centres.filter((_, at) => at % every === 0);
  return {
    time,
    space: { ...space, centres, plan: { ...space.plan, centres: Int32Array.from(centres) } },
  };
}

/** Windows may reach beyond tminS and tmaxS: only their centres are restricted. */
function timesOf({ times, info }: Epochs, options: SensorSearchlightOptions): Times {
  const { temporalRadiusS } = options;
  if (temporalRadiusS === undefined) {
    const samples = searchRange(times, options);
    const middle = Math.min(Math.floor((samples.from + samples.to) / 2), times.length - 1);
    return { samples, times: Float64Array.of(times[middle]), plan: undefined };
  }
  const radius = radiusInSamples(temporalRadiusS, info.sfreqHz);
  const { from, to } = centreRange(times, options, radius);
  return {
    samples: { from: from - radius, to: to + radius },
    times: Float64Array.from(times.subarray(from, to)),
    plan: { from: radius, to: radius + to - from, radius },
  };
}

/** Sensor positions; a sensor whose place is not known cannot have neighbours. */
function positionsOf(epochs: Epochs, channels: readonly number[]): Float64Array {
  const positions = channels.flatMap((channel) => {
    const { name, position, type } = epochs.info.channels[channel];
    const known = position.every(Number.isFinite) && position.some((value) => value !== 0);
    if (known) return [...position];
    throw new InvalidArgument(
      `position of ${name}`,
      `${type} at (${position.join(", ")})`,
      "a spatial radius needs sensor positions; pick channels that have one",
    );
  });
  return Float64Array.from(positions);
}

/** How noise is estimated, where a user asks for it. Throws `InvalidArgument`. */
function noiseFor(
  { noise, noiseCovariance, metric, VI }: SensorSearchlightOptions,
  nFolds: number,
): Required<EpochNoiseOptions> | undefined {
  if (noise === undefined) return undefined;
  if (noiseCovariance !== undefined)
    throw new InvalidArgument("noiseCovariance", "given with noise", "pass one of the two");
  const options = noiseOptions(noise);
  checkNoiseMetric(metric, { VI }, nFolds, options.perRun);
  return options;
}
