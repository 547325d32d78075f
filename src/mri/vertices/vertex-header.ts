import type { VoxelSeries } from "../functional-data.ts";

type Header = VoxelSeries["header"];

const identity = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
];

/** The grid that vertices stand for: one beside the other by their numbers, without places. */
export function vertexHeader(nVertices: number, nVolumes: number, stepS: number): Header {
  const units = { space: "unknown", time: "s" } as const;
  return { shape: [nVertices, 1, 1, nVolumes], affine: identity, units, zooms: [1, 1, 1, stepS] };
}

/** Whether a grid is none: numbers in a row, whose places no header says. */
export function isOfVertices({ shape, affine, units }: Header): boolean {
  return (
    units?.space === "unknown" &&
    shape.slice(1, 3).every((n) => n === 1) &&
    identity.every((row, i) => row.every((value, j) => affine[i][j] === value))
  );
}
