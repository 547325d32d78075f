import type { Sphere } from "./icosphere.ts";

/** Where a parcel lies on a half: towards the side (lateral), the front and the top. */
type Direction = readonly [lateral: number, anterior: number, superior: number];

/** Names of FreeSurfer's aparc, each with the direction of its middle on the drawn half. */
const places: readonly (readonly [name: string, ...Direction])[] = [
  ["bankssts", 0.95, -0.35, 0],
  ["cuneus", -0.55, -0.7, 0.5],
  ["fusiform", 0.1, -0.35, -0.95],
  ["inferiorparietal", 0.75, -0.6, 0.5],
  ["inferiortemporal", 0.65, -0.2, -0.75],
  ["lateraloccipital", 0.55, -0.85, 0],
  ["lingual", -0.5, -0.7, -0.45],
  ["middletemporal", 0.95, -0.1, -0.35],
  ["parahippocampal", -0.5, -0.2, -0.85],
  ["pericalcarine", -0.5, -0.85, 0.1],
  ["precuneus", -0.7, -0.4, 0.65],
  ["superiorparietal", 0.3, -0.6, 0.8],
  ["superiortemporal", 0.97, 0.2, -0.1],
  ["precentral", 0.6, 0.15, 0.8],
  ["postcentral", 0.7, -0.2, 0.75],
  ["superiorfrontal", -0.3, 0.6, 0.75],
  ["rostralmiddlefrontal", 0.6, 0.8, 0.35],
  ["lateralorbitofrontal", 0.4, 0.75, -0.5],
  ["medialorbitofrontal", -0.6, 0.75, -0.3],
  ["posteriorcingulate", -0.9, 0, 0.35],
  ["supramarginal", 0.9, -0.12, 0.4],
];

/** Names of the parcels, in the order of their numbers. */
export const parcelNames: readonly string[] = places.map(([name]) => name);

/** For each point of a half the number of its parcel: the one whose middle is nearest in direction. */
export function parcelsOf({ points, nPoints }: Sphere, side: "left" | "right"): Int32Array {
  const lateral = side === "left" ? -1 : 1;
  const middles = places.map(([, x, y, z]) => {
    const length = Math.hypot(x, y, z);
    return [(lateral * x) / length, y / length, z / length];
  });
  return Int32Array.from({ length: nPoints }, (_, p) => {
    const near = middles.map(
      ([x, y, z]) => x * points[3 * p] + y * points[3 * p + 1] + z * points[3 * p + 2],
    );
    return near.indexOf(Math.max(...near));
  });
}

/** A colour for each parcel, none of them twice. */
export function parcelColour(at: number): readonly [number, number, number, number] {
  return [40 + ((at * 83) % 200), 40 + ((at * 47) % 200), 30 + 10 * at, 255];
}
