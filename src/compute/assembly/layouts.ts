// Made by scripts/build-wasm.mjs from src/compute/layouts.ts; do not edit.
export const enum Gram { nItems, nFeatures, chunkFeatures, metric, panels, tiles, totals, sums, scales, rdm, inverseCount }
export const enum Windows { nItems, nChannels, length, first, last, stride, nSamples, metric, inverseCount, panels, rdmBytes, sums, squares, scales, rdms, segmentWindows, side }
export const enum Patches { nItems, nVectors, ranked, metric, rows, starts, lists, inBlock, nPatches, vectors, out, mostVoxels, nVoxels, denses, summaries, nSets, nFolds, regVar, regDenom, bounded, squareRoot, units, nUnits, unitStride, unitFirst, unitLength }
export const enum Ranks { n, values, ranks, ties }
export const enum RankTiles { n, nVectors, values, packed, ties }
export const enum Packed { n, aTiles, bTiles, chunkLength, left, right, out }
export const enum LargeRanks { n, values, chunkLength, ranges, tables, nBuckets, least, scale, spread, starts, ties, buckets }
export const enum Scores { n, nModels, ranked, values, models, out, vectorBytes }
export const enum Sort { n, values, orders, denses, summaries }
export const enum Counts { n, nModels, orders, denses, summaries, modelOrders, modelDenses, modelSummaries, out }
export const enum Taus { n, nModels, values, vectorBytes, orders, denses, summaries, out }
export const enum Product { aTiles, bTiles, count, left, right, out }
export const enum Segments { nRows, nTiles, width, nSegments, panels, targets, starts, products, sums, means, centred }
export const enum Ridge { nFeatures, nTiles, nUnits, nSegments, units, featureProducts, featureSums, alphas, means, starts, inverses, pivots, intercept, targetProducts, targetSums, r2, r, weights, targetMeans, nBlocks }
export const enum Lasso { nFeatures, nTiles, nFits, nSegments, maxIterations, grams, scales, means, leftOut, starts, sums, intercept, targetProducts, targetSums, coefs, info, mostAlphas, fixedAlpha, alpha }
export const enum Dual { nRows, nTiles, nUnits, ranges, alphas, products, means, systems, diagonals, pivots, sides, sideTiles, intercept, firstColumn, lastColumn, firstRow, rowTiles, targets, targetTiles, r2, r, perUnit, groups }
export const enum Convolve { nTimes, size, roots, rows, nBands, bands, spectra, allBands, nSamples, samples, out, imaginary }
export const enum SortedPairs { n, nItems, ranks }
export const enum WeightedRanks { n, entries, weights, rows, columns, nPairs, out, squares, total }
export const enum WeightedValues { n, values, items, nDrawn, nItems, nPairs, out, squares, total, weights, centred }
export const enum PooledRanks { n, vectors, nVectors, times, weights, out, squares, total }
export const enum PooledSum { n, chunkLength, vectors, nVectors, times, out }
export const enum PooledScores { n, sum, vectors, nVectors, differences, wanted, outs, bounds, shifts, nBuckets, valueBits, above, weights, products, squares, total }
export const enum RankProducts { n, chunkLength, left, nLeft, right, nRight, weights, out }
export const enum Noisy { nItems, nFolds, series, length, nRows, dof, shrunk, rows, weights, known, starts, lists, inBlock, nPatches, mostVoxels, out }
export const enum WeightedProducts { n, chunkLength, left, nLeft, right, nRight, weights, out }
