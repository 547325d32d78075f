export { methodsReport, type MethodsReport, type MethodsReportOptions } from "./methods-report.ts";
export type { Deviation } from "./deviations.ts";
export type { CodeFile, Protocol, RunToReport, WrittenCall } from "./run.ts";
export {
  readResult,
  resultBytes,
  saveResult,
  type ResultBytesOptions,
  type Savable,
} from "./saved/save-result.ts";
