import { formatCsv } from "../src/io/csv/format-csv.ts";
import { writeText } from "../src/core/write-text.ts";
import type { Table } from "../src/table/table.ts";

/** Write a table of numbers and texts as comma-separated text. */
export async function writeTable(path: string, table: Table): Promise<void> {
  const columns = table.names.map(
    (name) => [name, table.column(name) as (string | number | null)[]] as const,
  );
  await writeText(path, formatCsv(table.names, new Map(columns)));
}
