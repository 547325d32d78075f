import { ShapeMismatch } from "../../core/errors.ts";
import { meshEdges, type Mesh, type MeshEdges } from "../../surface/mesh-edges.ts";
import { nearestWays, waysBetween, type NearestWays } from "../../surface/nearest-ways.ts";
import { smoothed } from "../../surface/smooth-on-mesh.ts";
import { median } from "../../stats/median.ts";

/** How values of sources come to all vertices. */
export interface SpreadOptions {
  /** Steps of smoothing from the sources over the mesh, or `nearest`: each vertex has its nearest source's value. Default: 10. */
  readonly spread?: number | "nearest";
  /**
   * Farthest that `nearest` carries a value along the edges, in the unit of the mesh; beyond it the cortex is seen.
   * Default: one and a half times the median way from a source to the next one, and at most a fifth of the length of the half (at least
   * an edge), so that few sources do not colour it whole.
   */
  readonly spreadLimit?: number;
}

/** A value for each vertex of a mesh from those of its sources. */
export type Spread = (known: Float64Array) => Float64Array;

/** Shares of the way between sources, and of the length of a half, that a value is carried by default. */
const [ofWays, ofLength] = [1.5, 1 / 5];

/** How values of these vertices are laid out over a mesh. Throws `ShapeMismatch` for vertices that it lacks. */
export function spreadSources(mesh: Mesh, vertices: Int32Array, options: SpreadOptions): Spread {
  const nVertices = mesh.points.shape[0];
  const wrong = vertices.find((vertex) => vertex >= nVertices);
  if (wrong !== undefined)
    throw new ShapeMismatch(`sources on the ${nVertices} vertices of the mesh`, `vertex ${wrong}`);
  const { spread = 10, spreadLimit } = options;
  if (vertices.length === nVertices) return (known) => known.slice();
  const edges = meshEdges(mesh);
  if (spread === "nearest") {
    const near = nearestWays(edges, vertices);
    const limit =
      spreadLimit ?? defaultLimit(mesh, edges, waysBetween(edges, near, vertices.length));
    return (known) => carried(near, known, limit);
  }
  return (known) => {
    const values = new Float64Array(nVertices).fill(NaN);
    vertices.forEach((vertex, at) => (values[vertex] = known[at]));
    return smoothed(edges, values, 1, spread);
  };
}

/** How values came to the vertices between sources, in words. */
export function spreadWords({ spread = 10, spreadLimit }: SpreadOptions): string {
  if (spread !== "nearest") return `by ${spread} steps of smoothing`;
  if (spreadLimit === Infinity) return "by the nearest source, however far it is";
  const far =
    spreadLimit === undefined
      ? "one and a half times the way between sources"
      : String(spreadLimit);
  return `by the nearest source, up to ${far} from it`;
}

function carried({ owner, ways }: NearestWays, known: Float64Array, limit: number): Float64Array {
  return Float64Array.from(owner, (source, vertex) =>
    source < 0 || ways[vertex] > limit ? NaN : known[source],
  );
}

function defaultLimit(mesh: Mesh, { lengths }: MeshEdges, between: Float64Array): number {
  const finite = between.filter(Number.isFinite);
  const far = finite.length === 0 ? Infinity : ofWays * median(finite);
  // Of one edge at least, or a value would be seen at no place but its own.
  return Math.max(
    Math.min(far, ofLength * longestSide(mesh)),
    lengths.length > 0 ? median(lengths) : 0,
  );
}

function longestSide({ points: { data } }: Mesh): number {
  const sides = [0, 1, 2].map((axis) => {
    let [low, high] = [Infinity, -Infinity];
    for (let at = axis; at < data.length; at += 3) {
      low = Math.min(low, data[at]);
      high = Math.max(high, data[at]);
    }
    return high - low;
  });
  return Math.max(...sides);
}
