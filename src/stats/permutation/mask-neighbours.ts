import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";

/** How many of the 26 voxels around one count as beside it: those that share a face, also an edge, also a corner. */
export type Connectivity = 6 | 18 | 26;

/**
 * The neighbours of every place that lie in a 3-D mask as well. Places are the voxels of the whole grid, or only
 * those in the mask, both in C order. Throws `ShapeMismatch`, `InvalidArgument`.
 */
export function maskNeighbours(
  mask: Matrix,
  connectivity: Connectivity,
  places: "grid" | "voxels",
): Int32Array[] {
  if (mask.shape.length !== 3)
    throw new ShapeMismatch(
      "a mask of 3 dimensions",
      `shape (${mask.shape.join(", ")})`,
      "give the mask as a volume",
    );
  const offsets = offsetsOf(connectivity);
  const number = new Int32Array(mask.data.length);
  let count = 0;
  for (let k = 0; k < number.length; k++) {
    number[k] = places === "grid" ? k : count;
    if (mask.data[k] !== 0) count++;
  }
  const lists: Int32Array[] = [];
  for (let k = 0; k < number.length; k++) {
    if (mask.data[k] !== 0) lists.push(around(mask, k, offsets).map((at) => number[at]));
    else if (places === "grid") lists.push(new Int32Array(0));
  }
  return lists;
}

type Offset = readonly [number, number, number];

function offsetsOf(connectivity: Connectivity): Offset[] {
  const most = { 6: 1, 18: 2, 26: 3 }[connectivity] as number | undefined;
  if (most === undefined)
    throw new InvalidArgument(
      "connectivity",
      connectivity,
      "choose 6 (faces), 18 (edges) or 26 (corners)",
    );
  const step = [-1, 0, 1];
  const all = step.flatMap((x) => step.flatMap((y) => step.map((z): Offset => [x, y, z])));
  return all.filter(([x, y, z]) => {
    const distance = Math.abs(x) + Math.abs(y) + Math.abs(z);
    return distance > 0 && distance <= most;
  });
}

function around(mask: Matrix, k: number, offsets: readonly Offset[]): Int32Array {
  const [nx, ny, nz] = mask.shape;
  const [x, y, z] = [Math.floor(k / (ny * nz)), Math.floor(k / nz) % ny, k % nz];
  const found: number[] = [];
  for (const [dx, dy, dz] of offsets) {
    const [i, j, l] = [x + dx, y + dy, z + dz];
    if (i < 0 || j < 0 || l < 0 || i >= nx || j >= ny || l >= nz) continue;
    const at = (i * ny + j) * nz + l;
    if (mask.data[at] !== 0) found.push(at);
  }
  return Int32Array.from(found);
}
