export type { Cell, Columns } from "./columns.ts";
export { Table, type Row } from "./table.ts";
export { asTable, type TableLike } from "./as-table.ts";
export { toDataFrame, type DataFrame, type DataFrameGroups, type Series } from "./to-data-frame.ts";
export { alignByLabel, distinctLabels, type AlignOptions, type Alignment } from "./align.ts";
export { averageByLabel } from "./average-by-label.ts";
export { compareCodePoints } from "./code-point-order.ts";
export { readCsv } from "./read-csv.ts";
export { readTsv } from "./read-tsv.ts";
