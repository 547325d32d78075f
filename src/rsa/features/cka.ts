import { dot } from "../../linalg/dot.ts";
import { clipped, rootOfProduct } from "../../stats/centred.ts";
import { gramOf } from "./feature-matrix.ts";
import type { FeatureComparison } from "./feature-comparison.ts";

/** Linear centred kernel alignment (Kornblith et al. 2019): the cosine of the centred kernels. */
export const cka: FeatureComparison<Float64Array> = {
  name: "cka",
  leastItems: 2,
  prepare: gramOf,
  score: (a, b) => clipped(dot(a, b) / rootOfProduct(dot(a, a), dot(b, b))),
};

/** A kernel without its diagonal, and its row sums. */
interface Hollow {
  readonly kernel: Float64Array;
  readonly sums: Float64Array;
  readonly nItems: number;
}

/**
 * The same from estimates of HSIC without bias (Song et al. 2012; Nguyen et al. 2021): with few items and many features
 * plain CKA nears 1 whatever is compared. May be below 0; `NaN` where a kernel's own estimate is not above 0.
 */
export const ckaDebiased: FeatureComparison<Hollow> = {
  name: "cka-debiased",
  leastItems: 4,
  prepare: (features) => hollow(gramOf(features), features.nItems),
  score: (a, b) => {
    const [own, other] = [hsic(a, a), hsic(b, b)];
    return own > 0 && other > 0 ? hsic(a, b) / Math.sqrt(own * other) : NaN;
  },
};

function hollow(kernel: Float64Array, nItems: number): Hollow {
  const sums = new Float64Array(nItems);
  for (let i = 0; i < nItems; i++) {
    kernel[i * nItems + i] = 0;
    for (let j = 0; j < nItems; j++) sums[i] += kernel[i * nItems + j];
  }
  return { kernel, sums, nItems };
}

function hsic(a: Hollow, b: Hollow): number {
  const n = a.nItems;
  const total = ({ sums }: Hollow): number => sums.reduce((all, one) => all + one, 0);
  const both = (total(a) * total(b)) / ((n - 1) * (n - 2));
  return (dot(a.kernel, b.kernel) + both - (2 / (n - 2)) * dot(a.sums, b.sums)) / (n * (n - 3));
}
