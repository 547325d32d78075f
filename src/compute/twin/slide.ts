/**
 * Sums over windows from sums over samples, adding only: the end of the stretch that all windows of a segment share
 * a sample with, plus the start of the next. Writes windows first … last − 1 of the segment.
 */
export function slideSums(
  sampleSum: (t: number) => number,
  { first, last, length }: { first: number; last: number; length: number },
  write: (s: number, sum: number) => void,
): void {
  const sums = new Float64Array(Math.max(length, last));
  for (let t = length - 1; t >= first; t--) {
    sums[t] = t === length - 1 ? sampleSum(t) : sampleSum(t) + sums[t + 1];
  }
  let prefix = 0;
  for (let s = 1; s < last; s++) {
    prefix += sampleSum(s + length - 1);
    if (s >= first) sums[s] += prefix;
  }
  for (let s = first; s < last; s++) write(s, sums[s]);
}

/** Segments of windows from … to − 1, each with the windows of it that are wanted. */
export function segmentsOf(
  from: number,
  to: number,
  windows: number,
): { base: number; first: number; last: number }[] {
  const segments = [];
  for (let base = from - (from % windows); base < to; base += windows) {
    segments.push({ base, first: Math.max(0, from - base), last: Math.min(windows, to - base) });
  }
  return segments;
}
