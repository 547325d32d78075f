import type { Point } from "../haxby-like/grids.ts";
import { distanceMm } from "./planted.ts";

interface Parcel {
  readonly name: string;
  /** Number in FreeSurfer's table, left; right is 1000 more. */
  readonly number: number;
  /** Where it lies on the right, in mm. */
  readonly centre: Point;
}

// Names and numbers of FreeSurfer's regions, and about where they lie.
const parcels: readonly Parcel[] = [
  { name: "fusiform", number: 1007, centre: [34, -48, -16] },
  { name: "lateraloccipital", number: 1011, centre: [36, -80, 6] },
  { name: "lingual", number: 1013, centre: [12, -72, -4] },
  { name: "precuneus", number: 1025, centre: [10, -58, 40] },
  { name: "inferiorparietal", number: 1008, centre: [44, -56, 36] },
  { name: "superiortemporal", number: 1030, centre: [56, -18, -2] },
  { name: "precentral", number: 1024, centre: [40, -10, 48] },
  { name: "rostralmiddlefrontal", number: 1027, centre: [34, 42, 20] },
];

/** Voxels farther from every centre belong to no parcel, in mm. */
const reachMm = 20;

/** The number of the parcel of a point, 0 for none. */
export function parcelAt([x, y, z]: Point): number {
  const right: Point = [Math.abs(x), y, z];
  const [nearest] = parcels
    .map(({ number, centre }) => ({ number, away: distanceMm(right, centre) }))
    .sort((a, b) => a.away - b.away);
  if (nearest.away > reachMm) return 0;
  return x < 0 ? nearest.number : nearest.number + 1000;
}

/** The text of `desc-aparcaseg_dseg.tsv`; the last name has no voxel, as happens. */
export function parcelsText(): string {
  const rows = [
    ["lh", 0],
    ["rh", 1000],
  ].flatMap(([side, more]) =>
    parcels.map(({ name, number }) => {
      const index = number + Number(more);
      const blue = (index * 37) % 256;
      return `${index}\tctx-${side}-${name}\t#${[index % 200, (index * 7) % 256, blue].map(hex).join("")}`;
    }),
  );
  return `index\tname\tcolor\n${rows.join("\n")}\n2035\tctx-rh-insula\t#50c450\n`;
}

function hex(value: number): string {
  return value.toString(16).padStart(2, "0");
}
