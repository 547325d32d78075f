import { pauses, type JobOptions } from "../core/job.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import type { Rdm } from "../rdm/rdm.ts";
import type { VolumeAlignment } from "../searchlight/align-volumes.ts";
import { matchVolumes, type VolumeModelOptions } from "../searchlight/match-volumes.ts";
import { checkMetricFor, patchMetricLabel } from "../searchlight/patch-metric.ts";
import { SearchlightPatches } from "../searchlight/patches.ts";
import { scorePatches, type ScorePatchesOptions } from "../searchlight/score-patches.ts";
import type { PatchedPatterns } from "../searchlight/patched-patterns.ts";
import { undefinedNotes } from "../searchlight/undefined-scores.ts";
import { sides, type Side } from "./hemispheres.ts";
import { meshSizes } from "./mesh-sizes.ts";
import { readSurfaceData, type SurfaceData, type SurfaceSource } from "./surface-data.ts";
import type { SurfaceMapsParts } from "./surface-maps.ts";
import {
  refuseBoth,
  surfaceNoise,
  surfacePatches,
  type SurfacePatches,
  type SurfaceSearchlightOptions,
} from "./surface-searchlight.ts";
import {
  usableVertices,
  vertexNames,
  volumesOf,
  type SurfaceVertices,
} from "./surface-vertices.ts";

/** What is asked of the patches of a surface, and how. */
export type ScoreSurfaceOptions = SurfaceSearchlightOptions &
  VolumeModelOptions &
  ScorePatchesOptions;

/** What was found in every patch, before it is known what the numbers mean. */
export interface SurfaceNumbers extends Omit<SurfaceMapsParts, "modelNames" | "rsaMetric"> {
  /** The models with their items in one order. */
  readonly models: readonly Rdm[];
}

/** Patches of a surface, laid out, with the mean of each item in them. */
export interface LaidPatches {
  readonly alignment: VolumeAlignment;
  readonly vertices: SurfaceVertices;
  readonly laid: SurfacePatches;
  readonly patched: PatchedPatterns;
}

/** The same, and the models in the order of their items. */
export interface LaidSurface extends LaidPatches {
  readonly models: readonly Rdm[];
}

/** How patches of a surface are laid out. */
export type LaySurfaceOptions = SurfaceSearchlightOptions &
  VolumeModelOptions &
  Pick<JobOptions, "signal" | "onProgress">;

/**
 * Read values on the cortex, match volumes with models, and lay out patches. Throws as {@link scoreSurface}.
 *
 * @param onMatched - looks at the models before anything long is done.
 */
export async function laySurface(
  data: SurfaceSource,
  models: readonly Rdm[] | undefined,
  options: LaySurfaceOptions,
  onMatched: (models: readonly Rdm[]) => void = () => {},
): Promise<LaidSurface> {
  const surface = await readSurfaceData(data);
  const matched = matchVolumes(volumesOf(surface), models, options);
  checkMetricFor(options, matched.alignment.nFolds);
  onMatched(matched.models);
  const laid = await layPatches(surface, matched.alignment, options);
  return { ...laid, models: matched.models };
}

/** Lay out patches of values on the cortex whose volumes are matched. Throws as {@link scoreSurface}. */
export async function layPatches(
  surface: SurfaceData,
  alignment: VolumeAlignment,
  options: SurfaceSearchlightOptions & Pick<JobOptions, "signal" | "onProgress">,
): Promise<LaidPatches> {
  refuseBoth(options);
  const nMesh = meshSizes(surface, options);
  const used = (volume: number) => alignment.row[volume] >= 0;
  const vertices = { ...usableVertices(surface, used, options.mask), nMesh };
  const laid = await surfacePatches(vertices, options);
  const { patterns, counts } = await averaged(surface, vertices, alignment, options);
  const nLeft = surface.left?.values.shape[0] ?? 0;
  const patched = {
    data: patterns,
    nFolds: alignment.nFolds,
    shape: [alignment.nItems, vertices.row.length],
    counts,
    patches: patchesOf(laid, vertices.row.length),
    noise: surfaceNoise(options, vertices, nLeft, alignment),
  };
  return { alignment, vertices, laid, patched };
}

/** What maps of these patches are made of, but for their scores. */
export function placesOn(
  { alignment, vertices, laid }: LaidPatches,
  options: SurfaceSearchlightOptions,
): Omit<SurfaceMapsParts, "scores" | "modelNames" | "rsaMetric"> {
  return {
    places: laid.names,
    sizes: Int32Array.from(laid.patches, ({ length }) => length),
    stands: laid.stands,
    vertices,
    meshSizes: { left: sizeOf(vertices, "left"), right: sizeOf(vertices, "right") },
    metric: patchMetricLabel(options.metric),
    nItems: alignment.nItems,
    notes: [...leftOut(vertices, options), ...notesOn(vertices, alignment)],
  };
}

/**
 * Compare the data RDM of every patch of a surface with models: what all questions to surfaces have in common.
 *
 * @param question - makes the models ready once they are matched; default: as `options` say.
 */
export async function scoreSurface(
  data: SurfaceSource,
  models: RdmInput,
  options: ScoreSurfaceOptions,
  question?: (models: readonly Rdm[]) => Pick<ScorePatchesOptions, "rsaMetric">,
): Promise<SurfaceNumbers> {
  let asked = options;
  const laid = await laySurface(data, toRdms(models, "models"), options, (matched) => {
    asked = { ...options, ...question?.(matched) };
  });
  const condensed = laid.models.map((model) => model.condensed);
  const scores = await scorePatches(laid.patched, condensed, asked);
  const where = placesOn(laid, options);
  const notes = [...where.notes, ...undefinedNotes(scores, laid.laid.patches.length)];
  return { ...where, scores, models: laid.models, notes };
}

function patchesOf({ patches }: SurfacePatches, nSeries: number): SearchlightPatches {
  return new SearchlightPatches({
    axes: { series: 1 },
    nSeries,
    space: {
      centres: Int32Array.from(patches.keys()),
      around: (patch) => patches[patch],
    },
  });
}

/** Means of the volumes of each item within each fold; an item without a volume in a fold is NaN there. */
async function averaged(
  data: SurfaceData,
  { side, row, nVolumes }: SurfaceVertices,
  { row: rowOf, nItems, nFolds }: VolumeAlignment,
  { signal }: JobOptions,
): Promise<{ patterns: Float64Array; counts: Float64Array }> {
  const width = row.length;
  const patterns = new Float64Array(nFolds * nItems * width);
  const counts = new Float64Array(nFolds * nItems);
  for (const at of rowOf) if (at >= 0) counts[at]++;
  const pause = pauses(signal, "averaging volumes");
  for (let v = 0; v < width; v++) {
    const values = data[side[v]]?.values.data ?? [];
    const start = row[v] * nVolumes;
    for (let t = 0; t < nVolumes; t++)
      if (rowOf[t] >= 0) patterns[rowOf[t] * width + v] += values[start + t];
    for (let r = 0; r < counts.length; r++) patterns[r * width + v] /= counts[r];
    if (pause.due()) await pause.turn();
  }
  return { patterns, counts };
}

/** Vertices of the full mesh of a half; where nothing says it, up to the last with data. */
function sizeOf({ side, vertex, nMesh }: SurfaceVertices, half: Side): number {
  const own = vertex.filter((_, at) => side[at] === half);
  return nMesh?.[half] ?? own.reduce((most, one) => Math.max(most, one), -1) + 1;
}

/** What was asked for or given, and is in no score. */
function leftOut(
  vertices: SurfaceVertices,
  { parcels, centres }: SurfaceSearchlightOptions,
): string[] {
  const bare = sides.filter((half) => parcels !== undefined && parcels[half] === undefined);
  const { side } = vertices;
  const known = new Set(vertexNames(vertices));
  const asked = new Set(
    sides.flatMap((half) => Array.from(centres?.[half] ?? [], (one) => `${half} ${one}`)),
  );
  const without = parcels === undefined ? [...asked].filter((one) => !known.has(one)).length : 0;
  return [
    ...bare
      .filter((half) => side.includes(half))
      .map((half) => `the ${half} half has data and no parcels, and is left out`),
    ...(without > 0 ? [`${without} of ${asked.size} centres have no data and are left out`] : []),
  ];
}

function notesOn(
  { nUndefined, side, vertex, nMesh }: SurfaceVertices,
  { nEmpty }: VolumeAlignment,
): string[] {
  const unknown = sides.filter((half) => side.includes(half) && nMesh?.[half] === undefined);
  return [
    ...unknown.map(
      (half) =>
        `how many vertices the mesh of the ${half} half has is not known: its map ends at the last with data; give surfaces`,
    ),
    ...(nUndefined > 0
      ? [
          `${nUndefined} of ${nUndefined + vertex.length} vertices have no data (NaN, or one value in all volumes) and are in no patch`,
        ]
      : []),
    ...(nEmpty > 0 ? [`${nEmpty} items of folds have no volume: their distances are NaN`] : []),
  ];
}
