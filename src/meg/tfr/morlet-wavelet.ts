import type { Wavelet } from "../../compute/convolution.ts";

/** Standard deviation of the Gaussian of a Morlet wavelet, in seconds. */
export function sigmaS(freqHz: number, nCycles: number): number {
  return nCycles / (2 * Math.PI * freqHz);
}

/** How long a Morlet wavelet is at half of its height, in seconds (Cohen 2019): times nearer than this blur. */
export function fwhmS(freqHz: number, nCycles: number): number {
  return (nCycles * Math.sqrt(2 * Math.LN2)) / (Math.PI * freqHz);
}

/**
 * A Morlet wavelet as `mne.time_frequency.morlet` makes it: a complex oscillation under a Gaussian that is cut at five
 * standard deviations, with norm √2.
 *
 * @param zeroMean - take off the offset that makes a wavelet of few cycles answer to a constant.
 */
export function morletWavelet(
  sfreqHz: number,
  freqHz: number,
  nCycles: number,
  zeroMean: boolean,
): Wavelet {
  const sigma = sigmaS(freqHz, nCycles);
  // As numpy's arange(0, 5 σ, 1 / sfreq) counts.
  const half = Math.ceil((5 * sigma) / (1 / sfreqHz)) - 1;
  const offset = zeroMean ? Math.exp(-2 * (Math.PI * freqHz * sigma) ** 2) : 0;
  const re = new Float64Array(2 * half + 1);
  const im = new Float64Array(2 * half + 1);
  for (let k = -half; k <= half; k++) {
    const t = k * (1 / sfreqHz);
    const envelope = Math.exp(-(t * t) / (2 * sigma * sigma));
    re[k + half] = envelope * (Math.cos(2 * Math.PI * freqHz * t) - offset);
    im[k + half] = envelope * Math.sin(2 * Math.PI * freqHz * t);
  }
  const squares = re.reduce((sum, value, k) => sum + value * value + im[k] * im[k], 0);
  const scale = 1 / (Math.SQRT1_2 * Math.sqrt(squares));
  return { re: re.map((value) => value * scale), im: im.map((value) => value * scale) };
}
