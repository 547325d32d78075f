import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { checkedMatrix } from "../../core/gate/checked-matrix.ts";
import type { Matrix } from "../../core/matrix.ts";
import { Table, type Cell } from "../../table/index.ts";

/** A place in an image of pixels. */
export type PixelPlace = readonly [row: number, column: number];

/** Receptive fields whose sizes were checked. */
export interface CheckedFields {
  readonly titles: readonly string[];
  readonly rows: number;
  readonly columns: number;
  readonly marked: readonly (PixelPlace | undefined)[];
  readonly colours: readonly string[];
  readonly at: (field: number, row: number, column: number) => number;
}

/** What goes with each field. */
export interface FieldSettings {
  readonly titles?: readonly string[];
  readonly markedPixels?: PixelPlace | readonly (PixelPlace | undefined)[];
  readonly colours?: readonly string[];
}

/** Throws `ShapeMismatch` or `InvalidArgument` when fields and what goes with them do not fit. */
export function checkFields(
  fields: Matrix,
  { titles, markedPixels, colours }: FieldSettings,
  defaultColours: readonly string[],
): CheckedFields {
  const { data, shape } = checkedMatrix(fields, "fields");
  const [count, rows, columns] = shape.length === 2 ? [1, ...shape] : shape;
  if (shape.length < 2 || shape.length > 3 || data.length !== count * rows * columns)
    throw new ShapeMismatch("fields × rows × columns, or one field", shape.join(" × "));
  if (data.length === 0)
    throw new InvalidArgument("fields", "no field", "give at least one field of one pixel");
  const names = titles ?? Array.from({ length: count }, (_, i) => `field ${i + 1}`);
  const marked = placesOf(markedPixels, count);
  for (const [what, list] of [
    ["titles", names],
    ["marked pixels", marked],
  ] as const)
    if (list.length !== count)
      throw new ShapeMismatch(`${count} ${what}, one a field`, `${list.length}`);
  marked.forEach((place) => checkPlace(place, rows, columns));
  return {
    titles: names,
    rows,
    columns,
    marked,
    colours: names.map(
      (_, i) => (colours ?? defaultColours)[i % (colours ?? defaultColours).length],
    ),
    at: (field, row, column) => data[(field * rows + row) * columns + column],
  };
}

function placesOf(
  given: FieldSettings["markedPixels"],
  count: number,
): readonly (PixelPlace | undefined)[] {
  if (given === undefined) return Array.from({ length: count }, () => undefined);
  return isPlace(given) ? Array.from({ length: count }, () => given) : given;
}

function isPlace(given: PixelPlace | readonly (PixelPlace | undefined)[]): given is PixelPlace {
  return typeof given[0] === "number";
}

function checkPlace(place: PixelPlace | undefined, rows: number, columns: number): void {
  if (place === undefined) return;
  const [row, column] = place;
  const inside = (at: number, size: number) => Number.isInteger(at) && at >= 0 && at < size;
  if (inside(row, rows) && inside(column, columns)) return;
  throw new InvalidArgument(
    "markedPixels",
    `[${row}, ${column}]`,
    `give [row, column] inside ${rows} × ${columns} pixels, from 0`,
  );
}

/** Every pixel of every field, one row each. */
export function fieldsTable({ titles, rows, columns, at }: CheckedFields): Table {
  const cells = titles.flatMap((title, field) =>
    Array.from({ length: rows * columns }, (_, pixel) => {
      const [row, column] = [Math.floor(pixel / columns), pixel % columns];
      return { title, row, column, value: at(field, row, column) };
    }),
  );
  const column = (name: "title" | "row" | "column" | "value"): Cell[] =>
    cells.map((cell) => cell[name]);
  return new Table(
    new Map([
      ["field", column("title")],
      ["row", column("row")],
      ["column", column("column")],
      ["coefficient", column("value")],
    ]),
  );
}
