import type { JobOptions } from "../../core/job.ts";
import { pauses } from "../../core/job.ts";
import { seedOf } from "../seeds.ts";
import { pOfNamedTest, type NamedTest } from "./named-test.ts";
import type { PilotParameters } from "./pilot.ts";
import { drawStudy, type SimulatedStudy, type StudyPlan } from "./study.ts";

/** Studies that are tested by one of our tests. */
export interface NamedStudies {
  readonly known: PilotParameters;
  readonly test: NamedTest;
  readonly plans: readonly StudyPlan[];
  readonly seed: number;
}

/** The p values of some sets, sets × plans. Throws `Cancelled`. */
export async function pValuesOfSets(
  { known, test, plans, seed }: NamedStudies,
  [from, to]: readonly [from: number, to: number],
  { signal }: JobOptions,
  onDone?: (done: number) => void,
): Promise<Float64Array> {
  const pause = pauses(signal, "the simulation of power");
  const found = new Float64Array((to - from) * plans.length);
  let at = 0;
  for (let set = from; set < to; set++) {
    const studyOf = cutStudies(known, plans, seedOf(seed, set));
    for (const plan of plans) {
      found[at++] = await pOfNamedTest(test, studyOf(plan));
      onDone?.(at);
      if (pause.due()) await pause.turn();
    }
  }
  return found;
}

/**
 * The studies of one set. A person is the same however many others there are: studies of fewer people are the first of the
 * largest, which is drawn once. Only our own tests, which change nothing of what they get, may share it.
 */
function cutStudies(
  known: PilotParameters,
  plans: readonly StudyPlan[],
  seed: number,
): (plan: StudyPlan) => Pick<SimulatedStudy, "model" | "rdms"> {
  const people = plans.reduce((most, plan) => Math.max(most, plan.people), 0);
  let last: SimulatedStudy | undefined;
  return (plan) => {
    if (last === undefined || !isSameBut(last.plan, plan))
      last = drawStudy(known, { ...plan, people, seed });
    return { model: last.model, rdms: last.rdms.slice(0, plan.people) };
  };
}

/** Whether plans differ in people alone. */
function isSameBut(a: StudyPlan, b: StudyPlan): boolean {
  return a.items === b.items && a.runs === b.runs && a.effect === b.effect;
}
