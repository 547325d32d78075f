import { DuplicateItem, InvalidArgument, UnknownItem } from "../core/errors.ts";
import type { SourceEstimates } from "./source-estimates.ts";
import { rowsOfLabel, type SourceLabel } from "./source-label.ts";

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
  const { vertices, subject, kind } = estimates;
  const halves = ["left", "right"] as const;
  const spaces = vertices.map((list, side) => ({
    vertices: list,
    hemisphere: kind === "volume" ? undefined : halves[side],
    subject,
  }));
  return rowsOfLabel(spaces, label).rows;
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
