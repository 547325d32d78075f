import { DuplicateItem, InvalidArgument, UnknownItem } from "../core/errors.ts";
import type { SourceEstimates } from "./source-estimates.ts";
import type { SourceLabel } from "./source-label.ts";

/** Which sources: of one label or several, or vertices by hemisphere (one list in a volume). */
export type SourceChoice =
  | SourceLabel
  | readonly SourceLabel[]
  | { readonly left?: ArrayLike<number>; readonly right?: ArrayLike<number> }
  | { readonly volume: ArrayLike<number> };

/**
 * The rows of the sources chosen, ascending; what several labels share counts once. Throws `InvalidArgument` for a
 * label without sources or of another brain, `UnknownItem` for a vertex that is no source.
 */
export function selectedSources(estimates: SourceEstimates, choice: SourceChoice): Int32Array {
  const rows = isVertices(choice)
    ? rowsOfVertices(estimates, choice)
    : (Array.isArray(choice)
        ? (choice as readonly SourceLabel[])
        : [choice as SourceLabel]
      ).flatMap((label) => [...rowsInLabel(estimates, label)]);
  if (rows.length === 0) throw new InvalidArgument("sources", "none", "name at least one");
  return Int32Array.from(new Set(rows)).sort();
}

/** The rows of the sources in a label. Throws `InvalidArgument` when there is none, or it is of another brain. */
export function rowsInLabel(estimates: SourceEstimates, label: SourceLabel): Int32Array {
  const { vertices, subject } = estimates;
  const called = label.name ?? "label";
  if (label.subject !== undefined && subject !== undefined && label.subject !== subject)
    throw new InvalidArgument(
      called,
      `of ${label.subject}`,
      `the estimates are of ${subject}; vertices of another brain are elsewhere`,
    );
  const wanted = new Set(Array.from(label.vertices));
  const rows: number[] = [];
  let row = 0;
  vertices.forEach((list, side) => {
    const here = label.hemisphere === undefined || ["left", "right"][side] === label.hemisphere;
    for (const vertex of list) {
      if ((here || vertices.length === 1) && wanted.has(vertex)) rows.push(row);
      row++;
    }
  });
  if (rows.length > 0) return Int32Array.from(rows);
  throw new InvalidArgument(
    called,
    "no source in it",
    "none of its vertices is a source of the estimates; choose another label",
  );
}

type Vertices = {
  readonly left?: ArrayLike<number>;
  readonly right?: ArrayLike<number>;
  readonly volume?: ArrayLike<number>;
};

function isVertices(choice: SourceChoice): choice is Vertices {
  return !Array.isArray(choice) && !("vertices" in choice);
}

function rowsOfVertices({ vertices, sourceNames }: SourceEstimates, choice: Vertices): number[] {
  const lists = vertices.length === 1 ? [choice.volume] : [choice.left, choice.right];
  const names = vertices.length === 1 ? [""] : ["left ", "right "];
  const rowOf = new Map(sourceNames.map((name, row) => [name, row]));
  refuseTwice(
    lists.flatMap((list, side) => Array.from(list ?? [], (vertex) => `${names[side]}${vertex}`)),
  );
  return lists.flatMap((list, side) =>
    Array.from(list ?? [], (vertex) => {
      const name = `${names[side]}${vertex}`;
      const row = rowOf.get(name);
      if (row === undefined) throw new UnknownItem(name, sourceNames);
      return row;
    }),
  );
}

function refuseTwice(names: readonly string[]): void {
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  if (twice.length > 0) throw new DuplicateItem(twice, "name each vertex once");
}
