/** The middle of values in ascending order; of an even number the mean of the two in the middle. `NaN` of none. */
export function middleOf(sorted: Float64Array): number {
  const n = sorted.length;
  if (n === 0) return NaN;
  return n % 2 === 1 ? sorted[(n - 1) / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}
