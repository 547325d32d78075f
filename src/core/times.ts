/** Place of the time nearest to another; of two as near the first. 0 of no times. */
export function nearestTime(times: ArrayLike<number>, timeS: number): number {
  let best = 0;
  for (let at = 1; at < times.length; at++)
    if (Math.abs(times[at] - timeS) < Math.abs(times[best] - timeS)) best = at;
  return best;
}

/** Half the distance of the first two times; `ofOne` where there are no two. */
export function halfStep(times: ArrayLike<number>, ofOne = Infinity): number {
  return times.length < 2 ? ofOne : Math.abs(times[1] - times[0]) / 2;
}

/** Whether times are as many and each within so much of the other's. */
export function sameTimes(a: Float64Array, b: Float64Array, halfS = halfStep(a)): boolean {
  return a.length === b.length && a.every((time, at) => Math.abs(time - b[at]) <= halfS);
}
