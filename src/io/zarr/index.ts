export type { ZarrArrayInfo, ZarrType } from "./metadata.ts";
export { openZarr, type OpenZarrOptions } from "./open-zarr.ts";
export { ZarrArray } from "./zarr-array.ts";
export type { ZarrInput } from "./zarr-files.ts";
