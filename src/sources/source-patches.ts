import { InvalidArgument, ItemMismatch } from "../core/errors.ts";
import type { JobOptions } from "../core/job.ts";
import type { FifSourceSpace } from "../io/fif/index.ts";
import { nearPositions } from "../searchlight/near-positions.ts";
import { geodesicDistances, type Reach } from "../surface/geodesic-distances.ts";
import type { SourceEstimates } from "./source-estimates.ts";
import { namesOfSources } from "./source-estimates.ts";

/** Where sources may be: what readSourceSpaces gives. */
export type SourceSpaces = readonly FifSourceSpace[];

/**
 * The sources strictly nearer than `radiusM` to each source of the estimates, itself among them, as rows of the data:
 * along the cortex within a hemisphere, in a straight line in a volume. Ways are taken from the file where it has them
 * that far, else computed. Data and source space are joined by hemisphere and vertex. Throws `ItemMismatch` naming
 * sources that the space lacks, `InvalidArgument`, `Cancelled`.
 */
export async function sourcePatches(
  estimates: SourceEstimates,
  spaces: SourceSpaces,
  radiusM: number,
  job: Pick<JobOptions, "signal" | "onProgress">,
): Promise<Int32Array[]> {
  if (!(radiusM >= 0 && Number.isFinite(radiusM)))
    throw new InvalidArgument("spatialRadiusM", radiusM, "give a radius in metres, 0 or more");
  checkSpaces(estimates, spaces);
  const patches: Int32Array[] = [];
  for (const [side, vertices] of estimates.vertices.entries()) {
    const first = patches.length;
    const near = await nearIn(spaces[side], vertices, radiusM, job);
    for (const rows of near) patches.push(rows.map((row) => row + first));
  }
  return patches;
}

/** Whether a source space is that of estimates, and has all their sources. Throws `InvalidArgument`, `ItemMismatch`. */
export function checkSpaces(
  { vertices, kind, subject }: SourceEstimates,
  spaces: SourceSpaces,
): void {
  const volume = spaces.length === 1 && spaces[0].kind !== "surface";
  if ((kind === "volume") !== volume || (!volume && spaces.length !== 2))
    throw new InvalidArgument(
      "sourceSpaces",
      volume ? "a volume" : `${spaces.length} hemispheres`,
      kind === "volume" ? "the estimates are of a volume" : "the estimates are of two hemispheres",
    );
  const whose = spaces[0].subject;
  if (subject !== undefined && whose !== undefined && subject !== whose)
    throw new InvalidArgument("sourceSpaces", whose, `the estimates are of ${subject}`);
  const missing = vertices.map((list, side) => {
    const known = new Set(spaces[side].vertices);
    return list.filter((vertex) => !known.has(vertex));
  });
  const names = namesOfSources(missing, kind);
  if (names.length > 0)
    throw new ItemMismatch(names, [], "give the source space that the estimates were made with");
}

/** The rows of the vertices strictly nearer than a radius to each, itself among them. */
export async function nearIn(
  space: FifSourceSpace,
  vertices: Int32Array,
  radiusM: number,
  job: Pick<JobOptions, "signal" | "onProgress">,
): Promise<Int32Array[]> {
  if (space.kind !== "surface") return nearStraight(space, vertices, radiusM);
  const { distances } = space;
  if (distances !== undefined && distances.limitM >= radiusM)
    return nearStored(distances.upper, vertices, radiusM);
  return nearAlongMesh(space, vertices, radiusM, job);
}

function nearStraight(
  { points }: FifSourceSpace,
  vertices: Int32Array,
  radiusM: number,
): Int32Array[] {
  const places = Float64Array.from(
    Array.from(vertices).flatMap((vertex) => [...points.data.subarray(3 * vertex, 3 * vertex + 3)]),
  );
  const around = nearPositions(places, radiusM);
  return Array.from(vertices, (_, at) => around(at));
}

type Stored = NonNullable<FifSourceSpace["distances"]>["upper"];

function nearStored(
  { starts, indices, values }: Stored,
  vertices: Int32Array,
  radiusM: number,
): Int32Array[] {
  const rowOf = new Map(Array.from(vertices, (vertex, row) => [vertex, row]));
  const near: number[][] = Array.from(vertices, (_, row) => [row]);
  vertices.forEach((vertex, row) => {
    for (let at = starts[vertex]; at < starts[vertex + 1]; at++) {
      const other = rowOf.get(indices[at]);
      if (other === undefined || other === row || !(values[at] > 0 && values[at] < radiusM))
        continue;
      near[row].push(other);
      near[other].push(row);
    }
  });
  return near.map((rows) => Int32Array.from(new Set(rows)).sort());
}

async function nearAlongMesh(
  space: FifSourceSpace,
  vertices: Int32Array,
  radiusM: number,
  job: Pick<JobOptions, "signal" | "onProgress">,
): Promise<Int32Array[]> {
  const { points, triangles } = space;
  if (triangles === undefined)
    throw new InvalidArgument(
      "sourceSpaces",
      "a hemisphere without triangles",
      "ways along the cortex need its mesh",
    );
  if (radiusM === 0) return Array.from(vertices, (_, row) => Int32Array.of(row));
  const rowOf = new Int32Array(points.shape[0]).fill(-1);
  vertices.forEach((vertex, row) => (rowOf[vertex] = row));
  const reaches = await geodesicDistances({ points, triangles }, vertices, {
    limit: radiusM,
    ...job,
  });
  return reaches.map((reach) => rowsWithin(reach, rowOf, radiusM));
}

/** Rows of the sources strictly within the radius. Points ascend, and so do the rows of sources. */
function rowsWithin({ points, distances }: Reach, rowOf: Int32Array, radiusM: number): Int32Array {
  const rows = new Int32Array(points.length);
  let n = 0;
  for (let at = 0; at < points.length; at++) {
    const row = rowOf[points[at]];
    // MNE keeps ways in float32.
    if (row >= 0 && Math.fround(distances[at]) < radiusM) rows[n++] = row;
  }
  return rows.slice(0, n);
}
