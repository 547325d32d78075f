import { gramProducts } from "../../compute/gram-rdm.ts";
import { InvalidArgument } from "../../core/errors.ts";
import type { JobOptions } from "../../core/job.ts";
import { symmetricEigen } from "../../linalg/symmetric-eigen.ts";

/**
 * Rows in their principal components, by the products of all rows: n × n, whatever the number of columns. Agrees with
 * scikit-learn's `PCA`, the sign so that the largest weight of a component is positive (its versions from 1.5 on).
 *
 * @param rows - n × k.
 * @returns n × nComponents.
 * @throws InvalidArgument for rows that are not finite: all components would be of nothing else.
 */
export async function pcaScores(
  rows: Float32Array,
  n: number,
  k: number,
  nComponents: number,
  job: JobOptions = {},
): Promise<Float32Array> {
  refuseNotFinite(rows, k);
  const centred = withoutColumnMeans(rows, n, k);
  const { values, vectors } = symmetricEigen(await gramProducts(centred, n, k, job), n);
  const order = [...values.keys()].sort((a, b) => values[b] - values[a]).slice(0, nComponents);
  const scores = new Float32Array(n * nComponents);
  order.forEach((which, c) => {
    const vector = vectors.subarray(which * n, (which + 1) * n);
    const length = Math.sqrt(Math.max(0, values[which])) * signOf(vector, centred, n, k);
    for (let i = 0; i < n; i++) scores[i * nComponents + c] = vector[i] * length;
  });
  return scores;
}

function refuseNotFinite(rows: Float32Array, k: number): void {
  const at = rows.findIndex((value) => !Number.isFinite(value));
  if (at === -1) return;
  throw new InvalidArgument(
    "project",
    "pca",
    `image ${Math.floor(at / k) + 1} has values that are ${rows[at]}: leave it out, or the layer`,
  );
}

function withoutColumnMeans(rows: Float32Array, n: number, k: number): Float64Array {
  const means = new Float64Array(k);
  for (let i = 0; i < n; i++) for (let f = 0; f < k; f++) means[f] += rows[i * k + f] / n;
  return Float64Array.from(rows, (value, at) => value - means[at % k]);
}

/** 1, or −1 where the largest weight of the component would be negative. */
function signOf(vector: Float64Array, centred: Float64Array, n: number, k: number): 1 | -1 {
  const weights = new Float64Array(k);
  for (let i = 0; i < n; i++)
    for (let f = 0; f < k; f++) weights[f] += vector[i] * centred[i * k + f];
  const largest = weights.reduce((far, w) => (Math.abs(w) > Math.abs(far) ? w : far), 0);
  return largest < 0 ? -1 : 1;
}
