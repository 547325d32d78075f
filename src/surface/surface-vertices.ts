import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import type { Halves, Side } from "./hemispheres.ts";
import { sides } from "./hemispheres.ts";
import type { SurfaceData } from "./surface-data.ts";

/** The vertices that have data: left before right, each with its row in the data of its half. */
export interface SurfaceVertices {
  readonly side: readonly Side[];
  /** Numbers in the full mesh. */
  readonly vertex: Int32Array;
  readonly row: Int32Array;
  readonly nVolumes: number;
  /** Rows of both halves together. */
  readonly nRows: number;
  /** Places left out, as they are NaN somewhere or have one value in all volumes. */
  readonly nUndefined: number;
  /** Vertices of the full mesh of each half, where that is known. */
  readonly nMesh?: Halves<number>;
}

/** `left 12`, `right 3`. */
export function vertexNames({ side, vertex }: SurfaceVertices): string[] {
  return side.map((half, at) => `${half} ${vertex[at]}`);
}

/**
 * Vertices inside the mask that have data in the volumes used: numbers everywhere, and not one and the same (as the
 * medial wall has). Throws `ShapeMismatch`, `InvalidArgument`.
 */
export function usableVertices(
  data: SurfaceData,
  used: (volume: number) => boolean,
  mask: Halves<ArrayLike<number>> | undefined,
): SurfaceVertices {
  const nVolumes = volumesOf(data);
  const volumes = Array.from({ length: nVolumes }, (_, at) => at).filter(used);
  const side: Side[] = [];
  const vertex: number[] = [];
  const row: number[] = [];
  let [nUndefined, nRows] = [0, 0];
  for (const half of sides) {
    const own = data[half];
    if (own === undefined) continue;
    const [nOwn] = own.values.shape;
    nRows += nOwn;
    const order = Array.from({ length: nOwn }, (_, at) => at);
    const numbers = own.vertices ?? order;
    const inside = maskOf(mask, half, numbers);
    order.sort((a, b) => numbers[a] - numbers[b]);
    for (const at of order) {
      if (!inside(numbers[at])) continue;
      if (!hasData(own.values.data, at * nVolumes, volumes)) nUndefined++;
      else {
        side.push(half);
        vertex.push(numbers[at]);
        row.push(at);
      }
    }
  }
  if (side.length === 0)
    throw new InvalidArgument(
      "data",
      "no vertex with values",
      "every vertex is NaN, constant or outside of the mask",
    );
  return {
    side,
    vertex: Int32Array.from(vertex),
    row: Int32Array.from(row),
    nVolumes,
    nRows,
    nUndefined,
  };
}

/** Volumes of the data. Throws `ShapeMismatch` where the halves differ. */
export function volumesOf({ left, right }: SurfaceData): number {
  const [first, second] = [left, right].flatMap((half) => half?.values.shape[1] ?? []);
  if (second === undefined || first === second) return first;
  throw new ShapeMismatch(`${first} volumes in both halves`, `${second} in the right one`);
}

function hasData(values: ArrayLike<number>, start: number, volumes: readonly number[]): boolean {
  let varies = volumes.length < 2;
  for (const volume of volumes) {
    const value = values[start + volume];
    if (!Number.isFinite(value)) return false;
    if (value !== values[start + volumes[0]]) varies = true;
  }
  return varies;
}

function maskOf(
  mask: Halves<ArrayLike<number>> | undefined,
  side: Side,
  numbers: ArrayLike<number>,
): (vertex: number) => boolean {
  if (mask === undefined) return () => true;
  const own = mask[side];
  if (own === undefined) return () => false;
  const last = Array.from(numbers).reduce((most, one) => Math.max(most, one), 0);
  if (own.length <= last)
    throw new ShapeMismatch(`a value for each vertex of the mesh in mask.${side}`, `${own.length}`);
  return (vertex) => own[vertex] !== 0 && !Number.isNaN(own[vertex]);
}
