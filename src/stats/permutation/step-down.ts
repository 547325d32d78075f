import type { Neighbours } from "./adjacency.ts";
import type { Judged, Scorer } from "./cluster-scorers.ts";
import type { SamplePlan } from "./sample-plan.ts";
import { walk, type WatchOptions } from "./walk.ts";

/** A test judged, and how many times the null distribution was made. */
export interface SteppedDown {
  readonly observed: Float64Array;
  readonly nullDistribution: Float64Array;
  readonly judged: Judged;
  readonly steps: number;
}

/**
 * Judge a map against its null distribution; with `stepDownP` again, without the positions found significant so far in
 * the relabelled data, until no more are found (as MNE-Python's `step_down_p`). The data as they are count whole in
 * every step.
 */
export async function stepDown(
  plan: SamplePlan,
  neighbours: Neighbours,
  scorerOf: (among: Neighbours) => Scorer,
  options: WatchOptions & { readonly stepDownP?: number },
): Promise<SteppedDown> {
  const whole = scorerOf(neighbours);
  const { stepDownP = 0 } = options;
  let among = neighbours;
  for (let [steps, removed] = [1, 0]; ; steps++) {
    const { observed, nullDistribution } = await distribution(
      plan,
      whole,
      scorerOf(among),
      options,
    );
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

async function distribution(
  plan: SamplePlan,
  whole: Scorer,
  scorer: Scorer,
  options: WatchOptions,
) {
  const t = new Float64Array(plan.nPositions);
  const largest = new Float64Array(plan.relabellings.count);
  let observed = t;
  await walk(plan.relabellings, options, (labels, way) => {
    plan.statistic(labels, t);
    if (way === 0) observed = t.slice();
    largest[way] = (way === 0 ? whole : scorer).largest(t);
  });
  return { observed, nullDistribution: largest.sort() };
}
