import type { Random } from "../../../src/core/random.ts";
import type { HeadModel } from "./head-model.ts";
import { nPatterns } from "./planted-fields.ts";

/** Where and when the planted codes are, and how strong. Times in seconds; strengths against noise of SD 1. */
export const planted = {
  pixels: { peakS: 0.1, widthS: 0.035, strength: 0.115 },
  network: { peakS: 0.28, widthS: 0.07, strength: 0.062 },
  common: { strength: 0.6 },
} as const;

/** The signal of one stimulus in every channel and sample, in units of the noise's SD. */
export interface ResponseModel {
  add(out: Float64Array, stimulus: number): void;
}

/**
 * Planted responses: the early part of the response carries the pixels of the stimulus, the later part its embedding,
 * each through fields that its place on the cortex can make; a common evoked response comes with every stimulus.
 *
 * @param pixels - stimuli × dimensions, what the early code carries.
 * @param network - stimuli × dimensions, what the later code carries.
 * @param patterns - fields of the two places over the MEG sensors, which are the first channels.
 */
export function responseModel(
  pixels: Float64Array,
  network: Float64Array,
  nDimensions: number,
  patterns: HeadModel["patterns"],
  nChannels: number,
  times: Float64Array,
  random: Random,
): ResponseModel {
  const topographies = (of: Float64Array, count = nDimensions) =>
    mixed(of, count, nChannels, random);
  const codes = [
    {
      latent: pixels,
      topography: topographies(patterns.pixels),
      course: times.map((t) => bump(t, planted.pixels)),
      ...planted.pixels,
    },
    {
      latent: network,
      topography: topographies(patterns.network),
      course: times.map((t) => bump(t, planted.network)),
      ...planted.network,
    },
  ];
  const evoked = topographies(patterns.pixels, 1);
  const evokedLater = topographies(patterns.network, 1);
  const early = times.map((t) => bump(t, { peakS: 0.1, widthS: 0.025 }));
  const later = times.map((t) => bump(t, { peakS: 0.17, widthS: 0.04 }));
  return {
    add: (out, stimulus) => {
      for (const code of codes) {
        const pattern = patternOf(code.latent, stimulus, code.topography, nDimensions, nChannels);
        addOuter(out, pattern, code.course, code.strength);
      }
      addOuter(out, evoked, early, planted.common.strength);
      addOuter(out, evokedLater, later, planted.common.strength);
    },
  };
}

/** Random mixtures of patterns (of the first channels; the others measure nothing): so many × channels. */
function mixed(
  patterns: Float64Array,
  count: number,
  nChannels: number,
  random: Random,
): Float64Array {
  const nMeg = patterns.length / nPatterns;
  const out = new Float64Array(count * nChannels);
  for (let d = 0; d < count; d++)
    for (let k = 0; k < nPatterns; k++) {
      const weight = random.normal();
      for (let c = 0; c < nMeg; c++) out[d * nChannels + c] += weight * patterns[k * nMeg + c];
    }
  return out;
}

function bump(t: number, { peakS, widthS }: { peakS: number; widthS: number }): number {
  return t < 0.03 ? 0 : Math.exp(-0.5 * ((t - peakS) / widthS) ** 2);
}

function patternOf(
  latent: Float64Array,
  stimulus: number,
  topography: Float64Array,
  k: number,
  nChannels: number,
): Float64Array {
  const pattern = new Float64Array(nChannels);
  for (let d = 0; d < k; d++) {
    const value = latent[stimulus * k + d];
    for (let c = 0; c < nChannels; c++) pattern[c] += value * topography[d * nChannels + c];
  }
  return pattern;
}

function addOuter(
  out: Float64Array,
  pattern: Float64Array,
  course: Float64Array,
  strength: number,
): void {
  const n = course.length;
  for (let c = 0; c < pattern.length; c++) {
    const value = pattern[c] * strength;
    for (let t = 0; t < n; t++) out[c * n + t] += value * course[t];
  }
}

/**
 * What two stimuli share, in few dimensions: rows are centred, scaled to length 1 and projected at random, which keeps
 * their correlations.
 */
export function latentsOf(
  rows: ArrayLike<number>,
  nRows: number,
  nDimensions: number,
  random: Random,
): Float64Array {
  const width = rows.length / nRows;
  const directions = Float64Array.from({ length: width * nDimensions }, () => random.normal());
  const out = new Float64Array(nRows * nDimensions);
  for (let i = 0; i < nRows; i++) {
    const unit = centredUnit(rows, i * width, width);
    for (let j = 0; j < width; j++) {
      const value = unit[j];
      for (let d = 0; d < nDimensions; d++)
        out[i * nDimensions + d] += value * directions[j * nDimensions + d];
    }
  }
  return withoutColumnMeans(out, nRows, nDimensions);
}

function centredUnit(rows: ArrayLike<number>, start: number, width: number): Float64Array {
  let sum = 0;
  for (let j = 0; j < width; j++) sum += rows[start + j];
  const unit = new Float64Array(width);
  let squares = 0;
  for (let j = 0; j < width; j++) {
    unit[j] = rows[start + j] - sum / width;
    squares += unit[j] ** 2;
  }
  const length = Math.sqrt(squares);
  return unit.map((value) => value / length);
}

/** Without the part all stimuli share, and scaled to a variance of 1 over all. */
function withoutColumnMeans(rows: Float64Array, nRows: number, width: number): Float64Array {
  const mean = new Float64Array(width);
  rows.forEach((value, at) => (mean[at % width] += value / nRows));
  const centred = rows.map((value, at) => value - mean[at % width]);
  const sd = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0) / centred.length);
  return centred.map((value) => value / sd);
}
