import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import {
  either,
  finite,
  flag,
  kind,
  list,
  listOf,
  oneOf,
  positive,
  whole,
} from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { Wavelet } from "../../compute/convolution.ts";
import { fwhmS, morletWavelet, sigmaS } from "./morlet-wavelet.ts";

/** How time courses are taken apart into frequencies. */
export interface MorletOptions {
  /** Frequencies in Hz, above 0 and below half of the sampling rate. */
  readonly freqsHz: ArrayLike<number>;
  /** Cycles of the wavelets, one number or one a frequency. More: sharper in frequency, blurred in time. Default: 7. */
  readonly nCycles?: number | ArrayLike<number>;
  /** Whether wavelets do not answer to a constant. Default: true, as `tfr_array_morlet`. */
  readonly zeroMean?: boolean;
  /** Keep every so manieth sample, after the convolution; or `[from, to, every]`, samples counted from 0. Default: 1. */
  readonly decim?: number | readonly [from: number, to: number, every: number];
}

export const morletNames: OptionNames<MorletOptions> = {
  freqsHz: listOf(positive),
  nCycles: either(positive, listOf(positive)),
  zeroMean: flag,
  decim: either(whole(1), list),
};

/** A time range against which power is taken. */
export interface TfrBaseline {
  /**
   * `mean`: minus the baseline's mean; `ratio`: divided by it; `logratio`: log10 of that; `percent`: (power − mean) / mean;
   * `zscore`: (power − mean) / standard deviation (ddof 0); `zlogratio`: log10 ratio / its standard deviation.
   */
  readonly mode: TfrBaselineMode;
  /** Ends in seconds, both included. Default: the ends of the data. */
  readonly fromS?: number;
  readonly toS?: number;
}

/** Ways to take power against a baseline. */
export const tfrBaselineModes = [
  "mean",
  "ratio",
  "logratio",
  "percent",
  "zscore",
  "zlogratio",
] as const;

/** The name of such a way. */
export type TfrBaselineMode = (typeof tfrBaselineModes)[number];

const baselineNames: OptionNames<TfrBaseline> = {
  mode: oneOf(tfrBaselineModes, "baseline mode"),
  fromS: finite,
  toS: finite,
};

/** A baseline of a user. Throws `UnknownOption`, `InvalidArgument`. */
export function checkBaseline(baseline: unknown, argument = "baseline"): void {
  kind("{ mode, fromS, toS }", (value) => typeof value === "object" && value !== null)(
    baseline,
    argument,
  );
  checkOptions(baseline as TfrBaseline, baselineNames);
  if ((baseline as Partial<TfrBaseline>).mode === undefined)
    throw new InvalidArgument(
      `${argument}.mode`,
      undefined,
      `give one of ${tfrBaselineModes.join(", ")}`,
    );
}

/** One frequency with its wavelet. */
export interface FrequencyBand {
  readonly freqHz: number;
  readonly nCycles: number;
  readonly wavelet: Wavelet;
  /** Samples this near to an end of the data are made of zeros beyond it as well: five standard deviations. */
  readonly edgeS: number;
  readonly fwhmS: number;
}

/** How the transform goes, and which of its samples are kept. */
export interface MorletPlan {
  readonly bands: readonly FrequencyBand[];
  readonly samples: Int32Array;
  readonly times: Float64Array;
}

/**
 * Lay the transform out. Every wavelet is looked at, where MNE looks at the first alone.
 *
 * @throws InvalidArgument for a frequency above half of the sampling rate or a wavelet longer than the data; ShapeMismatch
 *   for other numbers of cycles than frequencies.
 */
export function morletPlan(
  { freqsHz, nCycles = 7, zeroMean = true, decim = 1 }: MorletOptions,
  sfreqHz: number,
  times: Float64Array,
): MorletPlan {
  const freqs = Array.from(freqsHz);
  if (freqs.length === 0)
    throw new InvalidArgument("freqsHz", "none", "give at least one frequency");
  const cycles = typeof nCycles === "number" ? freqs.map(() => nCycles) : Array.from(nCycles);
  if (cycles.length !== freqs.length)
    throw new ShapeMismatch(
      `${freqs.length} nCycles, one a frequency`,
      `${cycles.length}`,
      "give one number for all, or one for each",
    );
  const bands = freqs.map((freqHz, at) =>
    bandOf(freqHz, cycles[at], zeroMean, sfreqHz, times.length),
  );
  const samples = samplesOf(decim, times.length);
  return { bands, samples, times: Float64Array.from(samples, (sample) => times[sample]) };
}

function bandOf(
  freqHz: number,
  nCycles: number,
  zeroMean: boolean,
  sfreqHz: number,
  nTimes: number,
): FrequencyBand {
  if (freqHz > sfreqHz / 2)
    throw new InvalidArgument(
      "freqsHz",
      freqHz,
      `give frequencies up to ${sfreqHz / 2} Hz, half of the sampling rate`,
    );
  const wavelet = morletWavelet(sfreqHz, freqHz, nCycles, zeroMean);
  const { length } = wavelet.re;
  if (length > nTimes)
    throw new InvalidArgument(
      "freqsHz",
      freqHz,
      `its wavelet of ${nCycles} cycles has ${length} samples, more than the ${nTimes} of an epoch; take fewer cycles, higher frequencies or longer epochs`,
    );
  return {
    freqHz,
    nCycles,
    wavelet,
    edgeS: 5 * sigmaS(freqHz, nCycles),
    fwhmS: fwhmS(freqHz, nCycles),
  };
}

function samplesOf(decim: MorletOptions["decim"] & {}, nTimes: number): Int32Array {
  const [from, to, every] = typeof decim === "number" ? [0, nTimes, decim] : decim;
  const whole = [from, to, every].every(Number.isInteger);
  if (!whole || from < 0 || to > nTimes || from >= to || every < 1)
    throw new InvalidArgument(
      "decim",
      decim,
      `give a step, or [from, to, every] within the ${nTimes} samples`,
    );
  return Int32Array.from({ length: Math.ceil((to - from) / every) }, (_, at) => from + at * every);
}
