export type { FileInput } from "../core/byte-source.ts";
export * from "./algonauts/index.ts";
export * from "./csv/index.ts";
export * from "./fif/index.ts";
export * from "./hdf5/index.ts";
export * from "./image/index.ts";
export * from "./mat/index.ts";
export * from "./nifti/index.ts";
export * from "./npy/index.ts";
