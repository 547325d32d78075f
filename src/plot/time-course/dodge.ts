/** Heights as near to the wanted ones as lets each keep `distance` from the next, between `top` and `bottom`. */
export function dodge(
  wanted: readonly number[],
  distance: number,
  { top, bottom }: { top: number; bottom: number },
): readonly number[] {
  const order = wanted.map((_, at) => at).sort((a, b) => wanted[a] - wanted[b]);
  const placed = [...wanted];
  let free = top;
  for (const at of order) {
    placed[at] = Math.max(placed[at], free);
    free = placed[at] + distance;
  }
  let limit = bottom;
  for (const at of order.toReversed()) {
    placed[at] = Math.min(placed[at], limit);
    limit = placed[at] - distance;
  }
  return placed;
}
