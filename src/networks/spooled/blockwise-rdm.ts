import { gramProducts } from "../../compute/gram-rdm.ts";
import { withoutNoise } from "../../compute/exact-correlation.ts";
import { pauses, type JobOptions } from "../../core/job.ts";
import type { SpooledRows } from "./spooled-rows.ts";

/** Dissimilarities that sums over blocks of features give. */
export type BlockwiseMetric = "correlation" | "cosine" | "euclidean" | "sqeuclidean";

/** Names of {@link BlockwiseMetric}. */
export const blockwiseMetrics: readonly string[] = [
  "correlation",
  "cosine",
  "euclidean",
  "sqeuclidean",
];

/** What a block of features of all rows may take; the kernels take as much again. */
const blockBytes = 16 * 2 ** 20;

/**
 * Condensed dissimilarities of rows of which a block of features at a time is in memory: products of all pairs, summed
 * over blocks in float64. Agrees with `computeRdm` to 1e-12; squared distances that would lose digits in a difference
 * of products are computed from the differences.
 */
export async function blockwiseRdm(
  rows: SpooledRows,
  metric: BlockwiseMetric,
  job: JobOptions,
  bytes = blockBytes,
): Promise<Float64Array> {
  const n = rows.count;
  const sums = new PairSums(n);
  const pause = pauses(job.signal, "RDMs of layers");
  const width = Math.max(1, Math.floor(bytes / 8 / Math.max(1, n)));
  for (let from = 0; from < rows.nFeatures; from += width) {
    const to = Math.min(rows.nFeatures, from + width);
    const block = await blockOf(rows, metric, from, to);
    sums.add(await gramProducts(block, n, to - from, { signal: job.signal, jobs: job.jobs }));
    if (pause.due()) await pause.turn();
  }
  return metric === "correlation" || metric === "cosine"
    ? angles(sums, rows, metric)
    : distances(sums, rows, metric, job);
}

/** Sums of products: each pair once, as the RDM has it, which takes their place. */
class PairSums {
  readonly pairs: Float64Array;
  readonly squares: Float64Array;

  constructor(n: number) {
    this.pairs = new Float64Array((n * (n - 1)) / 2);
    this.squares = new Float64Array(n);
  }

  /** Add those of a block, n × n. */
  add(products: Float64Array): void {
    const n = this.squares.length;
    for (let i = 0, k = 0; i < n; i++) {
      this.squares[i] += products[i * n + i];
      for (let j = i + 1; j < n; j++, k++) this.pairs[k] += products[i * n + j];
    }
  }
}

/** Features from one to another of all rows, centred so that no digits are lost. */
async function blockOf(rows: SpooledRows, metric: BlockwiseMetric, from: number, to: number) {
  const [n, width] = [rows.count, to - from];
  const block = new Float64Array(n * width);
  for (let row = 0; row < n; row++) {
    const part = await rows.part(row, from, to);
    const mean = metric === "correlation" ? rows.mean(row) : 0;
    for (let f = 0; f < width; f++) block[row * width + f] = part[f] - mean;
  }
  if (metric === "euclidean" || metric === "sqeuclidean") centreColumns(block, n, width);
  return block;
}

/** Distances do not change when all rows are moved; their products become small. A row that is not finite moves none. */
function centreColumns(block: Float64Array, n: number, width: number): void {
  for (let f = 0; f < width; f++) {
    let sum = 0;
    for (let row = 0; row < n; row++) {
      const value = block[row * width + f];
      if (Number.isFinite(value)) sum += value;
    }
    for (let row = 0; row < n; row++) block[row * width + f] -= sum / n;
  }
}

function angles(
  { pairs, squares }: PairSums,
  rows: SpooledRows,
  metric: BlockwiseMetric,
): Float64Array {
  const n = rows.count;
  const several = metric === "correlation" ? rows.nFeatures : Infinity;
  const mute = (row: number): boolean =>
    squares[row] === 0 || (metric === "correlation" && rows.isConstant(row));
  for (let i = 0, k = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, k++) {
      const lengths = Math.sqrt(squares[i]) * Math.sqrt(squares[j]);
      const distance = 1 - pairs[k] / lengths;
      pairs[k] = mute(i) || mute(j) ? NaN : withoutNoise(distance, several);
    }
  return pairs;
}

/** Below this share of the products a difference of them has lost too many digits. */
const lossy = 1e-3;

async function distances(
  { pairs, squares }: PairSums,
  rows: SpooledRows,
  metric: BlockwiseMetric,
  job: JobOptions,
): Promise<Float64Array> {
  const n = rows.count;
  const pause = pauses(job.signal, "RDMs of layers");
  for (let i = 0, k = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, k++) {
      const sum = squares[i] + squares[j];
      const square = sum - 2 * pairs[k];
      // Nor does a difference of infinite products tell what is NaN and what infinite.
      const isSure = square >= lossy * sum && square < Infinity;
      const exact = isSure ? square : await squaredDistance(rows, i, j);
      pairs[k] = metric === "euclidean" ? Math.sqrt(exact) : exact;
      if (pause.due()) await pause.turn();
    }
  return pairs;
}

async function squaredDistance(rows: SpooledRows, i: number, j: number): Promise<number> {
  const [a, b] = [await rows.part(i, 0, rows.nFeatures), await rows.part(j, 0, rows.nFeatures)];
  let sum = 0;
  for (let f = 0; f < a.length; f++) sum += (a[f] - b[f]) ** 2;
  return sum;
}
