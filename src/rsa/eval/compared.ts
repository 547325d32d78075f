import type { JobOptions } from "../../core/job.ts";
import { meanOverGroups } from "../../stats/known-scores.ts";
import { prepareSides, scoreVectorsWith } from "../compare/sides.ts";
import { ceilingOf, type CeilingData, type CeilingOf } from "./ceiling.ts";
import type { RdmGroups } from "./rdm-groups.ts";

/** Data RDMs compared with predictions on some items. */
export interface Compared {
  /** nRdms × nModels. */
  readonly scores: Float64Array;
  readonly ceiling: CeilingOf;
}

/** What is compared: condensed vectors of one order of items. */
export interface ToCompare extends CeilingData {
  readonly predictions: readonly Float64Array[];
}

/** Compare each data RDM with each prediction; the ceiling is worked out when it is asked for. */
export async function compared(toCompare: ToCompare, job: JobOptions): Promise<Compared> {
  const { data, predictions, comparison, shape } = toCompare;
  const sides = await prepareSides(comparison, data, shape, job);
  // The prediction comes first: not every comparison is symmetric.
  const byModel = await scoreVectorsWith(comparison, predictions, sides, shape, job);
  const scores = transposed(byModel, data.length);
  let ceiling: Promise<CeilingOf> | undefined;
  return {
    scores,
    ceiling: async (times) => {
      ceiling ??= ceilingOf(toCompare, sides, job);
      return (await ceiling)(times);
    },
  };
}

/** nModels × nRdms to nRdms × nModels. */
function transposed(scores: Float64Array, nRdms: number): Float64Array {
  const nModels = scores.length / nRdms;
  return scores.map((_, k) => scores[(k % nModels) * nRdms + Math.floor(k / nModels)]);
}

/** Mean score of each model over data RDMs drawn so many times, each group once for each time it was drawn. */
export function meanScores(
  scores: Float64Array,
  nModels: number,
  groups: RdmGroups,
  times: ArrayLike<number>,
): Float64Array {
  return Float64Array.from({ length: nModels }, (_, m) =>
    meanOverGroups(
      scores.filter((_s, k) => k % nModels === m),
      groups.of,
      times,
    ),
  );
}

/** The same items drawn again and again: pairs of an item with itself are not known. */
export function drawnItems(
  { data, predictions, shape, ...rest }: ToCompare,
  items: ArrayLike<number>,
): ToCompare {
  const n = items.length;
  const drawn = Int32Array.from(items).sort();
  const known = new Uint8Array((n * (n - 1)) / 2);
  const from = new Int32Array(known.length);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, at++) {
      if (drawn[i] === drawn[j]) continue;
      const [a, b] = [drawn[i], drawn[j]];
      const pair = a * shape.nItems - (a * (a + 1)) / 2 + b - a - 1;
      from[at] = pair;
      known[at] = shape.known === undefined ? 1 : shape.known[pair];
    }
  }
  const take = (vector: Float64Array): Float64Array =>
    Float64Array.from(from, (pair, at) => (known[at] === 1 ? vector[pair] : NaN));
  return {
    data: data.map(take),
    predictions: predictions.map(take),
    ...rest,
    shape: { nItems: n, known: known.includes(0) ? known : undefined, sigma: undefined },
  };
}
