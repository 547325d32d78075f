export type { LabelOptions } from "./align-epochs.ts";
export type { Channel, ChannelType, RecordingInfo } from "./channel.ts";
export { Epochs } from "./epochs.ts";
export { epochsFromArray, type EpochsArrayOptions } from "./epochs-from-array.ts";
export { Evoked, type EvokedParts } from "./evoked.ts";
export type { NoiseCovariance } from "./noise-covariance.ts";
export type { Picks } from "./pick-channels.ts";
export { rdmEpochs, type RdmEpochsOptions } from "./rdm-epochs.ts";
export { RdmSequence } from "./rdm-sequence.ts";
export { readEpochs, type ReadEpochsOptions } from "./read-epochs.ts";
export { rsaEpochs, type RsaEpochsOptions } from "./rsa-epochs.ts";
export type { EpochFoldOptions } from "./epoch-folds.ts";
export type { EpochNoiseOptions, EpochNoiseSource } from "./epoch-noise.ts";
export type { PatchCentre, SensorSearchlightOptions } from "./sensor-searchlight.ts";
export { SensorScores, type ScorePeak, type ScoreSeries } from "./sensor-scores.ts";
export type { TimeRange } from "./time-range.ts";
export { vectorviewSelection, type VectorviewRegion } from "./vectorview-selection.ts";
export { rdmEvokeds, type RdmEvokedsOptions } from "./rdm-evokeds.ts";
export { readEvokeds } from "./read-evokeds.ts";
export { readNoiseCovariance } from "./read-noise-covariance.ts";
export { rsaEvokeds, type RsaEvokedsOptions } from "./rsa-evokeds.ts";
export { writeEpochs, type WriteEpochsOptions } from "./write-epochs.ts";
export { writeEvokeds } from "./write-evokeds.ts";
export { GroupScores, type GroupScoresParts, type GroupSeries } from "./group-scores.ts";
export { stackScores, type LeftOut, type StackScoresOptions } from "./stack-scores.ts";
export { SensorNeighbours, type SensorNeighboursParts } from "./sensors/neighbours.ts";
export { readNeighbours } from "./sensors/read-neighbours.ts";
export { sensorNeighbours, type SensorNeighboursOptions } from "./sensors/sensor-neighbours.ts";
export type { SensorSource } from "./sensors/sensor-source.ts";
export {
  clusterSensors,
  clusterSummary,
  clusterTable,
  type ClusterWordsOptions,
} from "./cluster-table.ts";
export { scoresToEvokeds } from "./scores-to-evokeds.ts";
export { mapEpochs, type MapEpochsOptions } from "./map-epochs.ts";
export {
  SensorShares,
  sharesEpochs,
  type SensorSharesParts,
  type SharesEpochsOptions,
} from "./shares-epochs.ts";
export { type PeopleEpochs, type PeopleEpochsOptions } from "./people-epochs.ts";
export {
  SensorWeights,
  weightsEpochs,
  type SensorWeightsParts,
  type WeightsEpochsOptions,
} from "./weights-epochs.ts";
export { ceilingEpochs, type CeilingEpochsOptions } from "./ceiling-epochs.ts";
export {
  modelDifference,
  percentOfCeiling,
  winningModels,
  type ModelDifferenceOptions,
  type PercentOfCeilingOptions,
  type WinningModels,
  type WinningModelsOptions,
} from "./compare-models.ts";
export { timeTimeEpochs, type TimeTimeEpochsOptions } from "./time-time-epochs.ts";
export {
  crossTemporalEpochs,
  generalisationEpochs,
  type CrossTemporalEpochsOptions,
  type GeneralisationEpochsOptions,
} from "./cross-temporal-epochs.ts";
export type { CrossTemporalEntries } from "./cross-temporal.ts";
export * from "./tfr/index.ts";
