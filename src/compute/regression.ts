import { inOrder } from "./layouts.ts";
import type { Workspace } from "./workspace.ts";

/** Targets that a block of the kernels has. */
export const LANES = 32;

/** A regression of many targets on the same features, its rows in segments that are left out in turn. */
export interface Regression {
  /** nRows × nFeatures, finite. */
  readonly features: Float64Array;
  /** nRows × nTargets, finite. */
  readonly targets: Float64Array | Float32Array;
  readonly nRows: number;
  readonly nFeatures: number;
  readonly nTargets: number;
  /** The segment of each row, 0 … nSegments − 1, none of them empty. */
  readonly segmentOf: ArrayLike<number>;
  readonly nSegments: number;
  /** Means of the training rows are subtracted; without, the fit goes through 0. */
  readonly intercept: boolean;
}

/** Targets taken at once: so many that their numbers and products take at most about this much memory. */
const BATCH_BYTES = 24 * 2 ** 20;

/** Addresses of what the kernels share, and the steps that fill it. */
export class RegressionMemory {
  readonly regression: Regression;
  readonly nTiles: number;
  /** Targets of a full batch, a multiple of 32. */
  readonly width: number;
  readonly starts: number;
  /** Products of features with features, and their sums; see `assembly/segment-products.ts`. */
  readonly featureProducts: number;
  readonly featureSums: number;
  readonly targetProducts: number;
  readonly targetSums: number;
  readonly #workspace: Workspace;
  readonly #rows: Int32Array;
  readonly #panels: number;
  readonly #targets: readonly [number, number];
  readonly #means: number;
  /** Rows of the longest segment. */
  readonly #longest: number;
  #products: Float64Array = new Float64Array(0);
  #sums: Float64Array = new Float64Array(0);
  readonly #featureMeans: Float64Array;
  readonly #targetMeans: Float64Array;

  /** @param bytesPerTarget - what a kernel writes for each target besides. */
  constructor(workspace: Workspace, regression: Regression, bytesPerTarget: number) {
    const { nRows, nFeatures, nTargets, nSegments } = regression;
    this.#workspace = workspace;
    this.regression = regression;
    this.nTiles = Math.ceil(nFeatures / 4);
    this.#rows = rowsBySegment(regression);
    this.#longest = longestSegment(regression);
    const each = 16 * nRows + nSegments * (this.nTiles * 32 + 24) + bytesPerTarget;
    const blocks = Math.max(4, Math.floor(BATCH_BYTES / each / LANES));
    this.width = Math.min(blocks, Math.ceil(nTargets / LANES)) * LANES;
    const featureWidth = Math.ceil(nFeatures / LANES) * LANES;
    const widest = Math.max(this.width, featureWidth);
    const nGroups = featureWidth / LANES;
    this.starts = workspace.allocate(4 * (nSegments + 1));
    this.#panels = workspace.allocate(nRows * this.nTiles * 32);
    const buffer = (): number => workspace.allocate(8 * nRows * widest);
    const first = buffer();
    this.#targets = [first, nTargets > this.width ? buffer() : first];
    this.#means = workspace.allocate(8 * widest);
    this.featureProducts = workspace.allocate(nGroups * this.#groupBytes());
    this.featureSums = workspace.allocate(nGroups * nSegments * 768);
    this.targetProducts = workspace.allocate((this.width / LANES) * this.#groupBytes());
    this.targetSums = workspace.allocate((this.width / LANES) * nSegments * 768);
    this.#featureMeans = meansOf(regression);
    this.#targetMeans = new Float64Array(nTargets);
  }

  get nBatches(): number {
    return Math.ceil(this.regression.nTargets / this.width);
  }

  /** Mean of each feature over all rows, subtracted before anything else; 0 without an intercept. */
  get featureMeans(): Float64Array {
    return this.#featureMeans;
  }

  /** Mean of each target over all rows, known after its batch. */
  get targetMeans(): Float64Array {
    return this.#targetMeans;
  }

  /** Targets of a batch: the first, and how many. */
  batch(index: number): { first: number; count: number } {
    const first = index * this.width;
    return { first, count: Math.min(this.width, this.regression.nTargets - first) };
  }

  /** Lay out the features and form their products. Take no memory after it. */
  async prepare(): Promise<void> {
    const { nRows, nFeatures, nSegments, features, segmentOf } = this.regression;
    const workspace = this.#workspace;
    const starts = workspace.uint32(this.starts, nSegments + 1);
    starts.fill(0);
    for (let row = 0; row < nRows; row++) starts[segmentOf[row] + 1]++;
    for (let s = 0; s < nSegments; s++) starts[s + 1] += starts[s];
    const means = this.#featureMeans;
    const width = Math.ceil(nFeatures / LANES) * LANES;
    const panels = workspace.float64(this.#panels, nRows * this.nTiles * 4).fill(0);
    const targets = workspace.float64(this.#targets[0], nRows * width).fill(0);
    this.#rows.forEach((from, row) => {
      for (let j = 0; j < nFeatures; j++) {
        const value = features[from * nFeatures + j] - means[j];
        targets[row * width + j] = value;
        panels[((j >> 2) * nRows + row) * 4 + (j & 3)] = value;
      }
    });
    await this.#multiply(0, width, false, this.featureProducts, this.featureSums);
    const nGroups = width / LANES;
    this.#products = workspace.float64(
      this.featureProducts,
      nGroups * nSegments * this.nTiles * 128,
    );
    this.#sums = workspace.float64(this.featureSums, nGroups * nSegments * 96);
    this.#load(0);
  }

  /** Form the products of a batch of targets; batches are taken in order. */
  async multiply(batch: number): Promise<void> {
    const { intercept } = this.regression;
    const load = (): void => {
      if (batch + 1 < this.nBatches) this.#load(batch + 1);
    };
    const { targetProducts, targetSums } = this;
    await this.#multiply(batch % 2, this.width, intercept, targetProducts, targetSums, load);
    const { first, count } = this.batch(batch);
    this.#targetMeans.set(this.#workspace.float64(this.#means, count), first);
  }

  /** Adds the sums of products of all features in a segment, about their means over all rows. After `prepare`. */
  addFeatureProducts(segment: number, to: Float64Array): void {
    const { nFeatures: p, nSegments } = this.regression;
    for (let first = 0; first < p; first += LANES) {
      const group = ((first / LANES) * nSegments + segment) * this.nTiles * 4;
      const count = Math.min(LANES, p - first);
      for (let i = 0; i < p; i++) {
        const from = (group + i) * LANES;
        const at = i * p + first;
        for (let j = 0; j < count; j++) to[at + j] += this.#products[from + j];
      }
    }
  }

  /** Sum of a feature in a segment, about its mean over all rows. After `prepare`. */
  featureSum(segment: number, j: number): number {
    return this.#sums[((j >> 5) * this.regression.nSegments + segment) * 96 + (j & 31)];
  }

  async #multiply(
    buffer: number,
    width: number,
    centre: boolean,
    products: number,
    sums: number,
    meanwhile?: () => void,
  ): Promise<void> {
    const { nRows, nFeatures, nSegments } = this.regression;
    const nBlocks = width / LANES;
    const params = inOrder("segments", {
      nRows,
      nTiles: this.nTiles,
      width,
      nSegments,
      panels: this.#panels,
      targets: this.#targets[buffer],
      starts: this.starts,
      products,
      sums,
      means: this.#means,
      centred: centre ? 1 : 0,
    });
    await this.#workspace.run("segmentProducts", params, nBlocks, {
      scratchBytes: this.#longest * LANES * 8,
      expectedMs: (nRows * nFeatures * width) / 1e7,
      meanwhile,
    });
  }

  #load(batch: number): void {
    const { nRows, nTargets, targets } = this.regression;
    const { first, count } = this.batch(batch);
    const to = this.#workspace.float64(this.#targets[batch % 2], nRows * this.width);
    this.#rows.forEach((from, row) => {
      const at = from * nTargets + first;
      to.set(targets.subarray(at, at + count), row * this.width);
      if (count < this.width) to.fill(0, row * this.width + count, (row + 1) * this.width);
    });
  }

  #groupBytes(): number {
    return this.regression.nSegments * this.nTiles * 1024;
  }
}

/** Rows in the order of their segments. */
export function rowsBySegment({
  nRows,
  nSegments,
  segmentOf,
}: Pick<Regression, "nRows" | "nSegments" | "segmentOf">): Int32Array {
  const rows = new Int32Array(nRows);
  let n = 0;
  for (let s = 0; s < nSegments; s++)
    for (let row = 0; row < nRows; row++) if (segmentOf[row] === s) rows[n++] = row;
  return rows;
}

function longestSegment({ nRows, nSegments, segmentOf }: Regression): number {
  const counts = new Int32Array(nSegments);
  for (let row = 0; row < nRows; row++) counts[segmentOf[row]]++;
  return counts.reduce((most, count) => Math.max(most, count), 0);
}

/** About the first value, so that a constant feature becomes exact zeros. */
function meansOf({ features, nRows, nFeatures, intercept }: Regression): Float64Array {
  const means = new Float64Array(nFeatures);
  if (!intercept) return means;
  for (let row = 0, at = 0; row < nRows; row++)
    for (let j = 0; j < nFeatures; j++, at++) means[j] += features[at] - features[j];
  return means.map((sum, j) => features[j] + sum / nRows);
}
