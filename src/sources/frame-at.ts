import { InvalidArgument } from "../core/errors.ts";
import { nearestTime } from "../core/times.ts";

/** Which of several times is asked for: the nearest; of one it need not be said. Throws `InvalidArgument`. */
export function frameAt(times: Float64Array, tstepS: number, atS: number | undefined): number {
  if (times.length < 2 && atS === undefined) return 0;
  if (atS === undefined)
    throw new InvalidArgument(
      "atS",
      atS,
      `say which of ${times.length} times is to be drawn, in seconds`,
    );
  const best = nearestTime(times, atS);
  if (Math.abs(times[best] - atS) <= tstepS * 0.500001) return best;
  throw new InvalidArgument(
    "atS",
    atS,
    `times go from ${times[0]} to ${times[times.length - 1]} s`,
  );
}
