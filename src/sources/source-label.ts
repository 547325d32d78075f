import { InvalidArgument } from "../core/errors.ts";

/** Some vertices of one hemisphere, of the full mesh: those of them that are sources are meant. */
export interface SourceLabel {
  readonly name?: string;
  /** Undefined in a volume. */
  readonly hemisphere?: "left" | "right";
  readonly vertices: ArrayLike<number>;
  /** Whose brain it is; refused for another's. */
  readonly subject?: string;
}

/** What has sources: a source space, or a list of vertices of one. */
export interface HasVertices {
  readonly vertices: Int32Array;
  readonly hemisphere?: "left" | "right";
  /** Whose brain it is, where that is known. */
  readonly subject?: string;
}

/**
 * The rows of the sources in a label, and their vertices by hemisphere; all without one. Throws `InvalidArgument` for a
 * label that holds no source, or is of another brain. In a volume no hemisphere is asked for.
 */
export function rowsOfLabel(
  spaces: readonly HasVertices[],
  label: SourceLabel | undefined,
): { readonly rows: Int32Array; readonly vertices: Int32Array[] } {
  refuseOtherBrain(spaces, label);
  const wanted = new Set(Array.from(label?.vertices ?? []));
  let row = 0;
  const rows: number[] = [];
  const vertices = spaces.map(({ vertices: all, hemisphere }) => {
    const known = label?.hemisphere !== undefined && hemisphere !== undefined;
    const other = known && hemisphere !== label.hemisphere;
    const kept = all.filter((vertex) => {
      const taken = label === undefined || (!other && wanted.has(vertex));
      if (taken) rows.push(row);
      row++;
      return taken;
    });
    return kept;
  });
  if (rows.length === 0)
    throw new InvalidArgument(
      "label",
      label?.name ?? `${label?.hemisphere ?? ""} label`,
      "none of its vertices is a source; choose another label, or a finer source space",
    );
  return { rows: Int32Array.from(rows), vertices };
}

/** Vertices of another brain are elsewhere. */
function refuseOtherBrain(spaces: readonly HasVertices[], label: SourceLabel | undefined): void {
  const own = spaces.find(({ subject }) => subject !== undefined)?.subject;
  if (label?.subject === undefined || own === undefined || own === label.subject) return;
  throw new InvalidArgument(
    label.name ?? "label",
    `of ${label.subject}`,
    `the estimates are of ${own}; vertices of another brain are elsewhere`,
  );
}
