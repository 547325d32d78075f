import { either, kind, listOf, oneOf, texts } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { FileInput } from "../core/byte-source.ts";
import { InvalidArgument, UnknownOption } from "../core/errors.ts";
import { asTable, type TableLike } from "../table/as-table.ts";
import type { Cell } from "../table/columns.ts";
import { readTsv } from "../table/read-tsv.ts";
import { Table } from "../table/table.ts";

const motion = ["trans", "rot"].flatMap((kind) => ["x", "y", "z"].map((axis) => `${kind}_${axis}`));
const isCompCor = (name: string): boolean => /^a_comp_cor_\d+$/.test(name);
const tissues = ["white_matter", "csf"];

/** The columns of strategies that are all or nothing. */
const whole: Partial<Record<string, readonly string[]>> = {
  motion6: motion,
  motion24: motion.flatMap((name) =>
    ["", "_derivative1", "_power2", "_derivative1_power2"].map((more) => name + more),
  ),
  "wm-csf": tissues,
};

/** Which columns each strategy takes. */
const strategies = {
  motion6: (name: string) => motion.includes(name),
  motion24: (name: string) => /^(trans|rot)_[xyz](_derivative1)?(_power2)?$/.test(name),
  "wm-csf": (name: string) => tissues.includes(name),
  acompcor: (name: string) => isCompCor(name) || /^cosine\d+$/.test(name),
  scrub: (name: string) => /^(motion_outlier|non_steady_state_outlier)\d+$/.test(name),
} as const satisfies Record<string, (name: string) => boolean>;

const strategyNames = Object.keys(strategies) as readonly ConfoundStrategy[];

/** A customary choice among the confounds of fMRIPrep. */
export type ConfoundStrategy = keyof typeof strategies;

/** Which confounds are read, and what becomes of missing values. */
export interface ReadConfoundsOptions {
  /**
   * A choice, or several together: `motion6` (three shifts and rotations), `motion24` (with derivatives and squares),
   * `wm-csf`, `acompcor` (with the cosines that it was computed after), `scrub` (one column a volume to be left out).
   */
  readonly strategy?: ConfoundStrategy | readonly ConfoundStrategy[];
  /** Columns by name, beside those of the strategy. Default without a strategy: all. */
  readonly columns?: readonly string[];
  /**
   * Missing values: refused (default), or 0 in the first row, where derivatives and displacement have none. Elsewhere
   * they are always refused.
   */
  readonly missing?: "refuse" | "first-row-zero";
  /** How many of the `a_comp_cor_…` are taken, from the first on. Default: all. */
  readonly nCompCor?: number;
}

const readConfoundsNames: OptionNames<ReadConfoundsOptions> = {
  strategy: either(oneOf(strategyNames), listOf(oneOf(strategyNames))),
  columns: texts,
  missing: oneOf(["refuse", "first-row-zero"]),
  nCompCor: kind(
    "an integer of at least 1",
    (value) => Number.isSafeInteger(value) && Number(value) > 0,
  ),
};

/**
 * Read confounds of a run, as fMRIPrep writes them: a table with a row a volume, its columns numbers, ready for
 * `designMatrix`, `firstLevel` and `NiftiMasker`.
 *
 * @param input - a file between tabs, or a table.
 * @throws InvalidArgument naming column and row of a missing value, or a strategy of which the table lacks columns;
 *   UnknownOption for a column that is not there; FileFormatError; MissingFile.
 * @example
 * import { readConfounds } from "tsrsa";
 * const file = new TextEncoder().encode("csf\twhite_matter\tframewise_displacement\n5\t0.1\tn/a\n6\t0.2\t0.3\n");
 * const all = await readConfounds(file, { missing: "first-row-zero" });
 * all.column("framewise_displacement"); // [ 0, 0.3 ]
 * (await readConfounds(file, { strategy: "wm-csf" })).names; // [ "csf", "white_matter" ]
 */
export async function readConfounds(
  input: FileInput | TableLike,
  options: ReadConfoundsOptions = {},
): Promise<Table> {
  checkOptions(options, readConfoundsNames);
  const table = isTable(input) ? asTable(input) : await readTsv(input);
  const names = chosenNames(table, options);
  const columns = names.map(
    (name) => [name, numbersOf(table.column(name), name, options.missing)] as const,
  );
  return new Table(new Map(columns));
}

function isTable(input: FileInput | TableLike): input is TableLike {
  if (typeof input !== "object" || input === null) return false;
  if (Array.isArray(input) || input instanceof Table) return true;
  if (ArrayBuffer.isView(input) || input instanceof ArrayBuffer) return false;
  const isFile = "href" in input || "arrayBuffer" in input || "read" in input;
  return !isFile;
}

function chosenNames(table: Table, options: ReadConfoundsOptions): string[] {
  const { strategy, columns = [], nCompCor = Infinity } = options;
  for (const name of columns)
    if (!table.names.includes(name)) throw new UnknownOption("column", name, table.names);
  if (strategy === undefined) return columns.length > 0 ? [...columns] : [...table.names];
  const wanted = typeof strategy === "string" ? [strategy] : strategy;
  const chosen = new Set<string>(columns);
  for (const one of wanted) {
    const own = table.names.filter((name) => strategies[one](name));
    const isThere = one === "acompcor" ? own.some(isCompCor) : own.length > 0;
    // Without volumes to be left out there are no columns for them.
    if (!isThere && one !== "scrub")
      throw new InvalidArgument(
        "strategy",
        one,
        `no column of it among ${table.names.slice(0, 24).join(", ")}; name columns instead`,
      );
    const lacking = (whole[one] ?? []).filter((name) => !own.includes(name));
    if (lacking.length > 0)
      throw new InvalidArgument(
        "strategy",
        one,
        `the table lacks ${lacking.slice(0, 24).join(", ")}; a part of it is another model: name its columns instead`,
      );
    own.forEach((name) => chosen.add(name));
  }
  const compCor = table.names.filter(isCompCor);
  const left = new Set(compCor.slice(nCompCor));
  return table.names.filter((name) => chosen.has(name) && !left.has(name));
}

function numbersOf(
  cells: readonly Cell[],
  name: string,
  missing: ReadConfoundsOptions["missing"] = "refuse",
): number[] {
  return cells.map((cell, row) => {
    if (cell === null && row === 0 && missing === "first-row-zero") return 0;
    const value = typeof cell === "string" && cell.trim() !== "" ? Number(cell) : cell;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw new InvalidArgument(
      `confound ${JSON.stringify(name)} in row ${row + 1}`,
      cell === null ? "missing (n/a)" : cell,
      row === 0
        ? 'leave the column out, or put 0 there with missing: "first-row-zero"'
        : "leave the column out: a value in the middle of a run cannot be guessed",
    );
  });
}
