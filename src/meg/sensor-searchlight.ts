import { InvalidArgument } from "../core/errors.ts";
import type { CosineRegularisation } from "../rdm/cross-validated-cosine.ts";
import type { Metric } from "../rdm/metrics/index.ts";
import type { MetricParams } from "../rdm/metrics/metric.ts";
import { searchlightPatches, type Patch } from "../searchlight/index.ts";
import type { Alignment } from "../table/align.ts";
import type { Epochs } from "./epochs.ts";
import { isLone, loneNote } from "./lone-patches.ts";
import { mixedUnits } from "./mixed-units.ts";
import { whitener, type NoiseCovariance } from "./noise-covariance.ts";
import { pickChannels, type Picks } from "./pick-channels.ts";
import { averageEpochs, whitenPatterns, type SensorPatterns } from "./sensor-patterns.ts";
import {
  radiusInSamples,
  refuseNoCentre,
  searchRange,
  type SampleRange,
  type TimeRange,
} from "./time-range.ts";

/** Where and how data RDMs of sensors are computed. */
export interface SensorSearchlightOptions extends TimeRange, MetricParams, CosineRegularisation {
  /** Which channels; default `"data"`: the good MEG and EEG channels. Types and `"all"` leave out bad channels too. */
  readonly picks?: Picks;
  /** A patch is a window of this radius, in seconds, that slides along time. Default: all samples at once. */
  readonly temporalRadiusS?: number;
  /** A patch is all sensors nearer than this to a sensor, in metres. Default: all sensors at once. */
  readonly spatialRadiusM?: number;
  /** Which sensors may be neighbours: the picked ones (default), or all, bad ones included, as in MNE-RSA. */
  readonly neighbours?: "picks" | "all";
  /** Whiten with this noise covariance (once); with `spatialRadiusM` by the variances alone. */
  readonly noiseCovariance?: NoiseCovariance;
  /** Cross-validate over this many folds, or as many as there are repeats (`"max"`). Default 1: none. */
  readonly nFolds?: number | "max";
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
  readonly patches: readonly Patch[];
  readonly centres: readonly PatchCentre[];
  /** Sensors × times that the patches form; 1 where an axis is pooled. */
  readonly shape: readonly [number, number];
  readonly channels: readonly string[];
  readonly times: Float64Array;
  /** What the reader of the result should know, for example that units are mixed. */
  readonly notes: readonly string[];
  /** Average and whiten the epochs, from which the RDM of any patch follows. */
  readPatterns(): Promise<PatchedPatterns>;
}

/** Average responses with the patches to be cut from them. */
export interface PatchedPatterns {
  readonly patterns: SensorPatterns;
  /** Patches over the channels and samples of `patterns`; the samples are always given. */
  readonly patches: readonly BoundedPatch[];
  /** Samples on either side of a centre; undefined without a temporal searchlight. */
  readonly radius: number | undefined;
  readonly options: SensorSearchlightOptions;
}

/** A patch whose samples are given. */
export interface BoundedPatch extends Patch {
  readonly samples: readonly [from: number, to: number];
}

/** Lay out the patches. Reads nothing yet. */
export function sensorSearchlight(
  epochs: Epochs,
  alignment: Alignment,
  options: SensorSearchlightOptions,
): SensorSearchlight {
  const picks = pickChannels(epochs.info, options.picks, "exclude");
  const range = searchRange(epochs.times, options);
  const allNeighbours = options.spatialRadiusM !== undefined && options.neighbours === "all";
  const channels = allNeighbours ? epochs.info.channels.map((_, at) => at) : picks;
  const patches = patchesOf(epochs, channels, picks, range, options);
  const centres = patches.map((patch) => centreOf(epochs, channels, range, patch));
  const names = [...new Set(centres.map(({ channel }) => channel ?? "rsa"))];
  const times = Float64Array.from(new Set(centres.map(({ timeS }) => timeS)));
  const mixed = options.noiseCovariance === undefined ? mixedUnits(epochs.info, picks) : undefined;
  const lone = centres.filter((_, at) =>
    isLone(bounded(patches[at], range, 0), channels.length, options.metric),
  );
  const note = loneNote(
    lone.map(({ channel }) => channel ?? "rsa"),
    patches.length,
    options.metric,
  );
  const notes = [mixed, note].filter((one) => one !== undefined);
  const readPatterns = async (): Promise<PatchedPatterns> => {
    const samples = samplesNeeded(patches, range);
    const nFolds = foldsWanted(options.nFolds, alignment);
    const averages = await averageEpochs(epochs, alignment, nFolds, channels, samples);
    return {
      patterns: whitened(epochs, averages, channels, picks, options),
      patches: patches.map((patch) => bounded(patch, range, samples.from)),
      radius: radiusOf(epochs, options),
      options,
    };
  };
  return {
    patches,
    centres,
    shape: [names.length, times.length],
    channels: names,
    times,
    notes,
    readPatterns,
  };
}

/** The patch with its samples counted from the first that is read. */
function bounded(patch: Patch, range: SampleRange, first: number): BoundedPatch {
  const [from, to] = patch.samples ?? [range.from, range.to];
  return { ...patch, samples: [from - first, to - first] };
}

function radiusOf(
  epochs: Epochs,
  { temporalRadiusS }: SensorSearchlightOptions,
): number | undefined {
  return temporalRadiusS === undefined
    ? undefined
    : radiusInSamples(temporalRadiusS, epochs.info.sfreqHz);
}

function patchesOf(
  epochs: Epochs,
  channels: readonly number[],
  picks: readonly number[],
  range: SampleRange,
  options: SensorSearchlightOptions,
): Patch[] {
  const { spatialRadiusM } = options;
  const temporalRadius = radiusOf(epochs, options);
  if (temporalRadius !== undefined) refuseNoCentre(epochs.times, options, temporalRadius);
  if (spatialRadiusM !== undefined && !(spatialRadiusM >= 0))
    throw new InvalidArgument(
      "spatialRadiusM",
      spatialRadiusM,
      "give a radius in metres, 0 or more",
    );
  const at = new Map(channels.map((channel, position) => [channel, position]));
  const patches = searchlightPatches(
    { nSeries: channels.length, nSamples: epochs.times.length },
    {
      ...(spatialRadiusM === undefined
        ? {}
        : {
            positions: positionsOf(epochs, channels),
            spatialRadius: spatialRadiusM,
            series: picks.map((pick) => at.get(pick) ?? 0),
          }),
      ...(temporalRadius === undefined ? {} : { temporalRadius }),
      samplesFrom: range.from,
      samplesTo: range.to,
    },
  );
  return [...patches];
}

/** Sensor positions; a sensor whose place is not known cannot have neighbours. */
function positionsOf(epochs: Epochs, channels: readonly number[]): number[][] {
  return channels.map((channel) => {
    const { name, position, type } = epochs.info.channels[channel];
    const known = position.every(Number.isFinite) && position.some((value) => value !== 0);
    if (known) return [...position];
    throw new InvalidArgument(
      `position of ${name}`,
      `${type} at (${position.join(", ")})`,
      "a spatial radius needs sensor positions; pick channels that have one",
    );
  });
}

function centreOf(
  epochs: Epochs,
  channels: readonly number[],
  range: SampleRange,
  patch: Patch,
): PatchCentre {
  const sample = patch.centreSample ?? Math.floor((range.from + range.to) / 2);
  const timeS = epochs.times[Math.min(sample, epochs.times.length - 1)];
  if (patch.centreSeries === undefined) return { timeS };
  return { timeS, channel: epochs.info.channels[channels[patch.centreSeries]].name };
}

/** Windows may reach beyond tmin and tmax: only their centres are restricted. */
function samplesNeeded(patches: readonly Patch[], range: SampleRange): SampleRange {
  let { from, to } = patches[0]?.samples === undefined ? range : { from: Infinity, to: -Infinity };
  for (const { samples = [range.from, range.to] } of patches) {
    from = Math.min(from, samples[0]);
    to = Math.max(to, samples[1]);
  }
  return { from, to };
}

function foldsWanted(nFolds: number | "max" | undefined, { items, index }: Alignment): number {
  if (nFolds !== "max") return nFolds ?? 1;
  return Math.max(1, Math.floor(index.filter((item) => item >= 0).length / items.length));
}

function whitened(
  epochs: Epochs,
  patterns: SensorPatterns,
  channels: readonly number[],
  picks: readonly number[],
  { noiseCovariance, spatialRadiusM }: SensorSearchlightOptions,
): SensorPatterns {
  if (noiseCovariance === undefined) return patterns;
  const whiten = whitener(epochs.info, picks, noiseCovariance, spatialRadiusM !== undefined);
  return whitenPatterns(
    patterns,
    whiten,
    picks.map((pick) => channels.indexOf(pick)),
  );
}
