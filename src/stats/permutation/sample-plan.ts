import { noteDraw } from "../../core/run-record.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { repetitions } from "../../core/gate/kinds.ts";
import type { OptionNames } from "../../core/gate/options.ts";
import type { MatrixLike } from "../../core/matrix.ts";
import { stack, toObservations } from "./observations.ts";
import { groupings, signFlips, type RelabelOptions, type Relabellings } from "./relabellings.ts";
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

/** Observations of one sample or two, first those of the first, and how they are relabelled: numbers only. */
export interface Relabelled {
  readonly data: Float64Array;
  readonly nPositions: number;
  readonly nFirst: number;
  /** 0: the first sample is tested against 0. */
  readonly nSecond: number;
  readonly how: RelabelOptions;
}

/** What is asked of relabelled observations. */
export interface OpenSample {
  readonly statistic: Statistic;
  readonly relabellings: Relabellings;
}

/** A test laid out: the statistic, the ways to relabel, and the words for both. */
export interface SamplePlan extends OpenSample {
  readonly relabelled: Relabelled;
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
    const relabelled = { data: first.data, nPositions, nFirst: n, nSecond: 0, how };
    const opened = openSample(relabelled);
    return {
      ...common,
      ...opened,
      relabelled,
      dof: n - 1,
      sampleWords: `${n} observations against 0`,
      nullWords: nullWords("sign flips", opened.relabellings, seed),
    };
  }
  const second = toObservations(sameSensors(data, versus), "versus", 1);
  const { nObservations: nSecond } = second;
  if (n + nSecond < 3)
    throw new InvalidArgument("versus", "two samples of one", "give three observations or more");
  const relabelled = { data: stack(first, second), nPositions, nFirst: n, nSecond, how };
  const opened = openSample(relabelled);
  return {
    ...common,
    ...opened,
    relabelled,
    dof: n + nSecond - 2,
    sampleWords: `${n} against ${nSecond} observations`,
    nullWords: nullWords("exchanges between the samples", opened.relabellings, seed),
  };
}

/** The statistic and the ways to relabel. */
export function openSample({ data, nPositions, nFirst, nSecond, how }: Relabelled): OpenSample {
  return nSecond === 0
    ? { relabellings: signFlips(nFirst, how), statistic: signedT(data, nFirst, nPositions) }
    : {
        relabellings: groupings(nFirst, nSecond, how),
        statistic: groupT(data, nFirst + nSecond, nPositions),
      };
}

function nullWords(what: string, { exact, count }: Relabellings, seed: number): string {
  const number = String(count).replace(/\B(?=(\d{3})+$)/g, ",");
  return exact ? `all ${number} ${what}` : `${number} random ${what}, seed ${seed}`;
}
