import { Unsupported } from "../../core/errors.ts";
import { singularValues } from "../../linalg/singular-values.ts";
import type { PairShape } from "../comparisons/comparison.ts";
import { symmetricEigen } from "../../linalg/symmetric-eigen.ts";

/** A square root of the centred kernel −D/2, as columns √λ · u, and the kernel's trace; `NaN` of one item, which has none. */
export interface KernelRoot {
  readonly columns: readonly Float64Array[];
  readonly trace: number;
}

// A kernel with negative eigenvalues (distances that no Euclidean space has) is replaced by the nearest that has none,
// in its trace too. rsatoolbox does so for one of the two and not for the traces, and takes roots of eigenvalues
// that are zero but for rounding: there an RDM has a similarity of 1.000000004 with itself.

/** More items would take many minutes for one score. */
const MOST_ITEMS = 1000;

/** Throws `Unsupported` for gaps, where a method needs every pair, and for more items than it can do in a fair time. */
export function refuseShape({ known, nItems }: PairShape, method: string, most: number): void {
  if (nItems > most) {
    throw new Unsupported(
      `${method} of ${nItems} items`,
      `its time grows with their cube; take at most ${most} items, or another method`,
    );
  }
  if (known === undefined) return;
  throw new Unsupported(
    `${method} of RDMs with NaN`,
    "it needs every pair: leave the items with NaN out with subset, or use another method",
  );
}

/** The root of the kernel of a condensed vector. Throws `Unsupported`. */
export function kernelRoot(vector: Float64Array, shape: PairShape): KernelRoot {
  refuseShape(shape, "bures", MOST_ITEMS);
  const { nItems: n } = shape;
  if (n < 2) return { columns: [], trace: NaN };
  const { values, vectors } = symmetricEigen(centredKernel(vector, n), n);
  const least = n * Number.EPSILON * values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const columns: Float64Array[] = [];
  let trace = 0;
  values.forEach((value, k) => {
    if (value <= least) return;
    trace += value;
    columns.push(vectors.slice(k * n, (k + 1) * n).map((part) => part * Math.sqrt(value)));
  });
  return { columns, trace };
}

function centredKernel(vector: Float64Array, n: number): Float64Array {
  const kernel = new Float64Array(n * n);
  const means = new Float64Array(n);
  for (let i = 0, pair = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, pair++) {
      kernel[i * n + j] = kernel[j * n + i] = -0.5 * vector[pair];
      means[i] += (-0.5 * vector[pair]) / n;
      means[j] += (-0.5 * vector[pair]) / n;
    }
  }
  const overall = means.reduce((sum, mean) => sum + mean, 0) / n;
  return kernel.map((value, k) => value - means[Math.floor(k / n)] - means[k % n] + overall);
}

/** Sum of the singular values of √Aᵀ √B. */
export function fidelity(a: KernelRoot, b: KernelRoot): number {
  if (a.columns.length === 0 || b.columns.length === 0) return 0;
  const products = b.columns.map((right) =>
    Float64Array.from(a.columns, (left) =>
      left.reduce((sum, value, k) => sum + value * right[k], 0),
    ),
  );
  return singularValues(products).values.reduce((sum, value) => sum + value, 0);
}
