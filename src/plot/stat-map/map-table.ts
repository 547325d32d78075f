import { Table } from "../../table/index.ts";
import { centreOf, indicesOf, type PlacedVolume } from "./volume.ts";

/** The voxels that were drawn: indices, centre in mm, value; in the order of the data. */
export function mapTable(map: PlacedVolume, drawn: ReadonlySet<number>): Table {
  const places = [...drawn].sort((a, b) => a - b);
  const voxels = places.map((at) => indicesOf(map, at));
  const centres = places.map((at) => centreOf(map, at).map((mm) => Math.round(1e4 * mm) / 1e4));
  return new Table({
    i: voxels.map(([i]) => i),
    j: voxels.map(([, j]) => j),
    k: voxels.map(([, , k]) => k),
    xMm: centres.map(([x]) => x),
    yMm: centres.map(([, y]) => y),
    zMm: centres.map(([, , z]) => z),
    value: places.map((at) => map.data[at]),
  });
}
