import type { Parameters } from "../layouts.ts";
import { larsPath, type LarsPath } from "./lars-path.ts";
import { commonAlphas, errorCurve, meanErrorAt, type LeftOut } from "./lasso-curve.ts";
import { float64At, parameters, uint32At, type TwinMemory } from "./memory.ts";

const LANES = 32;

/** Twin of `assembly/lasso-paths.ts`. */
export function lassoPaths(memory: TwinMemory, params: number, target: number): void {
  const twin = new LassoTwin(memory, params, target);
  const { p, nFeatures, nFits } = twin;
  let alpha = p.alpha;
  let error = NaN;
  if (p.fixedAlpha === 0) {
    const curves = Array.from({ length: nFits - 1 }, (_, fold) =>
      errorCurve(twin.path(fold, 0), twin.leftOut(fold), twin.scales(fold)),
    );
    error = Infinity;
    for (const candidate of commonAlphas(curves, p.mostAlphas)) {
      const value = meanErrorAt(curves, candidate);
      if (value < error) [alpha, error] = [candidate, value];
    }
  }
  const path = twin.path(nFits - 1, alpha);
  const last = path.coefs.length - 1;
  const scales = twin.scales(nFits - 1);
  const out = float64At(memory, p.coefs + target * nFeatures * 8, nFeatures);
  for (let j = 0; j < nFeatures; j++) out[j] = path.coefs[last][j] / scales[j];
  float64At(memory, p.info + target * 32, 4).set([alpha, last, error, path.alphas[last]]);
}

class LassoTwin {
  readonly p: Parameters<"lasso">;
  readonly nFeatures: number;
  readonly nFits: number;
  readonly #memory: TwinMemory;
  readonly #target: number;

  constructor(memory: TwinMemory, params: number, target: number) {
    this.#memory = memory;
    this.#target = target;
    this.p = parameters(memory, params, "lasso");
    this.nFeatures = this.p.nFeatures;
    this.nFits = this.p.nFits;
  }

  scales(fit: number): Float64Array {
    return this.#vector("scales", fit);
  }

  path(fit: number, alphaMin: number): LarsPath {
    const { p, nFeatures: n } = this;
    const left = fit === this.nFits - 1 ? -1 : fit;
    const means = this.#vector("means", fit);
    const scales = this.scales(fit);
    let [nRows, sum] = [0, 0];
    const products = new Float64Array(n);
    for (let s = 0; s < p.nSegments; s++) {
      if (s === left) continue;
      nRows += this.#rowsIn(s);
      sum += this.#sums(s)[this.#lane];
      for (let j = 0; j < n; j++) products[j] += this.#product(s, j);
    }
    const mean = p.intercept === 0 ? 0 : sum / nRows;
    for (let j = 0; j < n; j++) products[j] = (products[j] - nRows * means[j] * mean) / scales[j];
    const gram = float64At(this.#memory, p.grams + fit * n * n * 8, n * n);
    const options = { alphaMin, maxIterations: p.maxIterations, lasso: true, positive: false };
    return larsPath({ gram, products, nRows }, options);
  }

  leftOut(fold: number): LeftOut {
    const { p, nFeatures: n } = this;
    const nRows = this.#rowsIn(fold);
    const means = this.#vector("means", fold);
    const featureSums = this.#vector("sums", fold);
    const [sum, squares] = [0, LANES].map((at) => this.#sums(fold)[at + this.#lane]);
    const mean = this.#trainMean(fold);
    return {
      nRows,
      squares: squares - 2 * mean * sum + nRows * mean * mean,
      products: Float64Array.from(
        { length: n },
        (_, j) =>
          this.#product(fold, j) - means[j] * sum - mean * featureSums[j] + nRows * means[j] * mean,
      ),
      gram: float64At(this.#memory, p.leftOut + fold * n * n * 8, n * n),
    };
  }

  #trainMean(fold: number): number {
    let [nRows, sum] = [0, 0];
    for (let s = 0; s < this.p.nSegments; s++) {
      if (s === fold) continue;
      nRows += this.#rowsIn(s);
      sum += this.#sums(s)[this.#lane];
    }
    return this.p.intercept === 0 ? 0 : sum / nRows;
  }

  get #lane(): number {
    return this.#target % LANES;
  }

  #vector(param: "scales" | "means" | "sums", fit: number): Float64Array {
    return float64At(this.#memory, this.p[param] + fit * this.nFeatures * 8, this.nFeatures);
  }

  #rowsIn(s: number): number {
    const starts = uint32At(this.#memory, this.p.starts + s * 4, 2);
    return starts[1] - starts[0];
  }

  #segment(s: number): number {
    return Math.floor(this.#target / LANES) * this.p.nSegments + s;
  }

  #product(s: number, j: number): number {
    const row = this.#segment(s) * this.p.nTiles * 4 + j;
    return float64At(this.#memory, this.p.targetProducts + (row * LANES + this.#lane) * 8, 1)[0];
  }

  #sums(s: number): Float64Array {
    return float64At(this.#memory, this.p.targetSums + this.#segment(s) * 768, 96);
  }
}
