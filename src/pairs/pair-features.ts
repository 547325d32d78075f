import { UnknownOption } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import type { PairList } from "./pair-list.ts";

/**
 * How two images become one row of features. `concatenate`: a, then b, so that (a, b) and (b, a) are different pairs.
 * `both-orders`: the same, but every training pair is learned in both orders and predictions are means of both.
 * `symmetric`: |a − b|, then a · b, the same for (a, b) and (b, a).
 */
export type PairCombination = "concatenate" | "both-orders" | "symmetric";

export const combinations: readonly PairCombination[] = ["concatenate", "both-orders", "symmetric"];

/** Throws `UnknownOption`. */
export function checkCombination(found: string): void {
  if (!combinations.includes(found as PairCombination))
    throw new UnknownOption("combination", found, combinations);
}

/** Rows of features of pairs into `out`, each 2 × nFeatures long: of pairs `from` to `to`. */
export function fillPairRows(
  features: Matrix<Float64Array>,
  pairs: Pick<PairList, "i" | "j">,
  combination: PairCombination,
  out: Float64Array | Float32Array,
): void {
  const d = features.shape[1];
  const { data } = features;
  for (let p = 0; p < pairs.i.length; p++) {
    const [a, b, row] = [pairs.i[p] * d, pairs.j[p] * d, 2 * d * p];
    for (let f = 0; f < d; f++) {
      const [left, right] = [data[a + f], data[b + f]];
      out[row + f] = combination === "symmetric" ? Math.abs(left - right) : left;
      out[row + d + f] = combination === "symmetric" ? left * right : right;
    }
  }
}

/** The same pairs, second image first. */
export function turned<T extends Pick<PairList, "i" | "j">>(pairs: T): T {
  return { ...pairs, i: pairs.j, j: pairs.i };
}

/** Pairs as they are learned: with `both-orders` each twice. */
export function inTrainingOrder(pairs: PairList, combination: PairCombination): PairList {
  if (combination !== "both-orders") return pairs;
  const twice = <T extends Int32Array | Float64Array>(a: T, b: T, empty: T): T => {
    empty.set(a);
    empty.set(b, a.length);
    return empty;
  };
  const n = 2 * pairs.target.length;
  return {
    i: twice(pairs.i, pairs.j, new Int32Array(n)),
    j: twice(pairs.j, pairs.i, new Int32Array(n)),
    target: twice(pairs.target, pairs.target, new Float64Array(n)),
  };
}
