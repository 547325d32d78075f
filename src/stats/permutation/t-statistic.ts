/** Below this share of the sum of squares a difference of sums has lost digits, and is summed anew. */
const CANCELLED = 1e-5;

/**
 * Observations that are the same but for rounding: their variance is below this share of their squares. Such a position
 * has no t; where a relabelling makes one, its t is infinite.
 */
const SAME = 1e-28;

/** Student's t at every position, `NaN` where the observations do not vary, for one way to relabel the observations; written into `out`. */
export type Statistic = (labels: Int8Array, out: Float64Array) => void;

/** t of the mean against 0, each observation times its sign (+1 or −1). Agrees with `scipy.stats.ttest_1samp`. */
export function signedT(data: Float64Array, n: number, nPositions: number): Statistic {
  const squares = sumOfSquares(data, n, nPositions);
  const same = sameWithin([{ data, n }], nPositions);
  return (signs, out) => {
    out.fill(0);
    for (let i = 0; i < n; i++) {
      const sign = signs[i];
      const start = i * nPositions;
      for (let j = 0; j < nPositions; j++) out[j] += sign * data[start + j];
    }
    for (let j = 0; j < nPositions; j++) {
      const mean = out[j] / n;
      // Signs do not change the sum of squares.
      let within = squares[j] - n * mean * mean;
      if (within < CANCELLED * squares[j])
        within = sumAround(data, j, nPositions, n, (i) => [signs[i], mean]);
      out[j] = same[j] ? NaN : mean / Math.sqrt(atLeastRounding(within, squares[j]) / (n - 1) / n);
    }
  };
}

/** t of the difference of two means, pooled variance: group 1 minus group 0. Agrees with `scipy.stats.ttest_ind`. */
export function groupT(data: Float64Array, n: number, nPositions: number): Statistic {
  const squares = sumOfSquares(data, n, nPositions);
  const totals = new Float64Array(nPositions);
  for (let k = 0; k < data.length; k++) totals[k % nPositions] += data[k];
  let same: readonly boolean[] | undefined;
  return (groups, out) => {
    out.fill(0);
    let n1 = 0;
    for (let i = 0; i < n; i++) {
      if (groups[i] === 0) continue;
      n1++;
      const start = i * nPositions;
      for (let j = 0; j < nPositions; j++) out[j] += data[start + j];
    }
    const n0 = n - n1;
    // The first relabelling is the data as they are.
    same ??= sameWithin(samplesOf(data, groups, n, nPositions), nPositions);
    for (let j = 0; j < nPositions; j++) {
      const mean1 = out[j] / n1;
      const mean0 = (totals[j] - out[j]) / n0;
      let within = squares[j] - n1 * mean1 * mean1 - n0 * mean0 * mean0;
      if (within < CANCELLED * squares[j])
        within = sumAround(data, j, nPositions, n, (i) => [1, groups[i] === 1 ? mean1 : mean0]);
      within = atLeastRounding(within, squares[j]);
      out[j] = same[j] ? NaN : (mean1 - mean0) / Math.sqrt((within / (n - 2)) * (1 / n1 + 1 / n0));
    }
  };
}

function atLeastRounding(within: number, squares: number): number {
  return within <= SAME * squares ? 0 : within;
}

interface Sample {
  readonly data: Float64Array;
  readonly n: number;
}

function samplesOf(
  data: Float64Array,
  groups: Int8Array,
  n: number,
  nPositions: number,
): readonly Sample[] {
  return [0, 1].map((group) => {
    const rows = Array.from({ length: n }, (_, i) => i).filter((i) => groups[i] === group);
    const own = new Float64Array(rows.length * nPositions);
    rows.forEach((i, k) =>
      own.set(data.subarray(i * nPositions, (i + 1) * nPositions), k * nPositions),
    );
    return { data: own, n: rows.length };
  });
}

/** Positions where the observations of each sample are the same. */
function sameWithin(samples: readonly Sample[], nPositions: number): boolean[] {
  return Array.from({ length: nPositions }, (_, j) => {
    let [within, squares] = [0, 0];
    for (const { data, n } of samples) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += data[i * nPositions + j];
      within += sumAround(data, j, nPositions, n, () => [1, sum / n]);
      for (let i = 0; i < n; i++) squares += data[i * nPositions + j] ** 2;
    }
    return within <= SAME * squares;
  });
}

/** Sum of the squared distances of one position's signed values from their means. */
function sumAround(
  data: Float64Array,
  j: number,
  nPositions: number,
  n: number,
  signAndMean: (i: number) => readonly [number, number],
): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const [sign, mean] = signAndMean(i);
    sum += (sign * data[i * nPositions + j] - mean) ** 2;
  }
  return sum;
}

function sumOfSquares(data: Float64Array, n: number, nPositions: number): Float64Array {
  const sums = new Float64Array(nPositions);
  for (let i = 0, k = 0; i < n; i++)
    for (let j = 0; j < nPositions; j++, k++) sums[j] += data[k] * data[k];
  return sums;
}
