import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import type { Cell } from "../table/columns.ts";
import { Epochs } from "./epochs.ts";
import { memoryStore, wholePart } from "./epochs-store.ts";
import type { Evoked } from "./evoked.ts";

/**
 * Evokeds as epochs, one each, so that both are analysed by the same code. With `weighted` each is multiplied by the
 * root of the number of epochs averaged, which whitening needs (as `mne.whiten_evoked` does).
 * Throws `ShapeMismatch` when their channels or times differ.
 */
export function stackEvokeds(evokeds: readonly Evoked[], weighted: boolean): Epochs {
  if (evokeds.length === 0)
    throw new InvalidArgument("evokeds", "none", "give at least one per item");
  const [{ info, times }] = evokeds;
  evokeds.forEach((evoked, at) => refuseDifferent(evokeds[0], evoked, at));
  const width = info.channels.length * times.length;
  const data = new Float64Array(evokeds.length * width);
  evokeds.forEach((evoked, at) => {
    const weight = weighted ? Math.sqrt(evoked.nAverages) : 1;
    evoked.data.data.forEach((value, i) => (data[at * width + i] = weight * value));
  });
  const at = Int32Array.from(evokeds.keys());
  return new Epochs({
    info,
    times,
    events: {
      codes: at,
      samples: at,
      names: new Map(evokeds.map(({ comment }, i) => [i, comment])),
    },
    selection: at,
    dropLog: evokeds.map(() => []),
    store: memoryStore(data, [evokeds.length, info.channels.length, times.length]),
    part: wholePart(evokeds.length, info.channels.length, times.length),
  });
}

/** Labels of evokeds that were given none: their comments when these tell them apart. */
export function commentsOf(evokeds: readonly Evoked[]): readonly Cell[] | undefined {
  const comments = evokeds.map(({ comment }) => comment);
  const distinct = new Set(comments).size === comments.length && !comments.includes("");
  return distinct ? comments : undefined;
}

function refuseDifferent(first: Evoked, evoked: Evoked, at: number): void {
  const names = (of: Evoked) => of.info.channels.map(({ name }) => name).join();
  if (names(first) !== names(evoked))
    throw new ShapeMismatch(
      "the same channels in every evoked",
      `others in evoked ${at}`,
      "pick the same channels from all",
    );
  const same =
    first.times.length === evoked.times.length &&
    first.times.every((time, i) => time === evoked.times[i]);
  if (!same)
    throw new ShapeMismatch(
      "the same times in every evoked",
      `others in evoked ${at}`,
      "crop all to the same times",
    );
}
