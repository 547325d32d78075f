import { FileFormatError, ShapeMismatch, UnknownOption } from "../../core/errors.ts";
import { asMatrix } from "../npy/npy-array.ts";
import { readNpy } from "../npy/parse-npy.ts";
import type { PickleValue } from "../npy/pickle-values.ts";
import { readNpyObject } from "../npy/read-pickled.ts";
import type { Hemisphere } from "./types.ts";

/** The six families of regions, as the challenge's files have them. */
const FAMILIES = [
  "prf-visualrois",
  "floc-bodies",
  "floc-faces",
  "floc-places",
  "floc-words",
  "streams",
] as const;

const HEMISPHERES: readonly Hemisphere[] = ["lh", "rh"];

/** Areas whose halves the files name apart. */
const HALVES: Readonly<Record<string, readonly string[]>> = {
  V1: ["V1v", "V1d"],
  V2: ["V2v", "V2d"],
  V3: ["V3v", "V3d"],
};

/** Vertices of each region by hemisphere, ascending. */
export type RoiVertices = ReadonlyMap<string, Readonly<Record<Hemisphere, readonly number[]>>>;

/** Read every mask in `folder`. Throws `ShapeMismatch` when one does not fit the number of vertices. */
export async function readRoiMasks(
  folder: string,
  nVertices: Readonly<Record<Hemisphere, number>>,
): Promise<RoiVertices> {
  const rois = new Map<string, Record<Hemisphere, number[]>>();
  for (const family of FAMILIES) {
    const names = await readMapping(`${folder}/mapping_${family}.npy`);
    for (const name of names.values()) rois.set(name, { lh: [], rh: [] });
    for (const side of HEMISPHERES) {
      const path = `${folder}/${side}.${family}_challenge_space.npy`;
      const mask = asMatrix(await readNpy(path));
      if (mask.data.length !== nVertices[side])
        throw new ShapeMismatch(
          `${nVertices[side]} vertices in ${path}, as many as the responses have`,
          `${mask.data.length}`,
          "the masks belong to another participant; take the folder as it was unpacked",
        );
      mask.data.forEach((code: number, vertex: number) => {
        const name = names.get(code);
        if (name !== undefined) rois.get(name)?.[side].push(vertex);
        else if (code !== 0)
          throw new FileFormatError(
            path,
            `region of vertex ${vertex}`,
            "one of the mapping",
            `${code}`,
          );
      });
    }
  }
  return rois;
}

/** Names by code, without `Unknown`. */
async function readMapping(path: string): Promise<Map<number, string>> {
  const found: PickleValue = await readNpyObject(path);
  if (!(found instanceof Map))
    throw new FileFormatError(path, "content", "a dictionary of region names", typeof found);
  const names = new Map<number, string>();
  for (const [code, name] of found as ReadonlyMap<PickleValue, PickleValue>) {
    if (typeof code !== "number" || typeof name !== "string")
      throw new FileFormatError(
        path,
        "entry",
        "a number and a name",
        `a ${typeof code} and a ${typeof name}`,
      );
    if (code !== 0) names.set(code, name);
  }
  return names;
}

/** Every name that may be asked for, with the number of vertices. */
export function roiSizes(
  rois: RoiVertices,
  nVertices: Readonly<Record<Hemisphere, number>>,
): Map<string, number> {
  const size = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + count(rois, name), 0);
  const joined = Object.entries(HALVES).filter(([, halves]) =>
    halves.every((half) => rois.has(half)),
  );
  return new Map([
    ["all", nVertices.lh + nVertices.rh],
    ...joined.map(([name, halves]): [string, number] => [name, size(halves)]),
    ...[...rois.keys()].map((name): [string, number] => [name, count(rois, name)]),
  ]);
}

/** Vertices of a hemisphere in the regions asked for, ascending, each once. Throws `UnknownOption`. */
export function verticesOf(
  rois: RoiVertices,
  asked: readonly string[],
  side: Hemisphere,
): number[] | undefined {
  if (asked.includes("all")) return undefined;
  const single = asked.flatMap((name) => (rois.has(name) ? [name] : (HALVES[name] ?? [name])));
  const vertices = single.flatMap((name) => {
    const roi = rois.get(name);
    if (roi === undefined)
      throw new UnknownOption("roi", name, ["all", ...Object.keys(HALVES), ...rois.keys()]);
    return roi[side];
  });
  return [...new Set(vertices)].sort((a, b) => a - b);
}

function count(rois: RoiVertices, name: string): number {
  const roi = rois.get(name);
  return roi === undefined ? 0 : roi.lh.length + roi.rh.length;
}
