import { sizeOf } from "../core/matrix.ts";
import type { PatchedPatterns } from "./patched-patterns.ts";

/** Patterns and models of the same items. */
export interface Compared {
  readonly patched: PatchedPatterns;
  readonly models: readonly Float64Array[];
}

/**
 * Without the items that no pair can be known of: they have no number in some fold, or no model knows a pair of theirs.
 * To leave them out is the same as to leave out all their pairs, patch by patch, and much faster.
 *
 * @param jointly - whether a pair that one model lacks is left out of all.
 */
export function withoutUnknownItems(compared: Compared, jointly: boolean): Compared {
  const { patched, models } = compared;
  const nItems = patched.shape[0];
  const known = knownInModels(models, nItems, jointly);
  // With noise a fold without an item costs that fold alone.
  if (patched.noise === undefined) dropEmptyRows(patched, known);
  const kept = Int32Array.from(known.keys()).filter((item) => known[item] === 1);
  if (kept.length === nItems || kept.length < 2) return compared;
  return {
    patched: takeItems(patched, kept),
    models: models.map((model) => takePairs(model, kept, nItems)),
  };
}

/** 1 for each item of which a pair is known: in some model, or jointly in all. */
function knownInModels(
  models: readonly Float64Array[],
  nItems: number,
  jointly: boolean,
): Uint8Array {
  const known = new Uint8Array(nItems);
  const isKnown = (pair: number): boolean =>
    jointly
      ? models.every((model) => !Number.isNaN(model[pair]))
      : models.some((model) => !Number.isNaN(model[pair]));
  for (let i = 0, pair = 0; i < nItems; i++)
    for (let j = i + 1; j < nItems; j++, pair++)
      if ((known[i] === 0 || known[j] === 0) && isKnown(pair)) known[i] = known[j] = 1;
  return known;
}

function dropEmptyRows({ data, shape, nFolds }: PatchedPatterns, known: Uint8Array): void {
  const [nItems, width] = [shape[0], sizeOf(shape.slice(1))];
  for (let row = 0; row < nFolds * nItems; row++) {
    let at = row * width;
    while (at < (row + 1) * width && Number.isNaN(data[at])) at++;
    if (at === (row + 1) * width) known[row % nItems] = 0;
  }
}

function takeItems(patched: PatchedPatterns, kept: Int32Array): PatchedPatterns {
  const { data, shape, nFolds } = patched;
  const width = sizeOf(shape.slice(1));
  const taken = new Float64Array(nFolds * kept.length * width);
  for (let fold = 0, at = 0; fold < nFolds; fold++)
    for (const item of kept) {
      const from = (fold * shape[0] + item) * width;
      taken.set(data.subarray(from, from + width), at);
      at += width;
    }
  const counts = patched.counts && takeCounts(patched.counts, kept, shape[0]);
  return { ...patched, data: taken, shape: [kept.length, ...shape.slice(1)], counts };
}

function takeCounts(counts: Float64Array, kept: Int32Array, nItems: number): Float64Array {
  return Float64Array.from(
    { length: (counts.length / nItems) * kept.length },
    (_, at) => counts[Math.floor(at / kept.length) * nItems + kept[at % kept.length]],
  );
}

/** The pairs of the items kept, which ascend, so that pairs keep their order. */
function takePairs(model: Float64Array, kept: Int32Array, nItems: number): Float64Array {
  const taken = new Float64Array((kept.length * (kept.length - 1)) / 2);
  let at = 0;
  kept.forEach((i, k) => {
    const row = i * nItems - (i * (i + 1)) / 2 - i - 1;
    for (const j of kept.subarray(k + 1)) taken[at++] = model[row + j];
  });
  return taken;
}
