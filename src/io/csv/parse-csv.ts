import { text as isText, texts } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames, without } from "../../core/gate/options.ts";
import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError, InvalidArgument, UnknownOption } from "../../core/errors.ts";
import { Budget } from "../budget/budget.ts";
import { PANDAS_MISSING, toCells, toNumbers, toTexts, type Cell } from "./cells.ts";
import { withDecimalComma } from "./decimal-comma.ts";
import { readText, type TextEncodingName } from "./read-text.ts";
import { splitRecords } from "./records.ts";

/** How to read a CSV text. */
export interface CsvOptions {
  /** What is between fields, one character. Default a tab for a file called `.tsv`, else `,`. */
  readonly delimiter?: string;
  /** What stands before the decimals of a number. With `,` a point makes no number (`1.500`), and `delimiter` is another. Default `.`. */
  readonly decimal?: "." | ",";
  /** Whether the first line names the columns; else they are called `0`, `1` … Default true. */
  readonly header?: boolean;
  /** Fields that mean a missing value. Default: pandas' list (empty, `NA`, `NaN`, `n/a`, `null` …). */
  readonly missing?: readonly string[];
  /** Columns that stay text though all their values are numbers, as names of items may be. Default none. */
  readonly text?: readonly string[];
  /**
   * Columns that are numbers though one number is written in several ways (`1` and `1.0`), for which a column stays
   * text otherwise. Default none.
   */
  readonly numbers?: readonly string[];
  /** Most bytes of memory its cells may take. Default 192 MiB, or 80 for each letter of the text if that is more. */
  readonly maxBytes?: number;
  /** For messages. Default `(text)`. */
  readonly name?: string;
}

/** A cell, its number and its text take this much beside the letters; a column has lists, a name and an entry. */
const [cellBytes, columnBytes, ratio] = [56, 400, 80];

/** How to read a CSV file. */
export interface ReadCsvColumnsOptions extends CsvOptions {
  /** Default utf-8. */
  readonly encoding?: TextEncodingName;
}

/** The columns of a CSV: all of one length. */
export interface CsvColumns {
  /** In the order of the file. */
  readonly names: string[];
  readonly columns: Map<string, Cell[]>;
}

const parseCsvNames: OptionNames<CsvOptions> = {
  delimiter: isText,
  decimal: isText,
  header: true,
  missing: texts,
  text: texts,
  numbers: texts,
  maxBytes: true,
  name: true,
};

/**
 * Parse a CSV text into columns, much as pandas' `read_csv`. A column becomes numbers only when every value in it that
 * is not missing is a plain number (`1`, `-2.5`, `1.5e-07`, but not `001`, `0x10`, `1,5` or an integer that float64
 * cannot hold), and no two that are written differently are the same number: `1.10` and `1.1` may be two items. `1e3`,
 * `+5` and `inf` are numbers only beside measured ones. Else the whole column stays text (pandas turns `001` into 1);
 * `numbers` and `text` decide otherwise. Missing values are null; for labels such as `NA` pass `missing: []`.
 * Truth values stay text. A column without a name is called `Unnamed: 0`, by its position.
 *
 * Throws `FileFormatError` for a value that is no number in a column of `numbers`, a line with more or fewer
 * fields than there are columns, an open quote, and column names that occur twice; `UnknownOption` for a column that is
 * not there.
 *
 * @example
 * import { parseCsv } from "tsrsa/io";
 * const { columns } = parseCsv("item,onset\n001,0.5\n002,NA\n");
 * columns.get("item"); // ["001", "002"]
 * columns.get("onset"); // [0.5, null]
 */
export function parseCsv(text: string, options: CsvOptions = {}): CsvColumns {
  isText(text, "text");
  checkOptions(options, parseCsvNames);
  const { delimiter = ",", decimal = ".", header = true, name: file = "(text)" } = options;
  checkDelimiter(delimiter);
  checkDecimal(decimal, delimiter);
  const budget = new Budget(file, text.length, { ratio, maxBytes: options.maxBytes });
  const records = splitRecords(text.replace(/^\uFEFF/, ""), delimiter, file);
  let names: string[] | undefined;
  let fields: string[][] = [];
  for (const record of records) {
    budget.takeObjects(record.fields.length, `line ${record.line}`, cellBytes);
    if (names === undefined) {
      budget.takeObjects(record.fields.length, "columns", columnBytes);
      names = header ? columnNames(record.fields, file) : record.fields.map((_, i) => String(i));
      fields = names.map(() => []);
      if (header) continue;
    }
    if (record.fields.length !== names.length) throw unequal(record.line, record.fields, names);
    record.fields.forEach((field, i) => fields[i].push(field));
  }
  if (names === undefined) {
    const expected = header ? "a line of column names" : "a line of values";
    throw new FileFormatError(file, "line 1", expected, "an empty text");
  }
  const missing = new Set(options.missing ?? PANDAS_MISSING);
  for (const name of [...(options.text ?? []), ...(options.numbers ?? [])])
    if (!names.includes(name)) throw new UnknownOption("column", name, names);
  const isComma = decimal === ",";
  const columns = new Map(names.map((name, i) => [name, cells(name, fields[i])]));
  return { names, columns };

  function cells(name: string, values: readonly string[]): Cell[] {
    if (options.text?.includes(name)) return toTexts(values, missing);
    if (!options.numbers?.includes(name))
      return (isComma ? withDecimalComma(toCells) : toCells)(values, missing);
    const found = (isComma ? withDecimalComma(toNumbers) : toNumbers)(values, missing);
    if (Array.isArray(found)) return found;
    const [field, text] = [`column ${name}, row ${found.wrong}`, values[found.wrong]];
    throw new FileFormatError(file, field, "a number", JSON.stringify(text), {
      advice: "correct it, or read the column as text",
    });
  }

  function unequal(line: number, found: readonly string[], names: readonly string[]) {
    const expected = `${names.length} fields, as there are columns`;
    return new FileFormatError(file, `line ${line}`, expected, `${found.length}`, {
      advice:
        otherDelimiter(names) ??
        "check the delimiter, and that fields with a delimiter in them are quoted",
    });
  }
}

const readCsvColumnsNames: OptionNames<ReadCsvColumnsOptions> = {
  ...parseCsvNames,
  encoding: isText,
};

/**
 * Read the columns of a CSV file, or of a `.tsv`, whose fields are between tabs; see {@link parseCsv}. Throws `FileFormatError` too when it is not text in `encoding`.
 *
 * @example
 * import { readCsvColumns } from "tsrsa/io";
 * const file = new TextEncoder().encode("label;run\nface;1\n");
 * const { names } = await readCsvColumns(file, { delimiter: ";" });
 * names; // ["label", "run"]
 */
export async function readCsvColumns(
  input: FileInput,
  options: ReadCsvColumnsOptions = {},
): Promise<CsvColumns> {
  checkOptions(options, readCsvColumnsNames);
  const { text, name } = await readText(input, options.encoding);
  const delimiter = options.delimiter ?? (/\.tsv$/i.test(name) ? "\t" : ",");
  return parseCsv(text, { name, ...without(["encoding"], options), delimiter });
}

function columnNames(fields: readonly string[], file: string): string[] {
  const names = fields.map((field, i) => (field === "" ? `Unnamed: ${i}` : field));
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name).size);
  if (twice === undefined) return names;
  throw new FileFormatError(file, "column names", "each once", `${JSON.stringify(twice)} twice`, {
    advice: "rename one of the columns",
  });
}

/** What to pass where the line of names was taken for a single one. */
function otherDelimiter([name, ...others]: readonly string[]): string | undefined {
  const meant = [";", "\t", "|"].find((mark) => name.includes(mark));
  if (meant === undefined || others.length > 0) return undefined;
  const pass = `pass delimiter: ${JSON.stringify(meant)}, as the first line has it`;
  return `${pass}, and decimal: "," where numbers are written like 1,5`;
}

function checkDecimal(decimal: string, delimiter: string): void {
  if (decimal !== "." && decimal !== ",")
    throw new InvalidArgument("decimal", decimal, 'give "." or ","');
  if (decimal === delimiter)
    throw new InvalidArgument(
      "decimal",
      decimal,
      'is the delimiter too; pass delimiter: ";" with it',
    );
}

function checkDelimiter(delimiter: string): void {
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return;
  throw new InvalidArgument("delimiter", delimiter, "give one character, such as , or ; or a tab");
}
