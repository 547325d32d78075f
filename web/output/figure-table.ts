import { isObject } from "../json.ts";

/** The values that came with a figure: names of columns, and rows of texts. */
export interface FigureTable {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table of a figure; without rows when there is none. */
export function figureTable(figure: unknown): FigureTable {
  const csv = isObject(figure) && typeof figure.csv === "string" ? figure.csv : "";
  const [head = "", ...lines] = csv.split(/\r?\n/);
  return { names: fields(head), rows: lines.filter((line) => line !== "").map(fields) };
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
