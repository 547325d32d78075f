import { finite, number, oneOf, positive, whole } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { logGamma } from "../../stats/log-gamma.ts";
import { roundHalfEven } from "../../stats/round-half-even.ts";

const kernelNames = [
  "spm",
  "spm_derivative",
  "spm_dispersion",
  "glover",
  "glover_derivative",
  "glover_dispersion",
] as const;

/** A haemodynamic response function, or its derivative by time or by dispersion. */
export type HrfKernel = (typeof kernelNames)[number];

/** How a haemodynamic response function is sampled. */
export interface HrfOptions {
  /** Seconds from volume to volume. */
  readonly tr: number;
  /** Samples a volume. Default 50. */
  readonly oversampling?: number;
  /** How long the response is, in seconds. Default 32. */
  readonly timeLengthS?: number;
  /** When it begins, in seconds. Default 0. */
  readonly onsetS?: number;
}

const hrfNames: OptionNames<HrfOptions> = {
  tr: positive,
  oversampling: whole(1),
  timeLengthS: positive,
  onsetS: finite,
};

/** A response as the difference of two gamma densities. */
interface GammaShape {
  readonly delay: number;
  readonly undershoot: number;
  readonly dispersion: number;
  readonly undershootDispersion: number;
  readonly ratio: number;
}

const shapes = {
  spm: { delay: 6, undershoot: 16, dispersion: 1, undershootDispersion: 1, ratio: 0.167 },
  glover: { delay: 6, undershoot: 12, dispersion: 0.9, undershootDispersion: 0.9, ratio: 0.48 },
} as const satisfies Record<string, GammaShape>;

/**
 * Samples of a haemodynamic response function, which sum to 1; or how it changes with its onset or its dispersion.
 * Agrees with nilearn's `spm_hrf`, `glover_hrf` and their derivatives.
 *
 * @throws UnknownOption; InvalidArgument.
 * @example
 * import { hrf } from "tsrsa";
 * const samples = hrf("glover", { tr: 2, oversampling: 1 });
 * [samples.length, samples.indexOf(Math.max(...samples))]; // [ 16, 3 ]
 */
export function hrf(kernel: HrfKernel, options: HrfOptions): Float64Array {
  oneOf(kernelNames)(kernel, "kernel");
  checkOptions(options, hrfNames);
  positive(options.tr, "tr");
  const [shape, change] = kernel.split("_") as ["spm" | "glover", string | undefined];
  const sampling = { oversampling: 50, timeLengthS: 32, onsetS: 0, ...known(options) };
  const { onsetS } = sampling;
  const here = gammaDifference(shapes[shape], sampling);
  if (change === undefined) return here;
  if (change === "derivative")
    return slope(here, gammaDifference(shapes[shape], { ...sampling, onsetS: onsetS + 0.1 }), 0.1);
  // In nilearn the undershoot of Glover's response has dispersion 1 here, and the response itself too.
  const own = { ...shapes[shape], undershootDispersion: 1 };
  const wider = { ...own, dispersion: own.dispersion + 0.01 };
  return slope(gammaDifference(own, sampling), gammaDifference(wider, sampling), 0.01);
}

function known(options: HrfOptions): HrfOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as HrfOptions;
}

function slope(from: Float64Array, to: Float64Array, step: number): Float64Array {
  return from.map((value, at) => (value - to[at]) / step);
}

function gammaDifference(shape: GammaShape, sampling: Required<HrfOptions>): Float64Array {
  number(sampling.onsetS, "onsetS");
  const { tr, oversampling, timeLengthS, onsetS } = sampling;
  const { delay, undershoot, dispersion, undershootDispersion, ratio } = shape;
  const dt = tr / oversampling;
  const n = roundHalfEven(timeLengthS / dt);
  const step = n > 1 ? timeLengthS / (n - 1) : 0;
  const values = Float64Array.from({ length: n }, (_, at) => {
    const time = (at === n - 1 && n > 1 ? timeLengthS : at * step) - onsetS - dt;
    return (
      gammaDensity(time, delay / dispersion, dispersion) -
      ratio * gammaDensity(time, undershoot / undershootDispersion, undershootDispersion)
    );
  });
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}

function gammaDensity(x: number, shape: number, scale: number): number {
  if (x <= 0) return 0;
  return Math.exp((shape - 1) * Math.log(x / scale) - x / scale - logGamma(shape)) / scale;
}
