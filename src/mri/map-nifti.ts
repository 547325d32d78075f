import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { placeOfName } from "../core/place-of-name.ts";
import {
  mapPatches,
  patchFunctionNames,
  type PatchFunction,
  type PatchFunctionOptions,
} from "../searchlight/map-searchlight.ts";
import { alignVolumes } from "../searchlight/align-volumes.ts";
import { openData, type FunctionalData } from "./functional-data.ts";
import { nVoxelsOf, type Grid, type Volume } from "./grid.ts";
import { rdmNiftiNames, type RdmNiftiOptions } from "./rdm-nifti.ts";
import { averageVolumes } from "./read-patterns.ts";
import { voxelSearchlight } from "./voxel-searchlight.ts";

/** What {@link mapNifti} takes. */
export interface MapNiftiOptions
  extends
    Pick<
      RdmNiftiOptions,
      "items" | "labels" | "y" | "volumes" | "radiusMm" | "patches" | "roiMask" | "brainMask"
    >,
    PatchFunctionOptions {}

const mapNiftiNames: OptionNames<MapNiftiOptions> = {
  items: rdmNiftiNames.items,
  labels: rdmNiftiNames.labels,
  y: rdmNiftiNames.y,
  volumes: rdmNiftiNames.volumes,
  radiusMm: rdmNiftiNames.radiusMm,
  patches: rdmNiftiNames.patches,
  roiMask: rdmNiftiNames.roiMask,
  brainMask: rdmNiftiNames.brainMask,
  ...patchFunctionNames,
};

/** What values of voxels are made of. */
export interface VoxelValuesParts {
  /** nNames × nCentres, C order. */
  readonly values: Float64Array;
  readonly names: readonly string[];
  readonly grid: Grid;
  /** Number of the voxel in the centre of each patch, ascending; without a radius all voxels of the one patch. */
  readonly centres: Int32Array;
  readonly pooled: boolean;
}

/** What a function found in spheres. Immutable; {@link mapNifti} makes it. */
export class VoxelValues implements Displayable {
  /** nNames × nCentres, C order. */
  readonly values: Float64Array;
  readonly names: readonly string[];
  readonly grid: Grid;
  /** Number of the voxel in the centre of each patch, ascending; without a radius all voxels of the one patch. */
  readonly centres: Int32Array;
  /** True when all voxels were one patch. */
  readonly pooled: boolean;

  constructor(parts: VoxelValuesParts) {
    this.values = parts.values;
    this.names = parts.names;
    this.grid = parts.grid;
    this.centres = parts.centres;
    this.pooled = parts.pooled;
    Object.freeze(this);
  }

  /** The numbers of one name, in the order of `centres`; a single one when all voxels were one patch. */
  of(name?: string): Float64Array {
    const at = placeOfName("name", name, this.names);
    const size = this.values.length / this.names.length;
    return this.values.slice(at * size, (at + 1) * size);
  }

  /** The numbers of one name as a map: NaN at voxels that were no centre. The only name need not be named. */
  map(name?: string): Volume & { readonly data: Float32Array } {
    const values = this.of(name);
    const data = new Float32Array(nVoxelsOf(this.grid)).fill(NaN);
    this.centres.forEach((voxel, at) => (data[voxel] = values[this.pooled ? 0 : at]));
    return { data, shape: this.grid.shape, affine: this.grid.affine };
  }

  [jupyterDisplay](): MimeBundle {
    const where = this.pooled ? "all voxels at once" : `${this.centres.length} centres`;
    return { "text/plain": `VoxelValues of ${where}: ${this.names.join(", ")}` };
  }
}

/**
 * A function of one's own in a sphere around every voxel of a functional image, or every so manieth: patterns (items ×
 * voxels, volumes of one label averaged) and labels in, one number or several out.
 *
 * @throws as {@link rdmNifti}, and as `mapSearchlight` for what the function gives.
 *
 * @example
 * import { mapNifti } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const image = { data: Float64Array.of(0, 3, 0, 4), shape: [2, 1, 1, 2], affine };
 * const found = await mapNifti(image, ({ data }) => Math.max(...data), { labels: ["dog", "cat"], radiusMm: 1, onProgress: false });
 * found.of("value"); // Float64Array(2) [ 3, 4 ]
 */
export async function mapNifti(
  image: FunctionalData,
  each: PatchFunction,
  options: MapNiftiOptions = {},
): Promise<VoxelValues> {
  checkOptions(options, mapNiftiNames);
  const { every = 1, names, signal, onProgress, ...where } = options;
  const source = await openData(image, signal);
  try {
    const alignment = alignVolumes(source.nVolumes, where, where.items);
    const searchlight = voxelSearchlight(source, { ...where, metric: "euclidean" });
    const { patches, pooled, grid } = searchlight;
    const patterns = await averageVolumes(source, alignment, searchlight.voxels, {
      signal,
      onProgress,
    });
    const patched = { ...patterns, shape: patterns.shape.slice(-2), patches };
    const wanted = Int32Array.from(
      { length: Math.ceil(patches.length / every) },
      (_, at) => at * every,
    );
    const found = await mapPatches(patched, alignment.items, wanted, each, {
      names,
      signal,
      onProgress,
    });
    const centres = pooled
      ? searchlight.centres
      : Int32Array.from(wanted, (at) => searchlight.centres[at]);
    return new VoxelValues({ values: found.values, names: found.names, grid, centres, pooled });
  } finally {
    await source.close();
  }
}
