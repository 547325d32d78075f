import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { kind, listOf, oneOf, positive } from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import type { JobOptions } from "../../core/job.ts";
import type { ItemChoice } from "../../rdm/align-rdms.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import { clipped } from "../../stats/centred.ts";
import { compareRdms } from "../compare/compare-rdms.ts";
import { timesOf } from "./time-time-rdms.ts";

/** What {@link laggedRdms} takes. */
export interface LaggedRdmsOptions extends JobOptions {
  /** The longest lag looked at, in seconds. Default: a quarter of the time there is. */
  readonly maxLagS?: number;
  /** Lags of the partial correlation on B's own past, in seconds, above 0. Default: none. */
  readonly pastLagsS?: readonly number[];
  /** How two RDMs are compared: `spearman` (default) or `pearson`. */
  readonly rsaMetric?: "spearman" | "pearson";
  /** RDMs are matched by label: see `rsa`. */
  readonly items?: ItemChoice;
}

const laggedRdmsNames: OptionNames<LaggedRdmsOptions> = {
  maxLagS: kind("a number of seconds of at least 0", (v) => typeof v === "number" && v >= 0),
  pastLagsS: listOf(positive),
  rsaMetric: oneOf(["spearman", "pearson"]),
  items: true,
  ...jobNames,
};

/** How alike two sequences of RDMs are at lags. */
export interface LaggedRdms {
  /** Seconds, from −max to max. Positive: A leads. */
  readonly lagsS: Float64Array;
  /** Mean over t of the score of A(t) and B(t + lag). */
  readonly byLag: Float64Array;
  /** For lags from 0 on, `byLag` of the lag minus that of −lag: above 0 where A leads more than it follows. */
  readonly lead: Float64Array;
  readonly times: Float64Array;
  readonly pastLagsS: Float64Array;
  /** Times × past lags: correlation of A(t − lag) with B(t) without B(t − lag); `NaN` where t − lag lies before the data. */
  readonly partialOnOwnPast: Float64Array;
  readonly notes: readonly string[];
}

/**
 * Representational connectivity with lags: when do the RDMs of B resemble those that A had before (Kriegeskorte 2008;
 * Goddard 2016)? Two regions or groups of sensors, a list of RDMs over time each, at the same equally spaced times. The
 * partial correlation asks the same beside B's own past (Kietzmann 2019).
 *
 * A lag is no proof of a flow: common input and windows that overlap make lags too. Compare lag with −lag (`lead`).
 *
 * @throws ShapeMismatch for other times; InvalidArgument for times that are not equally spaced and lags that are no step
 *   of them; ItemMismatch; Cancelled.
 * @example
 * import { laggedRdms, Rdm } from "tsrsa";
 * const at = (t: number, ...d: number[]) => new Rdm(d, { meta: { timeS: t / 100 } });
 * const [x, y, z] = [[1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5], [6, 1, 5, 2, 4, 3]];
 * const a = [at(0, ...x), at(1, ...y), at(2, ...z)];
 * const b = [at(0, ...z), at(1, ...x), at(2, ...y)];
 * const { byLag, lagsS } = await laggedRdms(a, b, { maxLagS: 0.01, onProgress: false });
 * lagsS[byLag.indexOf(1)]; // 0.01
 */
export async function laggedRdms(
  a: RdmInput,
  b: RdmInput,
  options: LaggedRdmsOptions = {},
): Promise<LaggedRdms> {
  checkOptions(options, laggedRdmsNames);
  const { maxLagS, pastLagsS = [], rsaMetric: method = "spearman", ...how } = options;
  const [left, right] = [toRdms(a, "a"), toRdms(b, "b")];
  const times = timesOf(left, "a");
  checkTimes(times, timesOf(right, "b"));
  const n = times.length;
  const stepS = n > 1 ? (times[n - 1] - times[0]) / (n - 1) : 1;
  const most = Math.min(
    n - 1,
    maxLagS === undefined ? Math.floor(n / 4) : Math.round(maxLagS / stepS),
  );
  const between = (await compareRdms(left, right, { ...how, method })).scores;
  const lags = Array.from({ length: 2 * most + 1 }, (_, at) => at - most);
  const byLag = Float64Array.from(lags, (lag) => meanAtLag(between, n, lag));
  const pastSteps = pastLagsS.map((lagS) => stepsOf(lagS, stepS, n));
  const own =
    pastSteps.length === 0 ? between : (await compareRdms(right, right, { ...how, method })).scores;
  return {
    lagsS: Float64Array.from(lags, (lag) => lag * stepS),
    byLag,
    lead: Float64Array.from(
      { length: most + 1 },
      (_, lag) => byLag[most + lag] - byLag[most - lag],
    ),
    times,
    pastLagsS: Float64Array.from(pastLagsS),
    partialOnOwnPast: Float64Array.from({ length: n * pastSteps.length }, (_, at) => {
      const [t, lag] = [Math.floor(at / pastSteps.length), pastSteps[at % pastSteps.length]];
      return partialAt(between, own, n, t, t - lag);
    }),
    notes: [
      "positive lags: the first leads; windows that overlap are alike at short lags either way",
    ],
  };
}

function checkTimes(a: Float64Array, b: Float64Array): void {
  const stepS = a.length > 1 ? (a[a.length - 1] - a[0]) / (a.length - 1) : 1;
  const near = (x: number, y: number): boolean => Math.abs(x - y) <= Math.abs(stepS) / 2;
  if (a.length !== b.length || !a.every((time, at) => near(time, b[at])))
    throw new ShapeMismatch(
      `${a.length} times from ${a[0]} s in both, to half a step`,
      `${b.length} from ${b[0]} s`,
      "make both lists of the same windows",
    );
  const even = a.every(
    (time, at) => Math.abs(time - (a[0] + at * stepS)) <= Math.abs(stepS) * 0.01,
  );
  if (!even || !(stepS > 0))
    throw new InvalidArgument(
      "times",
      "not equally spaced",
      "give the RDMs in the order of equally spaced times",
    );
}

function stepsOf(lagS: number, stepS: number, n: number): number {
  const steps = Math.round(lagS / stepS);
  if (Math.abs(steps * stepS - lagS) < 0.01 * stepS && steps > 0 && steps < n) return steps;
  throw new InvalidArgument(
    "pastLagsS",
    lagS,
    `give multiples of the step of ${stepS} s, shorter than the data`,
  );
}

/** Mean over t of the cells (t, t + lag). */
function meanAtLag(scores: Float64Array, n: number, lag: number): number {
  let [sum, count] = [0, 0];
  for (let t = Math.max(0, -lag); t < Math.min(n, n - lag); t++, count++)
    sum += scores[t * n + t + lag];
  return sum / count;
}

/** Correlation of A(past) with B(now) without B(past); `NaN` where B(past) and B(now) are one. */
function partialAt(
  between: Float64Array,
  own: Float64Array,
  n: number,
  now: number,
  past: number,
): number {
  if (past < 0) return NaN;
  const [aNow, aPast, bb] = [
    between[past * n + now],
    between[past * n + past],
    own[past * n + now],
  ];
  return clipped((aNow - aPast * bb) / Math.sqrt((1 - aPast * aPast) * (1 - bb * bb)));
}
