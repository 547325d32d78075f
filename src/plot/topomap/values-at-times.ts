import { nearestTime } from "../../core/times.ts";
import { InvalidArgument } from "../../core/errors.ts";
import type { SensorScores } from "../../meg/sensor-scores.ts";
import type { SensorValues } from "./sensor-values.ts";

/** A model's scores at the samples nearest to some times, one map each; at the time of the peak by default. */
export function valuesAtTimes(
  scores: SensorScores,
  model: string | undefined,
  timesS: readonly number[] | undefined,
): SensorValues[] {
  if (scores.channels.length === 1)
    throw new InvalidArgument(
      "values",
      "scores of one sensor, or of all pooled",
      "a map needs scores of each sensor: give rsaEpochs a spatialRadiusM",
    );
  const series = scores.channels.map((channel) => scores.series(model, channel));
  const wanted = timesS ?? [scores.peak(model).timeS];
  return wanted.map((timeS) => {
    const at = nearestSample(scores.times, timeS);
    return {
      name: `${series[0].name}, ${scores.times[at].toFixed(3)} s`,
      channels: scores.channels,
      values: series.map(({ values }) => values[at]),
    };
  });
}

/** The sample nearest to a time. Throws `InvalidArgument` for a time outside. */
export function nearestSample(times: Float64Array, timeS: number): number {
  const step = times.length < 2 ? Infinity : times[1] - times[0];
  const [first, last] = [times[0] - step / 2, times[times.length - 1] + step / 2];
  if (!(timeS >= first && timeS <= last))
    throw new InvalidArgument(
      "timesS",
      timeS,
      `give times from ${times[0]} to ${times[times.length - 1]} s`,
    );
  return nearestTime(times, timeS);
}
