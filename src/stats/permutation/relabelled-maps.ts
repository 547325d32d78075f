import type { Neighbours } from "./adjacency.ts";
import { scorerOf, type ScorerSettings } from "./cluster-scorers.ts";
import type { OpenSample, Relabelled } from "./sample-plan.ts";
import { walk, type WatchOptions } from "./walk.ts";

/** Maps of t of relabelled observations, and how each becomes one number. */
export interface RelabelledMaps {
  readonly relabelled: Relabelled;
  readonly settings: ScorerSettings;
  /** Who lies beside whom, for the data as they are. */
  readonly neighbours: Neighbours;
  /** The same for relabelled data, which may lack positions. */
  readonly among: Neighbours;
}

/** The largest statistic of each map from … to. */
export async function largestOfWays(
  { relabelled, settings, neighbours, among }: RelabelledMaps,
  { relabellings, statistic }: OpenSample,
  [from, to]: readonly [number, number],
  job: WatchOptions,
): Promise<Float64Array> {
  const { tail } = relabelled.how;
  const whole = scorerOf(neighbours, tail, settings);
  const scorer = among === neighbours ? whole : scorerOf(among, tail, settings);
  const t = new Float64Array(relabelled.nPositions);
  const largest = new Float64Array(to - from);
  const each = (labels: Int8Array, way: number): void => {
    // Where the data do not vary is told by the first map: it is made in any case.
    statistic(labels, t);
    if (way >= from) largest[way - from] = (way === 0 ? whole : scorer).largest(t);
  };
  await walk(relabellings, job, each, [from, to]);
  return largest;
}
