import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { limit as limitKind, numbers } from "../core/gate/kinds.ts";
import { InvalidArgument } from "../core/errors.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import { meshEdges, type Mesh, type MeshEdges } from "./mesh-edges.ts";
import { checkMesh } from "./triangle-points.ts";

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

/**
 * The search over one mesh; its memory serves all starting points. Points wait in the order in which their way was made
 * shorter, and are looked at again when it is made shorter once more: the shortest ways are the same to the last bit as
 * those that a search with the nearest point first finds (sums of lengths only grow, so there is one smallest), and a
 * queue costs a quarter of a heap.
 */
class Ways {
  readonly #edges: MeshEdges;
  readonly #best: Float64Array;
  readonly #touched: Int32Array;
  /** A ring of points that wait, each once; its length is a power of 2 above their number. */
  readonly #queue: Int32Array;
  readonly #waits: Uint8Array;

  constructor(edges: MeshEdges) {
    const nPoints = edges.starts.length - 1;
    this.#edges = edges;
    this.#best = new Float64Array(nPoints).fill(Infinity);
    this.#touched = new Int32Array(nPoints);
    this.#queue = new Int32Array(2 ** Math.ceil(Math.log2(nPoints + 1)));
    this.#waits = new Uint8Array(nPoints);
  }

  from(start: number, limit: number): Reach {
    const nPoints = this.#best.length;
    if (!(Number.isInteger(start) && start >= 0 && start < nPoints))
      throw new InvalidArgument("from", start, `give points from 0 to ${nPoints - 1}`);
    const best = this.#best;
    const points = this.#search(start, limit).sort();
    // Written out: there are thousands of starts, and a callback a point costs as much as the search.
    const distances = new Float64Array(points.length);
    for (let at = 0; at < points.length; at++) {
      distances[at] = best[points[at]];
      best[points[at]] = Infinity;
    }
    return { points, distances };
  }

  #search(start: number, limit: number): Int32Array {
    const { starts, ends, lengths } = this.#edges;
    // Not in one pattern of names: that would be an array made for every start.
    const best = this.#best;
    const touched = this.#touched;
    const queue = this.#queue;
    const waits = this.#waits;
    const ring = queue.length - 1;
    let nTouched = 1;
    touched[0] = start;
    best[start] = 0;
    queue[0] = start;
    let first = 0;
    let last = 1;
    while (first !== last) {
      const point = queue[first];
      first = (first + 1) & ring;
      waits[point] = 0;
      const way = best[point];
      const end = starts[point + 1];
      for (let at = starts[point]; at < end; at++) {
        const next = ends[at];
        const longer = way + lengths[at];
        if (longer > limit || !(longer < best[next])) continue;
        if (best[next] === Infinity) touched[nTouched++] = next;
        best[next] = longer;
        if (waits[next] === 1) continue;
        waits[next] = 1;
        queue[last] = next;
        last = (last + 1) & ring;
      }
    }
    return touched.slice(0, nTouched);
  }
}
