/**
 * Where the variance is a small part of the sum of squares, the short formula loses digits: beyond this ratio a
 * pattern is computed afresh, mean first.
 */
const LOSSY = 256;

/** True when a norm taken from sums has lost too many digits: 1 / norm, the sum of squares it came from. */
export function isLossy(scale: number, square: number): boolean {
  if (!Number.isFinite(square) || square === 0) return false;
  return !(square * scale * scale <= LOSSY);
}

/** The pattern minus its mean, over its norm; all NaN when it is constant. */
function unitPattern(pattern: Float64Array): Float64Array {
  if (pattern.every((value) => value === pattern[0])) return pattern.map(() => NaN);
  const mean = pattern.reduce((sum, value) => sum + value, 0) / pattern.length;
  const centred = pattern.map((value) => value - mean);
  const norm = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  return centred.map((value) => value / norm);
}

/** Rounding noise of 1 − r: nearer to 0 or 2, two patterns cannot be told from equal or opposite ones. */
const NOISE = 9e-16;

/** A distance 1 − r without its rounding where that alone keeps it from 0 or 2; of two features it always does. */
export function withoutNoise(distance: number, nFeatures: number): number {
  const noise = nFeatures === 2 ? 1 : NOISE;
  if (Math.abs(distance) < noise) return 0;
  return Math.abs(2 - distance) < noise ? 2 : distance;
}

/** 1 − r of two unit patterns. */
function unitDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return withoutNoise(1 - sum, a.length);
}

/**
 * Compute afresh all pairs of the items that have lost digits. Every pattern is centred once, and only those of these
 * items are kept.
 *
 * @param put - called once for every such pair i < j.
 */
export function repairPairs(
  n: number,
  hasLost: (item: number) => boolean,
  patternOf: (item: number) => Float64Array,
  put: (i: number, j: number, distance: number) => void,
): void {
  const lossy = Array.from({ length: n }, (_, item) => item).filter(hasLost);
  if (lossy.length === 0) return;
  const units = new Map(lossy.map((item) => [item, unitPattern(patternOf(item))]));
  for (let j = 0; j < n; j++) {
    const own = units.get(j);
    const unit = own ?? unitPattern(patternOf(j));
    for (const [i, other] of units) {
      // Pairs of two such items are met twice; once is enough.
      if (i === j || (own !== undefined && i > j)) continue;
      put(Math.min(i, j), Math.max(i, j), unitDistance(unit, other));
    }
  }
}
