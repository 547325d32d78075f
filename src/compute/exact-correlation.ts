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
export function unitPattern(pattern: Float64Array): Float64Array {
  if (pattern.every((value) => value === pattern[0])) return pattern.map(() => NaN);
  const mean = pattern.reduce((sum, value) => sum + value, 0) / pattern.length;
  const centred = pattern.map((value) => value - mean);
  const norm = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  return centred.map((value) => value / norm);
}

/** 1 − r of two unit patterns. */
export function unitDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return 1 - sum;
}
