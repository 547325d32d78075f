export type { ZarrArrayInfo } from "./metadata.ts";
export { openZarr, type OpenZarrOptions } from "./open-zarr.ts";
export type { ZarrType } from "./types.ts";
export { ZarrArray } from "./zarr-array.ts";
export type { ZarrInput } from "./zarr-files.ts";
