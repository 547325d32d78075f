export { OutOfMemory, WorkerFailed } from "./compute/errors.ts";
export * from "./core/index.ts";
export * from "./encoding/index.ts";
export * from "./engine/index.ts";
export {
  asMatrix,
  asStrings,
  bidsLabel,
  bidsName,
  formatTsv,
  listFiles,
  matTexts,
  openAlgonautsSubject,
  openBids,
  parseBidsName,
  parseTsv,
  readImage,
  readLines,
  readMat,
  readNifti,
  readNpy,
  readNpyPart,
  readNpz,
  readNpzArray,
  resizeImage,
  stackImages,
  toGrey,
  writeBidsMap,
  writeBidsTable,
  writeBidsVertices,
  writeNifti,
  writeNpy,
  writeNpz,
  type AlgonautsSubject,
  type BidsData,
  type BidsFile,
  type BidsFileQuery,
  type BidsName,
  type BidsNameParts,
  type BidsOutputOptions,
  type BidsPlaces,
  type BidsRun,
  type BidsRunQuery,
  type BidsTableOptions,
  type Image,
  type MatValue,
  type NamedColumns,
  type NiftiImage,
  type NpyArray,
  type NpyInput,
  type TsvOptions,
} from "./io/index.ts";
export * from "./meg/index.ts";
export * from "./sources/index.ts";
export * from "./surface/index.ts";
export * from "./mri/index.ts";
export * from "./fusion/index.ts";
export * from "./networks/index.ts";
export * from "./pairs/index.ts";
export * from "./plot/index.ts";
export * from "./rdm/index.ts";
export * from "./report/index.ts";
export * from "./rsa/index.ts";
export * from "./searchlight/index.ts";
export * from "./simulate/index.ts";
export * from "./stats/index.ts";
export * from "./table/index.ts";
