import { InvalidArgument } from "../../core/errors.ts";
import { callback, either, oneOf, proper, text, whole } from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import { pauses, type JobOptions } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import { noteDraw } from "../../core/run-record.ts";
import { engineNames, type EngineJob } from "../../engine/engine-options.ts";
import type { PairComparisonLike } from "../../rsa/comparisons/resolve.ts";
import { geometryNotes, geometryOf } from "../geometry.ts";
import { seedOf } from "../seeds.ts";
import { pilotParameters, type PilotParameters, type PowerPilot } from "./pilot.ts";
import { pValuesOfSets, type NamedStudies } from "./named-studies.ts";
import {
  checkTestable,
  powerTestNames,
  wordsOfTest,
  type NamedTest,
  type PowerTestName,
} from "./named-test.ts";
import { counts, effects, listed, plansOf, type OneOrMore } from "./plans.ts";
import { pValuesInBlocks } from "./power-blocks.ts";
import { PowerResult } from "./power-result.ts";
import { drawStudy, type SimulatedStudy, type StudyDraw, type StudyPlan } from "./study.ts";

/** A pilot, or a function that simulates a study: with the same seed the same, people behind one another. */
export type StudySource<Study> = PowerPilot | ((draw: StudyDraw) => Study | Promise<Study>);

/** The p value of a study; `NaN` where it has none. */
export type StudyTest<Study> = (study: Study, plan: StudyPlan) => number | Promise<number>;

/** Which studies are simulated, and how they are tested. */
export interface RsaPowerOptions<Study = SimulatedStudy> extends JobOptions, EngineJob {
  /** How many people; several are tried in turn. */
  readonly people: OneOrMore;
  /** How many of the model's items, drawn anew for each set. Default: all. */
  readonly items?: OneOrMore;
  /** Runs of each person. Default: those of the pilot. */
  readonly runs?: OneOrMore;
  /** Shares of the pilot's effect. Default: 0 (which must give alpha), 0.5, 0.75 and 1. */
  readonly effect?: OneOrMore;
  /**
   * The test that the study will use: a function of a simulated study that gives a p value, or one of ours over the scores
   * of people by `evalFixed`: `t` (default), one-sided, or `ranksum`, Wilcoxon's signed ranks, two-sided.
   */
  readonly test?: StudyTest<Study> | PowerTestName;
  /** How a test of ours compares each person's RDM with the model, see `compareRdms`. Default: `spearman`. */
  readonly method?: PairComparisonLike;
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
  ...engineNames,
  people: counts,
  items: counts,
  runs: counts,
  effect: effects,
  test: either(callback, oneOf(powerTestNames, "test")),
  method: true,
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
 * are not by luck. A test of ours runs on all cores with `engine`, in blocks of sets, and gives the same numbers; one of your
 * own stays in this process.
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
  const { alpha = 0.05, sets = 1000, seed = 0 } = options;
  const known = typeof pilot === "function" ? undefined : pilotParameters(pilot);
  const test = testOf(options, known !== undefined);
  const grid = gridOf(options, known);
  if (known !== undefined && typeof test !== "function")
    checkTestable(test, grid, alpha, known.model);
  const plans = plansOf(grid);
  noteDraw("rsaPower", { ...options, sets, seed });
  const asked = { ...options, sets, seed };
  const pValues =
    known !== undefined && typeof test !== "function"
      ? await ofNamedTest({ known, test, plans, seed }, asked)
      : await ofOwnTest(sourceOf(pilot, known), test as StudyTest<Study>, plans, asked);
  const usual = typeof test === "function" ? "a test of one's own" : wordsOfTest(test);
  return new PowerResult({
    plans: plans.map((plan, at) => ({ ...plan, ...counted(pValues, at, plans.length, alpha) })),
    ...{ sets, alpha, seed },
    test: options.testName ?? usual,
    notes:
      known === undefined
        ? []
        : [...known.notes, ...geometryNotes(geometryOf(known.model, undefined).factor)],
  });
}

type Asked = JobOptions & EngineJob & { readonly sets: number; readonly seed: number };

/** The p values of all sets by a test of ours, sets × plans. */
async function ofNamedTest(studies: NamedStudies, asked: Asked): Promise<Float64Array> {
  const { engine, sets } = asked;
  if (engine !== undefined) return pValuesInBlocks(studies, sets, asked, engine);
  const line = reporter(asked, "simulated studies", sets * studies.plans.length);
  const found = await pValuesOfSets(studies, [0, sets], asked, (done) => line.update(done));
  line.finish();
  return found;
}

/** The same by a test of one's own, which gets a study that is drawn for it alone. */
async function ofOwnTest<Study>(
  draw: (draw: StudyDraw) => Study | Promise<Study>,
  test: StudyTest<Study>,
  plans: readonly StudyPlan[],
  { signal, onProgress, sets, seed }: Asked,
): Promise<Float64Array> {
  const line = reporter({ onProgress }, "simulated studies", plans.length * sets);
  const pause = pauses(signal, "the simulation of power");
  const found = new Float64Array(sets * plans.length);
  for (let at = 0; at < found.length; at++) {
    const plan = plans[at % plans.length];
    const study = await draw({ ...plan, seed: seedOf(seed, Math.floor(at / plans.length)) });
    found[at] = checkedP(await test(study, plan));
    line.update(at + 1);
    if (pause.due()) await pause.turn();
  }
  line.finish();
  return found;
}

/** What the sets of one plan found. */
function counted(pValues: Float64Array, plan: number, nPlans: number, alpha: number) {
  const own = pValues.filter((_, at) => at % nPlans === plan);
  return {
    rejected: own.filter((p) => p < alpha).length,
    undefinedSets: own.filter(Number.isNaN).length,
  };
}

function sourceOf<Study>(pilot: StudySource<Study>, known: PilotParameters | undefined) {
  if (typeof pilot === "function") return pilot;
  // Without a function of one's own a study is a simulated one.
  return (draw: StudyDraw): Study => drawStudy(known ?? pilotParameters(pilot), draw) as Study;
}

/** Throws `InvalidArgument` for what a test of one's own cannot have, or a source of one's own has to have. */
function testOf<Study>(
  { test = "t", method, engine }: RsaPowerOptions<Study>,
  isPilot: boolean,
): StudyTest<Study> | NamedTest {
  if (typeof test !== "function") {
    if (isPilot) return { type: test, method: method ?? "spearman" };
    throw new InvalidArgument("test", test, "give the test of your own studies, a function");
  }
  const stray = method !== undefined ? "method" : engine !== undefined ? "engine" : undefined;
  if (stray === undefined) return test;
  throw new InvalidArgument(
    stray,
    stray === "method" ? method : engine,
    "a test of your own compares as it does, in this process: leave it out, or name a test of ours",
  );
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

function checkedP(p: unknown): number {
  if (typeof p === "number" && (Number.isNaN(p) || (p >= 0 && p <= 1))) return p;
  throw new InvalidArgument("test", p, "let it return a p value from 0 to 1, or NaN for none");
}
