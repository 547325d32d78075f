import { InvalidArgument } from "../../core/errors.ts";
import { basisOf, type DesignBasis } from "../../stats/regression/basis.ts";
import { checkDesign } from "../../stats/regression/check-design.ts";
import { contrastOfSolution } from "../../stats/regression/contrast-of-solution.ts";
import type { Moments } from "../../stats/regression/moments.ts";
import { solveMoments } from "../../stats/regression/solve-moments.ts";
import { orthogonalInTurn } from "./drifts.ts";
import { trialName, type TrialModel } from "./trial-model.ts";
import type { Trial } from "./trial-table.ts";

/** More inflation of a trial's variance than this is refused, and said from the second on. */
const mostInflation = 1e4;
const muchInflation = 10;

/** One design with the columns of all trials, and what follows from it alone. */
export interface LsaDesign {
  readonly basis: DesignBasis;
  /** Which column is the amplitude of each trial. */
  readonly at: readonly number[];
  readonly inflation: readonly number[];
  readonly notes: readonly string[];
}

/** Lay the design of all trials out. Throws `InvalidArgument` for trials that cannot be told apart. */
export function layOutLsa(model: TrialModel): LsaDesign {
  refuseSimultaneous(model);
  const { rows, at, p } = lsaDesign(model);
  const basis = basisOf(rows, model.kept);
  const inflation = at.map((c) => inflationOf(rows.data, p, c, basis.back));
  refuseInflated(model.trials, inflation);
  return { basis, at, inflation, notes: notesOf(inflation) };
}

/** Amplitudes of trials from that design. */
export function lsaValues(
  moments: Moments,
  { basis, at }: LsaDesign,
  wantT: boolean,
): Float64Array[] {
  const solution = solveMoments(moments);
  const { p, n: nRows } = basis;
  const n = moments.nSeries;
  return at.map((c) => {
    if (!wantT) return solution.betas.slice(c * n, (c + 1) * n);
    const row = new Float64Array(p);
    row[c] = 1;
    return contrastOfSolution(solution, { kind: "t", rows: [row] }, nRows - p).stat;
  });
}

/** All columns of all trials and nuisance, and which column is the amplitude of each trial. */
function lsaDesign({ trials, columns, nuisance, kept }: TrialModel) {
  const perTrial = columns[0].length;
  const own = columns.flatMap((trial) => orthogonalInTurn(trial));
  const all = [...own, ...nuisance.map(({ values }) => values)];
  const [n, p] = [kept.length, all.length];
  const data = new Float64Array(n * p);
  all.forEach((column, c) => column.forEach((value, t) => (data[t * p + c] = value)));
  const rows = { data, shape: [n, p] };
  const names = [
    ...own.map((_, c) => `trial ${trialName(trials[Math.floor(c / perTrial)])}`),
    ...nuisance.map(({ name }) => name),
  ];
  checkDesign({ ...rows, names });
  return { rows, p, at: trials.map((_, trial) => trial * perTrial) };
}

function refuseSimultaneous({ trials, finestS }: TrialModel): void {
  for (let at = 1; at < trials.length; at++) {
    const [before, own] = [trials[at - 1], trials[at]];
    if (own.onset - before.onset >= finestS) continue;
    throw new InvalidArgument(
      "events",
      `trials at ${before.onset} s and ${own.onset} s`,
      `${trialName(before)} and ${trialName(own)} cannot be told apart in one design; say method: "lss", or leave one out`,
    );
  }
}

/** By how much the variance of a coefficient exceeds what it were if nothing else were in the design. */
function inflationOf(rows: Float64Array, p: number, c: number, back: Float64Array): number {
  let [sum, squares] = [0, 0];
  const n = rows.length / p;
  for (let t = 0; t < n; t++) sum += rows[t * p + c];
  for (let t = 0; t < n; t++) squares += (rows[t * p + c] - sum / n) ** 2;
  let spread = 0;
  for (let k = c; k < p; k++) spread += back[c * p + k] ** 2;
  return squares * spread;
}

function refuseInflated(trials: readonly Trial[], inflation: readonly number[]): void {
  const bad = trials.filter((_, at) => inflation[at] > mostInflation);
  if (bad.length === 0) return;
  throw new InvalidArgument(
    "method",
    "lsa",
    `the variance of ${bad.length} trials is more than ${mostInflation} times inflated by others near them (${bad.slice(0, 3).map(trialName).join(", ")}); say method: "lss"`,
  );
}

function notesOf(inflation: readonly number[]): string[] {
  const n = inflation.filter((value) => value > muchInflation).length;
  if (n === 0) return [];
  return [
    `the variance of ${n} of ${inflation.length} trials is more than ${muchInflation} times inflated by others near them; method: "lss" is for that`,
  ];
}
