// `Math.max(...values)` has an argument a value: with more than about 120,000 it throws "Maximum call stack size exceeded".

/** The largest of the values; −Infinity of none, NaN when one is. */
export function largestOf(values: Iterable<number>): number {
  let largest = -Infinity;
  for (const value of values) largest = Math.max(largest, value);
  return largest;
}
