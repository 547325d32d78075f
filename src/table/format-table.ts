import { escapeHtml } from "../core/text.ts";
import type { Cell, Columns } from "./columns.ts";

const shownRows = 10;
/** Of a table with hardly more, what is cut is all that one looks for. */
const wholeRows = 20;
const shownColumns = 12;

/** The first rows as an HTML table: types in the header's title, numbers right-aligned, the shape below. */
export function tableHtml(table: Columns): string {
  const names = table.names.slice(0, shownColumns);
  const more = table.names.length > names.length ? "<th>…</th>" : "";
  const head = names
    .map((name) => {
      const kind = kindOf(table.column(name));
      return `<th title="${kind}"${aligned(kind)}>${escapeHtml(name)}</th>`;
    })
    .join("");
  const body = rowsOf(table, names).map(
    (cells, at) => `<tr><th>${at}</th>${cells.map(cellHtml).join("")}${more && "<td>…</td>"}</tr>`,
  );
  return (
    `<table class="dataframe"><thead><tr><th></th>${head}${more}</tr></thead>` +
    `<tbody>${body.join("")}</tbody></table><p>${shapeLine(table)}</p>`
  );
}

/** The first rows as aligned text, the shape below. */
export function tableText(table: Columns): string {
  const names = table.names.slice(0, shownColumns);
  const rows = rowsOf(table, names).map((cells, at) => [String(at), ...cells.map(formatCell)]);
  const grid = [["", ...names], ...rows];
  const numeric = [true, ...names.map((name) => kindOf(table.column(name)) === "number")];
  const widths = numeric.map((_, j) => Math.max(...grid.map((line) => line[j].length)));
  const lines = grid.map((line) =>
    line
      .map((cell, j) => (numeric[j] ? cell.padStart(widths[j]) : cell.padEnd(widths[j])))
      .join("  ")
      .trimEnd(),
  );
  return [...lines, shapeLine(table)].join("\n");
}

/** A cell as it is shown: numbers with at most 4 significant digits after the point, missing values as "–". */
export function formatCell(cell: Cell): string {
  if (cell === null || (typeof cell === "number" && Number.isNaN(cell))) return "–";
  if (typeof cell !== "number" || Number.isInteger(cell)) return String(cell);
  return Math.abs(cell) >= 1e6 || Math.abs(cell) < 1e-4
    ? cell.toExponential(3)
    : String(Number(cell.toPrecision(4)));
}

function rowsOf(table: Columns, names: readonly string[]): Cell[][] {
  const columns = names.map((name) => table.column(name));
  return Array.from({ length: shownOf(table.length) }, (_, at) =>
    columns.map((column) => column[at]),
  );
}

/** Said of every cell: JupyterLab would align all of them to the right. */
function aligned(kind: string): string {
  return ` style="text-align:${kind === "number" ? "right" : "left"}"`;
}

function cellHtml(cell: Cell): string {
  return `<td${aligned(typeof cell)}>${escapeHtml(formatCell(cell))}</td>`;
}

function kindOf(column: readonly Cell[]): string {
  const kinds = new Set(column.filter((cell) => cell !== null).map((cell) => typeof cell));
  return kinds.size === 1 ? [...kinds][0] : kinds.size === 0 ? "missing" : "mixed";
}

function shapeLine({ length, names }: Columns): string {
  const shown = length > shownOf(length) ? `first ${shownOf(length)} of ` : "";
  return `${shown}${counted(length, "row")} × ${counted(names.length, "column")}`;
}

function shownOf(length: number): number {
  return length <= wholeRows ? length : shownRows;
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
