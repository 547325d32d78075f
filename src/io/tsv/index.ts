export { parseTsv, type TsvOptions } from "./parse-tsv.ts";
