import { FileFormatError } from "../../core/errors.ts";
import type { FifInfo, FifProjection } from "./types.ts";

/** Orthonormal vectors to take out of the data: P = I − U Uᵀ. `u` holds them one after the other. */
export interface Projector {
  readonly u: readonly Float64Array[];
}

const mostVectors = 1000;
const leastRelativeSingularValue = 1e-2;

/**
 * The projector of all projections in `info`, or undefined when every one is applied already.
 * Agrees with `mne.make_projector`: bad and missing channels count as zero, vectors are normalised, those that
 * depend on the others (singular value below 1 % of the greatest) are left out.
 */
export function makeProjector(fileName: string, info: FifInfo): Projector | undefined {
  if (info.projections.every((projection) => projection.active)) return undefined;
  const bads = new Set(info.bads);
  const names = info.channels.map(({ name }) => name);
  const vectors = projectionVectors(names, info.projections, bads);
  if (vectors.length > mostVectors)
    throw new FileFormatError(fileName, "projections", `at most ${mostVectors} vectors`, "more");
  const u = independentVectors(vectors);
  if (u.length === 0) return undefined;
  if (u.length < info.channels.length) return { u };
  throw new FileFormatError(
    fileName,
    "projections",
    `fewer independent vectors than the ${info.channels.length} channels`,
    `${u.length}`,
    { advice: "read without them: applyProjections: false" },
  );
}

/** The info of data whose projections have been applied. */
export function withActiveProjections(info: FifInfo): FifInfo {
  return {
    ...info,
    projections: info.projections.map((projection) => ({ ...projection, active: true })),
  };
}

/** The vectors of all projections over these channels; bad and missing channels count as zero. */
export function projectionVectors(
  channels: readonly string[],
  projections: readonly FifProjection[],
  bads: ReadonlySet<string> = new Set(),
): Float64Array[] {
  return projections.flatMap((projection) => {
    const column = new Map(projection.channels.map((name, j) => [name, j]));
    const positions = channels.map((name) => (bads.has(name) ? undefined : column.get(name)));
    const width = projection.channels.length;
    return Array.from({ length: projection.nVectors }, (_, v) =>
      Float64Array.from(positions, (j) =>
        j === undefined ? 0 : projection.vectors[v * width + j],
      ),
    );
  });
}

/** Orthonormal vectors of the same span; those that depend on the others are left out. */
export function independentVectors(vectors: readonly Float64Array[]): Float64Array[] {
  const columns = vectors.map(normalised).filter((vector) => vector !== undefined);
  return columns.length === 0 ? [] : leftSingularVectors(columns);
}

function normalised(vector: Float64Array): Float64Array | undefined {
  const size = Math.sqrt(dot(vector, vector));
  return size > 0 ? vector.map((value) => value / size) : undefined;
}

// One-sided Jacobi: turn pairs of columns until all are orthogonal; their lengths are the singular values.
function leftSingularVectors(columns: readonly Float64Array[]): Float64Array[] {
  const turned = columns.map((column) => Float64Array.from(column));
  for (let sweep = 0; sweep < 60; sweep++) {
    let changed = false;
    for (let p = 0; p < turned.length; p++)
      for (let q = p + 1; q < turned.length; q++)
        changed = orthogonalise(turned[p], turned[q]) || changed;
    if (!changed) break;
  }
  const sizes = turned.map((column) => Math.sqrt(dot(column, column)));
  const greatest = Math.max(...sizes);
  return turned
    .filter((_, i) => sizes[i] / greatest > leastRelativeSingularValue)
    .map((column) => normalised(column))
    .filter((column) => column !== undefined);
}

function orthogonalise(a: Float64Array, b: Float64Array): boolean {
  const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
  if (Math.abs(ab) <= 1e-16 * Math.sqrt(aa * bb)) return false;
  const zeta = (bb - aa) / (2 * ab);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = c * t;
  for (let i = 0; i < a.length; i++) {
    const value = a[i];
    a[i] = c * value - s * b[i];
    b[i] = s * value + c * b[i];
  }
  return true;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/**
 * Take the projector's vectors out of rows of samples (`nChannels × nTimes`), in place: x − U (Uᵀ x). Only `rows` (default
 * all) get their new values.
 */
export function applyProjector(
  { u }: Projector,
  values: Float64Array,
  nTimes: number,
  rows: readonly number[] = Array.from(u[0].keys()),
): void {
  const sums = u.map((vector) => weightedSum(vector, values, nTimes));
  for (const row of rows)
    u.forEach((vector, v) => addScaled(values, row * nTimes, sums[v], -vector[row]));
}

function weightedSum(weights: Float64Array, values: Float64Array, nTimes: number): Float64Array {
  const sum = new Float64Array(nTimes);
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row];
    const from = row * nTimes;
    if (weight !== 0) for (let t = 0; t < nTimes; t++) sum[t] += weight * values[from + t];
  }
  return sum;
}

function addScaled(values: Float64Array, to: number, sum: Float64Array, weight: number): void {
  for (let t = 0; t < sum.length; t++) values[to + t] += weight * sum[t];
}
