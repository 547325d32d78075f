import "./use-files.ts";

export { dataDir } from "../../data-fetch/data-dir.ts";
export { DownloadFailed } from "../../data-fetch/download/errors.ts";
export { locateData } from "../../data-fetch/locate.ts";
export { dataSets, findDataSet, knownDataSets } from "../../data-fetch/sets/index.ts";
