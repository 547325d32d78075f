export { dataDir } from "./data-dir.ts";
export type { DataSet, RemoteFile, Unpacking } from "./data-set.ts";
export { DownloadFailed } from "./download/errors.ts";
export { fetchFile, type FetchOptions } from "./download/fetch-file.ts";
export {
  fetchDataSet,
  type FetchDataSetOptions,
  type FetchedFile,
  type FetchReport,
} from "./fetch-data-set.ts";
export { locateData, type LocatedData, type LocateOptions } from "./locate.ts";
export { dataSets, findDataSet, knownDataSets } from "./sets/index.ts";
export type { UnpackedFile } from "./unpack/manifest.ts";
export type { UnpackLimits } from "./unpack/member-guard.ts";
export { unpack, type UnpackOptions } from "./unpack/unpack.ts";
export { findFaults, sha256Of, verifyFile } from "./verify.ts";
