import type { Rdm } from "../rdm/rdm.ts";

/** Pairs of images by place, i < j, and how dissimilar the responses to them are. */
export interface PairList {
  readonly i: Int32Array;
  readonly j: Int32Array;
  readonly target: Float64Array;
}

/** Every pair of an RDM, in the order of its condensed vector. */
export function allPairs({ condensed, nItems }: Rdm): PairList {
  const i = new Int32Array(condensed.length);
  const j = new Int32Array(condensed.length);
  for (let a = 0, at = 0; a < nItems; a++)
    for (let b = a + 1; b < nItems; b++, at++) [i[at], j[at]] = [a, b];
  return { i, j, target: condensed };
}

/** The pairs at these places, in the order given. */
export function takePairs(pairs: PairList, places: Int32Array): PairList {
  return {
    i: places.map((at) => pairs.i[at]),
    j: places.map((at) => pairs.j[at]),
    target: Float64Array.from(places, (at) => pairs.target[at]),
  };
}

/** The pairs of which both images are among `images`. */
export function pairsWithin(pairs: PairList, images: Int32Array): PairList {
  const inside = new Set(images);
  const places = Int32Array.from(pairs.i.keys()).filter(
    (at) => inside.has(pairs.i[at]) && inside.has(pairs.j[at]),
  );
  return takePairs(pairs, places);
}
