import { InvalidArgument } from "../core/errors.ts";

/** Some vertices of one hemisphere, of the full mesh: those of them that are sources are meant. */
export interface SourceLabel {
  readonly name?: string;
  /** Needed on a surface, undefined in a volume. */
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
 * label that holds no source, is of another brain, or on a surface has no hemisphere. In a volume none is asked for.
 */
export function rowsOfLabel(
  spaces: readonly HasVertices[],
  label: SourceLabel | undefined,
): { readonly rows: Int32Array; readonly vertices: Int32Array[] } {
  refuseOtherBrain(spaces, label);
  refuseNoHemisphere(spaces, label);
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

/** On surfaces both hemispheres have vertices of the same numbers. */
function refuseNoHemisphere(spaces: readonly HasVertices[], label: SourceLabel | undefined): void {
  const onSurface = spaces.some(({ hemisphere }) => hemisphere !== undefined);
  if (label === undefined || label.hemisphere !== undefined || !onSurface) return;
  throw new InvalidArgument(
    label.name ?? "label",
    "without hemisphere",
    'vertices of both hemispheres have the same numbers; say hemisphere: "left" or "right"',
  );
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
