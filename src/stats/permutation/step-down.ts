import type { Neighbours } from "./adjacency.ts";
import type { EngineJob } from "../../engine/engine-options.ts";
import { scorerOf, type Judged, type ScorerSettings } from "./cluster-scorers.ts";
import { largestInBlocks } from "./relabelling-blocks.ts";
import { largestOfWays } from "./relabelled-maps.ts";
import type { SamplePlan } from "./sample-plan.ts";
import type { WatchOptions } from "./walk.ts";

/** A test judged, and how many times the null distribution was made. */
export interface SteppedDown {
  readonly observed: Float64Array;
  readonly nullDistribution: Float64Array;
  readonly judged: Judged;
  readonly steps: number;
}

/** How a test is watched, and where its maps are made. */
export interface StepDownOptions extends WatchOptions, EngineJob {
  readonly stepDownP?: number;
}

/**
 * Judge a map against its null distribution; with `stepDownP` again, without the positions found significant so far in
 * the relabelled data, until no more are found (as MNE-Python's `step_down_p`). The data as they are count whole in
 * every step.
 */
export async function stepDown(
  plan: SamplePlan,
  neighbours: Neighbours,
  settings: ScorerSettings,
  { stepDownP = 0, engine, signal, onProgress }: StepDownOptions,
): Promise<SteppedDown> {
  const whole = scorerOf(neighbours, plan.tail, settings);
  const observed = observedOf(plan);
  const job = { signal, onProgress };
  let among = neighbours;
  for (let [steps, removed] = [1, 0]; ; steps++) {
    const maps = { relabelled: plan.relabelled, settings, neighbours, among };
    const largest =
      engine === undefined
        ? await largestOfWays(maps, plan, [0, plan.relabellings.count], job)
        : await largestInBlocks(maps, plan.relabellings.count, job, engine);
    const nullDistribution = largest.sort();
    const judged = whole.judge(observed, nullDistribution);
    const found = judged.pValues.map((p) => (p < stepDownP ? 1 : 0));
    const nFound = found.reduce((sum, one) => sum + one, 0);
    if (nFound <= removed) return { observed, nullDistribution, judged, steps };
    removed = nFound;
    const inside = Uint8Array.from(found, (one, at) =>
      one === 1 ? 0 : (neighbours.inside?.[at] ?? 1),
    );
    among = { ...neighbours, inside };
  }
}

/** The map of the data as they are. */
function observedOf({ relabellings, statistic, nPositions }: SamplePlan): Float64Array {
  const t = new Float64Array(nPositions);
  for (const labels of relabellings.all()) {
    statistic(labels, t);
    break;
  }
  return t;
}
