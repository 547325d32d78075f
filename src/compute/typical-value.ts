/** At most so many values are looked at. */
const LOOKED_AT = 15;

/**
 * A value from the middle of many: the median of a few of them, evenly spread, infinities and NaN left out; 0 if none.
 *
 * Subtracting it keeps sums of squares small without changing a correlation. A mean would do, were it not that a
 * single huge artefact moves the mean and spoils the digits of everything else.
 */
export function typicalValue(count: number, valueAt: (k: number) => number): number {
  const step = Math.max(1, Math.floor(count / LOOKED_AT));
  const values = new Float64Array(Math.ceil(count / step));
  let found = 0;
  for (let k = 0; k < count; k += step) {
    const value = valueAt(k);
    if (Number.isFinite(value)) values[found++] = value;
  }
  return found === 0 ? 0 : values.subarray(0, found).sort()[found >> 1];
}
