import { addScaled } from "./multiply";

/** What scikit-learn calls equal: the float32 epsilon. */
const EQUAL: f64 = 1.1920928955078125e-7;
const TINY: f64 = 1.1754943508222875e-38;
const NONE: f64 = 3.4028234663852886e38;
const DEGENERATE: f64 = 1e-7;


// @ts-ignore: decorator
@inline
function cells(n: i32): usize {
  return <usize>n << 3;
}

/**
 * Least angles (lasso) as scikit-learn's `lars_path`; see `twin/lars-path.ts`, step by step the same. `covariances`
 * holds the products with the target and is used up. Alphas and coefficients of each node are written; the number of
 * nodes is returned.
 */
export function larsPath(
  p: i32, gram: usize, products: usize, n: i32, alphaMin: f64, maxIterations: i32,
  alphas: usize, coefs: usize, work: usize,
): i32 {
  const most = min(maxIterations, p);
  const covariances = work;
  const along = covariances + cells(p);
  const weights = along + cells(p);
  const signs = weights + cells(most + 1);
  const zeros = signs + cells(most + 1);
  const factor = zeros + cells(most + 1);
  const loaded = factor + cells(most) * <usize>most;
  const order = loaded + cells(most) * <usize>most;
  memory.copy(covariances, products, cells(p));
  memory.fill(coefs, 0, cells(p));
  for (let j = 0; j < p; j++) store<i32>(order + (<usize>j << 2), j);
  let m = 0;
  let dropped = false;
  for (let k = 0; ; ) {
    const coef = coefs + cells(k) * <usize>p;
    let chosen = -1;
    let size: f64 = -1;
    for (let at = m; at < p; at++) {
      const value = abs(load<f64>(covariances + cells(load<i32>(order + (<usize>at << 2)))));
      if (value > size) {
        size = value;
        chosen = at;
      }
    }
    if (chosen < 0) size = 0;
    const alpha = size / <f64>n;
    const here = alphas + cells(k);
    if (alpha <= alphaMin + EQUAL) {
      const apart = abs(alpha - alphaMin) > EQUAL;
      if (apart && k > 0) interpolate(coef, p, load<f64>(here - 8), alpha, alphaMin);
      store<f64>(here, apart ? alphaMin : alpha);
      return k + 1;
    }
    const full = k >= maxIterations || m >= p;
    if (!full && !dropped) {
      const first = order + (<usize>m << 2);
      const at = order + (<usize>chosen << 2);
      const feature = load<i32>(at);
      store<i32>(at, load<i32>(first));
      store<i32>(first, feature);
      const pivot = enter(p, gram, order, factor, most, m);
      const covariance = load<f64>(covariances + cells(feature));
      if (pivot < DEGENERATE) {
        store<f64>(covariances + cells(feature), 0);
        store<i32>(first, load<i32>(at));
        store<i32>(at, feature);
        continue;
      }
      store<f64>(signs + cells(m), covariance > 0 ? 1 : covariance < 0 ? -1 : 0);
      m++;
    }
    store<f64>(here, alpha);
    if (full || (k > 0 && load<f64>(here - 8) < alpha)) return k + 1;

    const scale = direction(factor, loaded, most, m, signs, weights);
    memory.fill(along, 0, cells(p));
    for (let i = 0; i < m; i++) {
      const feature = load<i32>(order + (<usize>i << 2));
      addScaled(along, load<f64>(weights + cells(i)), gram + cells(feature) * <usize>p, p);
    }
    round(along, p);
    let gamma = nearestOther(p, m, order, covariances, along, size, scale);
    let least = NONE;
    for (let i = 0; i < m; i++) {
      const feature = load<i32>(order + (<usize>i << 2));
      const z = -load<f64>(coef + cells(feature)) / (load<f64>(weights + cells(i)) + TINY);
      store<f64>(zeros + cells(i), z);
      if (z > 0 && z < least) least = z;
    }
    dropped = least < gamma;
    if (dropped) gamma = least;
    const next = coef + cells(p);
    memory.fill(next, 0, cells(p));
    for (let i = 0; i < m; i++) {
      const at = cells(load<i32>(order + (<usize>i << 2)));
      store<f64>(next + at, load<f64>(coef + at) + gamma * load<f64>(weights + cells(i)));
    }
    subtractScaled(covariances, gamma, along, p);
    if (dropped) m = leave(p, gram, products, covariances, next, order, factor, most, m, signs, zeros, least);
    k++;
  }
  return 0;
}

function interpolate(coef: usize, p: i32, before: f64, alpha: f64, alphaMin: f64): void {
  const part = (before - alphaMin) / (before - alpha);
  for (let at: usize = 0; at < cells(p); at += 8) {
    const value = load<f64>(coef - cells(p) + at);
    store<f64>(coef + at, value + part * (load<f64>(coef + at) - value));
  }
}

/** Row m of the triangular factor, for the feature at place m of the order; returns its pivot. */
function enter(p: i32, gram: usize, order: usize, factor: usize, most: i32, m: i32): f64 {
  const feature = load<i32>(order + (<usize>m << 2));
  const from = gram + cells(feature) * <usize>p;
  const row = factor + cells(most) * <usize>m;
  let squares: f64 = 0;
  for (let i = 0; i < m; i++) {
    const other = factor + cells(most) * <usize>i;
    let value = load<f64>(from + cells(load<i32>(order + (<usize>i << 2))));
    for (let k = 0; k < i; k++) value -= load<f64>(other + cells(k)) * load<f64>(row + cells(k));
    value /= load<f64>(other + cells(i));
    store<f64>(row + cells(i), value);
    squares += value * value;
  }
  const diagonal = load<f64>(from + cells(feature));
  const pivot = max(sqrt(abs(diagonal - squares)), f64.EPSILON);
  store<f64>(row + cells(m), pivot);
  return pivot;
}

/** Weights of the active features for a fit of length 1 that has the same angle with all; returns that cosine. */
function direction(factor: usize, loaded: usize, most: i32, m: i32, signs: usize, weights: usize): f64 {
  solve(factor, most, m, signs, weights);
  let scale = 1 / sqrt(total(weights, signs, m));
  if (!isFinite<f64>(scale)) {
    memory.copy(loaded, factor, cells(most) * <usize>m);
    let add = f64.EPSILON;
    while (!isFinite<f64>(scale)) {
      for (let i = 0; i < m; i++) {
        const at = loaded + cells(most) * <usize>i + cells(i);
        store<f64>(at, load<f64>(at) + add);
      }
      solve(loaded, most, m, signs, weights);
      scale = 1 / sqrt(max(total(weights, signs, m), f64.EPSILON));
      add *= 2;
    }
  }
  for (let i = 0; i < m; i++) store<f64>(weights + cells(i), load<f64>(weights + cells(i)) * scale);
  return scale;
}

// @ts-ignore: decorator
@inline
function total(weights: usize, signs: usize, m: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < m; i++) sum += load<f64>(weights + cells(i)) * load<f64>(signs + cells(i));
  return sum;
}

function solve(factor: usize, most: i32, m: i32, right: usize, x: usize): void {
  const rowBytes = cells(most);
  for (let i = 0; i < m; i++) {
    const row = factor + rowBytes * <usize>i;
    let value = load<f64>(right + cells(i));
    for (let k = 0; k < i; k++) value -= load<f64>(row + cells(k)) * load<f64>(x + cells(k));
    store<f64>(x + cells(i), value / load<f64>(row + cells(i)));
  }
  for (let i = m - 1; i >= 0; i--) {
    let value = load<f64>(x + cells(i));
    for (let k = i + 1; k < m; k++) {
      value -= load<f64>(factor + rowBytes * <usize>k + cells(i)) * load<f64>(x + cells(k));
    }
    store<f64>(x + cells(i), value / load<f64>(factor + rowBytes * <usize>i + cells(i)));
  }
}

function round(values: usize, p: i32): void {
  const bytes = cells(p & ~1);
  const factor = f64x2.splat(1e15);
  for (let at: usize = 0; at < bytes; at += 16) {
    const rounded = f64x2.nearest(f64x2.mul(v128.load(values + at), factor));
    v128.store(values + at, f64x2.div(rounded, factor));
  }
  if (p & 1) store<f64>(values + bytes, nearest<f64>(load<f64>(values + bytes) * 1e15) / 1e15);
}

/** How far until a feature that is not active correlates as much as those that are. */
function nearestOther(p: i32, m: i32, order: usize, covariances: usize, along: usize, size: f64, scale: f64): f64 {
  // Of an active feature both are made 0: it then asks for size ÷ scale, which is a bound anyway.
  for (let i = 0; i < m; i++) {
    const at = cells(load<i32>(order + (<usize>i << 2)));
    store<f64>(covariances + at, 0);
    store<f64>(along + at, 0);
  }
  const sizes = f64x2.splat(size);
  const scales = f64x2.splat(scale);
  const tiny = f64x2.splat(TINY);
  const none = f64x2.splat(NONE);
  const zero = f64x2.splat(0);
  let least = none;
  const bytes = cells(p & ~1);
  for (let at: usize = 0; at < bytes; at += 16) {
    const c = v128.load(covariances + at);
    const a = v128.load(along + at);
    const near = f64x2.div(f64x2.sub(sizes, c), f64x2.add(f64x2.sub(scales, a), tiny));
    const far = f64x2.div(f64x2.add(sizes, c), f64x2.add(f64x2.add(scales, a), tiny));
    least = f64x2.pmin(least, v128.bitselect(near, none, f64x2.gt(near, zero)));
    least = f64x2.pmin(least, v128.bitselect(far, none, f64x2.gt(far, zero)));
  }
  let gamma = min(min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1)), size / scale);
  if (p & 1) {
    const c = load<f64>(covariances + bytes);
    const a = load<f64>(along + bytes);
    const near = (size - c) / (scale - a + TINY);
    const far = (size + c) / (scale + a + TINY);
    if (near > 0 && near < gamma) gamma = near;
    if (far > 0 && far < gamma) gamma = far;
  }
  return gamma;
}

// @ts-ignore: decorator
@inline
function subtractScaled(to: usize, factor: f64, from: usize, count: i32): void {
  const f = f64x2.splat(factor);
  const bytes = cells(count & ~1);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(to + at, f64x2.sub(v128.load(to + at), f64x2.mul(f, v128.load(from + at))));
  }
  if (count & 1) store<f64>(to + bytes, load<f64>(to + bytes) - factor * load<f64>(from + bytes));
}

/** Features whose coefficient reached 0 leave, the last first; returns how many are active. */
function leave(
  p: i32, gram: usize, products: usize, covariances: usize, coef: usize, order: usize, factor: usize, most: i32,
  active: i32, signs: usize, zeros: usize, least: f64,
): i32 {
  let m = active;
  for (let i = active - 1; i >= 0; i--) {
    if (load<f64>(zeros + cells(i)) != least) continue;
    const place = order + (<usize>i << 2);
    const feature = load<i32>(place);
    m--;
    // It becomes the first of those that are not active.
    memory.copy(place, place + 4, <usize>(m - i) << 2);
    memory.copy(signs + cells(i), signs + cells(i + 1), cells(m - i));
    store<i32>(order + (<usize>m << 2), feature);
    const row = gram + cells(feature) * <usize>p;
    let covariance = load<f64>(products + cells(feature));
    for (let j = 0; j < p; j++) covariance -= load<f64>(row + cells(j)) * load<f64>(coef + cells(j));
    store<f64>(covariances + cells(feature), covariance);
  }
  for (let i = 0; i < m; i++) enter(p, gram, order, factor, most, i);
  return m;
}
