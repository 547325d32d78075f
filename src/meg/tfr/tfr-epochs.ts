import { InvalidArgument } from "../../core/errors.ts";
import { oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import type { JobOptions } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import type { Convolution, TakeConvolved } from "../../compute/convolution.ts";
import { convolveRows } from "../../compute/convolve-rows.ts";
import { anEpochs, type Epochs } from "../epochs.ts";
import { pickChannels, type Picks } from "../pick-channels.ts";
import { rdmEpochsNames } from "../rdm-epochs.ts";
import { morletNames, morletPlan, type MorletOptions, type MorletPlan } from "./tfr-options.ts";
import { TimeFrequency } from "./time-frequency.ts";

/** What can be read of every epoch: `real` and `imaginary` are the complex parts. */
export const tfrQuantities = ["power", "phase", "real", "imaginary"] as const;

/** The name of such a quantity. */
export type TfrQuantity = (typeof tfrQuantities)[number];

/** What can be read of all epochs together: mean power, and inter-trial coherence (length of the mean phasor). */
export const tfrAverages = ["power", "itc"] as const;

/** The name of such a quantity. */
export type TfrAverage = (typeof tfrAverages)[number];

/** What all transforms of epochs take. */
export interface TfrOptions extends MorletOptions, JobOptions {
  /** Which channels; default `"data"`: the good MEG and EEG channels. */
  readonly picks?: Picks;
}

export const tfrNames: OptionNames<TfrOptions> = {
  ...morletNames,
  picks: rdmEpochsNames.picks,
  ...jobNames,
};

/** What {@link tfrEpochs} takes. */
export interface TfrEpochsOptions extends TfrOptions {
  /** Default: `power`. */
  readonly quantity?: TfrQuantity;
}

const tfrEpochsNames: OptionNames<TfrEpochsOptions> = {
  ...tfrNames,
  quantity: oneOf(tfrQuantities),
};

/** What {@link tfrAverage} takes. */
export interface TfrAverageOptions extends TfrOptions {
  /** Default: `power`. */
  readonly quantity?: TfrAverage;
}

const tfrAverageNames: OptionNames<TfrAverageOptions> = {
  ...tfrNames,
  quantity: oneOf(tfrAverages),
};

/** More would not fit the memory of most machines. */
const MOST_BYTES = 4e9;

/** Some rows convolved become what is asked of them, in the place of the real parts. */
const readers: Readonly<Record<TfrQuantity, (re: Float64Array, im: Float64Array) => Float64Array>> =
  {
    power: (power) => power,
    phase: (re, im) => re.map((value, at) => Math.atan2(im[at], value)),
    real: (re) => re,
    imaginary: (_, im) => im,
  };

/**
 * Morlet power, phase or complex values of every epoch. Agrees with `mne.time_frequency.tfr_array_morlet`, except that the
 * longest wavelet is compared with the length of an epoch, not the first.
 *
 * Nothing is masked at the edges: within `edgeS` of an end values are made of zeros beyond the data as well. Crop after the
 * transform, not before. RSA by frequency needs none of this in memory: see `rsaTfr`.
 *
 * @throws InvalidArgument for a frequency above half of the sampling rate, a wavelet longer than an epoch, or a result that
 *   fits no memory; ShapeMismatch; Cancelled.
 * @example
 * import { epochsFromArray, tfrEpochs } from "tsrsa";
 * const data = Float64Array.from({ length: 200 }, (_, t) => Math.sin((2 * Math.PI * 10 * t) / 100));
 * const epochs = epochsFromArray({ data, shape: [1, 1, 200] }, { sfreqHz: 100 });
 * const power = await tfrEpochs(epochs, { freqsHz: [10, 40], nCycles: 5, onProgress: false });
 * power.data[100] > 100 * power.data[300]; // true
 */
export async function tfrEpochs(epochs: Epochs, options: TfrEpochsOptions): Promise<TimeFrequency> {
  anEpochs(epochs, "epochs");
  checkOptions(options, tfrEpochsNames);
  const { quantity = "power" } = options;
  const signals = await readSignals(epochs, options);
  const { plan, nEpochs, channels } = signals;
  const [nF, nT] = [plan.bands.length, plan.samples.length];
  refuseTooLarge(nEpochs * channels.length * nF * nT);
  const data = new Float64Array(nEpochs * channels.length * nF * nT);
  const parts = quantity === "power" ? "power" : "complex";
  await eachPart(signals, parts, options, ({ firstRow, values, imaginary }) =>
    data.set(readers[quantity](values, imaginary), firstRow * nF * nT),
  );
  return timeFrequency(data, nEpochs, signals, quantity);
}

/**
 * Mean Morlet power over epochs (total power), or inter-trial coherence. Agrees with `tfr_array_morlet` and its outputs
 * `avg_power` and `itc`. Power of the mean of epochs (evoked power) answers another question: average first.
 *
 * @throws as {@link tfrEpochs}.
 * @example
 * import { epochsFromArray, tfrAverage } from "tsrsa";
 * const wave = (phase: number) => Array.from({ length: 100 }, (_, t) => Math.sin((2 * Math.PI * 10 * t) / 100 + phase));
 * const data = Float64Array.from([...wave(0), ...wave(Math.PI)]);
 * const epochs = epochsFromArray({ data, shape: [2, 1, 100] }, { sfreqHz: 100 });
 * const itc = await tfrAverage(epochs, { freqsHz: [10], nCycles: 3, quantity: "itc", onProgress: false });
 * itc.data[50] < 1e-6; // true
 */
export async function tfrAverage(
  epochs: Epochs,
  options: TfrAverageOptions,
): Promise<TimeFrequency> {
  anEpochs(epochs, "epochs");
  checkOptions(options, tfrAverageNames);
  const { quantity = "power" } = options;
  const signals = await readSignals(epochs, options);
  const { plan, nEpochs, channels } = signals;
  const [nF, nT, nC] = [plan.bands.length, plan.samples.length, channels.length];
  const data = new Float64Array(nC * nF * nT);
  const width = nF * nT;
  const other = new Float64Array(quantity === "itc" ? data.length : 0);
  const parts = quantity === "power" ? "power" : "complex";
  await eachPart(signals, parts, options, ({ firstRow, nRows, values, imaginary }) => {
    for (let row = 0, at = 0; row < nRows; row++) {
      const first = ((firstRow + row) % nC) * width;
      for (let to = first; to < first + width; to++, at++) {
        if (quantity === "power") {
          data[to] += values[at] / nEpochs;
          continue;
        }
        const length = Math.sqrt(values[at] * values[at] + imaginary[at] * imaginary[at]);
        data[to] += values[at] / length / nEpochs;
        other[to] += imaginary[at] / length / nEpochs;
      }
    }
  });
  other.forEach((im, at) => (data[at] = Math.hypot(data[at], im)));
  const name = quantity === "itc" ? "inter-trial coherence" : `mean power of ${nEpochs} epochs`;
  return timeFrequency(data, 1, signals, name);
}

/** Time courses of all epochs and channels, and how they are transformed. */
export interface Signals {
  /** Epochs × channels × samples, C order. */
  readonly data: Float64Array;
  readonly nEpochs: number;
  readonly channels: readonly string[];
  readonly nTimes: number;
  readonly plan: MorletPlan;
}

/** Read the epochs whole: an edge needs the samples beside it. Throws as {@link tfrEpochs}. */
export async function readSignals(epochs: Epochs, options: TfrOptions): Promise<Signals> {
  if ((options.freqsHz as unknown) === undefined)
    throw new InvalidArgument(
      "freqsHz",
      undefined,
      "give the frequencies in Hz, for example [6, 10, 20]",
    );
  const { info, times } = epochs;
  const plan = morletPlan(options, info.sfreqHz, times);
  const picks = pickChannels(info, options.picks, "exclude");
  const width = picks.length * times.length;
  refuseTooLarge(epochs.length * width);
  const data = new Float64Array(epochs.length * width);
  await epochs.eachPart(picks, { from: 0, to: times.length }, (part, first) =>
    data.set(part, first * width),
  );
  const channels = picks.map((at) => info.channels[at].name);
  return { data, nEpochs: epochs.length, channels, nTimes: times.length, plan };
}

/** All epochs convolved with the wavelets of all frequencies, some channels of epochs at a time. Throws `Cancelled`. */
async function eachPart(
  { data, nEpochs, channels, nTimes, plan }: Signals,
  parts: Convolution["parts"],
  options: JobOptions,
  take: TakeConvolved,
): Promise<void> {
  const line = reporter(options, "epochs", nEpochs);
  const wavelets = plan.bands.map(({ wavelet }) => wavelet);
  const nRows = nEpochs * channels.length;
  await convolveRows(
    { data, nRows, nTimes, wavelets, samples: plan.samples, parts },
    (some) => {
      take(some);
      line.update(Math.floor((some.firstRow + some.nRows) / channels.length));
    },
    options,
  );
  line.finish();
}

function timeFrequency(
  data: Float64Array,
  nRows: number,
  { channels, plan }: Signals,
  quantity: string,
): TimeFrequency {
  return new TimeFrequency({
    data,
    nRows,
    channels,
    freqsHz: Float64Array.from(plan.bands, ({ freqHz }) => freqHz),
    times: plan.times,
    quantity,
    edgeS: Float64Array.from(plan.bands, ({ edgeS }) => edgeS),
    fwhmS: Float64Array.from(plan.bands, ({ fwhmS }) => fwhmS),
  });
}

function refuseTooLarge(count: number): void {
  if (count * 8 <= MOST_BYTES) return;
  throw new InvalidArgument(
    "epochs",
    `${(count * 8) / 1e9} GB of them`,
    "take fewer epochs, channels or frequencies, or decim; rsaTfr goes frequency by frequency",
  );
}
