/** True when any value is `NaN`. */
export function hasNaN(values: ArrayLike<number>): boolean {
  if (values instanceof Float64Array) return anyNaN(values);
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

/** The same of one kind of list alone, which makes the loop several times faster. */
function anyNaN(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
  return false;
}
