/** A family of regions as the challenge's files have it: names by code from 1. */
export interface RegionFamily {
  readonly family: string;
  readonly names: readonly string[];
  /** Share of a hemisphere's vertices where the family begins, and share of each region. */
  readonly from: number;
  readonly each: number;
}

/** Regions along the vertices of a demo hemisphere, from early to late; the families overlap as the real ones do. */
export const regionFamilies: readonly RegionFamily[] = [
  {
    family: "prf-visualrois",
    names: ["V1v", "V1d", "V2v", "V2d", "V3v", "V3d", "hV4"],
    from: 0,
    each: 0.05,
  },
  { family: "floc-bodies", names: ["EBA", "FBA-1", "FBA-2", "mTL-bodies"], from: 0.4, each: 0.05 },
  {
    family: "floc-faces",
    names: ["OFA", "FFA-1", "FFA-2", "mTL-faces", "aTL-faces"],
    from: 0.55,
    each: 0.025,
  },
  { family: "floc-places", names: ["OPA", "PPA", "RSC"], from: 0.7, each: 0.05 },
  {
    family: "floc-words",
    names: ["OWFA", "VWFA-1", "VWFA-2", "mfs-words", "mTL-words"],
    from: 0.86,
    each: 0.02,
  },
  {
    family: "streams",
    names: ["early", "midventral", "midlateral", "midparietal", "ventral", "lateral", "parietal"],
    from: 0,
    each: 1 / 7,
  },
];

/** Code of each vertex in a family; 0 is none. */
export function maskOf({ names, from, each }: RegionFamily, nVertices: number): Int32Array {
  return Int32Array.from({ length: nVertices }, (_, vertex) => {
    const place = Math.floor((vertex / nVertices - from) / each + 1e-9);
    return place >= 0 && place < names.length ? place + 1 : 0;
  });
}

/** Codes and names of a family as its mapping file has them. */
export function mappingOf({ names }: RegionFamily): Map<number, string> {
  return new Map([[0, "Unknown"], ...names.map((name, at): [number, string] => [at + 1, name])]);
}

/** How late a vertex is: 0 at the start of the visual system, 1 at its end. */
export function lateness(vertex: number, nVertices: number): number {
  return Math.min(1, vertex / nVertices / 0.6);
}
