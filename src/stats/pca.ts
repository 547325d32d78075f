import { InvalidArgument } from "../core/errors.ts";
import { toRows, type Matrix, type MatrixLike } from "../core/matrix.ts";
import { singularValues } from "../linalg/singular-values.ts";
import { columnMeans } from "./standard-scale.ts";

/** A principal component analysis, the largest component first. */
export interface Pca {
  /** nComponents × nColumns, of length 1. */
  readonly components: Matrix<Float64Array>;
  /** nRows × nComponents: the rows in the components. */
  readonly scores: Matrix<Float64Array>;
  /** Variance of each component, divided by n − 1. */
  readonly explainedVariance: Float64Array;
  /** The same as a share of the variance of all. */
  readonly explainedVarianceRatio: Float64Array;
  readonly singularValues: Float64Array;
  readonly mean: Float64Array;
  /** Mean variance of the components left out. */
  readonly noiseVariance: number;
}

/**
 * Principal components of columns. Agrees with scikit-learn's `PCA` (full SVD) with the signs of 1.2: the largest score
 * of each component is positive. Its work grows with the square of the shorter side; meant for up to a few hundred.
 *
 * @param rows - nRows × nColumns, two rows or more.
 * @param nComponents - how many; below 1 the share of variance to explain. Default: the shorter side.
 * @throws InvalidArgument.
 * @example
 * import { pca } from "tsrsa";
 * const { explainedVarianceRatio } = pca([[1, 2], [2, 4], [3, 6]]);
 * Math.round(explainedVarianceRatio[0] * 100); // 100
 */
export function pca(rows: MatrixLike, nComponents?: number): Pca {
  const { data, shape } = toRows(rows, "rows");
  const [n, width] = shape;
  const most = Math.min(n, width);
  if (n < 2 || width < 1 || !data.every(Number.isFinite))
    throw new InvalidArgument("rows", `${n} × ${width}`, "give two rows or more of finite numbers");
  const mean = columnMeans(data, n, width);
  const centred = data.map((value, at) => value - mean[at % width]);
  const { u, v, values } = decompose(centred, n, width);
  const variances = values.map((value) => value ** 2 / (n - 1));
  const total = variances.reduce((sum, value) => sum + value, 0);
  const ratio = variances.map((value) => value / total);
  const kept = countOf(nComponents, ratio, most);
  const components = new Float64Array(kept * width);
  const scores = new Float64Array(n * kept);
  for (let k = 0; k < kept; k++) {
    const sign = u[k].reduce((far, x) => (Math.abs(x) > Math.abs(far) ? x : far), 0) < 0 ? -1 : 1;
    for (let j = 0; j < width; j++) components[k * width + j] = sign * v[k][j];
    for (let i = 0; i < n; i++) scores[i * kept + k] = sign * u[k][i] * values[k];
  }
  const rest = variances.subarray(kept);
  return {
    components: { data: components, shape: [kept, width] },
    scores: { data: scores, shape: [n, kept] },
    explainedVariance: variances.slice(0, kept),
    explainedVarianceRatio: ratio.slice(0, kept),
    singularValues: values.slice(0, kept),
    mean,
    noiseVariance: rest.length === 0 ? 0 : rest.reduce((sum, x) => sum + x, 0) / rest.length,
  };
}

function countOf(wanted: number | undefined, ratio: Float64Array, most: number): number {
  if (wanted === undefined) return most;
  if (Number.isFinite(wanted) && wanted > 0 && wanted < 1) {
    let sum = 0;
    // As many as it takes to explain more than the share, as scikit-learn counts.
    const count = ratio.findIndex((value) => (sum += value) > wanted);
    return count < 0 ? most : count + 1;
  }
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= most) return wanted;
  throw new InvalidArgument("nComponents", wanted, `give 1 to ${most}, or a share below 1`);
}

/** Singular vectors of length 1, the largest value first; of the matrix lying on its longer side. */
function decompose(
  data: Float64Array,
  n: number,
  width: number,
): { u: Float64Array[]; v: Float64Array[]; values: Float64Array } {
  const tall = n >= width;
  const at = tall
    ? (i: number, j: number) => data[i * width + j]
    : (i: number, j: number) => data[j * width + i];
  const [long, short] = tall ? [n, width] : [width, n];
  const columns = Array.from({ length: short }, (_, j) =>
    Float64Array.from({ length: long }, (_unused, i) => at(i, j)),
  );
  const found = singularValues(columns);
  const order = [...found.values.keys()].sort((a, b) => found.values[b] - found.values[a]);
  const left = order.map((k) =>
    found.scaled[k].map((x) => (found.values[k] > 0 ? x / found.values[k] : 0)),
  );
  const right = order.map((k) => Float64Array.from(found.v, (row) => row[k]));
  const values = Float64Array.from(order, (k) => found.values[k]);
  return tall ? { u: left, v: right, values } : { u: right, v: left, values };
}
