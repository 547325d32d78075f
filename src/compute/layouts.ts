/**
 * What the kernels are given: the names of their parameters in the order of their places. `scripts/build-wasm.mjs` makes
 * `assembly/layouts.ts` of it, so that both sides read the same names; addresses are bytes, vectors lie one after the
 * other, and counts are of what the name says.
 */
// prettier-ignore
export const layouts = {
  /** Sums of features of all pairs of items; `panels` are packed as `pack-rows.ts` has them. */
  gram: [
    "nItems", "nFeatures", "chunkFeatures", "metric", "panels", "tiles", "totals", "sums", "scales", "rdm",
    "inverseCount",
  ],
  /** Windows `first` … `last` − 1 of a batch; `panels` as `pack-windows.ts` has them. */
  windows: [
    "nItems", "nChannels", "length", "first", "last", "stride", "nSamples", "metric", "inverseCount", "panels",
    "rdmBytes", "sums", "squares", "scales", "rdms", "segmentWindows", "side",
  ],
  /**
   * Patches of voxels; `vectors` are the orders of models for taus, with `denses` and `summaries`. From `nFolds` on four
   * are of cross-validation, the rest of voxels that come in units (see `assembly/unit-sums.ts`): their sums, how many there are,
   * and where in its `unitStride` voxels a unit begins and how long it is.
   */
  patches: [
    "nItems", "nVectors", "ranked", "metric", "rows", "starts", "lists", "inBlock", "nPatches", "vectors",
    "out", "mostVoxels", "nVoxels", "denses", "summaries", "nSets", "nFolds", "regVar", "regDenom", "bounded",
    "squareRoot", "units", "nUnits", "unitStride", "unitFirst", "unitLength",
  ],
  ranks: ["n", "values", "ranks", "ties"],
  /** Ranks of some vectors in packed tiles for a product. */
  rankTiles: ["n", "nVectors", "values", "packed", "ties"],
  /** Products of packed tiles, over chunks of the values. */
  packed: ["n", "aTiles", "bTiles", "chunkLength", "left", "right", "out"],
  /** Chunks of one long vector, spread into buckets of neighbouring values; `buckets` has that of every value. */
  largeRanks: [
    "n", "values", "chunkLength", "ranges", "tables", "nBuckets", "least", "scale", "spread", "starts", "ties",
    "buckets",
  ],
  scores: ["n", "nModels", "ranked", "values", "models", "out", "vectorBytes"],
  sort: ["n", "values", "orders", "denses", "summaries"],
  /** Every sorted vector with every sorted model. */
  counts: ["n", "nModels", "orders", "denses", "summaries", "modelOrders", "modelDenses", "modelSummaries", "out"],
  /** Vectors, not sorted yet, with sorted models. */
  taus: ["n", "nModels", "values", "vectorBytes", "orders", "denses", "summaries", "out"],
  product: ["aTiles", "bTiles", "count", "left", "right", "out"],
  segments: [
    "nRows", "nTiles", "width", "nSegments", "panels", "targets", "starts", "products", "sums", "means", "centred",
  ],
  ridge: [
    "nFeatures", "nTiles", "nUnits", "nSegments", "units", "featureProducts", "featureSums", "alphas", "means",
    "starts", "inverses", "pivots", "intercept", "targetProducts", "targetSums", "r2", "r", "weights",
    "targetMeans", "nBlocks",
  ],
  lasso: [
    "nFeatures", "nTiles", "nFits", "nSegments", "maxIterations", "grams", "scales", "means", "leftOut", "starts",
    "sums", "intercept", "targetProducts", "targetSums", "coefs", "info", "mostAlphas", "fixedAlpha",
    "alpha",
  ],
  /** Ridge in the space of rows; from `firstColumn` on what differs from kernel to kernel. */
  dual: [
    "nRows", "nTiles", "nUnits", "ranges", "alphas", "products", "means", "systems", "diagonals", "pivots", "sides",
    "sideTiles", "intercept", "firstColumn", "lastColumn", "firstRow", "rowTiles", "targets", "targetTiles", "r2",
    "r", "perUnit", "groups",
  ],
  /** Rows convolved with wavelets over a `size` of which the Fourier transform is fast; see `convolve-rows.ts`. */
  convolve: [
    "nTimes", "size", "roots", "rows", "nBands", "bands", "spectra", "allBands", "nSamples", "samples", "out",
    "imaginary",
  ],
  sortedPairs: ["n", "nItems", "ranks"],
  weightedRanks: ["n", "entries", "weights", "rows", "columns", "nPairs", "out", "squares", "total"],
  weightedValues: [
    "n", "values", "items", "nDrawn", "nItems", "nPairs", "out", "squares", "total", "weights", "centred",
  ],
  pooledRanks: ["n", "vectors", "nVectors", "times", "weights", "out", "squares", "total"],
  pooledSum: ["n", "chunkLength", "vectors", "nVectors", "times", "out"],
  pooledScores: [
    "n", "sum", "vectors", "nVectors", "differences", "wanted", "outs", "bounds", "shifts", "nBuckets", "valueBits",
    "above", "weights", "products", "squares", "total",
  ],
  rankProducts: ["n", "chunkLength", "left", "nLeft", "right", "nRight", "weights", "out"],
  /**
   * Patches of voxels with noise: `series` are residuals and `rows` patterns of each voxel; of each fold `weights` of all
   * others in its training means, and which items are `known`.
   */
  noisy: [
    "nItems", "nFolds", "series", "length", "nRows", "dof", "shrunk", "rows", "weights", "known", "starts", "lists",
    "inBlock", "nPatches", "mostVoxels", "out",
  ],
  weightedProducts: ["n", "chunkLength", "left", "nLeft", "right", "nRight", "weights", "out"],
} as const;

export type LayoutName = keyof typeof layouts;

/** A number for every name of a layout. */
export type Parameters<L extends LayoutName> = Readonly<
  Record<(typeof layouts)[L][number], number>
>;

/** The numbers in the order in which the kernels read them. */
export function inOrder<L extends LayoutName>(layout: L, values: Parameters<L>): number[] {
  const names: readonly (typeof layouts)[L][number][] = layouts[layout];
  return names.map((name) => values[name]);
}

/** The numbers by name, for a twin. */
export function byName<L extends LayoutName>(layout: L, values: ArrayLike<number>): Parameters<L> {
  const names: readonly (typeof layouts)[L][number][] = layouts[layout];
  const named = names.map((name, place) => [name, values[place]] as const);
  return Object.fromEntries(named) as Parameters<L>;
}
