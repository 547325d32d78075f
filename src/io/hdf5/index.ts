export type { DescriptorValue, Descriptors } from "./descriptors.ts";
export { Hdf5File, type Hdf5Object } from "./hdf5-file.ts";
export type { Hdf5Box } from "./slabs.ts";
export { openHdf5, type OpenHdf5Options } from "./open-hdf5.ts";
export { openRdmsFile, readRdmsGroup, type RdmsFile } from "./rdms-file.ts";
export {
  hdf5Bytes,
  writeHdf5,
  type Hdf5Input,
  type Hdf5Rows,
  type Hdf5Tree,
} from "./write-hdf5.ts";
export {
  rdmsFileBytes,
  rdmsGroup,
  toolboxVersion,
  writeRdmsFile,
  type RdmsContent,
} from "./write-rdms.ts";
