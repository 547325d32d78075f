export { formatTsv, type NamedColumns } from "./format-tsv.ts";
export { parseTsv, type TsvOptions } from "./parse-tsv.ts";
