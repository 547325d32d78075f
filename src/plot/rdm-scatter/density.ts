/** Heights of a smooth density of values at even places from `low` to `high`, by Gaussian kernels (Silverman's width). */
export function density(values: Float64Array, low: number, high: number, n: number): Float64Array {
  const heights = new Float64Array(n);
  if (values.length === 0 || !(high > low)) return heights;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length,
  );
  const step = (high - low) / (n - 1);
  const width = Math.max(1.06 * spread * values.length ** -0.2, step);
  // Counted on the places first, so that a million values cost no more than the places do.
  const counts = new Float64Array(n);
  for (const value of values)
    counts[Math.min(n - 1, Math.max(0, Math.round((value - low) / step)))]++;
  for (let at = 0; at < n; at++)
    for (let k = 0; k < n; k++)
      heights[at] += counts[k] * Math.exp(-0.5 * (((at - k) * step) / width) ** 2);
  const total = heights.reduce((sum, height) => sum + height, 0) * step;
  return heights.map((height) => height / total);
}
