export { alignRdms } from "./align-rdms.ts";
export type { ItemChoice } from "./align-rdms.ts";
export { commonItems } from "./common-items.ts";
export { computeRdm } from "./compute-rdm.ts";
export type { ComputeRdmOptions } from "./compute-rdm.ts";
export { computeRdmCv } from "./compute-rdm-cv.ts";
export type { ComputeRdmCvOptions } from "./compute-rdm-cv.ts";
export { createFolds } from "./create-folds.ts";
export type { CreateFoldsOptions, Folds } from "./create-folds.ts";
export type { CosineRegularisation } from "./cross-validated-cosine.ts";
export { metricNames } from "./metrics/index.ts";
export type { Metric, MetricName } from "./metrics/index.ts";
export type { MetricParams, PairMetric } from "./metrics/metric.ts";
export { pairsByPercentile, type PercentileOptions } from "./pairs-by-percentile.ts";
export { perPair, type PerPairOptions } from "./per-pair.ts";
export { pick } from "./pick.ts";
export { rdmBetween, type RdmBetweenOptions, type RectangularRdm } from "./rdm-between.ts";
export { rdmFromSquare } from "./rdm-from-square.ts";
export type { Selection } from "./pick.ts";
export type { RdmInput, RdmLike } from "./rdm-list.ts";
export { Rdm, pairIndex } from "./rdm.ts";
export type { RdmMeta, RdmOptions } from "./rdm.ts";
export { reorder } from "./reorder.ts";
export { subset } from "./subset.ts";
export { renamed, withItems, withMeta } from "./with.ts";
export {
  describeHdf5Rdms,
  readHdf5Rdms,
  streamHdf5Rdms,
  type Hdf5RdmsContent,
  type ReadHdf5RdmsOptions,
  type Wanted,
} from "./hdf5/read-hdf5-rdms.ts";
export { hdf5RdmsBytes, writeHdf5Rdms, type WriteHdf5RdmsOptions } from "./hdf5/write-hdf5-rdms.ts";
export { categoryRdm } from "./category-rdm.ts";
export { concatRdms } from "./concat-rdms.ts";
export { fromPartials } from "./from-partials.ts";
export { meanRdm, type RdmWeights } from "./mean-rdm.ts";
export {
  rdmFromMeasurements,
  type MeasurementMethod,
  type RdmFromMeasurementsOptions,
} from "./patterns/rdm-from-measurements.ts";
export {
  rdmFromUnbalanced,
  type RdmFromUnbalancedOptions,
} from "./patterns/rdm-from-unbalanced.ts";
export {
  frameActivations,
  framePatterns,
  type FramedPatterns,
  type FramePatternsOptions,
} from "./patterns/framed.ts";
export { itemNoise, type ItemNoise, type ItemNoiseOptions } from "./patterns/item-noise.ts";
export { readMeadows, type ReadMeadowsOptions } from "./meadows/read-meadows.ts";
export type { PoissonPrior } from "./patterns/poisson.ts";
export { permuteItems } from "./permute-items.ts";
export { rdmsFromTable, type RdmsFromTableOptions } from "./rdms-from-table.ts";
export { rdmsToTable } from "./rdms-to-table.ts";
export { rescaleRdms, type RescaledRdms, type RescaleOptions } from "./rescale-rdms.ts";
export { sortItems, type ItemOrder } from "./sort-items.ts";
export { subsample } from "./subsample.ts";
export { geodesicTransform } from "./transforms/geodesic.ts";
export {
  geotopologicalTransform,
  type GeotopologicalOptions,
} from "./transforms/geotopological.ts";
export { rankTransform, type RankTies } from "./transforms/rank-transform.ts";
export {
  minmaxTransform,
  positiveTransform,
  sqrtTransform,
} from "./transforms/simple-transforms.ts";
export { transformRdm } from "./transforms/transform-rdm.ts";
export { openRdmFile, RdmFile, type RdmFileOptions } from "./file/rdm-file.ts";
export { writeRdmFile, type WriteRdmFileOptions } from "./file/write-rdm-file.ts";
export * from "./classifiers/index.ts";
