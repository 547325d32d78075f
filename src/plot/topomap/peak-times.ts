/** Samples at which sensors differ most: the highest maxima of their spread, some way apart, in order of time. */
export function peakSamples(series: readonly ArrayLike<number>[], count: number): number[] {
  const n = series[0]?.length ?? 0;
  const spread = Float64Array.from({ length: n }, (_, at) => spreadAt(series, at));
  const isTop = (at: number) =>
    spread[at] >= (spread[at - 1] ?? -1) && spread[at] > (spread[at + 1] ?? -1);
  const tops = Array.from({ length: n }, (_, at) => at).filter(
    (at) => !Number.isNaN(spread[at]) && isTop(at),
  );
  const apart = Math.max(1, Math.ceil(0.06 * n));
  const kept: number[] = [];
  for (const top of tops.sort((a, b) => spread[b] - spread[a] || a - b)) {
    if (kept.length === count) break;
    if (kept.every((other) => Math.abs(other - top) >= apart)) kept.push(top);
  }
  return kept.sort((a, b) => a - b);
}

function spreadAt(series: readonly ArrayLike<number>[], at: number): number {
  const values = series.map((one) => one[at]).filter(Number.isFinite);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
