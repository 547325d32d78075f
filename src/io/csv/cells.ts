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

/**
 * The cells of a column: all numbers where every value that is there is a plain number, no two different texts become
 * the same one (`1.10` and `1.1` are two labels), and none is written as only labels are (`1e3`, `+5`, `INF` with no
 * measured value beside them); else all text.
 */
export function toCells(fields: readonly string[], missing: ReadonlySet<string>): Cell[] {
  const numbers: Cell[] = [];
  const written = new Map<number, string>();
  let [odd, infinite, finite, measured] = [false, false, false, false];
  for (const field of fields) {
    const text = field.trim();
    const value = missing.has(field) ? null : plainNumber(text);
    if (value === undefined || collides(value, text, written)) return toTexts(fields, missing);
    numbers.push(value);
    if (value === null) continue;
    const usual = isUsual(text, value);
    odd ||= !usual;
    infinite ||= !Number.isFinite(value);
    finite ||= Number.isFinite(value);
    measured ||= usual && !Number.isInteger(value);
  }
  const likeLabels = (odd && !measured) || (infinite && !finite);
  return likeLabels ? toTexts(fields, missing) : numbers;
}

/** As programs print numbers: digits, decimals, the shortest of JavaScript or Python, or a fixed `1.50e+03`. */
function isUsual(text: string, value: number): boolean {
  if (!Number.isFinite(value)) return true;
  if (/^-?\d*\.\d+$|^-?\d+$/.test(text) || text === String(value)) return true;
  const [, sign, power] = /^-?\d(?:\.\d+)?[eE]([+-])(\d{2,3})$/.exec(text) ?? [];
  if (power === undefined) return false;
  // Python writes a power where it is below 10⁻⁴ or from 10¹⁶ on; a fixed format has decimals.
  return text.includes(".") || Number(power) >= (sign === "-" ? 5 : 16);
}

/** The cells of a column that is text whatever it looks like. */
export function toTexts(fields: readonly string[], missing: ReadonlySet<string>): Cell[] {
  return fields.map((text) => (missing.has(text) ? null : text));
}

/**
 * The cells of a column that is numbers: of several ways to write one number all are allowed. Gives the position of
 * the first field that is none.
 */
export function toNumbers(
  fields: readonly string[],
  missing: ReadonlySet<string>,
): Cell[] | { readonly wrong: number } {
  const numbers = fields.map((field) => (missing.has(field) ? null : plainNumber(field.trim())));
  const wrong = numbers.indexOf(undefined);
  return wrong < 0 ? (numbers as Cell[]) : { wrong };
}

/** True when another text gave the same number before. A zero is a zero with or without a sign; infinity has no digits. */
function collides(value: number | null, text: string, written: Map<number, string>): boolean {
  if (value === null || !Number.isFinite(value)) return false;
  const plain = value === 0 ? text.replace(/^[+-]/, "") : text;
  const before = written.get(value);
  if (before === undefined) written.set(value, plain);
  return before !== undefined && before !== plain;
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

/** False for an integer that float64 cannot hold, and for what it rounds to nothing: two such labels could become one. */
function isExact(text: string, value: number): boolean {
  if (value === 0) return !/[1-9]/.test(text.replace(/[eE].*$/, ""));
  if (Number.isSafeInteger(value) || !/^[+-]?\d+$/.test(text)) return true;
  return BigInt(text.replace("+", "")) === BigInt(value);
}
