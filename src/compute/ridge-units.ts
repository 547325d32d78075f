import type { JobOptions } from "../core/job.ts";
import { inOrder } from "./layouts.ts";
import { LANES, RegressionMemory, type Regression } from "./regression.ts";
import { computeEngine } from "./compute-engine.ts";
import type { Workspace } from "./workspace.ts";

/** One ridge regression: the segments it is not trained on (−1: none), the one it predicts (−1: none), its penalty. */
export interface RidgeUnit {
  readonly without: readonly [number, number];
  readonly tested: number;
  readonly alpha: number;
}

/** What is computed beside the scores. */
export interface RidgeUnitsOptions {
  /** Keep coefficients and intercepts. */
  readonly weights?: boolean;
}

/** Results by unit and target, C order. */
export interface RidgeUnitResults {
  /** R² of each target in the tested segment; NaN where none was tested. */
  readonly r2: Float64Array;
  /** Correlation; NaN where prediction or target are constant. */
  readonly correlation: Float64Array;
  /** nUnits × nTargets × nFeatures, if wanted. */
  readonly coef: Float64Array;
  /** nUnits × nTargets, if wanted. */
  readonly intercept: Float64Array;
  /** Of each unit; false when its features are collinear beyond what its penalty cures. */
  readonly solvable: readonly boolean[];
}

/** Inverses held at once take at most so many bytes. */
const INVERSE_BYTES = 512 * 2 ** 20;

/**
 * Many ridge regressions on the same features, each from the products of its segments: nothing is fitted twice and
 * nothing predicted row by row. The numbers are the same on any number of threads.
 *
 * @throws Cancelled, WorkerFailed, OutOfMemory.
 */
export function ridgeUnits(
  regression: Regression,
  units: readonly RidgeUnit[],
  options: RidgeUnitsOptions = {},
  job: JobOptions & { readonly onDone?: (share: number) => void } = {},
  engine = computeEngine,
): Promise<RidgeUnitResults> {
  const { nRows: n, nFeatures: p, nTargets } = regression;
  const products = n * p * nTargets + units.length * 2 * p * p * nTargets;
  const how = { work: "ridge regression", ...job, expectedMs: products / 1e7 };
  return engine.use(how, async (workspace) => {
    const results = emptyResults(regression, units.length, options.weights === true);
    const most = Math.max(1, Math.floor(INVERSE_BYTES / (p * Math.ceil(p / 4) * 32)));
    for (let first = 0; first < units.length; first += most) {
      const mark = workspace.mark();
      const part = units.slice(first, first + most);
      const run = new RidgeRun(workspace, regression, part, options.weights === true);
      await run.into(results, first, (share) =>
        job.onDone?.((first + share * part.length) / units.length),
      );
      workspace.release(mark);
    }
    return results;
  });
}

function emptyResults(
  { nTargets, nFeatures }: Regression,
  nUnits: number,
  weights: boolean,
): RidgeUnitResults & { solvable: boolean[] } {
  const size = nUnits * nTargets;
  return {
    r2: new Float64Array(size).fill(NaN),
    correlation: new Float64Array(size).fill(NaN),
    coef: new Float64Array(weights ? size * nFeatures : 0),
    intercept: new Float64Array(weights ? size : 0),
    solvable: new Array<boolean>(nUnits).fill(true),
  };
}

class RidgeRun {
  readonly #workspace: Workspace;
  readonly #units: readonly RidgeUnit[];
  readonly #memory: RegressionMemory;
  readonly #addresses;
  readonly #weights: boolean;

  constructor(
    workspace: Workspace,
    regression: Regression,
    units: readonly RidgeUnit[],
    weights: boolean,
  ) {
    const { nFeatures: p } = regression;
    this.#workspace = workspace;
    this.#units = units;
    this.#weights = weights;
    const rowBytes = Math.ceil(p / 4) * 32;
    const perTarget = units.length * (24 + (weights ? rowBytes : 0));
    this.#memory = new RegressionMemory(workspace, regression, perTarget);
    const { width } = this.#memory;
    const allocate = (bytes: number): number => workspace.allocate(bytes);
    this.#addresses = {
      units: allocate(units.length * 16),
      alphas: allocate(units.length * 8),
      means: allocate(units.length * rowBytes),
      inverses: allocate(units.length * p * rowBytes),
      pivots: allocate(units.length * 8),
      r2: allocate(units.length * width * 8),
      r: allocate(units.length * width * 8),
      targetMeans: allocate(units.length * width * 8),
      weights: weights ? allocate(units.length * width * rowBytes) : 0,
    };
  }

  async into(
    results: RidgeUnitResults & { solvable: boolean[] },
    firstUnit: number,
    onDone: (share: number) => void,
  ): Promise<void> {
    const memory = this.#memory;
    this.#writeUnits();
    const p = memory.regression.nFeatures;
    const rowBytes = memory.nTiles * 32;
    await memory.prepare();
    await this.#workspace.run("ridgeInverses", this.#params(), this.#units.length, {
      scratchBytes: 2 * p * rowBytes,
      expectedMs: (this.#units.length * p ** 3) / 2e6,
    });
    const pivots = this.#workspace.float64(this.#addresses.pivots, this.#units.length);
    pivots.forEach((pivot, u) => (results.solvable[firstUnit + u] = pivot > 0));
    for (let batch = 0; batch < memory.nBatches; batch++) {
      await memory.multiply(batch);
      const nBlocks = memory.width / LANES;
      await this.#workspace.run("ridgeScores", this.#params(), nBlocks, {
        scratchBytes: 2048 + 64 * rowBytes,
        expectedMs: (this.#units.length * p * p * memory.width) / 5e6,
        onBlocks: (done) => onDone((batch + done / nBlocks) / memory.nBatches),
      });
      this.#collect(batch, results, firstUnit);
    }
  }

  #writeUnits(): void {
    const { units, alphas } = this.#addresses;
    const codes = this.#workspace.uint32(units, this.#units.length * 4);
    const penalties = this.#workspace.float64(alphas, this.#units.length);
    this.#units.forEach(({ without, tested, alpha }, u) => {
      codes.set([without[0], without[1], tested, 0], u * 4);
      penalties[u] = alpha;
    });
  }

  #params(): number[] {
    const memory = this.#memory;
    const { regression, nTiles, width, starts } = memory;
    const { nFeatures, nSegments, intercept } = regression;
    return inOrder("ridge", {
      ...this.#addresses,
      nFeatures,
      nTiles,
      nUnits: this.#units.length,
      nSegments,
      featureProducts: memory.featureProducts,
      featureSums: memory.featureSums,
      starts,
      intercept: intercept ? 1 : 0,
      targetProducts: memory.targetProducts,
      targetSums: memory.targetSums,
      nBlocks: width / LANES,
    });
  }

  #collect(batch: number, results: RidgeUnitResults, firstUnit: number): void {
    const { regression, width, nTiles } = this.#memory;
    const { nTargets, nFeatures: p } = regression;
    const { first, count } = this.#memory.batch(batch);
    const a = this.#addresses;
    const numbers = (address: number, u: number): Float64Array =>
      this.#workspace.float64(address + u * width * 8, width);
    this.#units.forEach(({ tested }, u) => {
      const at = (firstUnit + u) * nTargets + first;
      if (tested >= 0) {
        results.r2.set(numbers(a.r2, u).subarray(0, count), at);
        results.correlation.set(numbers(a.r, u).subarray(0, count), at);
      }
      if (!this.#weights) return;
      const weights = this.#workspace.float64(
        a.weights + u * width * nTiles * 32,
        width * nTiles * 4,
      );
      const means = this.#workspace.float64(a.means + u * nTiles * 32, p);
      const targetMeans = numbers(a.targetMeans, u);
      for (let t = 0; t < count; t++) {
        const from = (t >> 5) * nTiles * 128 + (t & 31);
        const coef = results.coef.subarray((at + t) * p, (at + t + 1) * p);
        let offset = targetMeans[t] + this.#memory.targetMeans[first + t];
        for (let k = 0; k < p; k++) {
          coef[k] = weights[from + k * LANES];
          offset -= coef[k] * (means[k] + this.#memory.featureMeans[k]);
        }
        results.intercept[at + t] = offset;
      }
    });
  }
}
