import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { numbers } from "../../core/gate/kinds.ts";
import { SourceEstimates } from "../../sources/source-estimates.ts";
import { sides, type Halves, type Side } from "../../surface/hemispheres.ts";
import type { Mesh } from "../../surface/mesh-edges.ts";
import { checkMesh } from "../../surface/triangle-points.ts";
import { spreadSources, spreadWords, type SpreadOptions } from "./spread-sources.ts";

/** A value for each vertex of both halves or of one, as `maps.map()` of `rsaSurface` gives; or estimates of sources. */
export type SurfaceMapLike = Halves<ArrayLike<number>> | SourceEstimates;

/** How values of sources come to all vertices, and of which time. */
export interface FillOptions extends SpreadOptions {
  /** Of several times in estimates the one nearest to this, in seconds. */
  readonly atS?: number;
}

/** One half to be drawn. */
export interface HalfMap {
  readonly side: Side;
  readonly mesh: Mesh;
  readonly values: Float64Array;
}

/** A map at each of its times; one without times has a single frame. */
export interface SurfaceFrames {
  /** Seconds; empty for a map without times. */
  readonly times: Float64Array;
  readonly tstepS: number;
  readonly nFrames: number;
  /** How far from 0 values reach in one frame. */
  readonly reachAt: (frame: number) => number;
  /** The halves with their values at all vertices in one frame. */
  readonly halvesAt: (frame: number) => readonly HalfMap[];
  /** How values came to all vertices, as a sentence; empty where they were given. */
  readonly how: string;
}

/** Values at all vertices of the halves that are to be drawn. Throws `InvalidArgument`, `ShapeMismatch`. */
export function surfaceFrames(
  map: SurfaceMapLike,
  surfaces: Halves<Mesh>,
  options: FillOptions,
): SurfaceFrames {
  if (map instanceof SourceEstimates) return fromEstimates(map, surfaces, options);
  if (options.atS !== undefined)
    throw new InvalidArgument(
      "atS",
      options.atS,
      "it is for source estimates; these values have no times",
    );
  const halves = sides.flatMap((side): HalfMap[] => {
    const values = map[side];
    if (values === undefined) return [];
    numbers(values, `map.${side}`);
    const mesh = meshOf(surfaces, side);
    if (values.length !== mesh.points.shape[0])
      throw new ShapeMismatch(
        `${mesh.points.shape[0]} values in ${side}, one for each vertex of its mesh`,
        `${values.length}`,
      );
    return [{ side, mesh, values: Float64Array.from(values) }];
  });
  if (halves.length > 0)
    return {
      times: new Float64Array(0),
      tstepS: 0,
      nFrames: 1,
      reachAt: () => 0,
      halvesAt: () => halves,
      how: "",
    };
  throw new InvalidArgument("map", map, "give { left, right } of values, or source estimates");
}

function meshOf(surfaces: Halves<Mesh>, side: Side): Mesh {
  const mesh = surfaces[side];
  if (mesh === undefined)
    throw new InvalidArgument(
      "surfaces",
      `without ${side}`,
      "give the mesh of each half that has values",
    );
  checkMesh(mesh, `surfaces.${side}`);
  return mesh;
}

function fromEstimates(
  estimates: SourceEstimates,
  surfaces: Halves<Mesh>,
  options: FillOptions,
): SurfaceFrames {
  const { times, kind, isVector, length } = estimates;
  if (kind !== "surface" || isVector || length !== 1)
    throw new InvalidArgument(
      "map",
      kind === "surface" ? `${length} estimates${isVector ? " with directions" : ""}` : "a volume",
      "give one estimate on the cortex, of lengths or signed currents; volumes go into plotGlassBrain with their sourceSpaces",
    );
  let row = 0;
  const halves = sides.flatMap((side, at) => {
    const vertices = estimates.vertices[at];
    if (vertices.length === 0) return [];
    const rows = Array.from(vertices, () => row++);
    const mesh = meshOf(surfaces, side);
    return [{ side, mesh, rows, lay: spreadSources(mesh, vertices, options) }];
  });
  const all = halves.every(({ mesh, rows }) => mesh.points.shape[0] === rows.length);
  const valueAt = (r: number, frame: number) => estimates.data.data[r * times.length + frame];
  return {
    times,
    tstepS: estimates.tstepS,
    nFrames: times.length,
    reachAt: (frame) =>
      largest(Float64Array.from({ length: estimates.nSources }, (_, r) => valueAt(r, frame))),
    halvesAt: (frame) =>
      halves.map(({ side, mesh, rows, lay }) => {
        const known = Float64Array.from(rows, (r) => valueAt(r, frame));
        return { side, mesh, values: lay(known) };
      }),
    how: all ? "" : `Between sources ${spreadWords(options)}.`,
  };
}

function largest(values: Float64Array): number {
  return values.reduce(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  );
}
