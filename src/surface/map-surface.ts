import { cells } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { alignVolumes, type VolumeLabelOptions } from "../searchlight/align-volumes.ts";
import {
  mapPatches,
  patchFunctionNames,
  type PatchFunction,
  type PatchFunctionOptions,
} from "../searchlight/map-searchlight.ts";
import { rsaSurfaceNames, type RsaSurfaceOptions } from "./rsa-surface.ts";
import { layPatches, placesOn } from "./score-surface.ts";
import { readSurfaceData, type SurfaceSource } from "./surface-data.ts";
import { SurfaceMaps } from "./surface-maps.ts";
import { volumesOf } from "./surface-vertices.ts";

/** What {@link mapSurface} takes. */
export interface MapSurfaceOptions
  extends
    Pick<RsaSurfaceOptions, "surfaces" | "radiusMm" | "parcels" | "mask" | "centres">,
    Pick<VolumeLabelOptions, "labels" | "y" | "volumes">,
    PatchFunctionOptions {
  /** The items in the order wanted; default: the distinct labels, sorted. */
  readonly items?: readonly string[];
}

const mapSurfaceNames: OptionNames<MapSurfaceOptions> = {
  items: cells,
  labels: rsaSurfaceNames.labels,
  y: rsaSurfaceNames.y,
  volumes: rsaSurfaceNames.volumes,
  surfaces: rsaSurfaceNames.surfaces,
  radiusMm: rsaSurfaceNames.radiusMm,
  parcels: rsaSurfaceNames.parcels,
  mask: rsaSurfaceNames.mask,
  centres: rsaSurfaceNames.centres,
  ...patchFunctionNames,
};

/**
 * A function of one's own in a patch around every vertex of the cortex (or every so manieth, or in parcels): patterns
 * (items × vertices, volumes of one label averaged) and labels in, one number or several out. The result is maps by name,
 * as of {@link rsaSurface}; vertices that were no centre are `NaN`.
 *
 * @throws as {@link rsaSurface}, and as `mapSearchlight` for what the function gives.
 * @example
 * import { mapSurface } from "tsrsa";
 * const points = { data: Float64Array.of(0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0), shape: [4, 3] };
 * const triangles = { data: Int32Array.of(0, 1, 2, 0, 2, 3), shape: [2, 3] };
 * const values = { data: Float64Array.of(1, 2, 2, 5, 5, 1, 3, 4), shape: [4, 2] };
 * const maps = await mapSurface({ left: { values } }, ({ data }) => Math.max(...data), {
 *   labels: ["dog", "cat"],
 *   surfaces: { left: { points, triangles } },
 *   radiusMm: 1.2,
 *   names: ["highest"],
 *   onProgress: false,
 * });
 * maps.map("highest").left; // Float64Array(4) [ 5, 5, 5, 5 ]
 */
export async function mapSurface(
  data: SurfaceSource,
  each: PatchFunction,
  options: MapSurfaceOptions = {},
): Promise<SurfaceMaps> {
  checkOptions(options, mapSurfaceNames);
  const { names, items, ...where } = options;
  const { signal, onProgress } = options;
  const surface = await readSurfaceData(data);
  const alignment = alignVolumes(volumesOf(surface), where, items);
  const own = { ...where, metric: "euclidean" } as const;
  const laid = await layPatches(surface, alignment, own);
  const all = Int32Array.from(laid.laid.patches.keys());
  const found = await mapPatches(laid.patched, alignment.items, all, each, {
    names,
    signal,
    onProgress,
  });
  return new SurfaceMaps({
    ...placesOn(laid, where),
    scores: found.values,
    modelNames: found.names,
    metric: "own function",
    rsaMetric: "own function",
  });
}
