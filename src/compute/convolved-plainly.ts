import type { Convolution, ConvolvedRows, Wavelet } from "./convolution.ts";

/** What `convolveRows` hands out, row by row in plain code: sums of products of a row with each wavelet. */
export function* convolvedPlainly(convolution: Convolution): Generator<ConvolvedRows> {
  const { data, nRows, nTimes, wavelets, samples, parts } = convolution;
  const size = wavelets.length * samples.length;
  const values = new Float64Array(size);
  const imaginary = new Float64Array(parts === "power" ? 0 : size);
  for (let firstRow = 0; firstRow < nRows; firstRow++) {
    const row = data.subarray(firstRow * nTimes, (firstRow + 1) * nTimes);
    const isKnown = row.every(Number.isFinite);
    wavelets.forEach((wavelet, band) =>
      samples.forEach((sample, k) => {
        const at = band * samples.length + k;
        const [re, im] = isKnown ? sumAt(row, wavelet, sample) : [NaN, NaN];
        values[at] = parts === "power" ? re * re + im * im : re;
        if (parts === "complex") imaginary[at] = im;
      }),
    );
    yield { firstRow, nRows: 1, values, imaginary };
  }
}

/** One sample of a convolution. */
function sumAt(row: Float64Array, { re, im }: Wavelet, sample: number): [number, number] {
  const half = (re.length - 1) / 2;
  let [real, imaginary] = [0, 0];
  for (let t = Math.max(0, sample - half); t < Math.min(row.length, sample + half + 1); t++) {
    real += row[t] * re[sample - t + half];
    imaginary += row[t] * im[sample - t + half];
  }
  return [real, imaginary];
}
