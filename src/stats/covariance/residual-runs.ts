import { cells, flag, kind, object, oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { isList } from "../../core/gate/vector.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { toRows, type MatrixLike } from "../../core/matrix.ts";
import { covarianceEstimators, type CovarianceMethod } from "./noise-covariance.ts";
import { rowsByLabel } from "./rows-by-label.ts";
import { demeaned } from "./sums.ts";

/** What a model left of one run: nRows × nChannels, and what is known of it. */
export type ResidualMatrix = MatrixLike & {
  /** Rows less columns of the design. */
  readonly dof?: number;
  /** What the run is called, as the folds call it. */
  readonly run?: string;
  /** Numbers of the voxels in the grid of an image. */
  readonly voxels?: Int32Array;
};

/** Where the noise of patterns is estimated from. */
export interface NoiseOptions {
  /**
   * Residuals of the model that gave the patterns: one matrix a run, as `patterns.residuals()` of `trialBetas` and
   * `firstLevel` gives them, or one matrix with `runs`. Rows × channels (voxels), as the patterns have.
   */
  readonly residuals: ResidualMatrix | readonly ResidualMatrix[];
  /** The run of each row of one matrix: each run has a mean of its own. Default: all rows are of one run. */
  readonly runs?: ArrayLike<string | number>;
  /** Degrees of freedom: all, or of each run. Default: those that the residuals bring, else rows − 1 a run. */
  readonly dof?: number | readonly number[];
  /** Default `shrunk-to-diagonal`; see {@link NoiseCovarianceOptions}. */
  readonly method?: CovarianceMethod;
  /** A covariance for each run; two runs are compared by the mean of theirs. Default false: runs are pooled. */
  readonly perRun?: boolean;
}

const noiseNames: OptionNames<NoiseOptions> = {
  residuals: object,
  runs: cells,
  dof: kind("a number above 0, or one for each run", (value) =>
    typeof value === "number" ? value > 0 : isList(value),
  ),
  method: oneOf(Object.keys(covarianceEstimators)),
  perRun: flag,
};

/** The kind of a `noise` option. */
export const noiseKind = (value: unknown): void => {
  if (typeof value !== "object" || value === null || !("residuals" in value))
    throw new InvalidArgument(
      "noise",
      value,
      "give { residuals }, as patterns.residuals() gives them",
    );
  checkOptions(value as NoiseOptions, noiseNames);
};

/** The residuals of one run without their mean. */
export interface ResidualRun {
  readonly name: string | undefined;
  /** n × p. */
  readonly rows: Float64Array;
  readonly n: number;
  readonly p: number;
  readonly dof: number;
  readonly voxels: Int32Array | undefined;
}

/** Residuals as given, run by run. Throws `ShapeMismatch`; `InvalidArgument` when nothing is left to estimate from. */
export function residualRuns(options: NoiseOptions): ResidualRun[] {
  noiseKind(options);
  const { residuals, dof } = options;
  const list = isMatrixList(residuals) ? residuals : [residuals];
  const runs =
    options.runs === undefined
      ? list.map((one, at) => asRun(one, at))
      : splitRuns(list, options.runs);
  const dofs = typeof dof === "number" ? shared(runs, dof) : dof;
  if (dofs !== undefined && dofs.length !== runs.length)
    throw new ShapeMismatch(`dof of ${runs.length} runs`, `of ${dofs.length}`);
  const known = runs.map((run, at) => ({ ...run, dof: dofs?.[at] ?? run.dof }));
  checkRuns(known, options.perRun ?? false);
  return known;
}

/** Degrees of freedom of all by the share of each run's rows. */
function shared(runs: readonly ResidualRun[], dof: number): number[] {
  const n = runs.reduce((sum, run) => sum + run.n, 0);
  return runs.map((run) => (dof * run.n) / n);
}

function isMatrixList(
  residuals: NoiseOptions["residuals"],
): residuals is readonly ResidualMatrix[] {
  if (!Array.isArray(residuals)) return false;
  const [first] = residuals as unknown[];
  if (typeof first !== "object" || first === null) return false;
  return "data" in first || typeof (first as ArrayLike<unknown>)[0] === "object";
}

function asRun(residuals: ResidualMatrix, at: number): ResidualRun {
  const { data, shape } = toRows(residuals, `residuals[${at}]`);
  const [n, p] = shape;
  return {
    name: "run" in residuals && residuals.run !== undefined ? String(residuals.run) : undefined,
    rows: n > 0 ? demeaned(data, n) : data,
    n,
    p,
    dof: "dof" in residuals && residuals.dof !== undefined ? residuals.dof : n - 1,
    voxels: "voxels" in residuals ? residuals.voxels : undefined,
  };
}

function splitRuns(
  list: readonly ResidualMatrix[],
  labels: ArrayLike<string | number>,
): ResidualRun[] {
  if (list.length !== 1)
    throw new InvalidArgument("runs", "given with a matrix a run", "pass one of the two");
  const { data, shape } = toRows(list[0], "residuals");
  const [n, p] = shape;
  if (labels.length !== n) throw new ShapeMismatch(`${n} runs, one per row`, `${labels.length}`);
  return rowsByLabel(labels).map((at) => {
    const own = new Float64Array(at.length * p);
    at.forEach((row, i) => own.set(data.subarray(row * p, (row + 1) * p), i * p));
    return { ...asRun({ data: own, shape: [at.length, p] }, 0), name: String(labels[at[0]]) };
  });
}

function checkRuns(runs: readonly ResidualRun[], perRun: boolean): void {
  const [{ p }] = runs;
  const other = runs.find((run) => run.p !== p);
  if (other !== undefined)
    throw new ShapeMismatch(`residuals of ${p} voxels in every run`, `${other.p}`);
  const total = runs.reduce((sum, { dof }) => sum + dof, 0);
  const bad = perRun ? runs.find(({ dof }) => !(dof > 0)) : undefined;
  if (total > 0 && bad === undefined) return;
  const { n, dof } = bad ?? { n: runs.reduce((sum, run) => sum + run.n, 0), dof: total };
  throw new InvalidArgument(
    "dof",
    dof,
    `${n} rows of residuals and a design of rank ${n - dof} leave nothing to estimate noise from`,
  );
}

/**
 * Residuals in the order of the folds, by name where both have names. Throws `ShapeMismatch` for other runs than folds;
 * folds of another kind than runs (odd and even ones) may share a pooled covariance.
 */
export function matchRuns(
  runs: readonly ResidualRun[],
  folds: readonly string[],
  perRun: boolean,
): readonly ResidualRun[] {
  const names = runs.flatMap(({ name }) => name ?? []);
  const named = names.length === runs.length && names.every((name) => folds.includes(name));
  if (named && runs.length === folds.length) return folds.map((fold) => runs[names.indexOf(fold)]);
  const unnamed = names.length < runs.length;
  if (runs.length === folds.length && unnamed) return runs;
  const pooled = !perRun && (runs.length === 1 || (!named && !unnamed));
  if (pooled) return runs;
  throw new ShapeMismatch(
    `residuals of ${folds.length} runs, as the patterns have (${folds.slice(0, 5).join(", ")})`,
    `of ${runs.length}${names.length > 0 ? ` (${names.slice(0, 5).join(", ")})` : ""}`,
    "give the residuals of the runs that the patterns come from; say which rows are of which run with runs",
  );
}
