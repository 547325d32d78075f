import { random } from "../../core/random.ts";
import { Rdm } from "../../rdm/rdm.ts";
import { rdmFromMeasurements } from "../../rdm/patterns/rdm-from-measurements.ts";
import { takeItems } from "../../rdm/take-items.ts";
import { drawPeople } from "../simulate-people.ts";
import type { SimulatedData } from "../simulate-data.ts";
import { seedOf } from "../seeds.ts";
import { canBeExact, type PilotParameters } from "./pilot.ts";

/** One study of a grid of them. */
export interface StudyPlan {
  readonly people: number;
  readonly items: number;
  readonly runs: number;
  /** Share of the pilot's effect; 0: none. */
  readonly effect: number;
}

/** A study to be simulated, of this seed: the same for all plans, so that curves are smooth. */
export interface StudyDraw extends StudyPlan {
  readonly seed: number;
}

/** A simulated study, as a test gets it. */
export interface SimulatedStudy {
  /** The model RDM of the items shown. */
  readonly model: Rdm;
  /** The RDM of each person: crossnobis over runs, per channel; of a single run squared distances. */
  readonly rdms: readonly Rdm[];
  /** What they were computed from: the measured patterns of each person. */
  readonly people: readonly SimulatedData[];
  readonly plan: StudyPlan;
}

/** A study of a pilot's parameters. Items are drawn anew for each study where fewer are shown than the model has. */
export function drawStudy(
  { model, nChannels, signal, noise, person, estimated }: PilotParameters,
  { people, items, runs, effect, seed }: StudyDraw,
): SimulatedStudy {
  const shown =
    items === model.nItems ? model : takeItems(model, someOf(model.nItems, items, seed));
  const sets = drawPeople(shown, {
    ...{ people, nChannels, runs, noise, person },
    ...{ signal: effect * signal, seed: seedOf(seed, 1) },
    exact: estimated && canBeExact(shown.nItems, nChannels),
  });
  return {
    model: shown,
    rdms: sets.map((set, at) => rdmOf(set, shown, at)),
    people: sets,
    plan: { people, items, runs, effect },
  };
}

/** Positions by lot, ascending; those of fewer items are among those of more. */
function someOf(n: number, wanted: number, seed: number): number[] {
  const order = random(seedOf(seed, 2)).permutation(n);
  return Array.from(order.subarray(0, wanted)).sort((a, b) => a - b);
}

function rdmOf({ patterns, items, runs }: SimulatedData, model: Rdm, person: number): Rdm {
  const nItems = model.nItems;
  const several = runs[runs.length - 1] > 0;
  // Numbers of items in place of labels: labels would be sorted, and items have their order.
  const labels = items.map((_, row) => String(row % nItems).padStart(8, "0"));
  const { condensed } = rdmFromMeasurements(patterns, {
    ...{ labels, method: several ? "crossnobis" : "sqeuclidean" },
    ...(several ? { runs } : {}),
  });
  return new Rdm(condensed, {
    ...(model.items === undefined ? {} : { items: model.items }),
    metric: several ? "crossnobis" : "sqeuclidean",
    name: `person ${person + 1}`,
    meta: { subject: person + 1 },
  });
}
