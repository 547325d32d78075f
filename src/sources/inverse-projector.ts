import { dot } from "../linalg/dot.ts";
import { singularValues } from "../linalg/singular-values.ts";
import type { FifProjection } from "../io/fif/types.ts";

const leastRelativeSingularValue = 1e-2;

/**
 * Orthonormal vectors that all projections take out of the channels, active or not: P = I − Σ u uᵀ. Those that depend
 * on the others, with a singular value below 1 % of the greatest, are left out, as `mne.make_projector` does.
 */
export function projectedOut(
  channels: readonly string[],
  projections: readonly FifProjection[],
): Float64Array[] {
  const columns = projections
    .flatMap((projection) => vectorsOf(channels, projection))
    .map((vector) => [vector, Math.sqrt(dot(vector, vector))] as const)
    .filter(([, size]) => size > 0)
    .map(([vector, size]) => vector.map((value) => value / size));
  if (columns.length === 0) return [];
  const { scaled, values } = singularValues(columns);
  const greatest = values.reduce((most, value) => Math.max(most, value), 0);
  return scaled
    .map((column, at) => [column, values[at]] as const)
    .filter(([, value]) => value / greatest > leastRelativeSingularValue)
    .map(([column, value]) => column.map((entry) => entry / value));
}

function vectorsOf(channels: readonly string[], projection: FifProjection): Float64Array[] {
  const column = new Map(projection.channels.map((name, at) => [name, at]));
  const width = projection.channels.length;
  return Array.from({ length: projection.nVectors }, (_, v) =>
    Float64Array.from(channels, (name) => {
      const at = column.get(name);
      return at === undefined ? 0 : projection.vectors[v * width + at];
    }),
  );
}
