import type { BlockInputs, BlockWork } from "../../engine/block-work.ts";
import { asJson } from "../../engine/canonical-json.ts";
import type { EngineOptions } from "../../engine/engine-options.ts";
import { runBlocks } from "../../engine/run-blocks.ts";
import type { Neighbours } from "./adjacency.ts";
import type { ScorerSettings } from "./cluster-scorers.ts";
import { largestOfWays, type RelabelledMaps } from "./relabelled-maps.ts";
import { openSample, type Relabelled } from "./sample-plan.ts";
import type { WatchOptions } from "./walk.ts";

/** Relabellings in a block: fixed. */
const BLOCK_WAYS = 100;

/** What a plan's file says of a test; observations and neighbours are inputs. */
interface Parameters {
  readonly relabelled: Omit<Relabelled, "data">;
  readonly settings: ScorerSettings;
}

/** Largest statistics of relabelled observations. */
export const relabellingBlocks: BlockWork = {
  name: "relabelled maps",
  version: 1,
  open: (parameters, inputs) => {
    const { relabelled, settings } = parameters as unknown as Parameters;
    const whole = { ...relabelled, data: inputs.data as Float64Array };
    const neighbours = neighboursFrom(inputs, "inside");
    const among = inputs.among === undefined ? neighbours : neighboursFrom(inputs, "among");
    const maps = { relabelled: whole, settings, neighbours, among };
    return {
      run: (from, to, { signal }) =>
        largestOfWays(maps, openSample(whole), [from, to], { signal, onProgress: false }),
    };
  },
};

/** As {@link largestOfWays} of all ways, by an engine. */
export function largestInBlocks(
  { relabelled, settings, neighbours, among }: RelabelledMaps,
  count: number,
  job: WatchOptions,
  engine: EngineOptions,
): Promise<Float64Array> {
  const { data, ...numbers } = relabelled;
  const { starts, list, inside } = neighbours;
  const work = {
    work: relabellingBlocks,
    label: "cluster permutation test",
    parameters: asJson({ relabelled: numbers, settings: ofMaps(settings) }, "permutations"),
    inputs: {
      ...{ data, starts, list },
      ...(inside !== undefined && { inside }),
      ...(among !== neighbours && among.inside !== undefined && { among: among.inside }),
    },
    nUnits: count,
    unitLength: 1,
    blockUnits: BLOCK_WAYS,
  };
  return runBlocks(work, engine, job);
}

/** What decides the maps: from which p on something is called significant does not. */
function ofMaps(settings: ScorerSettings): ScorerSettings {
  return "tfce" in settings ? { ...settings, alpha: 1 } : settings;
}

function neighboursFrom(inputs: BlockInputs, inside: "inside" | "among"): Neighbours {
  return {
    starts: inputs.starts as Int32Array,
    list: inputs.list as Int32Array,
    inside: inputs[inside] as Uint8Array | undefined,
    words: "",
    notes: [],
  };
}
