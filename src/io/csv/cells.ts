/** One cell of a column: text, a number, or null where the value is missing. */
export type Cell = string | number | null;

/** What pandas reads as a missing value (`read_csv`, `keep_default_na`). */
export const PANDAS_MISSING: readonly string[] = [
  "",
  "#N/A",
  "#N/A N/A",
  "#NA",
  "-1.#IND",
  "-1.#QNAN",
  "-NaN",
  "-nan",
  "1.#IND",
  "1.#QNAN",
  "<NA>",
  "N/A",
  "NA",
  "NULL",
  "NaN",
  "None",
  "n/a",
  "nan",
  "null",
];

// No zeros in front: "001" is a label, and a number would lose them.
const PLAIN_NUMBER = /^[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const INFINITE = /^([+-]?)inf(inity)?$/i;

/** The cells of a column: all numbers where every value that is there is a plain number, else all text. */
export function toCells(fields: readonly string[], missing: ReadonlySet<string>): Cell[] {
  const numbers: Cell[] = [];
  for (const field of fields) {
    const value = missing.has(field) ? null : plainNumber(field.trim());
    if (value === undefined) return fields.map((text) => (missing.has(text) ? null : text));
    numbers.push(value);
  }
  return numbers;
}

/** The number a field stands for, or undefined when it is none or would lose digits. */
function plainNumber(text: string): number | undefined {
  if (PLAIN_NUMBER.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) && isExact(text, value) ? value : undefined;
  }
  const infinite = INFINITE.exec(text);
  if (infinite === null) return undefined;
  return infinite[1] === "-" ? -Infinity : Infinity;
}

/** False for an integer that float64 cannot hold: two such labels could become one number. */
function isExact(text: string, value: number): boolean {
  if (Number.isSafeInteger(value) || !/^[+-]?\d+$/.test(text)) return true;
  return BigInt(text.replace("+", "")) === BigInt(value);
}
