import { matrixProduct } from "../../compute/matrix-product.ts";
import type { JobOptions } from "../../core/job.ts";
import type { Wavelet } from "./morlet-wavelet.ts";

/** Time courses, one a row. */
export interface Rows {
  readonly data: Float64Array;
  readonly nRows: number;
  readonly nTimes: number;
}

/** Convolved time courses: rows × samples, real and imaginary. */
export interface ComplexRows {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Fewer samples at a time are not worth a product of matrices. */
const LEAST_AT_ONCE = 64;

/**
 * Time courses convolved with a wavelet, zeros outside of the data, at some samples: for each stretch of samples a product
 * of the data beneath it with shifted wavelets, on all threads.
 *
 * @param samples - which samples of the convolution are wanted, ascending.
 * @throws Cancelled, WorkerFailed, OutOfMemory.
 */
export async function convolveRows(
  rows: Rows,
  wavelet: Wavelet,
  samples: Int32Array,
  job: Pick<JobOptions, "signal" | "jobs">,
): Promise<ComplexRows> {
  const { nRows, nTimes } = rows;
  const half = (wavelet.re.length - 1) / 2;
  const out = {
    re: new Float64Array(nRows * samples.length),
    im: new Float64Array(nRows * samples.length),
  };
  const step = samples.length > 1 ? samples[1] - samples[0] : 1;
  const atOnce = Math.max(LEAST_AT_ONCE, Math.ceil((2 * half + 1) / step));
  for (let first = 0; first < samples.length; first += atOnce) {
    const some = samples.subarray(first, first + atOnce);
    const from = Math.max(0, some[0] - half);
    const to = Math.min(nTimes, some[some.length - 1] + half + 1);
    const product = await matrixProduct(
      {
        left: beneath(rows, from, to),
        nRows,
        k: to - from,
        right: shifted(wavelet, some, from, to),
        nColumns: 2 * some.length,
      },
      job,
    );
    for (let row = 0; row < nRows; row++) {
      const at = row * 2 * some.length;
      out.re.set(product.subarray(at, at + some.length), row * samples.length + first);
      out.im.set(
        product.subarray(at + some.length, at + 2 * some.length),
        row * samples.length + first,
      );
    }
  }
  return out;
}

/** Samples `from` to `to` of every row. */
function beneath({ data, nRows, nTimes }: Rows, from: number, to: number): Float64Array {
  if (from === 0 && to === nTimes) return data;
  const width = to - from;
  const out = new Float64Array(nRows * width);
  for (let row = 0; row < nRows; row++)
    out.set(data.subarray(row * nTimes + from, row * nTimes + to), row * width);
  return out;
}

/** For each sample the wavelet turned round and shifted to it: samples of the data × (real parts, imaginary parts). */
function shifted({ re, im }: Wavelet, samples: Int32Array, from: number, to: number): Float64Array {
  const half = (re.length - 1) / 2;
  const n = samples.length;
  const out = new Float64Array((to - from) * 2 * n);
  samples.forEach((sample, column) => {
    for (let t = Math.max(from, sample - half); t < Math.min(to, sample + half + 1); t++) {
      const k = sample - t + half;
      out[(t - from) * 2 * n + column] = re[k];
      out[(t - from) * 2 * n + n + column] = im[k];
    }
  });
  return out;
}
