/** The value below which a share of sorted values lies, in a straight line between two, as `numpy.quantile`. NaN of none. */
export function quantileOf(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.max(0, Math.floor(at));
  const part = at - below;
  const low = sorted[below] ?? NaN;
  return part === 0 ? low : low + part * (sorted[below + 1] - low);
}
