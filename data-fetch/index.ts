export { checkDataSet, findFaults, type FileCheck } from "./check-data-set.ts";
export { dataDir } from "./data-dir.ts";
export type { DataSet, RemoteFile, Unpacking } from "./data-set.ts";
export { DownloadFailed } from "./download/errors.ts";
export { fetchFile } from "./download/fetch-file.ts";
export type { FetchOptions } from "./download/fetch-options.ts";
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
export { sha256Of, verifyFile } from "./verify.ts";
