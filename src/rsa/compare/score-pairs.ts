import { pauses, type JobOptions } from "../../core/job.ts";

export const WORK = "comparing RDMs";

/** Each a with each b, one after the other: nA × nB in C order. Throws `Cancelled`. */
export async function scorePairs<Side>(
  score: (a: Side, b: Side) => number,
  a: readonly Side[],
  b: readonly Side[],
  job: JobOptions,
): Promise<Float64Array> {
  const scores = new Float64Array(a.length * b.length);
  const pause = pauses(job.signal, WORK);
  for (let k = 0; k < scores.length; k++) {
    scores[k] = score(a[Math.floor(k / b.length)], b[k % b.length]);
    if (pause.due()) await pause.turn();
  }
  return scores;
}
