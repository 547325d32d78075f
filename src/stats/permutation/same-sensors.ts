import { ItemMismatch, ShapeMismatch } from "../../core/errors.ts";
import { isMatrix, sizeOf, type MatrixLike } from "../../core/matrix.ts";
import type { LabelledObservations } from "./labelled-observations.ts";

/**
 * A second sample with its sensors in the order of the first, joined by name where both have names. Throws
 * `ItemMismatch` when they have not the same sensors, `ShapeMismatch` when their axes differ.
 */
export function sameSensors(first: MatrixLike, second: MatrixLike): MatrixLike {
  if (!isLabelled(first) || !isLabelled(second)) return second;
  if (first.axes.join() !== second.axes.join())
    throw new ShapeMismatch(
      `a second sample with axes ${first.axes.join(" × ")}`,
      second.axes.join(" × "),
    );
  const { channels: wanted } = first;
  const { channels: found } = second;
  const axis = second.axes.indexOf("sensors");
  if (wanted === undefined || found === undefined || axis < 0) return second;
  const lacking = wanted.filter((name) => !found.includes(name));
  const more = found.filter((name) => !wanted.includes(name));
  if (lacking.length + more.length > 0)
    throw new ItemMismatch(
      lacking,
      more,
      "give both samples the same sensors, with pick(channels)",
    );
  return takeAlong(
    second,
    axis,
    wanted.map((name) => found.indexOf(name)),
    wanted,
  );
}

function takeAlong(
  sample: LabelledObservations,
  axis: number,
  order: readonly number[],
  channels: readonly string[],
): LabelledObservations {
  const step = sizeOf(sample.shape.slice(axis + 1));
  const data = sample.data.map((_, k) => {
    const place = Math.floor(k / step) % order.length;
    return sample.data[k + (order[place] - place) * step];
  });
  return { ...sample, data, channels };
}

function isLabelled(value: MatrixLike): value is LabelledObservations {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    "axes" in value &&
    isMatrix(value)
  );
}
