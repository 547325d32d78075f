import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { toVector } from "../../core/gate/vector.ts";
import type { MatrixLike } from "../../core/matrix.ts";
import { toObservations, type Observations } from "../permutation/observations.ts";

/** When the mean over people is highest, and how sure that time is. */
export interface PeakLatency {
  readonly timeS: number;
  /** Height of the mean there. */
  readonly value: number;
  /** Standard error of the time, by leaving out each person in turn (Miller, Patterson & Ulrich 1998). */
  readonly seS: number;
  /** The time without each of the people, in their order. */
  readonly jackknife: Float64Array;
}

/**
 * Latency of the peak of the mean over people, with its jackknife standard error √((n − 1)/n Σ(xᵢ − x̄)²): peaks of
 * single people are too noisy to be averaged. Times at which a person has no value are left out.
 *
 * @param data - nPeople × nTimes.
 * @throws `InvalidArgument`, `ShapeMismatch`.
 *
 * @example
 * import { peakLatency } from "tsrsa";
 * const people = [[0, 1, 3, 1], [0, 2, 1, 0], [0, 1, 4, 2]];
 * const { timeS, jackknife } = peakLatency(people, [0, 0.1, 0.2, 0.3]);
 * timeS; // 0.2
 * jackknife; // Float64Array(3) [ 0.2, 0.2, 0.2 ]
 */
export function peakLatency(data: MatrixLike, timesS: ArrayLike<number>): PeakLatency {
  const people = toObservations(data, "data", 2);
  const times = toVector(timesS, "timesS");
  if (times.length !== people.nPositions)
    throw new ShapeMismatch(`${people.nPositions} times, one for each column`, `${times.length}`);
  const at = peakWithout(people, -1);
  if (at.place < 0)
    throw new InvalidArgument(
      "data",
      "no finite mean",
      "there is no time at which all people have a value",
    );
  const n = people.nObservations;
  const jackknife = Float64Array.from(
    { length: n },
    (_, left) => times[peakWithout(people, left).place],
  );
  const mean = jackknife.reduce((sum, time) => sum + time, 0) / n;
  const squares = jackknife.reduce((sum, time) => sum + (time - mean) ** 2, 0);
  return {
    timeS: times[at.place],
    value: at.value,
    jackknife,
    seS: Math.sqrt(((n - 1) / n) * squares),
  };
}

/** Place and height of the highest mean of all people but one; −1 when no mean is finite. */
function peakWithout({ data, nObservations: n, nPositions }: Observations, left: number) {
  let [place, value] = [-1, -Infinity];
  for (let j = 0; j < nPositions; j++) {
    let [sum, all] = [0, 0];
    for (let i = 0; i < n; i++) {
      const score = data[i * nPositions + j];
      all += score;
      if (i !== left) sum += score;
    }
    const mean = sum / (left < 0 ? n : n - 1);
    if (Number.isFinite(all) && mean > value) [place, value] = [j, mean];
  }
  return { place, value };
}
