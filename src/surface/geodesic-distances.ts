import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { limit as limitKind, numbers } from "../core/gate/kinds.ts";
import { InvalidArgument } from "../core/errors.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import { meshEdges, type Mesh, type MeshEdges } from "./mesh-edges.ts";
import { checkMesh } from "./triangle-points.ts";
import { WayHeap } from "./way-heap.ts";

/** How far ways are followed. */
export interface GeodesicOptions extends Omit<JobOptions, "jobs"> {
  /** Longest way, in the unit of the points. Default: no limit. */
  readonly limit?: number;
}

const optionNames: OptionNames<GeodesicOptions> = {
  limit: limitKind,
  signal: true,
  onProgress: true,
};

/** The points within reach of one point, ascending, and the ways to them. */
export interface Reach {
  readonly points: Int32Array;
  readonly distances: Float64Array;
}

/**
 * The shortest ways along the edges of a mesh from some of its points, up to a limit (which is within reach). Points on
 * another piece of the mesh are out of reach. These are the distances of MNE's source spaces, not exact geodesics: they
 * are longer where edges do not run straight. Agrees with `scipy.sparse.csgraph.dijkstra`, except that edges of length
 * 0 join their ends.
 *
 * @throws InvalidArgument for points that the mesh lacks; ShapeMismatch; Cancelled.
 * @example
 * import { geodesicDistances } from "tsrsa";
 * const points = { data: Float64Array.of(0, 0, 0, 1, 0, 0, 1, 1, 0), shape: [3, 3] };
 * const triangles = { data: Int32Array.of(0, 1, 2), shape: [1, 3] };
 * const [reach] = await geodesicDistances({ points, triangles }, [0], { limit: 1, onProgress: false });
 * Array.from(reach.points); // [ 0, 1 ]
 */
export async function geodesicDistances(
  mesh: Mesh,
  from: ArrayLike<number>,
  options: GeodesicOptions = {},
): Promise<Reach[]> {
  checkMesh(mesh, "mesh");
  numbers(from, "from");
  checkOptions(options, optionNames);
  const { limit = Infinity, signal } = options;
  const edges = meshEdges(mesh);
  const ways = new Ways(edges);
  const pause = pauses(signal, "geodesicDistances");
  const line = reporter(options, "ways along the mesh", from.length);
  const reaches: Reach[] = [];
  for (const point of Array.from(from)) {
    reaches.push(ways.from(point, limit));
    if (!pause.due()) continue;
    line.update(reaches.length);
    await pause.turn();
  }
  line.finish();
  return reaches;
}

/** Dijkstra's search over one mesh; its memory serves all starting points. */
class Ways {
  readonly #edges: MeshEdges;
  readonly #best: Float64Array;
  readonly #heap = new WayHeap();

  constructor(edges: MeshEdges) {
    this.#edges = edges;
    this.#best = new Float64Array(edges.starts.length - 1).fill(Infinity);
  }

  from(start: number, limit: number): Reach {
    const nPoints = this.#best.length;
    if (!(Number.isInteger(start) && start >= 0 && start < nPoints))
      throw new InvalidArgument("from", start, `give points from 0 to ${nPoints - 1}`);
    const touched = this.#search(start, limit);
    const points = Int32Array.from(touched).sort();
    const distances = Float64Array.from(points, (point) => this.#best[point]);
    for (const point of touched) this.#best[point] = Infinity;
    return { points, distances };
  }

  #search(start: number, limit: number): number[] {
    const { starts, ends, lengths } = this.#edges;
    const [best, heap] = [this.#best, this.#heap];
    const touched = [start];
    best[start] = 0;
    heap.push(start, 0);
    while (heap.size > 0) {
      const way = heap.nearest;
      const point = heap.pop();
      if (way > best[point]) continue;
      for (let at = starts[point]; at < starts[point + 1]; at++) {
        const end = ends[at];
        const longer = way + lengths[at];
        if (longer > limit || !(longer < best[end])) continue;
        if (best[end] === Infinity) touched.push(end);
        best[end] = longer;
        heap.push(end, longer);
      }
    }
    return touched;
  }
}
