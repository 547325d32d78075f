export { readGifti, type ReadGiftiOptions } from "./read-gifti.ts";
export { writeGifti, type GiftiContent, type GiftiContentArray } from "./write-gifti.ts";
export type { GiftiArray, GiftiFile, GiftiLabel, GiftiTransform } from "./types.ts";
