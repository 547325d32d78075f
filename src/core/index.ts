export type { FileInput } from "./byte-source.ts";
export { DiskFull, InTheWay, NotAllowed } from "./disk-errors.ts";
export {
  display,
  jupyterDisplay,
  type Displayable,
  type DisplayHook,
  type MimeBundle,
} from "./display.ts";
export {
  Cancelled,
  DuplicateItem,
  FileFormatError,
  InvalidArgument,
  isTsrsaError,
  ItemMismatch,
  MissingFile,
  MissingPackage,
  ShapeMismatch,
  TsrsaError,
  UnknownItem,
  UnknownOption,
  Unsupported,
} from "./errors.ts";
export { claim, ClaimFailed } from "./claim.ts";
export { FileChanged, ServerFailed } from "./http/errors.ts";
export { markFigures } from "./figure-mark.ts";
export { takeColumns } from "./take-columns.ts";
export { report } from "./report.ts";
export { progress, type ProgressLine, type ProgressUnit } from "./progress.ts";
export type { JobOptions, JobProgress } from "./job.ts";
export type { Matrix, MatrixLike, NumericArray } from "./matrix.ts";
