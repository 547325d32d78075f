import { pauses, type JobOptions } from "../core/job.ts";
import { computeEngine } from "./compute-engine.ts";
import { DualSystems, type DualUnit } from "./dual-systems.ts";
import { timesRight, type RightSide } from "./matrix-product.ts";
import { packColumns, PACKED_AT_ONCE, type Columns } from "./panels.ts";
import { rowsBySegment, type Regression } from "./regression.ts";
import type { RidgeUnit, RidgeUnitResults } from "./ridge-units.ts";
import type { Workspace } from "./workspace.ts";

/** Systems held at once take at most so many bytes. */
const SYSTEM_BYTES = 256 * 2 ** 20;
const TILES_OF_TARGETS = 8;

/** A regression by the products of its rows: all that is known of its features. */
export interface DualRegression extends Omit<Regression, "features" | "nFeatures"> {
  /** Products of every row with every row, nRows × nRows, of features about their means. */
  readonly products: Float64Array;
}

/** A job that says what share is done. */
export type SharedJob = JobOptions & { readonly onDone?: (share: number) => void };

/**
 * Scores of many ridge regressions with more features than rows, as `ridgeUnits` gives them: what a row is predicted to
 * be is a weighted sum of the training rows, so that no coefficient is ever made. Units whose penalty is too small for the
 * rows they have are not `solvable` here, though `ridgeUnits` may do them. The numbers are the same on any number of
 * threads.
 *
 * @throws Cancelled, WorkerFailed, OutOfMemory.
 */
export function dualScores(
  regression: DualRegression,
  units: readonly RidgeUnit[],
  job: SharedJob = {},
  engine = computeEngine,
): Promise<RidgeUnitResults> {
  const { nRows: n, nTargets } = regression;
  const expectedMs = (units.length * n * (n * n + n * nTargets)) / 1e7;
  return engine.use({ work: "ridge regression", ...job, expectedMs }, async (workspace) => {
    const size = units.length * nTargets;
    const results = {
      r2: new Float64Array(size).fill(NaN),
      correlation: new Float64Array(size).fill(NaN),
      coef: new Float64Array(0),
      intercept: new Float64Array(0),
      solvable: new Array<boolean>(units.length).fill(true),
    };
    const order = rowsBySegment(regression);
    const resolved = unitsOf(regression, units);
    const most = Math.max(
      1,
      Math.floor(SYSTEM_BYTES / DualSystems.bytesOf(n, testedTiles(resolved))),
    );
    for (let first = 0; first < units.length; first += most) {
      const mark = workspace.mark();
      const some = resolved.slice(first, first + most);
      const done = (share: number): void =>
        job.onDone?.((first + share * some.length) / units.length);
      await scoreSome(workspace, regression, order, some, { first, results, done, job });
      workspace.release(mark);
    }
    return results;
  });
}

interface Part {
  readonly first: number;
  readonly results: RidgeUnitResults & { solvable: boolean[] };
  readonly done: (share: number) => void;
  readonly job: SharedJob;
}

async function scoreSome(
  workspace: Workspace,
  { products, nRows: n, nTargets, targets, intercept }: DualRegression,
  order: Int32Array,
  units: readonly DualUnit[],
  { first: firstUnit, results, done, job }: Part,
): Promise<void> {
  const systems = new DualSystems(workspace, { n, intercept }, units, testedTiles(units));
  const width = targetsAtOnce(n, nTargets);
  const panels = [workspace.allocate(n * width * 8), workspace.allocate(n * width * 8)];
  const scores = [0, 0].map(() => workspace.allocate(units.length * width * 8));
  await systems.form(products, order, true, job.signal);
  await systems.factorize((share) => done(share / 4));
  await systems.solve();
  systems.solvable.forEach((yes, u) => (results.solvable[firstUnit + u] = yes));
  const longest = longestTest(units);
  const columns = { data: targets, width: nTargets, rows: order, nRows: n };
  const means = await meansOf(columns, intercept, job.signal);
  const pack = (from: number): void => {
    const to = Math.min(nTargets, from + width);
    const panel = workspace.float64(panels[(from / width) % 2], n * width);
    if (from < to) packColumns({ ...columns, means }, from, to, panel);
  };
  pack(0);
  for (let from = 0; from < nTargets; from += width) {
    const count = Math.min(width, nTargets - from);
    const targetTiles = Math.ceil(count / 4);
    const nBlocks = units.length * Math.ceil(targetTiles / TILES_OF_TARGETS);
    const step = { targets: panels[(from / width) % 2], targetTiles, r2: scores[0], r: scores[1] };
    await workspace.run("dualScores", systems.params(step), nBlocks, {
      scratchBytes: Math.ceil(longest / 4) * 128,
      expectedMs: (units.length * longest * n * count) / 4e6,
      meanwhile: () => pack(from + width),
      onBlocks: (blocks) => done(0.25 + (0.75 * (from + (count * blocks) / nBlocks)) / nTargets),
    });
    [results.r2, results.correlation].forEach((into, k) => {
      const found = workspace.float64(scores[k], units.length * targetTiles * 4);
      for (let u = 0; u < units.length; u++) {
        if (!results.solvable[firstUnit + u]) continue;
        const own = found.subarray(u * targetTiles * 4, u * targetTiles * 4 + count);
        into.set(own, (firstUnit + u) * nTargets + from);
      }
    });
  }
}

function testedTiles(units: readonly DualUnit[]): number {
  return Math.ceil(longestTest(units) / 4);
}

function longestTest(units: readonly DualUnit[]): number {
  return units.reduce((most, { ranges }) => Math.max(most, ranges[7] - ranges[6]), 0);
}

/** Ranges of rows in the order of their segments. */
function unitsOf(
  { nRows, nSegments, segmentOf }: DualRegression,
  units: readonly RidgeUnit[],
): DualUnit[] {
  const starts = new Int32Array(nSegments + 1);
  for (let row = 0; row < nRows; row++) starts[segmentOf[row] + 1]++;
  for (let s = 0; s < nSegments; s++) starts[s + 1] += starts[s];
  const rangeOf = (s: number): readonly [number, number] =>
    s < 0 ? [0, 0] : [starts[s], starts[s + 1]];
  return units.map(({ without, tested, alpha }) => {
    const left = without.map(rangeOf).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const [[first, end], [next, last]] = left;
    return { ranges: [0, first, end, next, last, nRows, ...rangeOf(tested)], alpha };
  });
}

/** What is fitted: features in rows, and what of each is subtracted. */
export interface DualFit extends Omit<DualRegression, "segmentOf" | "nSegments"> {
  /** nRows × nFeatures. */
  readonly features: Float64Array;
  readonly nFeatures: number;
  readonly featureMeans: Float64Array;
}

/**
 * Coefficients (nTargets × nFeatures) and intercepts of one ridge regression on all rows; undefined when its system would
 * lose digits, as with rows that follow from others and a penalty too small to tell.
 *
 * @throws Cancelled, WorkerFailed, OutOfMemory.
 */
export function dualFit(
  fit: DualFit,
  alpha: number,
  job: SharedJob = {},
  engine = computeEngine,
): Promise<{ coef: Float64Array; intercept: Float64Array } | undefined> {
  const { nRows: n, nTargets, nFeatures: p, intercept } = fit;
  const expectedMs = (n * (n * n + n * nTargets + p * nTargets)) / 5e6;
  return engine.use({ work: "ridge regression", ...job, expectedMs }, async (workspace) => {
    const width = targetsAtOnce(n, nTargets);
    const unit = { ranges: [0, n, 0, 0, 0, 0, 0, 0], alpha };
    const systems = new DualSystems(workspace, { n, intercept }, [unit], width / 4);
    await systems.form(
      fit.products,
      Int32Array.from({ length: n }, (_, row) => row),
      false,
      job.signal,
    );
    await systems.factorize();
    if (!systems.solvable[0]) return undefined;
    return weightsOf(workspace, fit, systems, width, job);
  });
}

async function weightsOf(
  workspace: Workspace,
  fit: DualFit,
  systems: DualSystems,
  width: number,
  job: SharedJob,
): Promise<{ coef: Float64Array; intercept: Float64Array }> {
  const { nRows: n, nTargets, targets, nFeatures: p, features, featureMeans } = fit;
  const columns = { data: targets, width: nTargets, nRows: n };
  const means = await meansOf(columns, fit.intercept, job.signal);
  const length = systems.nTiles * 4;
  const right: RightSide = {
    nColumns: p,
    pack: (from, to, panel) =>
      packColumns(
        { data: features, width: p, nRows: n, means: featureMeans },
        from,
        to,
        panel,
        length,
      ),
  };
  const coef = new Float64Array(nTargets * p);
  const intercept = means.slice();
  for (let first = 0; first < nTargets; first += width) {
    const count = Math.min(width, nTargets - first);
    const nTiles = Math.ceil(count / 4);
    const sides = workspace.float64(systems.sides, nTiles * 4 * length);
    packColumns({ ...columns, means }, first, first + count, sides, length);
    await systems.solve(nTiles);
    const left = { address: systems.sides, nTiles, nColumns: length };
    const steps = timesRight(workspace, left, right, (part, rowLength, from, to) => {
      for (let t = 0; t < count; t++) {
        const own = part.subarray(t * rowLength, t * rowLength + to - from);
        coef.set(own, (first + t) * p + from);
        for (let j = from; j < to; j++) intercept[first + t] -= own[j - from] * featureMeans[j];
      }
      job.onDone?.((first + (count * to) / p) / nTargets);
    });
    await workspace.runSteps(steps);
  }
  return { coef, intercept };
}

/** Targets held in the memory of the kernels at once, a multiple of 4. */
function targetsAtOnce(n: number, nTargets: number): number {
  return Math.min(Math.max(32, (PACKED_AT_ONCE / n) & ~31), Math.ceil(nTargets / 4) * 4);
}

/** Means of columns about their first value, so that that of a constant is exactly it; 0 where none is wanted. */
async function meansOf(
  { data, width, nRows }: Columns,
  wanted: boolean,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const sums = new Float64Array(width);
  if (!wanted) return sums;
  const pause = pauses(signal, "ridge regression");
  for (let row = 0, at = 0; row < nRows; row++) {
    for (let j = 0; j < width; j++, at++) sums[j] += data[at] - data[j];
    if (pause.due()) await pause.turn();
  }
  return sums.map((sum, j) => data[j] + sum / nRows);
}
