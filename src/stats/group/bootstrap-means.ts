import { pauses } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import type { WatchOptions } from "../permutation/walk.ts";
import type { Observations } from "../permutation/observations.ts";
import { quantileOf } from "../quantile.ts";

/** Percentiles of the means of drawn people, at every position. Throws `Cancelled`. */
export async function bootstrapBounds(
  { data, nObservations: n, nPositions }: Observations,
  draws: Int32Array,
  level: number,
  job: WatchOptions,
): Promise<{ lower: Float64Array; upper: Float64Array }> {
  const line = reporter(job, "bootstrap", nPositions);
  const pause = pauses(job.signal, "bootstrap of people");
  const [lower, upper] = [new Float64Array(nPositions), new Float64Array(nPositions)];
  const means = new Float64Array(draws.length / n);
  for (let j = 0; j < nPositions; j++) {
    drawnMeans(data.subarray(j), nPositions, draws, n, means);
    means.sort();
    // NaN sorts last: where one is, a person has no value.
    const known = !Number.isNaN(means[means.length - 1]);
    lower[j] = known ? quantileOf(means, (1 - level) / 2) : NaN;
    upper[j] = known ? quantileOf(means, (1 + level) / 2) : NaN;
    if (!pause.due()) continue;
    line.update(j + 1);
    await pause.turn();
  }
  line.update(nPositions);
  line.finish();
  return { lower, upper };
}

function drawnMeans(
  values: Float64Array,
  step: number,
  draws: Int32Array,
  n: number,
  out: Float64Array,
): void {
  for (let draw = 0, k = 0; draw < out.length; draw++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[draws[k++] * step];
    out[draw] = sum / n;
  }
}
