import { text as isText, texts } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { FileFormatError } from "../../core/errors.ts";
import { parseCsv, type CsvColumns } from "../csv/index.ts";

/** How a table between tabs is read. */
export interface TsvOptions {
  /** Columns that stay text though all their values are numbers, as names of items may be. Default none. */
  readonly text?: readonly string[];
  /** Columns that are numbers though one number is written in several ways (`1` and `1.0`). Default none. */
  readonly numbers?: readonly string[];
  /** For messages. Default `(text)`. */
  readonly name?: string;
}

export const tsvNames: OptionNames<TsvOptions> = {
  text: texts,
  numbers: texts,
  name: isText,
};

/** What is missing: `n/a` in BIDS, and what others write for it. */
const missing = ["n/a", "", "N/A", "NA", "NaN", "nan"];

const separators = { ",": "commas", ";": "semicolons", " ": "spaces" } as const;

/**
 * Parse a table between tabs, as BIDS has them: events, confounds, participants. `n/a` is missing (`null`), and so is
 * what is empty, `NA` or `NaN`. A column becomes numbers as in {@link parseCsv}.
 *
 * @throws FileFormatError for a line of another number of fields, a column name that is there twice, and columns
 *   between spaces, commas or semicolons instead of tabs.
 * @example
 * import { parseTsv } from "tsrsa";
 * const { columns } = parseTsv("onset\ttrial_type\n4.5\tface\nn/a\thouse\n");
 * columns.get("onset"); // [4.5, null]
 */
export function parseTsv(text: string, options: TsvOptions = {}): CsvColumns {
  isText(text, "text");
  checkOptions(options, tsvNames);
  const { name = "(text)" } = options;
  const [first] = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/, 1);
  refuseOtherSeparator(first, name);
  return parseCsv(text, { ...options, name, delimiter: "\t", missing });
}

/** One column whose name has separators in it was meant as several. */
function refuseOtherSeparator(first: string, name: string): void {
  if (first.includes("\t")) return;
  const found = Object.entries(separators).find(([separator]) => first.trim().includes(separator));
  if (found === undefined) return;
  throw new FileFormatError(
    name,
    "line 1",
    "column names between tabs",
    `${found[1]} between them`,
    {
      advice: `write it with tabs, or read it with readCsv(file, { delimiter: ${JSON.stringify(found[0])} })`,
    },
  );
}
