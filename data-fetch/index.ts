export { dataDir } from "./data-dir.ts";
export type { DataSet, RemoteFile } from "./data-set.ts";
export { DownloadFailed, fetchFile, type FetchOptions } from "./fetch-file.ts";
export { locateData, type LocatedData, type LocateOptions } from "./locate.ts";
export { dataSets, findDataSet } from "./sets/index.ts";
export { findFaults, sha256Of, verifyFile } from "./verify.ts";
