import { noteDraw } from "../../core/run-record.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { repetitions } from "../../core/gate/kinds.ts";
import type { OptionNames } from "../../core/gate/options.ts";
import type { MatrixLike } from "../../core/matrix.ts";
import { stack, toObservations } from "./observations.ts";
import { groupings, signFlips, type Relabellings } from "./relabellings.ts";
import { sameSensors } from "./same-sensors.ts";
import { tailKind, type Tail } from "./tail.ts";
import { groupT, signedT, type Statistic } from "./t-statistic.ts";

/** What says how observations are tested, for one sample or two. */
export interface SampleOptions {
  /** A second, independent sample: the test is then of the difference `data − versus`. Default: of `data` against 0. */
  readonly versus?: MatrixLike;
  /** Default: `both`. */
  readonly tail?: Tail;
  /** Ways to relabel, the data as they are among them; all there are when they are not more. Default: 10,000. */
  readonly permutations?: number;
  /** Default: 0. */
  readonly seed?: number;
}

export const sampleNames: OptionNames<SampleOptions> = {
  versus: true,
  tail: tailKind,
  permutations: repetitions(2),
  seed: true,
};

/** A test laid out: the statistic, the ways to relabel, and the words for both. */
export interface SamplePlan {
  readonly statistic: Statistic;
  readonly relabellings: Relabellings;
  readonly shape: readonly number[];
  readonly nPositions: number;
  readonly dof: number;
  readonly tail: Tail;
  /** For a figure legend: who is compared with what. */
  readonly sampleWords: string;
  /** For a figure legend: how the null distribution came about. */
  readonly nullWords: string;
}

/** Lay a test out. Throws `InvalidArgument`, `ShapeMismatch`, `UnknownOption`. */
export function planSamples(data: MatrixLike, options: SampleOptions): SamplePlan {
  const { versus, tail = "both", permutations = 10_000, seed = 0 } = options;
  const first = toObservations(data, "data", versus === undefined ? 2 : 1);
  const { nObservations: n, nPositions, shape } = first;
  const how = { tail, permutations, seed };
  noteDraw("permutation test", how);
  const common = { shape, nPositions, tail };
  if (versus === undefined) {
    const relabellings = signFlips(n, how);
    return {
      ...common,
      relabellings,
      statistic: signedT(first.data, n, nPositions),
      dof: n - 1,
      sampleWords: `${n} observations against 0`,
      nullWords: nullWords("sign flips", relabellings, seed),
    };
  }
  const second = toObservations(sameSensors(data, versus), "versus", 1);
  const total = n + second.nObservations;
  if (total < 3)
    throw new InvalidArgument("versus", "two samples of one", "give three observations or more");
  const relabellings = groupings(n, second.nObservations, how);
  return {
    ...common,
    relabellings,
    statistic: groupT(stack(first, second), total, nPositions),
    dof: total - 2,
    sampleWords: `${n} against ${second.nObservations} observations`,
    nullWords: nullWords("exchanges between the samples", relabellings, seed),
  };
}

function nullWords(what: string, { exact, count }: Relabellings, seed: number): string {
  const number = String(count).replace(/\B(?=(\d{3})+$)/g, ",");
  return exact ? `all ${number} ${what}` : `${number} random ${what}, seed ${seed}`;
}
