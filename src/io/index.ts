export type { FileInput } from "../core/byte-source.ts";
export * from "./algonauts/index.ts";
export * from "./bids/index.ts";
export * from "./cifti/index.ts";
export * from "./csv/index.ts";
export { readEeglab, type ReadEeglabOptions } from "./eeglab/index.ts";
export type { EpochedArrays, EpochedChannel } from "./epoched/epoched.ts";
export { readFieldTrip, type ReadFieldTripOptions } from "./fieldtrip/index.ts";
export * from "./fif/index.ts";
export {
  Hdf5File,
  hdf5Bytes,
  openHdf5,
  writeHdf5,
  type Hdf5Box,
  type Hdf5Input,
  type Hdf5Object,
  type Hdf5Rows,
  type Hdf5Tree,
  type OpenHdf5Options,
} from "./hdf5/index.ts";
export * from "./freesurfer/index.ts";
export * from "./gifti/index.ts";
export * from "./image/index.ts";
export { listFiles } from "./list-files.ts";
export * from "./mat/index.ts";
export * from "./mgh/index.ts";
export * from "./nifti/index.ts";
export * from "./npy/index.ts";
export * from "./stc/index.ts";
export * from "./tsv/index.ts";
export {
  onnxBytes,
  parseOnnx,
  type OnnxAttribute,
  type OnnxExternal,
  type OnnxGraph,
  type OnnxGraphInput,
  type OnnxLength,
  type OnnxModel,
  type OnnxNode,
  type OnnxNodeInput,
  type OnnxTensorInfo,
  type OnnxType,
  type OnnxValue,
  type OnnxWeightInput,
} from "./onnx/index.ts";
export * from "./zarr/index.ts";
