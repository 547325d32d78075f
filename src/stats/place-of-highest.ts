/** Where the highest value is, the first of several; NaN is passed over. 0 where all are NaN, or there is none. */
export function placeOfHighest(values: ArrayLike<number>): number {
  let best = 0;
  for (let at = 1; at < values.length; at++)
    if (values[at] > values[best] || (Number.isNaN(values[best]) && !Number.isNaN(values[at])))
      best = at;
  return best;
}
