export { readFifCovariance } from "./read-covariance.ts";
export { openFifEpochs, readFifEpochs } from "./read-epochs.ts";
export type { FifEpochsReader, FifEpochsSelection, FifReadOptions } from "./read-epochs.ts";
export { readFifEvokeds } from "./read-evokeds.ts";
export type { FifEvokedsSelection } from "./read-evokeds.ts";
export { readFifInverse, type FifInverse } from "./read-inverse.ts";
export type { InverseNoise } from "./inverse-covariances.ts";
export { readFifSourceSpaces, type FifSourceSpace } from "./source-spaces.ts";
export { writeFifInverse } from "./write-inverse.ts";
export { writeFifSourceSpaces } from "./write-source-spaces.ts";
export type { SparseMatrix } from "./sparse.ts";
export { readFifInfo } from "./info.ts";
export { nameChannel } from "./channels.ts";
export { encodeFifEpochs, writeFifEpochs, writeFifEpochStream } from "./write-epochs.ts";
export { encodeFifEvokeds, writeFifEvokeds } from "./write-evokeds.ts";
export type { FifEpochValues, FifWriteOptions } from "./encode-data.ts";
export type {
  FifCell,
  FifChannel,
  FifChannelType,
  FifCovariance,
  FifDigPoint,
  FifEpochs,
  FifEpochsHeader,
  FifEvoked,
  FifInfo,
  FifMetadata,
  FifProjection,
} from "./types.ts";
