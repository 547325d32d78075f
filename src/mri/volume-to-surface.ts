import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { either, kind, listOf, finite, oneOf, thing } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { roundHalfEven } from "../stats/round-half-even.ts";
import { sides, type Halves, type Side } from "../surface/hemispheres.ts";
import type { Mesh } from "../surface/mesh-edges.ts";
import type { HalfData, SurfaceData } from "../surface/surface-data.ts";
import { checkMesh } from "../surface/triangle-points.ts";
import { gridOf, inverseOf, type Grid } from "./grid.ts";
import { openVolumes, type FunctionalImage, type VolumeBatch } from "./image-source.ts";

/** How volumes are sampled on the cortex. */
export interface VolumeToSurfaceOptions extends Omit<JobOptions, "jobs"> {
  /** The inner surface, in mm: `lh.white`, `rh.white`. */
  readonly white: Halves<Mesh>;
  /** The outer surface, of the same vertices: `lh.pial`, `rh.pial`. */
  readonly pial: Halves<Mesh>;
  /** Where between white (0) and pial (1) values are taken; their mean counts. Default: 0, 0.25, 0.5, 0.75, 1. */
  readonly depths?: readonly number[];
  /** Between voxels: `linear`, or the value of the `nearest` (for labels: with one depth). Default: linear. */
  readonly interpolation?: "linear" | "nearest";
  /**
   * Coordinates of the meshes: those of the `scanner`, as the image's affine gives them, or `freesurfer`: those of
   * FreeSurfer's own files, to which the centre of their volume (`volume.cras`) is added. Must be said for meshes that
   * have such a centre. Default: scanner.
   */
  readonly coordinates?: "scanner" | "freesurfer";
}

const someHalf = either(thing("{ left, right }", "left"), thing("{ left, right }", "right"));

const optionNames: OptionNames<VolumeToSurfaceOptions> = {
  white: someHalf,
  pial: someHalf,
  depths: (value, argument) => {
    listOf(finite)(value, argument);
    kind("at least one depth", (all) => (all as ArrayLike<number>).length > 0)(value, argument);
  },
  interpolation: oneOf(["linear", "nearest"]),
  coordinates: oneOf(["scanner", "freesurfer"]),
  signal: true,
  onProgress: true,
};

/** A mesh of FreeSurfer's brings the centre of its volume with it. */
type MaybeFreesurfer = Mesh & {
  readonly volume?: { readonly valid: boolean; readonly cras: readonly number[] };
};

/**
 * Values of volumes on the cortex: at each vertex the mean of samples between the inner and the outer surface, of those
 * inside of the image; NaN where none is. What `rsaSurface` takes. Agrees with `nilearn.surface.vol_to_surf` with
 * `inner_mesh` (whose `depth` runs from the outer surface inwards), also in the last half voxel at the far sides, where
 * both continue the line.
 *
 * @throws ShapeMismatch for surfaces of different vertices; InvalidArgument for surfaces outside of the image, and for
 *   FreeSurfer's without `coordinates`; FileFormatError; Cancelled.
 * @example
 * import { volumeToSurface } from "tsrsa";
 * const triangles = { data: Int32Array.of(0, 1, 2), shape: [1, 3] };
 * const at = (z: number) => ({
 *   points: { data: Float64Array.of(0, 0, z, 1, 0, z, 0, 1, z), shape: [3, 3] },
 *   triangles,
 * });
 * const affine = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]];
 * const image = { data: Float64Array.of(1, 3, 1, 3, 5, 7, 5, 7), shape: [2, 2, 2], affine };
 * const { left } = await volumeToSurface(image, { white: { left: at(0) }, pial: { left: at(1) } });
 * Array.from(left?.values.data ?? []); // [ 2, 6, 2 ]
 */
export async function volumeToSurface(
  image: FunctionalImage,
  options: VolumeToSurfaceOptions,
): Promise<SurfaceData> {
  checkOptions(options, optionNames);
  someHalf(options.white, "white");
  someHalf(options.pial, "pial");
  const source = await openVolumes(image);
  try {
    const grid = gridOf(source.header);
    const samplers = sides.flatMap((side) => {
      const sampler = samplerOf(options, side, grid);
      return sampler === undefined ? [] : [[side, sampler] as const];
    });
    const halves = samplers.map(([side, sampler]): [Side, Half] => [
      side,
      { sampler, data: new Float64Array(sampler.nVertices * source.nVolumes) },
    ]);
    const pause = pauses(options.signal, "volumeToSurface");
    for await (const batch of source.batches(options)) {
      for (const [, half] of halves) sampleBatch(half, batch, source.nVolumes);
      await pause.turn();
    }
    return Object.fromEntries(
      halves.map(([side, { sampler, data }]): [Side, HalfData] => [
        side,
        { values: { data, shape: [sampler.nVertices, source.nVolumes] } },
      ]),
    );
  } finally {
    await source.close();
  }
}

interface Half {
  readonly sampler: Sampler;
  readonly data: Float64Array;
}

/** For each sample the voxels around it with their weights, eight a sample; −1 for a sample outside. */
interface Sampler {
  readonly nVertices: number;
  readonly nDepths: number;
  readonly voxels: Int32Array;
  readonly weights: Float64Array;
}

function samplerOf(options: VolumeToSurfaceOptions, side: Side, grid: Grid): Sampler | undefined {
  const { white, pial, depths = [0, 0.25, 0.5, 0.75, 1], interpolation = "linear" } = options;
  const [inner, outer] = [white[side], pial[side]];
  if (inner === undefined && outer === undefined) return undefined;
  if (inner === undefined || outer === undefined)
    throw new InvalidArgument(
      inner === undefined ? "white" : "pial",
      `without ${side}`,
      "give both surfaces of a half",
    );
  checkMesh(inner, `white.${side}`);
  checkMesh(outer, `pial.${side}`);
  const nVertices = inner.points.shape[0];
  if (outer.points.shape[0] !== nVertices)
    throw new ShapeMismatch(
      `${nVertices} vertices in pial.${side}, as white has`,
      `${outer.points.shape[0]}`,
      "give two surfaces of one subject",
    );
  const shift = shiftOf(inner, outer, side, options.coordinates);
  const toVoxel = inverseOf(grid.affine);
  const voxels = new Int32Array(8 * nVertices * depths.length).fill(-1);
  const weights = new Float64Array(voxels.length);
  let inside = 0;
  for (let v = 0; v < nVertices; v++)
    depths.forEach((depth, d) => {
      const mm = [0, 1, 2].map((axis) => {
        const from = inner.points.data[3 * v + axis];
        return from + depth * (outer.points.data[3 * v + axis] - from) + shift[axis];
      });
      const at = toVoxel
        .slice(0, 3)
        .map((row) => row[0] * mm[0] + row[1] * mm[1] + row[2] * mm[2] + row[3]);
      if (place(at, grid.shape, interpolation, 8 * (v * depths.length + d), voxels, weights))
        inside++;
    });
  if (inside > 0) return { nVertices, nDepths: depths.length, voxels, weights };
  throw new InvalidArgument(
    `white.${side}`,
    "outside of the image",
    "no vertex lies in it; surfaces are in mm, in the scanner's coordinates (FreeSurfer's own: coordinates: \"freesurfer\")",
  );
}

/** Scanner coordinates less those of the meshes. */
function shiftOf(
  inner: MaybeFreesurfer,
  outer: MaybeFreesurfer,
  side: Side,
  coordinates: VolumeToSurfaceOptions["coordinates"],
): readonly number[] {
  const own = [inner, outer].map(({ volume }) =>
    volume?.valid === true ? volume.cras : undefined,
  );
  const [cras] = own;
  if (coordinates === "scanner") return [0, 0, 0];
  if (coordinates === undefined) {
    if (own.every((one) => one === undefined || one.every((value) => value === 0)))
      return [0, 0, 0];
    throw new InvalidArgument(
      "coordinates",
      undefined,
      `the surfaces of ${side} are FreeSurfer's, with a centre of their own; say "freesurfer" to add it, or "scanner" if that was done`,
    );
  }
  if (cras === undefined || own[1] === undefined)
    throw new InvalidArgument(
      "coordinates",
      coordinates,
      `the surfaces of ${side} do not say where their centre is (volume.cras); add it to the points yourself`,
    );
  return cras;
}

/** Voxels and weights of one sample; false for one outside: before the first centre, or a voxel behind the last. */
function place(
  at: readonly number[],
  shape: readonly number[],
  interpolation: "linear" | "nearest",
  first: number,
  voxels: Int32Array,
  weights: Float64Array,
): boolean {
  const [, ny, nz] = shape;
  const looked = interpolation === "nearest" ? at.map(roundHalfEven) : at;
  if (looked.some((value, axis) => !(value >= 0 && value < shape[axis]))) return false;
  if (interpolation === "nearest") {
    voxels[first] = (looked[0] * ny + looked[1]) * nz + looked[2];
    weights[first] = 1;
    return true;
  }
  const low = at.map((value, axis) => Math.max(0, Math.min(Math.floor(value), shape[axis] - 2)));
  for (let corner = 0; corner < 8; corner++) {
    let weight = 1;
    const index = low.map((start, axis) => {
      const up = (corner >> axis) & 1;
      // One slice has nothing to go to.
      const share = shape[axis] === 1 ? 0 : at[axis] - start;
      weight *= up === 1 ? share : 1 - share;
      return Math.min(start + up, shape[axis] - 1);
    });
    voxels[first + corner] = (index[0] * ny + index[1]) * nz + index[2];
    weights[first + corner] = weight;
  }
  return true;
}

function sampleBatch({ sampler, data }: Half, batch: VolumeBatch, nVolumes: number): void {
  const { nVertices, nDepths } = sampler;
  for (let v = 0; v < nVertices; v++)
    for (let t = 0; t < batch.nVolumes; t++) {
      let [sum, count] = [0, 0];
      for (let d = 0; d < nDepths; d++) {
        const value = sampleAt(sampler, 8 * (v * nDepths + d), batch, t);
        if (Number.isNaN(value)) continue;
        sum += value;
        count++;
      }
      data[v * nVolumes + batch.first + t] = sum / count;
    }
}

function sampleAt(
  { voxels, weights }: Sampler,
  first: number,
  { data, nVolumes }: VolumeBatch,
  t: number,
): number {
  if (voxels[first] < 0) return NaN;
  let value = 0;
  for (let k = first; k < first + 8; k++)
    if (voxels[k] >= 0 && weights[k] !== 0) value += weights[k] * data[voxels[k] * nVolumes + t];
  return value;
}
