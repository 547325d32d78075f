import { InvalidArgument } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import { orthonormal } from "../../linalg/orthonormal.ts";
import { leastSquares } from "../least-squares.ts";

/** A design with names of its columns. */
export interface NamedDesign extends Matrix<Float64Array> {
  readonly names: readonly string[];
}

/** Below this share of its length a column follows from those before it. */
const nothingOwn = 1e-8;
/** The same for fMRIPrep's cosines, which files hold with few digits. */
const nothingOwnOfCosine = 1e-3;

/** The columns of a design. */
export function columnsOf({ data, shape: [n, p] }: Matrix<Float64Array>): Float64Array[] {
  return Array.from({ length: p }, (_, c) =>
    Float64Array.from({ length: n }, (_t, t) => data[t * p + c]),
  );
}

/**
 * Refuse a design of which coefficients cannot be told: with as many columns as rows, a column of zeros, two that are
 * constant, or one that is a sum of others. nilearn warns at most. Throws `InvalidArgument` naming the columns.
 */
export function checkDesign(design: NamedDesign): void {
  const [n, p] = design.shape;
  if (p === 0) throw new InvalidArgument("design", "no columns", "give at least one");
  if (p >= n)
    throw new InvalidArgument(
      "design",
      `${p} columns for ${n} volumes`,
      "give fewer columns than volumes, else nothing is left to estimate noise from",
    );
  const columns = columnsOf(design);
  refuseNonFinite(columns, design.names);
  refuseZeros(columns, design.names);
  refuseConstants(columns, design.names);
  refuseSums(columns, design.names);
}

function refuseNonFinite(columns: readonly Float64Array[], names: readonly string[]): void {
  columns.forEach((column, c) => {
    const row = column.findIndex((value) => !Number.isFinite(value));
    if (row >= 0)
      throw new InvalidArgument(
        `column ${JSON.stringify(names[c])} of the design, row ${row + 1}`,
        column[row],
        "give finite numbers",
      );
  });
}

function refuseZeros(columns: readonly Float64Array[], names: readonly string[]): void {
  const none = names.filter((_, c) => columns[c].every((value) => value === 0));
  if (none.length === 0) return;
  throw new InvalidArgument(
    "design",
    `column ${none.join(", ")} is 0 in every volume`,
    "leave it out: it has no coefficient",
  );
}

function refuseConstants(columns: readonly Float64Array[], names: readonly string[]): void {
  const constant = names.filter((_, c) => columns[c].every((value) => value === columns[c][0]));
  if (constant.length < 2) return;
  throw new InvalidArgument(
    "design",
    `columns ${constant.join(" and ")} are constant`,
    "keep one of them",
  );
}

function refuseSums(columns: readonly Float64Array[], names: readonly string[]): void {
  const { independent } = orthonormal(columns, nothingOwn);
  const isCosine = names.some((name) => /^cosine\d+$/.test(name));
  const at = independent.findIndex((share, c) => {
    const cosine = isCosine && /^(cosine\d+|drift_\d+)$/.test(names[c]);
    return share <= (cosine ? nothingOwnOfCosine : nothingOwn);
  });
  if (at < 0) return;
  const parts = partsOf(columns, at).map((c) => names[c]);
  const pair = [names[at], ...parts];
  const doubled = pair.some((name) => /^cosine\d+$/.test(name));
  throw new InvalidArgument(
    "design",
    `column ${names[at]} follows from others`,
    `it is a sum of ${parts.map((name) => JSON.stringify(name)).join(", ")}; ${
      doubled
        ? 'keep one high-pass: leave the cosines out of the confounds, or say drift: "none"'
        : "leave one of these columns out"
    }`,
  );
}

/** The columns before that a column is made of. */
function partsOf(columns: readonly Float64Array[], at: number): number[] {
  const weights = leastSquares(columns.slice(0, at), columns[at]);
  const length = (column: Float64Array): number => Math.hypot(...column);
  const parts = Array.from(weights, (weight, c) => Math.abs(weight) * length(columns[c]));
  const least = 1e-3 * Math.max(...parts);
  return [...parts.keys()].filter((c) => parts[c] > least);
}
