import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { texts, thing } from "../../core/gate/kinds.ts";
import { toRows, type MatrixLike } from "../../core/matrix.ts";
import { Table, type Cell } from "../../table/index.ts";

/** Values of rows × columns with the names of both: regions × layers, for example. */
export interface Heatmap {
  /** Written above the panel. */
  readonly name?: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** nRows × nColumns; `NaN` is drawn as missing. */
  readonly values: MatrixLike;
  /** p values of the same shape; a cell with p ≤ `alpha` gets a star. Correct them first, with `fdr` or `adjustPValues`. */
  readonly pValues?: MatrixLike;
}

/** A heat map whose sizes were checked. */
export interface CheckedHeatmap {
  readonly name: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly at: (row: number, column: number) => number;
  readonly pAt: ((row: number, column: number) => number) | undefined;
}

const isHeatmap = thing("{ rows, columns, values }", "rows", "columns", "values");

/** Throws `ShapeMismatch` when names do not fit the values, `InvalidArgument` when there are none. */
export function checkHeatmap(map: Heatmap, place: number, count: number): CheckedHeatmap {
  isHeatmap(map, count === 1 ? "heatmap" : `heatmap ${place + 1}`);
  texts(map.rows, "rows");
  texts(map.columns, "columns");
  const { rows, columns, name = count === 1 ? "" : `Panel ${place + 1}` } = map;
  if (rows.length === 0 || columns.length === 0)
    throw new InvalidArgument("heatmap", "no rows or no columns", "give one of each, or more");
  const read = (values: MatrixLike, what: string) => {
    const { data, shape } = toRows(values, what);
    if (shape[0] !== rows.length || shape[1] !== columns.length)
      throw new ShapeMismatch(
        `${rows.length} × ${columns.length} ${what}, one for each row and column`,
        `${shape.join(" × ")}`,
        "give rows first, then columns, in the order of their names",
      );
    return (row: number, column: number) => data[row * columns.length + column];
  };
  const pAt = map.pValues === undefined ? undefined : read(map.pValues, "p values");
  return { name, rows, columns, at: read(map.values, "values"), pAt };
}

/** Every finite value of some heat maps. */
export function finiteValues(maps: readonly CheckedHeatmap[]): number[] {
  return maps
    .flatMap(({ rows, columns, at }) => rows.flatMap((_, i) => columns.map((_c, j) => at(i, j))))
    .filter(Number.isFinite);
}

/** Every cell, one row each: `panel` where there are several, `row`, `column`, `value`, and `p` where given. */
export function heatmapTable(maps: readonly CheckedHeatmap[]): Table {
  const cells = maps.flatMap((map) =>
    map.rows.flatMap((row, i) => map.columns.map((column, j) => ({ map, row, column, i, j }))),
  );
  const columns: [string, Cell[]][] = [
    ["row", cells.map(({ row }) => row)],
    ["column", cells.map(({ column }) => column)],
    ["value", cells.map(({ map, i, j }) => map.at(i, j))],
  ];
  if (maps.length > 1) columns.unshift(["panel", cells.map(({ map }) => map.name)]);
  if (maps.some(({ pAt }) => pAt !== undefined))
    columns.push(["p", cells.map(({ map, i, j }) => map.pAt?.(i, j) ?? null)]);
  return new Table(new Map(columns));
}
