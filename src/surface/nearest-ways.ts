import type { MeshEdges } from "./mesh-edges.ts";
import { WayHeap } from "./way-heap.ts";

/** For each point of a mesh the source that the shortest way along edges leads to. */
export interface NearestWays {
  /** Its place in the list of sources; −1 for points that none reaches. */
  readonly owner: Int32Array;
  /** Length of the way; infinite where there is none. */
  readonly ways: Float64Array;
}

/** Dijkstra's search from all sources at once. */
export function nearestWays(
  { starts, ends, lengths }: MeshEdges,
  sources: Int32Array,
): NearestWays {
  const owner = new Int32Array(starts.length - 1).fill(-1);
  const ways = new Float64Array(owner.length).fill(Infinity);
  const heap = new WayHeap();
  sources.forEach((point, place) => {
    [owner[point], ways[point]] = [place, 0];
    heap.push(point, 0);
  });
  while (heap.size > 0) {
    const way = heap.nearest;
    const point = heap.pop();
    if (way > ways[point]) continue;
    for (let at = starts[point]; at < starts[point + 1]; at++) {
      const longer = way + lengths[at];
      if (!(longer < ways[ends[at]])) continue;
      [owner[ends[at]], ways[ends[at]]] = [owner[point], longer];
      heap.push(ends[at], longer);
    }
  }
  return { owner, ways };
}

/** For each source the way to the source nearest to it, infinite where there is none: where two domains meet. */
export function waysBetween(
  { starts, ends, lengths }: MeshEdges,
  { owner, ways }: NearestWays,
  nSources: number,
): Float64Array {
  const between = new Float64Array(nSources).fill(Infinity);
  for (let point = 0; point < owner.length; point++)
    for (let at = starts[point]; at < starts[point + 1]; at++) {
      const [mine, other] = [owner[point], owner[ends[at]]];
      if (mine < 0 || mine === other) continue;
      between[mine] = Math.min(between[mine], ways[point] + lengths[at] + ways[ends[at]]);
    }
  return between;
}
