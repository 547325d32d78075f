import { matrixProduct } from "../../compute/matrix-product.ts";
import { pauses } from "../../core/job.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { cholesky, inverseOf, solveCholesky } from "../../linalg/cholesky.ts";
import { dot } from "../../linalg/dot.ts";
import { lagProducts } from "../../stats/regression/autocorrelation.ts";
import type { Moments } from "../../stats/regression/moments.ts";
import type { RunJob } from "./opened-run.ts";

/** A trial's own design in coordinates of the basis that all of them share. */
interface TrialDesign {
  /** p × nColumns as columns of length p: the amplitude of the trial first. */
  readonly columns: readonly Float64Array[];
  readonly lower: Float64Array;
  /** (XᵀX)⁻¹ of the amplitude. */
  readonly spread: number;
}

/** What LSS finds: of each trial its values, one a voxel, and the degrees of freedom. */
export interface TrialValues {
  readonly betas: readonly Float64Array[];
  readonly t: readonly Float64Array[];
  readonly dofs: readonly number[];
}

/**
 * Amplitudes of trials, each from its own design, all from one pass over the volumes.
 *
 * @param designs - of each trial its columns beside nuisance.
 * @param nuisance - columns of all designs.
 */
export async function lssValues(
  moments: Moments,
  designs: readonly (readonly Float64Array[])[],
  nuisance: readonly Float64Array[],
  name: (trial: number) => string,
  wantT: boolean,
  job: RunJob,
): Promise<TrialValues> {
  const { basis, nSeries, noise } = moments;
  if (noise === "ols" && !wantT) return weightedAtOnce(moments, designs, nuisance, name, job);
  const pause = pauses(job.signal, "single trials");
  const values = { betas: [] as Float64Array[], t: [] as Float64Array[], dofs: [] as number[] };
  const lag = noise === "ar1" ? lagProducts(moments) : undefined;
  for (const [trial, own] of designs.entries()) {
    const design = inBasis(moments, [...own, ...nuisance], () => name(trial));
    const betas = new Float64Array(nSeries);
    const t = new Float64Array(wantT ? nSeries : 0);
    const dof = basis.n - design.columns.length;
    if (lag !== undefined) autocorrelated(moments, design, lag, dof, betas, t);
    else independent(moments, design, dof, betas, t);
    values.betas.push(betas);
    values.t.push(t);
    values.dofs.push(dof);
    if (pause.due()) await pause.turn();
  }
  return values;
}

/** Amplitudes alone, of independent noise, are sums over volumes with weights of each trial: one product for all trials. */
async function weightedAtOnce(
  moments: Moments,
  designs: readonly (readonly Float64Array[])[],
  nuisance: readonly Float64Array[],
  name: (trial: number) => string,
  { signal, jobs }: RunJob,
): Promise<TrialValues> {
  const { basis, nSeries, plain } = moments;
  const weights = new Float64Array(designs.length * basis.p);
  const dofs = designs.map((own, trial) => {
    const design = inBasis(moments, [...own, ...nuisance], () => name(trial));
    weights.set(weightsOf(design, basis.p), trial * basis.p);
    return basis.n - design.columns.length;
  });
  const all = await matrixProduct(
    {
      ...{ left: weights, nRows: designs.length, k: basis.p },
      ...{ right: plain, nColumns: nSeries, turned: true },
    },
    { signal, jobs, onProgress: false },
  );
  const betas = designs.map((_, trial) => all.subarray(trial * nSeries, (trial + 1) * nSeries));
  return { betas, t: designs.map(() => new Float64Array(0)), dofs };
}

function inBasis(
  { basis: { q, n, p } }: Moments,
  columns: readonly Float64Array[],
  name: () => string,
): TrialDesign {
  const own = columns.map((column) =>
    Float64Array.from({ length: p }, (_, c) => dot(q.subarray(c * n, (c + 1) * n), column)),
  );
  const { lower, inverse } = solved(products(own), own.length, name);
  return { columns: own, lower, spread: inverse[0] };
}

function products(columns: readonly Float64Array[]): Float64Array {
  const n = columns.length;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) out[i * n + j] = out[j * n + i] = dot(columns[i], columns[j]);
  return out;
}

function solved(
  matrix: Float64Array,
  n: number,
  name: () => string,
): { lower: Float64Array; inverse: Float64Array } {
  const lower = cholesky(matrix, n);
  if (lower !== undefined) return { lower, inverse: inverseOf(lower, n) };
  throw new InvalidArgument(
    "events",
    `trial ${name()} cannot be told from the others`,
    "its response is a sum of those of others and nuisance; leave it out, or some confounds",
  );
}

/** What the sums over volumes are weighted with to give the amplitude. */
function weightsOf({ columns, lower }: TrialDesign, p: number): Float64Array {
  const unit = new Float64Array(columns.length);
  unit[0] = 1;
  const mix = solveCholesky(lower, unit);
  return Float64Array.from({ length: p }, (_, c) =>
    columns.reduce((sum, column, k) => sum + column[c] * mix[k], 0),
  );
}

function independent(
  { plain, squares, basis: { p } }: Moments,
  { columns, lower, spread }: TrialDesign,
  dof: number,
  betas: Float64Array,
  t: Float64Array,
): void {
  for (let s = 0; s < betas.length; s++) {
    const sums = plain.subarray(s * p, (s + 1) * p);
    const right = Float64Array.from(columns, (column) => dot(column, sums));
    const beta = solveCholesky(lower, right);
    const noise = Math.max(0, squares[s] - dot(beta, right)) / dof;
    betas[s] = beta[0];
    t[s] = noise > 0 ? beta[0] / Math.sqrt(noise * spread) : NaN;
  }
}

/** The same with noise that follows on itself: its autocorrelation comes from each design's own residuals. */
function autocorrelated(
  moments: Moments,
  design: TrialDesign,
  lag: Float64Array,
  dof: number,
  betas: Float64Array,
  t: Float64Array,
): void {
  const { basis, plain, lagged, squares, products: pairs, ends, atEnds } = moments;
  const { n, p, q } = basis;
  const { columns } = design;
  const k = columns.length;
  const lagOwn = between(columns, lag, p);
  const endRows = Array.from(ends, (row) =>
    Float64Array.from(columns, (column) => {
      let sum = 0;
      for (let c = 0; c < p; c++) sum += q[c * n + row] * column[c];
      return sum;
    }),
  );
  const own = products(columns);
  const nPairs = basis.linked.reduce((sum, one) => sum + one, 0);
  const systems = new Map<number, { lower: Float64Array; inverse: Float64Array }>();
  const systemFor = (rho: number) => {
    const known = systems.get(rho);
    if (known !== undefined) return known;
    const matrix = own.map((value, at) => {
      const [i, j] = [Math.floor(at / k), at % k];
      const before = endRows.reduce((sum, row) => sum - row[i] * row[j], value);
      return value - 2 * rho * lagOwn[at] + rho * rho * before;
    });
    const made = solved(matrix, k, () => "1");
    systems.set(rho, made);
    return made;
  };
  for (let s = 0; s < betas.length; s++) {
    const take = (sums: Float64Array): Float64Array => {
      const of = sums.subarray(s * p, (s + 1) * p);
      return Float64Array.from(columns, (column) => dot(column, of));
    };
    const [right, once] = [take(plain), take(lagged)];
    const first = solveCholesky(design.lower, right);
    let product = pairs[s] - dot(first, once);
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++) product += first[i] * lagOwn[i * k + j] * first[j];
    const left = squares[s] - dot(first, right);
    const ratio = product / nPairs / (left / n);
    const rho = Number.isFinite(ratio) ? Math.trunc(ratio * 100) / 100 + 0 : 0;
    const { lower, inverse } = systemFor(rho);
    let before = squares[s];
    const shifted = right.slice();
    endRows.forEach((row, e) => {
      const value = atEnds[s * ends.length + e];
      before -= value * value;
      for (let i = 0; i < k; i++) shifted[i] -= row[i] * value;
    });
    const whitened = right.map((value, i) => value - rho * once[i] + rho * rho * shifted[i]);
    const beta = solveCholesky(lower, whitened);
    betas[s] = beta[0];
    if (t.length === 0) continue;
    const total = squares[s] - 2 * rho * pairs[s] + rho * rho * before;
    const noise = Math.max(0, total - dot(beta, whitened)) / dof;
    t[s] = noise > 0 ? beta[0] / Math.sqrt(noise * inverse[0]) : NaN;
  }
}

/** Aᵀ L A of columns. */
function between(columns: readonly Float64Array[], matrix: Float64Array, p: number): Float64Array {
  const k = columns.length;
  const turned = columns.map((column) =>
    Float64Array.from({ length: p }, (_, i) => dot(matrix.subarray(i * p, (i + 1) * p), column)),
  );
  return Float64Array.from({ length: k * k }, (_, at) =>
    dot(columns[Math.floor(at / k)], turned[at % k]),
  );
}
