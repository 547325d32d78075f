import { matrixProductSync } from "../../compute/matrix-product.ts";

/** Features of items with each feature's mean taken off: nItems × nFeatures, C order. */
export interface CentredFeatures {
  readonly data: Float64Array;
  readonly nItems: number;
  readonly nFeatures: number;
}

/** Take off the mean of every feature; features that are all equal become exact zeros. */
export function centredFeatures(
  data: Float64Array,
  nItems: number,
  nFeatures: number,
): CentredFeatures {
  const out = new Float64Array(data.length);
  for (let f = 0; f < nFeatures; f++) {
    let [sum, same] = [0, true];
    for (let i = 0; i < nItems; i++) {
      sum += data[i * nFeatures + f];
      same &&= data[i * nFeatures + f] === data[f];
    }
    for (let i = 0; i < nItems; i++)
      out[i * nFeatures + f] = same ? 0 : data[i * nFeatures + f] - sum / nItems;
  }
  return { data: out, nItems, nFeatures };
}

/** X Xᵀ, items × items. */
export function gramOf({ data, nItems, nFeatures }: CentredFeatures): Float64Array {
  return matrixProductSync({
    left: data,
    nRows: nItems,
    k: nFeatures,
    right: data,
    nColumns: nItems,
    turned: true,
  });
}
