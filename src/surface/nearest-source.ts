import { meshEdges, type Mesh } from "./mesh-edges.ts";

/**
 * For each point of a mesh the place in `sources` (ascending) of the one that the fewest edges lead to; of several that
 * come by its neighbours the nearest in a straight line, then the first. −1 for points that no source reaches.
 */
export function nearestSources(mesh: Mesh, sources: Int32Array): Int32Array {
  const { starts, ends } = meshEdges(mesh);
  const nearest = new Int32Array(starts.length - 1).fill(-1);
  const reached = new Int32Array(nearest.length).fill(-1);
  let level = sources;
  sources.forEach((point, place) => {
    nearest[point] = place;
    reached[point] = 0;
  });
  for (let steps = 1; level.length > 0; steps++) {
    const next: number[] = [];
    for (const point of level)
      for (let at = starts[point]; at < starts[point + 1]; at++) {
        const end = ends[at];
        if (reached[end] >= 0 && reached[end] < steps) continue;
        if (reached[end] < 0) next.push(end);
        reached[end] = steps;
        nearest[end] = nearer(mesh, end, nearest[end], nearest[point], sources);
      }
    level = Int32Array.from(next);
  }
  return nearest;
}

function nearer(
  { points: { data } }: Mesh,
  point: number,
  held: number,
  offered: number,
  sources: Int32Array,
): number {
  if (held < 0 || held === offered) return offered;
  const squared = (place: number): number => {
    const at = 3 * sources[place];
    return [0, 1, 2].reduce((sum, k) => sum + (data[3 * point + k] - data[at + k]) ** 2, 0);
  };
  const difference = squared(offered) - squared(held);
  return difference < 0 || (difference === 0 && offered < held) ? offered : held;
}
