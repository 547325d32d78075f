import { Patches } from "./layouts";
import { int, number } from "./params";
import { CORRELATION } from "./convert";
import { tilePair } from "./gram";

// A cross-validated patch has several sets of sums, of `step` bytes each. Angles: of the mean pattern; then for each
// fold of the mean of the others plus the fold, and minus the fold. Squares: of the mean, and of each fold.

// @ts-ignore: decorator
@inline
function tilesIn(n: i32, set: usize): usize {
  return set + 4 * (((<usize>((n + 3) >> 2) << 5) + 63) & ~63);
}

// @ts-ignore: decorator
@inline
function placeOf(i: i32, j: i32, nTiles: i32): usize {
  return (tilePair(i >> 2, j >> 2, nTiles) << 7) + <usize>(((i & 3) << 5) + ((j & 3) << 3));
}

/** Sum of products of items i ≤ j of a set, each less its mean. */
// @ts-ignore: decorator
@inline
function product(n: i32, set: usize, i: i32, j: i32, inverseCount: f64): f64 {
  const own = load<f64>(tilesIn(n, set) + placeOf(i, j, (n + 3) >> 2));
  return own - load<f64>(set + (<usize>i << 3)) * load<f64>(set + (<usize>j << 3)) * inverseCount;
}

/** 1 − the cosine of each fold with the mean of the others, regularised; the pairs in tile order. */
export function crossValidatedAngles(params: usize, count: i32, sets: usize, step: usize, rdm: usize): void {
  const n = int(params, Patches.nItems);
  const nFolds = int(params, Patches.nFolds);
  const regVar = number(params, Patches.regVar);
  const inverseCount: f64 = int(params, Patches.metric) == CORRELATION ? 1 / <f64>count : 0;
  const least = leastDenominator(n, sets, inverseCount, number(params, Patches.regDenom));
  const bounded = int(params, Patches.bounded) != 0;
  const nPairs = (n * (n - 1)) >> 1;
  for (let at = rdm; at < rdm + (<usize>nPairs << 3); at += 8) store<f64>(at, 1);
  for (let fold = 0; fold < nFolds; fold++) {
    const plus = sets + <usize>(2 * fold + 1) * step;
    const minus = plus + step;
    const lengths = plus + (((<usize>((n + 3) >> 2) << 5) + 63) & ~63);
    for (let i = 0; i < n; i++) {
      const own = (product(n, plus, i, i, inverseCount) - product(n, minus, i, i, inverseCount)) / 4;
      const variance = product(n, sets, i, i, inverseCount);
      store<f64>(lengths + (<usize>i << 3), Math.sqrt(regVar > 0 ? Math.max(own, regVar * variance) : own));
    }
    let out = rdm;
    for (let top = 0; top < n; top += 4) {
      for (let left = top; left < n; left += 4) {
        for (let i = top; i < min(n, top + 4); i++) {
          for (let j = left == top ? i + 1 : left; j < min(n, left + 4); j++) {
            const both = (product(n, plus, i, j, inverseCount) - product(n, minus, i, j, inverseCount)) / 2;
            const length = load<f64>(lengths + (<usize>i << 3)) * load<f64>(lengths + (<usize>j << 3));
            let cosine = both / Math.max(length, least) / 2;
            if (bounded) cosine = Math.min(1, Math.max(-1, cosine));
            store<f64>(out, load<f64>(out) - cosine / <f64>nFolds);
            out += 8;
          }
        }
      }
    }
  }
}

/** A share of the mean variance of the items whose variance is known. */
function leastDenominator(n: i32, mean: usize, inverseCount: f64, share: f64): f64 {
  if (!(share > 0)) return -Infinity;
  let sum: f64 = 0;
  let known: f64 = 0;
  for (let i = 0; i < n; i++) {
    const variance = product(n, mean, i, i, inverseCount);
    if (variance != variance) continue;
    sum += variance;
    known += 1;
  }
  return share * (sum / known);
}

/** F/(F − 1) · d²(mean) − Σ d²(fold)/(F(F − 1)), or its signed root; the pairs in tile order. */
export function crossValidatedSquares(params: usize, sets: usize, step: usize, rdm: usize): void {
  const n = int(params, Patches.nItems);
  const nFolds = int(params, Patches.nFolds);
  const size = <f64>nFolds;
  const signedRoot = int(params, Patches.squareRoot) != 0;
  let out = rdm;
  for (let top = 0; top < n; top += 4) {
    for (let left = top; left < n; left += 4) {
      for (let i = top; i < min(n, top + 4); i++) {
        for (let j = left == top ? i + 1 : left; j < min(n, left + 4); j++) {
          const place = tilesIn(n, sets) + placeOf(i, j, (n + 3) >> 2);
          let within: f64 = 0;
          for (let fold = 1; fold <= nFolds; fold++) within += load<f64>(place + <usize>fold * step);
          const square = (size / (size - 1)) * load<f64>(place) - within / (size * (size - 1));
          store<f64>(out, signedRoot ? (square < 0 ? -Math.sqrt(-square) : Math.sqrt(square)) : square);
          out += 8;
        }
      }
    }
  }
}
