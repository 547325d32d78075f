import type { JobOptions } from "../../core/job.ts";
import type { BlockWork } from "../../engine/block-work.ts";
import { asJson } from "../../engine/canonical-json.ts";
import type { EngineOptions } from "../../engine/engine-options.ts";
import { runBlocks } from "../../engine/run-blocks.ts";
import { Rdm } from "../../rdm/rdm.ts";
import { pValuesOfSets, type NamedStudies } from "./named-studies.ts";
import type { PilotParameters } from "./pilot.ts";

/** Sets in a block: fixed, so that more sets, or another alpha, take those that are there. */
const BLOCK_SETS = 10;

/** What a plan's file says of simulated studies; the model is an input. */
interface Parameters extends Omit<NamedStudies, "known"> {
  readonly known: Omit<PilotParameters, "model" | "notes">;
  readonly metric: Rdm["metric"] | null;
}

/** p values of simulated sets. */
export const powerBlocks: BlockWork = {
  name: "simulated studies",
  version: 1,
  open: (parameters, { model }) => {
    const { known, metric, ...how } = parameters as unknown as Parameters;
    const rdm = new Rdm(model, metric === null ? {} : { metric });
    const studies = { ...how, known: { ...known, model: rdm, notes: [] } };
    return { run: (from, to, job) => pValuesOfSets(studies, [from, to], job) };
  },
};

/** As {@link pValuesOfSets} of all sets, by an engine. */
export function pValuesInBlocks(
  { known, ...how }: NamedStudies,
  sets: number,
  job: JobOptions,
  engine: EngineOptions,
): Promise<Float64Array> {
  const { model, ...parameters } = known;
  const work = {
    work: powerBlocks,
    label: "simulated studies",
    parameters: asJson(
      { ...how, known: { ...parameters, notes: undefined }, metric: model.metric ?? null },
      "method",
    ),
    inputs: { model: model.condensed },
    nUnits: sets,
    unitLength: how.plans.length,
    blockUnits: BLOCK_SETS,
  };
  return runBlocks(work, engine, job);
}
