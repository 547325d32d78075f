import { InvalidArgument } from "../core/errors.ts";
import { isList } from "../core/gate/vector.ts";

/** Columns of the stimuli by the name of the feature space they belong to. */
export type FeatureGroups = Readonly<Record<string, ArrayLike<number>>>;

/** Throws `InvalidArgument` unless the groups are disjoint, not empty, and columns of the stimuli. */
export function checkGroups(groups: FeatureGroups, nFeatures: number): void {
  const seen = new Set<number>();
  if (typeof groups !== "object" || groups === null)
    throw new InvalidArgument("groups", groups, "give columns by name, as { motion: [0, 1, 2] }");
  if (Object.keys(groups).length < 2)
    throw new InvalidArgument(
      "groups",
      `${Object.keys(groups).length}`,
      "name two groups of features or more",
    );
  for (const [name, columns] of Object.entries(groups)) {
    if (!isList(columns)) throw wrong(name, "is no list", "give its columns as [0, 1, 2]");
    if (columns.length === 0) throw wrong(name, "is empty", "leave it out");
    for (const column of Array.from(columns)) {
      if (!Number.isInteger(column) || column < 0 || column >= nFeatures)
        throw wrong(name, `has column ${column}`, `give columns from 0 to ${nFeatures - 1}`);
      if (seen.has(column))
        throw wrong(name, `shares column ${column}`, "give each column to one group");
      seen.add(column);
    }
  }
}

function wrong(name: string, what: string, advice: string): InvalidArgument {
  return new InvalidArgument("groups", `${JSON.stringify(name)} ${what}`, advice);
}

/** Some columns of rows. */
export function takeColumns(
  data: Float64Array,
  nRows: number,
  width: number,
  columns: ArrayLike<number>,
): { data: Float64Array; shape: number[] } {
  const out = new Float64Array(nRows * columns.length);
  for (let row = 0; row < nRows; row++)
    for (let c = 0; c < columns.length; c++)
      out[row * columns.length + c] = data[row * width + columns[c]];
  return { data: out, shape: [nRows, columns.length] };
}
