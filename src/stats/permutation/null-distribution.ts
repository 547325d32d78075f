/** Two sums of the same numbers in another order differ by rounding; they count as equal. */
const ROUNDING = 1e-12;

/** Share of a null distribution (sorted ascending, the observed value among it) that is at least `observed`. */
export function shareAtLeast(sorted: Float64Array, observed: number): number {
  if (Number.isNaN(observed)) return Number.NaN;
  const limit = Number.isFinite(observed) ? observed - ROUNDING * Math.abs(observed) : observed;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] >= limit) high = middle;
    else low = middle + 1;
  }
  return (sorted.length - low) / sorted.length;
}
