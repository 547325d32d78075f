import type { FileInput } from "../core/byte-source.ts";
import { readCsvColumns, type ReadCsvColumnsOptions } from "../io/csv/index.ts";
import { Table } from "./table.ts";

/**
 * Read a comma-separated file, or a `.tsv`, as a table. Columns of plain numbers become numbers, missing values `null`;
 * a column keeps its text when any value is like `001`, or two that differ are one number, like `1.10` and `1.1` (the
 * options `numbers` and `text` decide otherwise). A spreadsheet of a country that writes 1,5 is read with
 * `delimiter: ";", decimal: ","`. Throws `MissingFile`, `FileFormatError`.
 *
 * @example
 * import { readCsv } from "tsrsa";
 * const bytes = new TextEncoder().encode("file,trigger\nf001.bmp,5\n");
 * (await readCsv(bytes)).column("trigger"); // [ 5 ]
 */
export async function readCsv(
  input: FileInput,
  options: ReadCsvColumnsOptions = {},
): Promise<Table> {
  const { columns } = await readCsvColumns(input, options);
  return new Table(columns);
}
