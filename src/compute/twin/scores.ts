import { averageRanks } from "../average-ranks.ts";
import { float64At, parameters, type TwinMemory } from "./memory.ts";

/** Twin of `assembly/ranks.ts`. */
export function rankVectors(memory: TwinMemory, params: number, block: number): void {
  const [n, values, ranks, ties] = parameters(memory, params);
  const ranked = ranksOrNaN(float64At(memory, values + block * n * 8, n));
  float64At(memory, ranks + block * n * 8, n).set(ranked.ranks);
  float64At(memory, ties, block + 1)[block] = ranked.tieSum;
}

/** Ranks, all NaN when a value is. */
export function ranksOrNaN(values: Float64Array): { ranks: Float64Array; tieSum: number } {
  if (!values.some(Number.isNaN)) return averageRanks(values);
  return { ranks: new Float64Array(values.length).fill(NaN), tieSum: NaN };
}

/** Twin of `assembly/scores.ts`. */
export function scoreVectors(memory: TwinMemory, params: number, block: number): void {
  const [n, nModels, ranked, values, models, out, vectorBytes] = parameters(memory, params);
  const x = float64At(memory, values + block * vectorBytes, n);
  const scores = float64At(memory, out + block * (nModels + 1) * 8, nModels + 1);
  scoreVector(x, ranked !== 0, (m) => float64At(memory, models + m * n * 8, n), scores);
}

/** Squared norm and products of one vector; `scores` is one longer than there are models. */
export function scoreVector(
  values: Float64Array,
  ranked: boolean,
  model: (m: number) => Float64Array,
  scores: Float64Array,
): void {
  const n = values.length;
  let x = values;
  let mean = 0.5 * (n + 1);
  if (ranked) {
    const { ranks, tieSum } = ranksOrNaN(x);
    x = ranks;
    scores[0] = (n * n * n - n - tieSum) / 12;
  } else {
    mean = streamSum(n, (k) => values[k]) / n;
    const square = streamSum(n, (k) => (values[k] - mean) * (values[k] - mean));
    const noise = 4.440892098500626e-16 * mean;
    scores[0] = square <= n * (noise * noise) ? 0 : square;
  }
  for (let m = 0; m + 1 < scores.length; m++) {
    const y = model(m);
    scores[m + 1] = streamSum(n, (k) => (x[k] - mean) * y[k]);
  }
}

/** A sum in four interleaved streams, as SIMD adds. */
function streamSum(n: number, term: (k: number) => number): number {
  const whole = n - (n % 4);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let k = 0; k < whole; k += 4) {
    s0 += term(k);
    s1 += term(k + 1);
    s2 += term(k + 2);
    s3 += term(k + 3);
  }
  let total = s0 + s2 + (s1 + s3);
  for (let k = whole; k < n; k++) total += term(k);
  return total;
}
