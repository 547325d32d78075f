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
}

/**
 * The rows of the sources in a label, and their vertices by hemisphere; all without one. Throws `InvalidArgument` for a
 * label that holds no source.
 */
export function rowsOfLabel(
  spaces: readonly HasVertices[],
  label: SourceLabel | undefined,
): { readonly rows: Int32Array; readonly vertices: Int32Array[] } {
  const wanted = new Set(Array.from(label?.vertices ?? []));
  let row = 0;
  const rows: number[] = [];
  const vertices = spaces.map(({ vertices: all, hemisphere }) => {
    const other = label?.hemisphere !== undefined && hemisphere !== label.hemisphere;
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
