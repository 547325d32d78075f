import { hasNaN } from "../../stats/has-nan.ts";
import type { Comparison, PairShape, Scorer } from "../comparisons/comparison.ts";
import { undefinedScores } from "./undefined-scores.ts";

/**
 * Compare data with each model by itself. Sides are made ready once; where pairs are left out for `NaN`, once for all
 * models and data RDMs in a row that leave out the same.
 */
export function scoreEach(
  comparison: Comparison,
  models: readonly Float64Array[],
  ignoreNan: boolean,
): Scorer {
  const groups = groupsByGaps(models).filter(({ known }) => ignoreNan || known === undefined);
  const ready = groups.map((group) => sidesOf(comparison, group));
  return (data) => {
    const scores = undefinedScores(models.length);
    const known = knownOf(data);
    if (known !== undefined && !ignoreNan) return scores;
    for (const sidesFor of ready) sidesFor(known, data, scores);
    return scores;
  };
}

/** Models that have their `NaN` in the same pairs. */
interface Group {
  readonly known: Uint8Array | undefined;
  readonly models: { readonly at: number; readonly vector: Float64Array }[];
}

function groupsByGaps(models: readonly Float64Array[]): Group[] {
  const groups: Group[] = [];
  models.forEach((vector, at) => {
    const known = knownOf(vector);
    const found = groups.find((group) => isSame(group.known, known));
    if (found === undefined) groups.push({ known, models: [{ at, vector }] });
    else found.models.push({ at, vector });
  });
  return groups;
}

/** Puts the scores of data, of which so many pairs are known, with the models of a group in their places. */
function sidesOf(
  comparison: Comparison,
  group: Group,
): (dataKnown: Uint8Array | undefined, data: Float64Array, scores: Float64Array) => void {
  const readyFor = (dataKnown: Uint8Array | undefined) => {
    const shape = shapeOf(group.models[0].vector.length, both(group.known, dataKnown));
    const sides = hasPairs(shape, group)
      ? group.models.map(({ vector }) => comparison.prepare(vector, shape))
      : undefined;
    return { dataKnown, shape, sides };
  };
  let ready = readyFor(undefined);
  return (dataKnown, data, scores) => {
    if (!isSame(ready.dataKnown, dataKnown)) ready = readyFor(dataKnown);
    if (ready.sides === undefined) return;
    const side = comparison.prepare(data, ready.shape);
    ready.sides.forEach((model, k) => {
      scores[group.models[k].at] = comparison.score(side, model);
    });
  };
}

function hasPairs({ known }: PairShape, { models }: Group): boolean {
  return known === undefined ? models[0].vector.length > 0 : known.includes(1);
}

function shapeOf(nPairs: number, known: Uint8Array | undefined): PairShape {
  return { nItems: (1 + Math.sqrt(1 + 8 * nPairs)) / 2, known, sigma: undefined };
}

/** 1 for each value that is not `NaN`; undefined when none is. */
function knownOf(values: Float64Array): Uint8Array | undefined {
  return hasNaN(values)
    ? Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1))
    : undefined;
}

function both(a: Uint8Array | undefined, b: Uint8Array | undefined): Uint8Array | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.map((one, pair) => one & b[pair]);
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && a.every((one, pair) => one === b[pair]);
}
