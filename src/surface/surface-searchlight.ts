import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { either, positive, thing, whole } from "../core/gate/kinds.ts";
import type { OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import { metricKind } from "../rdm/metrics/index.ts";
import { checkNoiseMetric } from "../searchlight/noise/noise-metric.ts";
import type { PatchNoise } from "../searchlight/noise/patch-noise.ts";
import { SeriesNoise } from "../searchlight/noise/series-noise.ts";
import type { VolumeAlignment } from "../searchlight/align-volumes.ts";
import { isLone, metricOptionNames, type PatchMetricOptions } from "../searchlight/patch-metric.ts";
import type { NoiseOptions } from "../stats/covariance/index.ts";
import { matchRuns, noiseKind, residualRuns } from "../stats/covariance/residual-runs.ts";
import { geodesicDistances } from "./geodesic-distances.ts";
import { sides, type Halves, type Side } from "./hemispheres.ts";
import { aMesh, type Mesh } from "./mesh-edges.ts";
import { parcelsAmong, type Parcels } from "./parcels.ts";
import type { SurfaceVertices } from "./surface-vertices.ts";
import { vertexNames } from "./surface-vertices.ts";
import { checkMesh } from "./triangle-points.ts";

/** Where and how data RDMs of vertices are computed. */
export interface SurfaceSearchlightOptions extends PatchMetricOptions {
  /** The meshes that the data are on, in mm (midthickness or white): ways are measured on them. `radiusMm` needs them. */
  readonly surfaces?: Halves<Mesh>;
  /** A patch is all vertices nearer than this to a vertex, in mm along the cortex. Default: all vertices at once. */
  readonly radiusMm?: number;
  /** Instead of a radius: each parcel is a patch. */
  readonly parcels?: Parcels;
  /** Vertices that count at all: those not 0 in a list of all vertices. Default: all that have data. */
  readonly mask?: Halves<ArrayLike<number>>;
  /** Numbers of the vertices that are centres. Patches reach beyond them. Default: all. */
  readonly centres?: Halves<ArrayLike<number>>;
  /** Only every so manieth centre, from the first on, for a first look; patches have all their vertices. Default: 1, all. */
  readonly every?: number;
  /**
   * Residuals from which the noise of each patch is estimated anew, for `crossnobis` (which is then divided by the number
   * of vertices) and `mahalanobis`: rows × vertices, left before right, as the data or as the vertices used.
   */
  readonly noise?: NoiseOptions;
}

const someHalf = either(thing("{ left, right }", "left"), thing("{ left, right }", "right"));

/** Names of these options. */
export const surfaceSearchlightNames: OptionNames<SurfaceSearchlightOptions> = {
  ...metricOptionNames,
  metric: metricKind,
  surfaces: someHalf,
  radiusMm: positive,
  parcels: someHalf,
  mask: someHalf,
  centres: someHalf,
  every: whole(1),
  noise: noiseKind,
};

/** Patches of vertices, each as places among the vertices that have data. */
export interface SurfacePatches {
  /** Names of the places: `left 12`, a parcel, or `rsa` for all. */
  readonly names: readonly string[];
  readonly patches: readonly Int32Array[];
  /** For each patch the places that its score stands for: its centre, its parcel, or all. */
  readonly stands: readonly Int32Array[];
}

/** Throws `InvalidArgument` for both a radius and parcels. */
export function refuseBoth({ radiusMm, parcels }: SurfaceSearchlightOptions): void {
  if (parcels === undefined || radiusMm === undefined) return;
  throw new InvalidArgument("radiusMm", radiusMm, "parcels are given; use one of the two");
}

/** Lay out the patches. Throws `InvalidArgument`, `ShapeMismatch`, `Cancelled`. */
export async function surfacePatches(
  vertices: SurfaceVertices,
  options: SurfaceSearchlightOptions & Pick<JobOptions, "signal" | "onProgress">,
): Promise<SurfacePatches> {
  const { radiusMm, parcels, metric, every = 1 } = options;
  if (every > 1 && radiusMm === undefined)
    throw new InvalidArgument("every", every, "it thins the centres of patches: give radiusMm");
  if (parcels !== undefined) {
    const found = parcelsAmong(parcels, vertices);
    const patches = found.map(({ places }) => places);
    return { names: found.map(({ name }) => name), patches, stands: patches };
  }
  const all = Int32Array.from(vertices.vertex.keys());
  if (radiusMm === undefined) {
    const chosen = options.centres === undefined ? all : centresOf(vertices, options.centres);
    return { names: ["rsa"], patches: [chosen], stands: [chosen] };
  }
  const asked = options.centres === undefined ? all : centresOf(vertices, options.centres);
  const centres = asked.filter((_, at) => at % every === 0);
  const patches = await near(vertices, centres, radiusMm, options);
  refuseWrongUnit(vertices, patches, radiusMm);
  if (patches.every((patch) => isLone(patch.length, metric)))
    throw new InvalidArgument(
      "radiusMm",
      radiusMm,
      "every patch is a single vertex, which has no pattern; give a larger radius (the surfaces are in mm?)",
    );
  const names = vertexNames(vertices);
  return {
    names: Array.from(centres, (at) => names[at]),
    patches,
    stands: Array.from(centres, (at) => Int32Array.of(at)),
  };
}

async function near(
  vertices: SurfaceVertices,
  centres: Int32Array,
  radiusMm: number,
  {
    surfaces,
    signal,
    onProgress,
  }: SurfaceSearchlightOptions & Pick<JobOptions, "signal" | "onProgress">,
): Promise<Int32Array[]> {
  const patches: Int32Array[] = [];
  for (const side of sides) {
    const own = centres.filter((at) => vertices.side[at] === side);
    if (own.length === 0) continue;
    const mesh = surfaces?.[side];
    if (mesh === undefined)
      throw new InvalidArgument(
        "surfaces",
        `without ${side}`,
        "a radius needs the mesh of each half with data",
      );
    aMesh(mesh, `surfaces.${side}`);
    const placeOf = placesOn(vertices, side, mesh);
    const from = own.map((at) => vertices.vertex[at]);
    const reaches = await geodesicDistances(mesh, from, { limit: radiusMm, signal, onProgress });
    reaches.forEach(({ points, distances }, k) => {
      const inside = points.filter(
        (point, at) =>
          placeOf[point] >= 0 && (distances[at] < radiusMm || placeOf[point] === own[k]),
      );
      patches.push(inside.map((point) => placeOf[point]).sort());
    });
  }
  return patches;
}

/** For each vertex of a mesh its place among those with data; −1 for those without. */
function placesOn({ side, vertex }: SurfaceVertices, half: Side, mesh: Mesh): Int32Array {
  checkMesh(mesh, `surfaces.${half}`);
  const placeOf = new Int32Array(mesh.points.shape[0]).fill(-1);
  side.forEach((one, at) => {
    if (one !== half) return;
    if (vertex[at] >= placeOf.length)
      throw new ShapeMismatch(
        `data on the ${placeOf.length} vertices of surfaces.${half}`,
        `vertex ${vertex[at]}`,
        "give the mesh that the data are on",
      );
    placeOf[vertex[at]] = at;
  });
  return placeOf;
}

/** A radius that reaches over a whole half from everywhere is none: the points are in metres. */
function refuseWrongUnit(
  { side }: SurfaceVertices,
  patches: readonly Int32Array[],
  radiusMm: number,
): void {
  const counts = sides.map((half) => side.filter((one) => one === half).length);
  const whole = (patch: Int32Array) => patch.length === counts[side[patch[0]] === "left" ? 0 : 1];
  if (patches.length < 2 || !patches.every(whole)) return;
  throw new InvalidArgument(
    "radiusMm",
    radiusMm,
    "it reaches over the whole half from every centre; surfaces are in mm (FIF files have metres); leave radiusMm out to pool all",
  );
}

function centresOf(vertices: SurfaceVertices, centres: Halves<ArrayLike<number>>): Int32Array {
  const wanted = sides.flatMap((side) =>
    Array.from(centres[side] ?? [], (one) => `${side} ${one}`),
  );
  const placeOf = new Map(vertexNames(vertices).map((name, at) => [name, at]));
  const places = wanted.flatMap((name) => placeOf.get(name) ?? []);
  if (places.length > 0) return Int32Array.from(new Set(places)).sort();
  throw new InvalidArgument(
    "centres",
    `${wanted.length} vertices`,
    "none of them has data; give numbers of vertices of the mesh",
  );
}

/** The noise of vertices from residuals. Throws `ShapeMismatch`, `InvalidArgument`. */
export function surfaceNoise(
  { noise, metric, VI }: SurfaceSearchlightOptions,
  vertices: SurfaceVertices,
  nLeft: number,
  { nFolds, foldNames }: VolumeAlignment,
): PatchNoise | undefined {
  if (noise === undefined) return undefined;
  const { row, side, nRows } = vertices;
  const { method = "shrunk-to-diagonal", perRun = false } = noise;
  checkNoiseMetric(metric, { VI }, nFolds, perRun);
  const all = residualRuns(noise);
  const runs = nFolds > 1 ? matchRuns(all, foldNames, perRun) : all;
  const [{ p }] = runs;
  if (p !== nRows && p !== row.length)
    throw new ShapeMismatch(
      `residuals of ${nRows} vertices, as the data have (or of the ${row.length} used)`,
      `of ${p}`,
      "give rows × vertices, the left half before the right",
    );
  const columns =
    p === nRows
      ? row.map((own, at) => (side[at] === "left" ? own : nLeft + own))
      : Int32Array.from(row.keys());
  for (const run of runs) if (run.voxels !== undefined) checkPlaces(run.voxels, columns, vertices);
  return new SeriesNoise(runs, columns, method, perRun);
}

/** Residuals that say where they are from are of these vertices; the right half may be counted behind the left mesh. */
function checkPlaces(
  voxels: Int32Array,
  columns: ArrayLike<number>,
  { side, vertex, nMesh }: SurfaceVertices,
): void {
  const fits = (first: number) =>
    side.every((half, at) => voxels[columns[at]] === vertex[at] + (half === "left" ? 0 : first));
  if (fits(0) || fits(nMesh?.left ?? 0)) return;
  const wrong = side.findIndex((_, at) => voxels[columns[at]] !== vertex[at]);
  throw new ShapeMismatch(
    `residuals of the vertices of the data (${side[wrong]} ${vertex[wrong]})`,
    `of ${voxels[columns[wrong]]} in its place`,
    "give residuals of the same vertices, the left half before the right",
  );
}
