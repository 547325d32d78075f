import { nearestTime } from "../../core/times.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { numbers } from "../../core/gate/kinds.ts";
import { SourceEstimates } from "../../sources/source-estimates.ts";
import { sides, type Halves, type Side } from "../../surface/hemispheres.ts";
import { meshEdges, type Mesh } from "../../surface/mesh-edges.ts";
import { nearestSources } from "../../surface/nearest-source.ts";
import { smoothed } from "../../surface/smooth-on-mesh.ts";
import { checkMesh } from "../../surface/triangle-points.ts";

/** A value for each vertex of both halves or of one, as `maps.map()` of `rsaSurface` gives; or estimates of sources. */
export type SurfaceMapLike = Halves<ArrayLike<number>> | SourceEstimates;

/** How values of sources come to all vertices. */
export interface FillOptions {
  /** Of several times in estimates the one nearest to this, in seconds. */
  readonly atS?: number;
  /** Steps of smoothing from the sources over the mesh, or `nearest`: each vertex has its nearest source's value. Default: 10. */
  readonly spread?: number | "nearest";
}

/** One half to be drawn. */
export interface HalfMap {
  readonly side: Side;
  readonly mesh: Mesh;
  readonly values: Float64Array;
}

/** Values at all vertices of the halves that are to be drawn. Throws `InvalidArgument`, `ShapeMismatch`. */
export function surfaceValues(
  map: SurfaceMapLike,
  surfaces: Halves<Mesh>,
  options: FillOptions,
): { readonly halves: readonly HalfMap[]; readonly how: string } {
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
  if (halves.length > 0) return { halves, how: "" };
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
  { atS, spread = 10 }: FillOptions,
): { halves: HalfMap[]; how: string } {
  const { times, kind, isVector, length } = estimates;
  if (kind !== "surface" || isVector || length !== 1)
    throw new InvalidArgument(
      "map",
      kind === "surface" ? `${length} estimates${isVector ? " with directions" : ""}` : "a volume",
      "give one estimate on the cortex, of lengths or signed currents; volumes go into plotGlassBrain",
    );
  if (atS === undefined && times.length > 1)
    throw new InvalidArgument(
      "atS",
      atS,
      `say which of ${times.length} times is to be drawn, in seconds`,
    );
  const t = timeAt(times, atS ?? times[0], estimates.tstepS);
  let row = 0;
  const halves = sides.flatMap((side, at): HalfMap[] => {
    const vertices = estimates.vertices[at];
    if (vertices.length === 0) return [];
    const own = vertices.map(() => row++);
    const mesh = meshOf(surfaces, side);
    const known = Float64Array.from(own, (r) => estimates.data.data[r * times.length + t]);
    return [{ side, mesh, values: spreadOver(mesh, vertices, known, spread) }];
  });
  const words = spread === "nearest" ? "by the nearest source" : `by ${spread} steps of smoothing`;
  const time = times.length > 1 ? `At ${times[t].toFixed(3)} s. ` : "";
  const all = halves.every(
    ({ mesh }, at) => mesh.points.shape[0] === estimates.vertices[at].length,
  );
  return { halves, how: all ? time.trim() : `${time}Between sources ${words}.` };
}

function timeAt(times: Float64Array, atS: number, tstepS: number): number {
  const best = nearestTime(times, atS);
  if (Math.abs(times[best] - atS) <= tstepS * 0.500001) return best;
  throw new InvalidArgument(
    "atS",
    atS,
    `times go from ${times[0]} to ${times[times.length - 1]} s`,
  );
}

function spreadOver(
  mesh: Mesh,
  vertices: Int32Array,
  known: Float64Array,
  spread: number | "nearest",
): Float64Array {
  const nVertices = mesh.points.shape[0];
  const wrong = vertices.find((vertex) => vertex >= nVertices);
  if (wrong !== undefined)
    throw new ShapeMismatch(`sources on the ${nVertices} vertices of the mesh`, `vertex ${wrong}`);
  const values = new Float64Array(nVertices).fill(NaN);
  if (spread === "nearest") {
    nearestSources(mesh, vertices).forEach((source, vertex) => {
      if (source >= 0) values[vertex] = known[source];
    });
    return values;
  }
  vertices.forEach((vertex, at) => (values[vertex] = known[at]));
  if (vertices.length === nVertices) return values;
  return smoothed(meshEdges(mesh), values, 1, spread);
}
