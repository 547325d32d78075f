import { shortNumber } from "./numbers.ts";

/** What a danfojs DataFrame looks like from outside; the package itself is never loaded here. */
export interface DataFrameLike {
  readonly columns: readonly string[];
  readonly shape: readonly number[];
  readonly values: readonly unknown[];
  readonly dtypes?: readonly string[];
  readonly index?: readonly (string | number)[];
}

const mostRows = 10;
/** A frame with hardly more rows is shown whole. */
const wholeRows = 20;
const mostColumns = 20;
const longestText = 100;

/** True for a danfojs DataFrame or Series, and for whatever has their shape. */
export function isDataFrame(value: unknown): value is DataFrameLike {
  if (typeof value !== "object" || value === null) return false;
  const { columns, shape, values, $data } = value as Record<string, unknown>;
  return (
    $data !== undefined && Array.isArray(columns) && Array.isArray(shape) && Array.isArray(values)
  );
}

/** The first rows as an HTML table and as aligned text. */
export function frameBundle(frame: DataFrameLike): Record<string, string> {
  const table = head(frame);
  return { "text/html": html(table), "text/plain": text(table) };
}

interface Head {
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly numeric: readonly boolean[];
  readonly index: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly footer: string;
}

function head(frame: DataFrameLike): Head {
  const columns = frame.columns.slice(0, mostColumns).map(String);
  const rows = frame.values
    .slice(0, frame.values.length <= wholeRows ? wholeRows : mostRows)
    .map((row) => (Array.isArray(row) ? (row as unknown[]) : [row]));
  const types = columns.map((_, i) => frame.dtypes?.[i] ?? "");
  const hidden = frame.columns.length - columns.length;
  const [nRows, nColumns = 1] = frame.shape;
  return {
    columns,
    types,
    numeric: types.map((type) => /^(int|float|number)/.test(type)),
    index: rows.map((_, i) => String(frame.index?.[i] ?? i)),
    rows: rows.map((row) => columns.map((_, i) => cellText(row[i]))),
    footer: `${nRows > rows.length ? `first ${rows.length} of ` : ""}${counted(nRows, "row")} × ${counted(nColumns, "column")}${hidden > 0 ? `, ${counted(hidden, "column")} not shown` : ""}`,
  };
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

function cellText(value: unknown): string {
  if (typeof value === "number") return shortNumber(value);
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" ? value : jsonText(value);
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}

function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return String(value);
  }
}

function html({ columns, types, numeric, index, rows, footer }: Head): string {
  const align = (i: number): string => ` style="text-align: ${numeric[i] ? "right" : "left"}"`;
  const titles = columns.map(
    (name, i) => `<th title="${escape(types[i])}"${align(i)}>${escape(name)}</th>`,
  );
  const body = rows.map((row, r) => {
    const cells = row.map((cell, i) => `<td${align(i)}>${escape(cell)}</td>`);
    return `<tr><th>${escape(index[r])}</th>${cells.join("")}</tr>`;
  });
  return (
    `<table class="dataframe"><thead><tr><th></th>${titles.join("")}</tr></thead>` +
    `<tbody>${body.join("")}</tbody></table><p>${escape(footer)}</p>`
  );
}

function text({ columns, numeric, index, rows, footer }: Head): string {
  const lines = [["", ...columns], ...rows.map((row, r) => [index[r], ...row])];
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  const pad = (cell: string, i: number): string =>
    i > 0 && numeric[i - 1] ? cell.padStart(widths[i]) : cell.padEnd(widths[i]);
  return [...lines.map((line) => line.map(pad).join("  ").trimEnd()), footer].join("\n");
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
