export type { Cell } from "./cells.ts";
export { formatCsv } from "./format-csv.ts";
export type { FormatCsvOptions } from "./format-csv.ts";
export { parseCsv, readCsvColumns } from "./parse-csv.ts";
export type { CsvColumns, CsvOptions, ReadCsvColumnsOptions } from "./parse-csv.ts";
export { readLines } from "./read-lines.ts";
export type { TextEncodingName } from "./read-text.ts";
