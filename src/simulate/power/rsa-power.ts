import { InvalidArgument } from "../../core/errors.ts";
import { callback, proper, text, whole } from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import { pauses, type JobOptions } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import { noteDraw } from "../../core/run-record.ts";
import { evalFixed } from "../../rsa/eval-fixed.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { geometryNotes, geometryOf } from "../geometry.ts";
import { seedOf } from "../seeds.ts";
import { pilotParameters, type PilotParameters, type PowerPilot } from "./pilot.ts";
import { counts, effects, listed, plansOf, type OneOrMore } from "./plans.ts";
import { PowerResult } from "./power-result.ts";
import { drawStudy, type SimulatedStudy, type StudyDraw, type StudyPlan } from "./study.ts";

/** A pilot, or a function that simulates a study: with the same seed the same, people behind one another. */
export type StudySource<Study> = PowerPilot | ((draw: StudyDraw) => Study | Promise<Study>);

/** The p value of a study; `NaN` where it has none. */
export type StudyTest<Study> = (study: Study, plan: StudyPlan) => number | Promise<number>;

/** Which studies are simulated, and how they are tested. */
export interface RsaPowerOptions<Study = SimulatedStudy> extends JobOptions {
  /** How many people; several are tried in turn. */
  readonly people: OneOrMore;
  /** How many of the model's items, drawn anew for each set. Default: all. */
  readonly items?: OneOrMore;
  /** Runs of each person. Default: those of the pilot. */
  readonly runs?: OneOrMore;
  /** Shares of the pilot's effect. Default: 0 (which must give alpha), 0.5, 0.75 and 1. */
  readonly effect?: OneOrMore;
  /**
   * The test that the study will use: a function of a simulated study that gives a p value. Default: the one-sided t test
   * over people of Spearman's correlation of each person's RDM with the model, by `evalFixed`.
   */
  readonly test?: StudyTest<Study>;
  /** What the test is, for the words of the result. */
  readonly testName?: string;
  /** Significant below this. Default 0.05. */
  readonly alpha?: number;
  /** Data sets for each plan. Default 1000. */
  readonly sets?: number;
  /** Default 0. */
  readonly seed?: number;
}

const rsaPowerNames: OptionNames<RsaPowerOptions> = {
  ...jobNames,
  people: counts,
  items: counts,
  runs: counts,
  effect: effects,
  test: callback,
  testName: text,
  alpha: proper,
  sets: whole(1, 1e7),
  seed: true,
};

/**
 * How many people, items and runs does a study need? Simulates studies of each plan, runs the test on each that the study
 * will use, and counts how often it finds the effect. At effect 0 that is the rate of false alarms, which must be alpha.
 *
 * Of a pilot's RDMs signal, noise and differences between people are estimated; a pilot's effect is too large on average,
 * so that smaller ones are simulated as well. Every plan sees the same people of the same seed: differences between plans
 * are not by luck. The same seed gives the same numbers whatever the threads.
 *
 * @param pilot - a model with a pilot's RDMs, a model with signal and noise, or a function that simulates a study of your
 *   own.
 * @throws InvalidArgument for a test that gives no number from 0 to 1 (or NaN), more items than the model has, or
 *   nothing to estimate from; UnknownOption; Cancelled.
 * @example
 * import { Rdm, rsaPower } from "tsrsa";
 * const model = new Rdm([1, 4, 2, 3, 1, 2]);
 * const options = { people: [4, 8], effect: 1, sets: 20, onProgress: false } as const;
 * const result = await rsaPower({ model, nChannels: 10, noise: 0.1 }, options);
 * result.peopleFor(0.8); // 4
 */
export async function rsaPower<Study = SimulatedStudy>(
  pilot: StudySource<Study>,
  options: RsaPowerOptions<Study>,
): Promise<PowerResult> {
  checkOptions(options, rsaPowerNames as OptionNames<RsaPowerOptions<Study>>);
  const { alpha = 0.05, sets = 1000, seed = 0, signal, onProgress } = options;
  const known = typeof pilot === "function" ? undefined : pilotParameters(pilot);
  const draw = sourceOf(pilot, known);
  const test = options.test ?? testOf(pilot);
  const grid = gridOf(options, known);
  if (options.test === undefined && known !== undefined) checkTestable(grid.people, known.model);
  const plans = plansOf(grid).map((plan) => ({ plan, ...{ rejected: 0, undefinedSets: 0 } }));
  noteDraw("rsaPower", { ...options, sets, seed });
  const line = reporter({ onProgress }, "simulated studies", plans.length * sets);
  const pause = pauses(signal, "the simulation of power");
  for (let set = 0; set < sets; set++) {
    for (const [at, found] of plans.entries()) {
      const study = await draw({ ...found.plan, seed: seedOf(seed, set) });
      const p = checkedP(await test(study, found.plan));
      if (p < alpha) found.rejected++;
      if (Number.isNaN(p)) found.undefinedSets++;
      line.update(set * plans.length + at + 1);
      if (pause.due()) await pause.turn();
    }
  }
  line.finish();
  return new PowerResult({
    plans: plans.map(({ plan, rejected, undefinedSets }) => ({ ...plan, rejected, undefinedSets })),
    ...{ sets, alpha, seed },
    test: options.testName ?? (options.test === undefined ? usualTest : "a test of one's own"),
    notes:
      known === undefined
        ? []
        : [...known.notes, ...geometryNotes(geometryOf(known.model, undefined).factor)],
  });
}

const usualTest =
  "a one-sided t test over people of Spearman's correlation of their RDMs with the model";

function sourceOf<Study>(pilot: StudySource<Study>, known: PilotParameters | undefined) {
  if (typeof pilot === "function") return pilot;
  // Without a function of one's own a study is a simulated one.
  return (draw: StudyDraw): Study => drawStudy(known ?? pilotParameters(pilot), draw) as Study;
}

function testOf<Study>(pilot: StudySource<Study>): StudyTest<Study> {
  if (typeof pilot === "function")
    throw new InvalidArgument("test", undefined, "give the test of your own studies");
  return async (study) => {
    const { model, rdms } = study as SimulatedStudy;
    const result = await evalFixed(model, rdms, { onProgress: false });
    return result.tests?.zero.p[0] ?? NaN;
  };
}

function gridOf(
  { people, items, runs, effect = [0, 0.5, 0.75, 1] }: RsaPowerOptions<never>,
  known: PilotParameters | undefined,
) {
  if (people === undefined)
    throw new InvalidArgument("people", people, "give a number of people, or several");
  const shown = listed(items ?? known?.model.nItems ?? 1);
  const most = known?.model.nItems ?? Infinity;
  const beyond = shown.find((n) => n > most || (known !== undefined && n < 3));
  if (beyond !== undefined)
    throw new InvalidArgument(
      "items",
      beyond,
      `give 3 to ${most}, the items of the model; for more give a model of all that could be shown`,
    );
  return {
    ...{ people: listed(people), items: shown },
    ...{ runs: listed(runs ?? known?.runs ?? 1), effect: listed(effect) },
  };
}

/** What the usual test has no p value of, whatever is drawn. */
function checkTestable(people: readonly number[], { condensed }: Rdm): void {
  const [fewest] = people;
  if (fewest < 2)
    throw new InvalidArgument("people", fewest, "a t test over people needs 2 or more of them");
  if (condensed.every((distance) => distance === condensed[0]))
    throw new InvalidArgument(
      "model",
      "a constant",
      "nothing correlates with it; give one with differences, or a test of your own",
    );
}

function checkedP(p: unknown): number {
  if (typeof p === "number" && (Number.isNaN(p) || (p >= 0 && p <= 1))) return p;
  throw new InvalidArgument("test", p, "let it return a p value from 0 to 1, or NaN for none");
}
