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

/** What a block of features of all rows may take. */
const blockBytes = 32 * 2 ** 20;

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
  const products = new Float64Array(n * n);
  const pause = pauses(job.signal, "RDMs of layers");
  const width = Math.max(1, Math.floor(bytes / 8 / Math.max(1, n)));
  for (let from = 0; from < rows.nFeatures; from += width) {
    const to = Math.min(rows.nFeatures, from + width);
    const block = await blockOf(rows, metric, from, to);
    const own = await gramProducts(block, n, to - from, { signal: job.signal, jobs: job.jobs });
    for (let at = 0; at < products.length; at++) products[at] += own[at];
    if (pause.due()) await pause.turn();
  }
  return metric === "correlation" || metric === "cosine"
    ? angles(products, rows, metric)
    : distances(products, rows, metric, job);
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

/** Distances do not change when all rows are moved; their products become small. */
function centreColumns(block: Float64Array, n: number, width: number): void {
  for (let f = 0; f < width; f++) {
    let sum = 0;
    for (let row = 0; row < n; row++) sum += block[row * width + f];
    for (let row = 0; row < n; row++) block[row * width + f] -= sum / n;
  }
}

function angles(products: Float64Array, rows: SpooledRows, metric: BlockwiseMetric): Float64Array {
  const n = rows.count;
  const condensed = new Float64Array((n * (n - 1)) / 2);
  const several = metric === "correlation" ? rows.nFeatures : Infinity;
  const mute = (row: number): boolean =>
    products[row * n + row] === 0 || (metric === "correlation" && rows.isConstant(row));
  for (let i = 0, k = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, k++) {
      const lengths = Math.sqrt(products[i * n + i]) * Math.sqrt(products[j * n + j]);
      const distance = 1 - products[i * n + j] / lengths;
      condensed[k] = mute(i) || mute(j) ? NaN : withoutNoise(distance, several);
    }
  return condensed;
}

/** Below this share of the products a difference of them has lost too many digits. */
const lossy = 1e-3;

async function distances(
  products: Float64Array,
  rows: SpooledRows,
  metric: BlockwiseMetric,
  job: JobOptions,
): Promise<Float64Array> {
  const n = rows.count;
  const condensed = new Float64Array((n * (n - 1)) / 2);
  const pause = pauses(job.signal, "RDMs of layers");
  for (let i = 0, k = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, k++) {
      const sum = products[i * n + i] + products[j * n + j];
      const square = sum - 2 * products[i * n + j];
      const exact = square < lossy * sum ? await squaredDistance(rows, i, j) : square;
      condensed[k] = metric === "euclidean" ? Math.sqrt(exact) : exact;
      if (pause.due()) await pause.turn();
    }
  return condensed;
}

async function squaredDistance(rows: SpooledRows, i: number, j: number): Promise<number> {
  const [a, b] = [await rows.part(i, 0, rows.nFeatures), await rows.part(j, 0, rows.nFeatures)];
  let sum = 0;
  for (let f = 0; f < a.length; f++) sum += (a[f] - b[f]) ** 2;
  return sum;
}
