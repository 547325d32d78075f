import type { Random } from "../../src/core/random.ts";

const nSources = 12;
/** How slow the noise is: its correlation from one sample to the next. */
const memory = 0.92;

/** Noise of one epoch at a time: channels × samples, SD about 1 in every channel, written over `out`. */
export interface NoiseModel {
  fill(out: Float64Array): void;
}

/** Slow noise, half of it from sources that many channels see, half of each channel's own. */
export function noiseModel(nChannels: number, nSamples: number, random: Random): NoiseModel {
  const mix = Float64Array.from(
    { length: nChannels * nSources },
    () => random.normal() / Math.sqrt(nSources),
  );
  const sources = new Float64Array(nSources * nSamples);
  return {
    fill: (out) => {
      slowNoise(sources, nSamples, random);
      slowNoise(out, nSamples, random);
      for (let c = 0; c < nChannels; c++) mixInto(out, c, mix, sources, nSamples);
    },
  };
}

/** Rows of first-order autoregressive noise of SD 1. */
function slowNoise(out: Float64Array, nSamples: number, random: Random): void {
  const fresh = Math.sqrt(1 - memory ** 2);
  for (let start = 0; start < out.length; start += nSamples) {
    let value = random.normal();
    for (let t = 0; t < nSamples; t++) {
      out[start + t] = value;
      value = memory * value + fresh * random.normal();
    }
  }
}

function mixInto(
  out: Float64Array,
  channel: number,
  mix: Float64Array,
  sources: Float64Array,
  n: number,
): void {
  const row = out.subarray(channel * n, (channel + 1) * n);
  for (let t = 0; t < n; t++) row[t] *= Math.SQRT1_2;
  for (let s = 0; s < nSources; s++) {
    const weight = mix[channel * nSources + s] * Math.SQRT1_2;
    for (let t = 0; t < n; t++) row[t] += weight * sources[s * n + t];
  }
}
