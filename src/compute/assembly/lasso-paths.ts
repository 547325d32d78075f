import { Lasso } from "./layouts";
import { int, address, number } from "./params";
import { addScaled } from "./multiply";
import { larsPath } from "./lars-path";

// @ts-ignore: decorator
@inline
function cells(n: i32): usize {
  return <usize>n << 3;
}

// @ts-ignore: decorator
@inline
function vector(params: usize, k: i32, fit: i32): usize {
  return address(params, k) + cells(int(params, Lasso.nFeatures)) * <usize>fit;
}

// @ts-ignore: decorator
@inline
function square(params: usize, k: i32, fit: i32): usize {
  const p = int(params, Lasso.nFeatures);
  return address(params, k) + cells(p) * <usize>p * <usize>fit;
}

// @ts-ignore: decorator
@inline
function rowsIn(params: usize, s: i32): i32 {
  const at = address(params, Lasso.starts) + (<usize>s << 2);
  return load<i32>(at, 4) - load<i32>(at);
}

/** Products of the features with the target in a segment; 256 bytes from one feature to the next. */
// @ts-ignore: decorator
@inline
function productsAt(params: usize, target: i32, s: i32): usize {
  const segment = <usize>((target >> 5) * int(params, Lasso.nSegments) + s);
  return address(params, Lasso.targetProducts) + segment * (<usize>int(params, Lasso.nTiles) << 10) + cells(target & 31);
}

// @ts-ignore: decorator
@inline
function sumsAt(params: usize, target: i32, s: i32): usize {
  return address(params, Lasso.targetSums) + <usize>((target >> 5) * int(params, Lasso.nSegments) + s) * 768 + cells(target & 31);
}

/**
 * Block = target. A lasso path for each fold's training rows; the mean squared error on the rows left out at every
 * alpha that is a node of any; and the path of all rows down to the best alpha, whose end is the result.
 */
export function lassoPaths(params: usize, target: i32, scratch: usize): void {
  const p = int(params, Lasso.nFeatures);
  const nFits = int(params, Lasso.nFits);
  const nodes = int(params, Lasso.maxIterations) + 1;
  const fold = cells(nodes);
  const curves = scratch;
  const all = curves + 3 * fold * <usize>(nFits - 1);
  const counts = all + fold * <usize>(nFits - 1);
  const products = counts + cells(nFits);
  const coefs = products + cells(p);
  const alphas = coefs + cells(p) * <usize>(nodes + 1);
  const work = alphas + cells(nodes + 1);
  let alpha = number(params, Lasso.alpha);
  let error: f64 = NaN;
  if (int(params, Lasso.fixedAlpha) == 0) {
    for (let f = 0; f < nFits - 1; f++) {
      const curve = curves + 3 * fold * <usize>f;
      const count = fitPath(params, target, f, 0, products, curve, coefs, work);
      store<i32>(counts + cells(f), count);
      errors(params, target, f, count, coefs, curve + fold, curve + 2 * fold, products, work);
    }
    const n = collect(curves, fold, counts, nFits - 1, all);
    const stride = max(1, n / int(params, Lasso.mostAlphas));
    error = Infinity;
    for (let i = 0; i < n; i += stride) {
      const candidate = load<f64>(all + cells(i));
      let sum: f64 = 0;
      for (let f = 0; f < nFits - 1; f++) {
        const count = load<i32>(counts + cells(f));
        sum += errorAt(curves + 3 * fold * <usize>f, fold, count, candidate) / <f64>rowsIn(params, f);
      }
      const mean = sum / <f64>(nFits - 1);
      if (mean < error) {
        error = mean;
        alpha = candidate;
      }
    }
  }
  const last = fitPath(params, target, nFits - 1, alpha, products, alphas, coefs, work) - 1;
  const scales = vector(params, Lasso.scales, nFits - 1);
  const out = address(params, Lasso.coefs) + cells(p) * <usize>target;
  const end = coefs + cells(p) * <usize>last;
  for (let j: usize = 0; j < cells(p); j += 8) {
    store<f64>(out + j, load<f64>(end + j) / load<f64>(scales + j));
  }
  const info = address(params, Lasso.info) + (<usize>target << 5);
  store<f64>(info, alpha);
  store<f64>(info, <f64>last, 8);
  store<f64>(info, error, 16);
  store<f64>(info, load<f64>(alphas + cells(last)), 24);
}

function fitPath(
  params: usize, target: i32, fit: i32, alphaMin: f64, products: usize, alphas: usize, coefs: usize, work: usize,
): i32 {
  const p = int(params, Lasso.nFeatures);
  const left = fit == int(params, Lasso.nFits) - 1 ? -1 : fit;
  const means = vector(params, Lasso.means, fit);
  const scales = vector(params, Lasso.scales, fit);
  let n = 0;
  let sum: f64 = 0;
  memory.fill(products, 0, cells(p));
  for (let s = 0; s < int(params, Lasso.nSegments); s++) {
    if (s == left) continue;
    n += rowsIn(params, s);
    sum += load<f64>(sumsAt(params, target, s));
    let from = productsAt(params, target, s);
    for (let to = products; to < products + cells(p); to += 8) {
      store<f64>(to, load<f64>(to) + load<f64>(from));
      from += 256;
    }
  }
  const mean: f64 = int(params, Lasso.intercept) == 0 ? 0 : sum / <f64>n;
  for (let j: usize = 0; j < cells(p); j += 8) {
    const centred = load<f64>(products + j) - <f64>n * load<f64>(means + j) * mean;
    store<f64>(products + j, centred / load<f64>(scales + j));
  }
  return larsPath(p, square(params, Lasso.grams, fit), products, n, alphaMin, int(params, Lasso.maxIterations), alphas, coefs, work);
}

/**
 * At each node the sum of squared residuals on the rows left out, and that of products with the next node's.
 * `work` takes the features in use, the weights of a node and of the next, and their image.
 */
function errors(
  params: usize, target: i32, fit: i32, count: i32, coefs: usize, squares: usize, next: usize, products: usize,
  work: usize,
): void {
  const p = int(params, Lasso.nFeatures);
  const n = <f64>rowsIn(params, fit);
  const means = vector(params, Lasso.means, fit);
  const scales = vector(params, Lasso.scales, fit);
  const featureSums = vector(params, Lasso.sums, fit);
  const gram = square(params, Lasso.leftOut, fit);
  const sums = sumsAt(params, target, fit);
  const sum = load<f64>(sums);
  const mean = trainMean(params, target, fit);
  const total = load<f64>(sums, 256) - 2 * mean * sum + n * mean * mean;
  const used = work;
  const weights = used + cells(p);
  const following = weights + cells(p);
  const image = following + cells(p);
  let m = 0;
  for (let j = 0; j < p; j++) {
    for (let k = 0; k < count; k++) {
      if (load<f64>(coefs + cells(p) * <usize>k + cells(j)) == 0) continue;
      store<i32>(used + cells(m), j);
      m++;
      break;
    }
  }
  const from = productsAt(params, target, fit);
  for (let i = 0; i < m; i++) {
    const j = load<i32>(used + cells(i));
    const product = load<f64>(from + (<usize>j << 8)) - load<f64>(means + cells(j)) * sum
      - mean * load<f64>(featureSums + cells(j)) + n * load<f64>(means + cells(j)) * mean;
    store<f64>(products + cells(i), product);
  }
  let linear: f64 = take(coefs, scales, used, m, products, following);
  for (let k = 0; k < count; k++) {
    memory.copy(weights, following, cells(m));
    const own = linear;
    for (let i = 0; i < m; i++) {
      const row = gram + cells(p) * <usize>load<i32>(used + cells(i));
      let value: f64 = 0;
      for (let j = 0; j < m; j++) {
        value += load<f64>(row + cells(load<i32>(used + cells(j)))) * load<f64>(weights + cells(j));
      }
      store<f64>(image + cells(i), value);
    }
    store<f64>(squares + cells(k), total - own - own + dot(image, weights, m));
    if (k + 1 == count) break;
    linear = take(coefs + cells(p) * <usize>(k + 1), scales, used, m, products, following);
    store<f64>(next + cells(k), total - own - linear + dot(image, following, m));
  }
}

/** Weights of the features in use at a node, in their own units; returns their product with the target. */
function take(coef: usize, scales: usize, used: usize, m: i32, products: usize, to: usize): f64 {
  for (let i = 0; i < m; i++) {
    const at = cells(load<i32>(used + cells(i)));
    store<f64>(to + cells(i), load<f64>(coef + at) / load<f64>(scales + at));
  }
  return dot(products, to, m);
}

// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, m: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < m; i++) sum += load<f64>(a + cells(i)) * load<f64>(b + cells(i));
  return sum;
}

function trainMean(params: usize, target: i32, fit: i32): f64 {
  if (int(params, Lasso.intercept) == 0) return 0;
  let n = 0;
  let sum: f64 = 0;
  for (let s = 0; s < int(params, Lasso.nSegments); s++) {
    if (s == fit) continue;
    n += rowsIn(params, s);
    sum += load<f64>(sumsAt(params, target, s));
  }
  return sum / <f64>n;
}

/** Alphas of all folds, ascending, each once; returns how many. Those of a fold are descending already. */
function collect(curves: usize, fold: usize, counts: usize, nFolds: i32, all: usize): i32 {
  let n = 0;
  for (let f = 0; f < nFolds; f++) {
    for (let k = load<i32>(counts + cells(f)) - 1; k >= 0; k--) {
      const alpha = load<f64>(curves + 3 * fold * <usize>f + cells(k));
      let at = n;
      while (at > 0 && load<f64>(all + cells(at - 1)) > alpha) at--;
      if (at > 0 && load<f64>(all + cells(at - 1)) == alpha) continue;
      memory.copy(all + cells(at + 1), all + cells(at), cells(n - at));
      store<f64>(all + cells(at), alpha);
      n++;
    }
  }
  return n;
}

/** Sum of squared residuals at an alpha between nodes; see `twin/lasso-curve.ts`. */
function errorAt(alphas: usize, fold: usize, count: i32, alpha: f64): f64 {
  const squares = alphas + fold;
  let upper = count - 1;
  while (upper >= 0 && load<f64>(alphas + cells(upper)) < alpha) upper--;
  if (upper < 0) return load<f64>(squares);
  if (upper == count - 1) return load<f64>(squares + cells(upper));
  const low = load<f64>(alphas + cells(upper + 1));
  const part = (alpha - low) / (load<f64>(alphas + cells(upper)) - low);
  const rest = 1 - part;
  return rest * rest * load<f64>(squares + cells(upper + 1))
    + 2 * part * rest * load<f64>(squares + fold + cells(upper))
    + part * part * load<f64>(squares + cells(upper));
}
