import { existsSync } from "node:fs";
import { readLines } from "../src/io/csv/read-lines.ts";
import type { Cell } from "../src/table/columns.ts";
import { readCsv } from "../src/table/read-csv.ts";
import { numberOption } from "./option-values.ts";
import { UsageError } from "./usage-error.ts";

/** A column of a table given as FILE:COLUMN. */
export async function readColumn(option: string, text: string): Promise<readonly Cell[]> {
  const colon = text.lastIndexOf(":");
  if (colon <= 0 || colon === text.length - 1)
    throw new UsageError(`${option} takes FILE:COLUMN, not ${JSON.stringify(text)}`);
  const path = text.slice(0, colon);
  const table = await readCsv(path, { delimiter: await delimiterOf(path) });
  return table.column(text.slice(colon + 1));
}

/** Labels: of a file with one a line, or of a column of a table as FILE:COLUMN. */
export async function readLabels(option: string, text: string): Promise<readonly Cell[]> {
  return existsSync(text) ? readLines(text) : readColumn(option, text);
}

/** The items of an RDM: one a line, or the distinct labels of a column in their order. */
export async function readItems(option: string, text: string): Promise<string[]> {
  if (existsSync(text)) return readLines(text);
  return [...new Set((await readColumn(option, text)).map(String))];
}

/** A comma or a tab where the first line has one, else a space, as in the labels of the Haxby data. */
async function delimiterOf(path: string): Promise<string> {
  const [line = ""] = await readLines(path);
  return [",", "\t", " "].find((delimiter) => line.includes(delimiter)) ?? ",";
}

/** Folds as a number, `max`, or a column that has the fold of each volume. */
export async function foldsOption(
  text: string | undefined,
): Promise<{ nFolds?: number | "max"; folds?: readonly Cell[] }> {
  if (text === undefined) return {};
  if (text === "max") return { nFolds: "max" };
  if (text.includes(":")) return { folds: await readColumn("--folds", text) };
  return { nFolds: numberOption("--folds")(text) };
}
