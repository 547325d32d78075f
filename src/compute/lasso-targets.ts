import type { JobOptions } from "../core/job.ts";
import { inOrder } from "./layouts.ts";
import { RegressionMemory, type Regression } from "./regression.ts";
import { computeEngine } from "./compute-engine.ts";
import type { Workspace } from "./workspace.ts";

/** How far the paths go, and whether features are scaled first. */
export interface LassoOptions {
  /** Divide each centred feature by its length over the training rows. */
  readonly normalize: boolean;
  readonly maxIterations: number;
  /** The penalty where every path ends; undefined: for each target the best by cross-validation over the segments. */
  readonly alpha?: number;
}

/** Results by target. */
export interface LassoResults {
  /** nTargets × nFeatures. */
  readonly coef: Float64Array;
  readonly intercept: Float64Array;
  /** The penalty chosen, or given. */
  readonly alpha: Float64Array;
  /** Steps of the final path. */
  readonly nIterations: Int32Array;
  /** Mean squared error at the penalty chosen, over the folds; NaN when none was chosen. */
  readonly error: Float64Array;
}

/** At most so many alphas are compared, as in scikit-learn. */
const MOST_ALPHAS = 1000;

/**
 * Lasso by least angles for many targets from the products of features and targets alone, which all of them share.
 * Without an alpha, segments are the folds: every row belongs to one. The same numbers on any number of threads.
 *
 * @throws Cancelled, WorkerFailed, OutOfMemory.
 */
export function lassoTargets(
  regression: Regression,
  options: LassoOptions,
  job: JobOptions & { readonly onDone?: (share: number) => void } = {},
  engine = computeEngine,
): Promise<LassoResults> {
  const { nRows, nFeatures: p, nTargets, nSegments } = regression;
  const steps = Math.min(options.maxIterations, 2 * p) * (nSegments + 1);
  const expectedMs = (nTargets * p * (nRows + 20 * steps)) / 1e7;
  return engine.use({ work: "lasso", ...job, expectedMs }, (workspace) =>
    new LassoRun(workspace, regression, options).run(job.onDone ?? (() => {})),
  );
}

class LassoRun {
  readonly #workspace: Workspace;
  readonly #regression: Regression;
  readonly #options: LassoOptions;
  readonly #memory: RegressionMemory;
  readonly #nFits: number;
  readonly #addresses;

  constructor(workspace: Workspace, regression: Regression, options: LassoOptions) {
    const { nFeatures: p, nSegments } = regression;
    this.#workspace = workspace;
    this.#regression = regression;
    this.#options = options;
    this.#memory = new RegressionMemory(workspace, regression, 8 * p + 40);
    this.#nFits = options.alpha === undefined ? nSegments + 1 : 1;
    const vectors = (): number => workspace.allocate(this.#nFits * p * 8);
    const squares = (): number => workspace.allocate(this.#nFits * p * p * 8);
    this.#addresses = {
      grams: squares(),
      leftOut: squares(),
      scales: vectors(),
      means: vectors(),
      sums: vectors(),
      coefs: workspace.allocate(this.#memory.width * p * 8),
      info: workspace.allocate(this.#memory.width * 32),
    };
  }

  async run(onDone: (share: number) => void): Promise<LassoResults> {
    const { nTargets, nFeatures: p } = this.#regression;
    const memory = this.#memory;
    await memory.prepare();
    for (let fit = 0; fit < this.#nFits; fit++) this.#prepareFit(fit);
    const results: LassoResults = {
      coef: new Float64Array(nTargets * p),
      intercept: new Float64Array(nTargets),
      alpha: new Float64Array(nTargets),
      nIterations: new Int32Array(nTargets),
      error: new Float64Array(nTargets),
    };
    for (let batch = 0; batch < memory.nBatches; batch++) {
      await memory.multiply(batch);
      const { count } = memory.batch(batch);
      await this.#workspace.run("lassoPaths", this.#params(), count, {
        scratchBytes: this.#scratchBytes(),
        expectedMs: count * 0.1,
        onBlocks: (done) => onDone((batch + done / count) / memory.nBatches),
      });
      this.#collect(batch, results);
    }
    return results;
  }

  #params(): number[] {
    const { nFeatures, nSegments, intercept } = this.#regression;
    const { maxIterations, alpha } = this.#options;
    const memory = this.#memory;
    return inOrder("lasso", {
      ...this.#addresses,
      nFeatures,
      nTiles: memory.nTiles,
      nFits: this.#nFits,
      nSegments,
      maxIterations,
      starts: memory.starts,
      intercept: intercept ? 1 : 0,
      targetProducts: memory.targetProducts,
      targetSums: memory.targetSums,
      mostAlphas: MOST_ALPHAS,
      fixedAlpha: alpha === undefined ? 0 : 1,
      alpha: alpha ?? 0,
    });
  }

  /** What `assembly/lasso-paths.ts` lays out in its scratch memory. */
  #scratchBytes(): number {
    const { nFeatures: p } = this.#regression;
    const nodes = this.#options.maxIterations + 1;
    const most = Math.min(this.#options.maxIterations, p);
    const curves = 4 * nodes * (this.#nFits - 1) + this.#nFits;
    const path = p + (p + 1) * (nodes + 1);
    const work = 5 * p + 3 * (most + 1) + 2 * most * most + 8;
    return 8 * (curves + path + work);
  }

  /** Products of the features over the training rows of a fit, centred and scaled, and over the rows it leaves out. */
  #prepareFit(fit: number): void {
    const { nFeatures: p, nSegments, intercept } = this.#regression;
    const left = fit === this.#nFits - 1 ? -1 : fit;
    const trained = Array.from({ length: nSegments }, (_, s) => s).filter((s) => s !== left);
    const starts = this.#workspace.uint32(this.#memory.starts, nSegments + 1);
    const rowsIn = (s: number): number => starts[s + 1] - starts[s];
    const n = trained.reduce((sum, s) => sum + rowsIn(s), 0);
    const total = (of: (s: number) => number): number => trained.reduce((sum, s) => sum + of(s), 0);
    const means = this.#vector("means", fit);
    const sums = this.#vector("sums", fit);
    const scales = this.#vector("scales", fit);
    for (let j = 0; j < p; j++) {
      means[j] = intercept ? total((s) => this.#sum(s, j)) / n : 0;
      sums[j] = left < 0 ? 0 : this.#sum(left, j);
    }
    const gram = this.#square("grams", fit).fill(0);
    for (const s of trained) this.#memory.addFeatureProducts(s, gram);
    const squares = Float64Array.from({ length: p }, (_, i) => gram[i * p + i]);
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++) gram[i * p + j] -= n * means[i] * means[j];
    for (let i = 0; i < p; i++) {
      // What is left of a feature that is constant here is rounding, and no direction.
      const flat = gram[i * p + i] <= n * Number.EPSILON * squares[i];
      if (flat) for (let j = 0; j < p; j++) gram[i * p + j] = gram[j * p + i] = 0;
      scales[i] = flat || !this.#options.normalize ? 1 : Math.sqrt(gram[i * p + i]);
    }
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++) gram[i * p + j] /= scales[i] * scales[j];
    if (left >= 0) this.#prepareLeftOut(fit, rowsIn(left), means, sums);
  }

  /** Products of the features over the rows that a fit leaves out, about the means of those it is trained on. */
  #prepareLeftOut(fit: number, nRows: number, means: Float64Array, sums: Float64Array): void {
    const { nFeatures: p } = this.#regression;
    const products = this.#square("leftOut", fit).fill(0);
    this.#memory.addFeatureProducts(fit, products);
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++)
        products[i * p + j] +=
          nRows * means[i] * means[j] - means[i] * sums[j] - means[j] * sums[i];
  }

  #vector(name: "means" | "sums" | "scales", fit: number): Float64Array {
    const { nFeatures: p } = this.#regression;
    return this.#workspace.float64(this.#addresses[name] + fit * p * 8, p);
  }

  #square(name: "grams" | "leftOut", fit: number): Float64Array {
    const { nFeatures: p } = this.#regression;
    return this.#workspace.float64(this.#addresses[name] + fit * p * p * 8, p * p);
  }

  #sum(s: number, j: number): number {
    return this.#memory.featureSum(s, j);
  }

  #collect(batch: number, results: LassoResults): void {
    const { nFeatures: p } = this.#regression;
    const { first, count } = this.#memory.batch(batch);
    const coefs = this.#workspace.float64(this.#addresses.coefs, count * p);
    const info = this.#workspace.float64(this.#addresses.info, count * 4);
    const { featureMeans, targetMeans } = this.#memory;
    results.coef.set(coefs, first * p);
    for (let t = 0; t < count; t++) {
      results.alpha[first + t] = info[t * 4];
      results.nIterations[first + t] = info[t * 4 + 1];
      results.error[first + t] = info[t * 4 + 2];
      let offset = targetMeans[first + t];
      for (let j = 0; j < p; j++) offset -= featureMeans[j] * coefs[t * p + j];
      results.intercept[first + t] = offset;
    }
  }
}
