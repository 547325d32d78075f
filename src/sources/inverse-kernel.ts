import { InvalidArgument } from "../core/errors.ts";
import { matrix, type Matrix } from "../core/matrix.ts";
import { independentVectors, projectionVectors } from "../io/fif/projector.ts";
import type { InverseOperator } from "./read-inverse.ts";

/** How the currents are estimated. */
export interface KernelOptions {
  /** Minimum norm, or divided by the noise: `dSPM`, `sLORETA`. */
  readonly method: "MNE" | "dSPM" | "sLORETA";
  /** Regularisation: 1 / SNR². */
  readonly lambda2: number;
  /** Epochs averaged in the data. */
  readonly nAverages: number;
}

/** Rows of sources (one or three each) × channels, and what divides them. */
export interface InverseKernel {
  readonly kernel: Matrix<Float64Array>;
  /** One number a source; undefined for the minimum norm. */
  readonly noiseNorm: Float64Array | undefined;
}

/**
 * K = √R · A · diag(γ) · V · W · P: leads, regularised singular values, fields, whitener and projector. Steps and names
 * as in MNE's manual on the minimum-norm estimates; a diagonal noise covariance is divided by the averages once.
 */
export function inverseKernel(operator: InverseOperator, options: KernelOptions): InverseKernel {
  const { channels, leads, leadsWeighted, sourceVariances } = operator;
  const nChannels = channels.length;
  const { nAverages, method, lambda2 } = options;
  // All projections, active or not.
  const out = independentVectors(projectionVectors(channels, operator.projections));
  const gamma = regularised(operator, lambda2, out.length);
  const whitened = timesWhitener(operator, nAverages);
  projectRows(whitened, nChannels, out);
  const [nRows, nModes] = leads.shape;
  const kernel = new Float64Array(nRows * nChannels);
  for (let row = 0; row < nRows; row++) {
    const factor = rowFactor(leadsWeighted, sourceVariances[row], nAverages);
    for (let mode = 0; mode < nModes; mode++) {
      const weight = factor * leads.data[row * nModes + mode] * gamma[mode];
      if (weight === 0) continue;
      for (let c = 0; c < nChannels; c++)
        kernel[row * nChannels + c] += weight * whitened[mode * nChannels + c];
    }
  }
  return {
    kernel: matrix(kernel, [nRows, nChannels]),
    noiseNorm: method === "MNE" ? undefined : noiseNorm(operator, options, gamma),
  };
}

/** The leads of a weighted operator hold the root of the source variances already. */
function rowFactor(weighted: boolean, variance: number, nAverages: number): number {
  return weighted ? Math.sqrt(1 / nAverages) : Math.sqrt(variance / nAverages);
}

/** γ = s / (s² + λ²), 0 beyond the rank of the noise covariance. */
function regularised(
  { singularValues, noise, channels }: InverseOperator,
  lambda2: number,
  nProjected: number,
): Float64Array {
  const rank =
    noise.eigenvectors === undefined
      ? channels.length - nProjected
      : noise.eigenvalues.filter((value) => value > 0).length;
  return singularValues.map((s, at) => (at < rank && s > 0 ? s / (s * s + lambda2) : 0));
}

/** V · W: the fields times the whitener of so many averages. */
function timesWhitener(
  { fields, noise, channels }: InverseOperator,
  nAverages: number,
): Float64Array {
  const n = channels.length;
  const scales = noise.eigenvalues.map((value) => (value > 0 ? Math.sqrt(nAverages / value) : 0));
  const { eigenvectors } = noise;
  const [nModes] = fields.shape;
  const product = new Float64Array(nModes * n);
  for (let mode = 0; mode < nModes; mode++)
    for (let k = 0; k < n; k++) {
      const weight = fields.data[mode * n + k] * scales[k];
      if (eigenvectors === undefined) product[mode * n + k] = weight;
      else for (let c = 0; c < n; c++) product[mode * n + c] += weight * eigenvectors[k * n + c];
    }
  return product;
}

function projectRows(rows: Float64Array, width: number, out: readonly Float64Array[]): void {
  for (let from = 0; from < rows.length; from += width) {
    const row = rows.subarray(from, from + width);
    const parts = out.map((u) => u.reduce((sum, value, c) => sum + value * row[c], 0));
    out.forEach((u, v) => u.forEach((value, c) => (row[c] -= parts[v] * value)));
  }
}

/** 1 / ‖√R · A_row ∘ w‖, over the three rows of a source with free orientation. */
function noiseNorm(
  { leads, leadsWeighted, sourceVariances, singularValues, nSources }: InverseOperator,
  { method, lambda2, nAverages }: KernelOptions,
  gamma: Float64Array,
): Float64Array {
  if (method === "sLORETA" && lambda2 === 0)
    throw new InvalidArgument(
      "lambda2",
      0,
      "sLORETA has no value without regularisation; give 1 / 9, for example",
    );
  const weights = gamma.map((g, at) =>
    method === "dSPM" ? g : g * Math.sqrt(1 + singularValues[at] ** 2 / lambda2),
  );
  const [nRows, nModes] = leads.shape;
  const sums = new Float64Array(nSources);
  for (let row = 0; row < nRows; row++) {
    const factor = rowFactor(leadsWeighted, sourceVariances[row], nAverages);
    let sum = 0;
    for (let mode = 0; mode < nModes; mode++)
      sum += (leads.data[row * nModes + mode] * weights[mode]) ** 2;
    sums[Math.floor((row * nSources) / nRows)] += sum * factor * factor;
  }
  return sums.map((sum) => 1 / Math.sqrt(sum));
}
