import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { isRecord, texts } from "../../core/gate/kinds.ts";
import { isList, toVector } from "../../core/gate/vector.ts";
import { orthonormal } from "../../linalg/orthonormal.ts";

/** Weights of columns by name, as `{ face: 1, house: -1 }`; columns without a weight have 0. */
export type NamedWeights = Readonly<Record<string, number>>;

/** What is asked of a fit: one row of weights for a t, several for an F; by name, or one weight a column. */
export type ContrastWeights =
  NamedWeights | ArrayLike<number> | readonly NamedWeights[] | readonly ArrayLike<number>[];

/** A contrast as rows of weights, one weight a column of the design. */
export interface Contrast {
  readonly kind: "t" | "F";
  /** Each as long as the design has columns. */
  readonly rows: readonly Float64Array[];
}

/**
 * A contrast of the columns of a design. One set of weights asks for a t, a list of sets for an F.
 *
 * @throws InvalidArgument for a column that is not there, or weights that are all 0 or follow from each other;
 *   ShapeMismatch for another number of weights than columns.
 * @example
 * import { contrastOf } from "tsrsa";
 * contrastOf(["face", "house", "constant"], { face: 1, house: -1 }).rows[0]; // Float64Array(3) [ 1, -1, 0 ]
 */
export function contrastOf(columns: readonly string[], weights: ContrastWeights): Contrast {
  texts(columns, "columns");
  const many = isRowList(weights);
  const sets = many ? weights : [weights];
  if (sets.length === 0) throw empty("an empty list");
  const rows = sets.map((set, k) => rowOf(columns, set, many ? `contrast[${k}]` : "contrast"));
  rows.forEach((row) => {
    if (row.every((weight) => weight === 0)) throw empty("weights that are all 0");
  });
  const dependent = orthonormal(rows).independent.findIndex((share) => share < 1e-8);
  if (dependent >= 0)
    throw new InvalidArgument(
      `contrast[${dependent}]`,
      "a sum of the rows before it",
      "leave it out: it asks for nothing more",
    );
  return { kind: many ? "F" : "t", rows };
}

function empty(found: string): InvalidArgument {
  return new InvalidArgument("contrast", found, "weigh a column, as { face: 1, house: -1 }");
}

function isRowList(
  weights: ContrastWeights,
): weights is readonly NamedWeights[] | readonly ArrayLike<number>[] {
  return Array.isArray(weights) && weights.length > 0 && typeof weights[0] === "object";
}

function rowOf(
  columns: readonly string[],
  weights: NamedWeights | ArrayLike<number>,
  argument: string,
): Float64Array {
  if (isList(weights)) return checkedRow(columns, toVector(weights, argument), argument);
  if (!isRecord(weights))
    throw new InvalidArgument(argument, weights, "give weights by name, as { face: 1, house: -1 }");
  const row = new Float64Array(columns.length);
  for (const [name, weight] of Object.entries(weights)) {
    const at = columns.indexOf(name);
    if (at < 0)
      throw new InvalidArgument(
        `column of the ${argument}`,
        name,
        `the design has ${columns.slice(0, 24).join(", ")}`,
      );
    row[at] = weight;
  }
  return checkedRow(columns, row, argument);
}

function checkedRow(columns: readonly string[], row: Float64Array, argument: string): Float64Array {
  if (row.length !== columns.length)
    throw new ShapeMismatch(`${columns.length} weights, one a column`, `${row.length}`);
  const bad = row.find((weight) => !Number.isFinite(weight));
  if (bad === undefined) return row;
  throw new InvalidArgument(argument, bad, "give finite weights");
}
