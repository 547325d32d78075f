import type { Json } from "../json.ts";
import { isObject } from "../json.ts";

/** The values that came with a figure: names of columns, and rows of texts. */
export interface FigureTable {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table of a figure, as text or as the columns of a page; without rows when there is none. */
export function figureTable(figure: unknown): FigureTable {
  if (isObject(figure) && Array.isArray(figure.columns)) return unpackedTable(figure);
  const csv = isObject(figure) && typeof figure.csv === "string" ? figure.csv : "";
  const [head = "", ...lines] = csv.split(/\r?\n/);
  return { names: fields(head), rows: lines.filter((line) => line !== "").map(fields) };
}

/** Columns as an exported page holds them: texts, or the place of each in a list of those that differ. */
function unpackedTable({ names, columns }: Json): FigureTable {
  const all = (Array.isArray(columns) ? columns : []).map((column: unknown) => {
    if (!isObject(column)) return Array.isArray(column) ? column.map(String) : [];
    const { labels, at } = column;
    return Array.isArray(labels) && Array.isArray(at)
      ? at.map((place) => String(labels[Number(place)]))
      : [];
  });
  const nRows = Math.max(0, ...all.map(({ length }) => length));
  const rows = Array.from({ length: nRows }, (_, row) => all.map((texts) => texts[row] ?? ""));
  return { names: Array.isArray(names) ? names.map(String) : [], rows };
}

/** A cell as a number; an empty one is undefined. */
export function numberOf(text: string | undefined): number {
  return text === undefined || text === "" ? NaN : Number(text);
}

/** A number as it is shown below the pointer. */
export function shortNumber(value: number): string {
  return Number.isNaN(value) ? "undefined" : String(Number(value.toPrecision(4)));
}

/** The fields of a line of comma-separated text; none of ours spans lines. */
function fields(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain,
  );
}
