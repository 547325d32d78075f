import { InvalidArgument, ShapeMismatch, Unsupported } from "../core/errors.ts";
import { orthonormal } from "../linalg/orthonormal.ts";
import { alignRdms } from "../rdm/align-rdms.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import { geometryFactor, secondMoment, type GeometryFactor } from "./second-moment.ts";

/** What patterns are drawn from. */
export interface Geometry {
  readonly labels: readonly string[];
  readonly factor: GeometryFactor;
}

/** The weighted squared distances of RDMs, factored. Throws `ItemMismatch`, `ShapeMismatch`, `InvalidArgument`. */
export function geometryOf(geometry: RdmInput, theta: ArrayLike<number> | undefined): Geometry {
  const rdms = alignRdms(toRdms(geometry, "geometry"), undefined);
  if (theta !== undefined && theta.length !== rdms.length)
    throw new ShapeMismatch(`${rdms.length} weights in theta, one an RDM`, `${theta.length}`);
  const [first] = rdms;
  const n = first.nItems;
  const squared = new Float64Array(n * n);
  rdms.forEach((rdm, r) => {
    const weight = theta?.[r] ?? 1;
    const square = rdm.toSquare();
    for (let at = 0; at < squared.length; at++)
      squared[at] += weight * (rdm.metric === "euclidean" ? square[at] ** 2 : square[at]);
  });
  if (!squared.every(Number.isFinite))
    throw new InvalidArgument("geometry", "NaN or infinite", "give an RDM without missing pairs");
  const labels = first.items ?? Array.from({ length: n }, (_, i) => String(i));
  return { labels, factor: geometryFactor(secondMoment(squared, n), n) };
}

/** Patterns of a geometry: A W with W of independent normal numbers, or of orthogonal rows of length √channels. */
export function drawPatterns(
  { factor, rank }: GeometryFactor,
  n: number,
  nChannels: number,
  normal: () => number,
  exact: boolean,
): Float64Array {
  if (exact && nChannels < rank)
    throw new InvalidArgument(
      "nChannels",
      nChannels,
      `this geometry has ${rank} dimensions: give at least as many channels, or leave exact out`,
    );
  const rows = Array.from({ length: rank }, () =>
    Float64Array.from({ length: nChannels }, () => normal()),
  );
  const basis = exact ? orthogonalRows(rows, nChannels) : rows;
  const patterns = new Float64Array(n * nChannels);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < rank; k++) {
      const weight = factor[i * rank + k];
      for (let c = 0; c < nChannels; c++) patterns[i * nChannels + c] += weight * basis[k][c];
    }
  return patterns;
}

/** Rows at right angles, each of length √channels. */
function orthogonalRows(rows: readonly Float64Array[], nChannels: number): readonly Float64Array[] {
  const { q, independent } = orthonormal(rows);
  if (independent.some((share) => share < 1e-10))
    throw new Unsupported("the rows drawn depend on each other", "take another seed");
  return q.map((row) => row.map((value) => value * Math.sqrt(nChannels)));
}

/** Below this share of dropped eigenvalues nothing needs to be said. */
const negligible = 1e-10;

/** What of a geometry no patterns can have, in a sentence. */
export function geometryNotes({ dropped }: GeometryFactor): string[] {
  if (dropped < negligible) return [];
  return [
    `No patterns have these distances: the nearest that some have were simulated, ${(100 * dropped).toFixed(1)} % of the absolute eigenvalues were dropped.`,
  ];
}
