import { InvalidArgument, ItemMismatch } from "../core/errors.ts";
import { thing } from "../core/gate/kinds.ts";
import { matrix } from "../core/matrix.ts";
import type { Channel, RecordingInfo } from "./channel.ts";
import { Evoked } from "./evoked.ts";
import { SensorScores } from "./sensor-scores.ts";
import { recordingOf, type SensorSource } from "./sensors/sensor-source.ts";

/** Times further from even than this share of their distance are no samples of a rate. */
const UNEVEN = 1e-3;

/**
 * Scores as average responses, one a model, with the sensors of the recording: for `writeEvokeds`, and so for
 * MNE-Python. The values are scores, though a FIF file has units for its channels: they are of kind `other`, and their
 * comment says so. Projectors are left out, as readers would apply them to the scores. Of pooled scores the one channel
 * is called `rsa`.
 *
 * @throws `ItemMismatch` for sensors that the source lacks; `InvalidArgument` when times are not evenly apart.
 *
 * @example
 * import { epochsFromArray, Rdm, rsaEpochs, scoresToEvokeds } from "tsrsa";
 * const data = { data: Float64Array.of(1, 2, 3, 3, 2, 1, 1, 3, 2), shape: [3, 1, 3] };
 * const epochs = epochsFromArray(data, { sfreqHz: 100 });
 * const model = new Rdm([1, 0.5, 0.2], { items: ["a", "b", "c"], name: "idea" });
 * const scores = await rsaEpochs(epochs, model, { labels: ["a", "b", "c"] });
 * scoresToEvokeds(scores, epochs)[0].comment; // "idea (spearman, RSA score)"
 */
export function scoresToEvokeds(scores: SensorScores, source: SensorSource): Evoked[] {
  if (!(scores instanceof SensorScores))
    thing("scores, as rsaEpochs gives them", "modelNames", "toTable")(undefined, "scores");
  const recording = recordingOf(source);
  const info = infoOf(scores, recording);
  return scores.modelNames.map((name, m) => {
    const size = scores.channels.length * scores.times.length;
    const values = scores.scores.slice(m * size, (m + 1) * size);
    return new Evoked({
      info,
      times: scores.times,
      data: matrix(values, [scores.channels.length, scores.times.length]),
      comment: `${name} (${scores.rsaMetric}, RSA score)`,
      nAverages: 1,
      kind: "other",
    });
  });
}

function infoOf({ channels, times }: SensorScores, recording: RecordingInfo): RecordingInfo {
  const known = new Map(recording.channels.map((channel) => [channel.name, channel]));
  const pooled = channels.length === 1 && !known.has(channels[0]);
  const lost = pooled ? [] : channels.filter((name) => !known.has(name));
  if (lost.length > 0)
    throw new ItemMismatch(lost, [], "give the info of the recording that was scored");
  const kept = pooled
    ? [pooledChannel(channels[0])]
    : channels.flatMap((name) => known.get(name) ?? []);
  const { fif } = recording;
  return {
    channels: kept,
    sfreqHz: rateOf(times, recording.sfreqHz),
    bads: recording.bads.filter((name) => channels.includes(name)),
    ...(fif === undefined ? {} : { fif: { ...fif, projections: [] } }),
  };
}

function pooledChannel(name: string): Channel {
  return { name, type: "misc", position: [NaN, NaN, NaN] };
}

function rateOf(times: Float64Array, sfreqHz: number): number {
  if (times.length < 2) return sfreqHz;
  const step = (times[times.length - 1] - times[0]) / (times.length - 1);
  const even = times.every((time, at) => Math.abs(time - times[0] - at * step) <= UNEVEN * step);
  if (step > 0 && even) return 1 / step;
  throw new InvalidArgument(
    "times",
    "times that are not evenly apart",
    "a FIF file has one sampling rate",
  );
}
