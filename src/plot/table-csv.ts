import type { Cell, Columns } from "../table/columns.ts";

/** A table as RFC 4180 text with a header line; numbers in full precision, missing values empty. */
export function tableCsv(table: Columns): string {
  const columns = table.names.map((name) => table.column(name));
  const lines = [table.names.map(csvCell).join(",")];
  for (let row = 0; row < table.length; row++)
    lines.push(columns.map((column) => csvCell(column[row])).join(","));
  return `${lines.join("\n")}\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null || (typeof cell === "number" && Number.isNaN(cell))) return "";
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
