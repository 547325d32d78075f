import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { cells, either, oneOf, thing } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import { random } from "../stats/random.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { oneListNotes } from "../stats/group/one-list-notes.ts";
import { TimeTime } from "../rsa/time-time/time-time.ts";
import {
  timeTimeNames,
  timeTimeRdms,
  type TimeTimeOptions,
} from "../rsa/time-time/time-time-rdms.ts";
import type { Alignment } from "../table/align.ts";
import type { Cell } from "../table/columns.ts";
import { alignEpochs } from "./align-epochs.ts";
import { anEpochs, type Epochs } from "./epochs.ts";
import { rdmEpochsNames, type RdmEpochsOptions } from "./rdm-epochs.ts";
import { RdmSequence } from "./rdm-sequence.ts";
import { sensorSearchlight } from "./sensor-searchlight.ts";
import { radiusInSamples } from "./time-range.ts";

/** What {@link timeTimeEpochs} takes. */
export interface TimeTimeEpochsOptions
  extends Omit<RdmEpochsOptions, "spatialRadiusM" | "neighbours">, TimeTimeOptions {
  /**
   * Compare halves of each item's epochs: drawn at random by `seed`, or as a list says, one of two values for each epoch (a
   * session, odd and even runs). Rows are the first half, columns the second. Default: the recording with itself.
   */
  readonly halves?: "random" | ArrayLike<Cell>;
  /** Seed of random halves. Default: 0. */
  readonly seed?: number;
  /** Another recording, region or person in the columns: epochs with the same labels. */
  readonly versus?: Epochs;
}

const timeTimeEpochsNames: OptionNames<TimeTimeEpochsOptions> = {
  ...without(["spatialRadiusM", "neighbours"], rdmEpochsNames),
  ...timeTimeNames,
  halves: either(oneOf(["random"]), cells),
  seed: true,
  versus: thing("Epochs, as readEpochs gives them", "events", "info"),
};

/**
 * RDM similarity over time: how alike the RDM of every window is to that of every other, within one recording, between
 * halves of its epochs (`halves`: then the diagonal is reliability), or between two recordings (`versus`). All sensors of
 * `picks` are pooled; without `temporalRadiusS` windows are single samples.
 *
 * @throws as {@link rdmEpochs}; InvalidArgument for an item with a single epoch where halves are wanted; Cancelled.
 * @example
 * import { epochsFromArray, random, timeTimeEpochs } from "tsrsa";
 * const rng = random(1);
 * const data = { data: Float64Array.from({ length: 8 * 3 * 5 }, () => rng.normal()), shape: [8, 3, 5] };
 * const labels = ["a", "b", "c", "d", "a", "b", "c", "d"];
 * const found = await timeTimeEpochs(epochsFromArray(data, { sfreqHz: 100 }), { labels, onProgress: false });
 * found.at(0.02, 0.02); // 1
 */
export async function timeTimeEpochs(
  epochs: Epochs,
  options: TimeTimeEpochsOptions = {},
): Promise<TimeTime> {
  anEpochs(epochs, "epochs");
  checkOptions(options, timeTimeEpochsNames);
  const { halves, versus, seed = 0, temporalRadiusS = 0 } = options;
  if (halves !== undefined && versus !== undefined)
    throw new InvalidArgument("versus", "given with halves", "pass one of the two");
  const alignment = alignEpochs(epochs, options, options.items);
  const how = { ...options, temporalRadiusS };
  const rdmsOf = (of: Epochs, items: Alignment): Promise<Rdm[]> =>
    new RdmSequence(sensorSearchlight(of, items, how), items.items, how).toArray(options);
  const { rsaMetric, ignoreNan, signal, onProgress, jobs } = options;
  const compare = { rsaMetric, ignoreNan, signal, onProgress, jobs };
  if (halves !== undefined) {
    const [first, second] = halvesOf(alignment, halves, seed);
    const rows = await rdmsOf(epochs, first);
    return timeTimeRdms(rows, await rdmsOf(epochs, second), {
      ...compare,
      rowName: "half 1",
      columnName: "half 2",
    });
  }
  const rows = await rdmsOf(epochs, alignment);
  const { sfreqHz } = epochs.info;
  const overlapS = (2 * radiusInSamples(temporalRadiusS, sfreqHz)) / sfreqHz;
  if (versus !== undefined) {
    const columns = await rdmsOf(versus, alignEpochs(versus, options, alignment.items));
    const names = { rowName: "epochs", columnName: "versus" };
    if (!epochs.sharesDataWith(versus) && !someEqual(rows, columns)) {
      const column = "the name of a column of the metadata";
      const notes = oneListNotes(["epochs", "versus"], options, undefined, "epochs", column);
      return new TimeTime({
        ...(await timeTimeRdms(rows, columns, { ...compare, ...names })),
        notes,
      });
    }
    const shared = await timeTimeRdms(rows, columns, { ...compare, ...names, overlapS });
    return new TimeTime({
      ...shared,
      notes: ["epochs and versus share data, so that a test leaves near times out"],
    });
  }
  const found = await timeTimeRdms(rows, rows, {
    ...compare,
    rowName: "epochs",
    columnName: "epochs",
    overlapS,
  });
  return new TimeTime({
    ...found,
    notes: [
      "the diagonal is 1 by construction, and near times share data or slow noise: compare halves to see more",
    ],
  });
}

/** Whether the RDMs of some time are one to the last digit, as of a recording that was read twice. */
function someEqual(rows: readonly Rdm[], columns: readonly Rdm[]): boolean {
  return rows.some((row, at) => {
    const column = columns.at(at);
    return (
      column?.meta.timeS === row.meta.timeS &&
      row.condensed.every((d, pair) => d === column?.condensed[pair])
    );
  });
}

/** The same items of one half of the epochs each. */
function halvesOf(
  alignment: Alignment,
  halves: "random" | ArrayLike<Cell>,
  seed: number,
): [Alignment, Alignment] {
  const half = halves === "random" ? randomHalves(alignment, seed) : givenHalves(alignment, halves);
  const only = (which: number): Alignment => {
    const index = alignment.index.map((item, epoch) => (half[epoch] === which ? item : -1));
    const counts = alignment.counts.map((_, item) => index.filter((one) => one === item).length);
    return { ...alignment, index, counts };
  };
  const both: [Alignment, Alignment] = [only(0), only(1)];
  for (const [which, { index }] of both.entries()) {
    const lacking = alignment.items.find((_, item) => !index.includes(item));
    if (lacking === undefined) continue;
    throw new InvalidArgument(
      "halves",
      `no epoch of ${lacking} in half ${which + 1}`,
      "every item needs epochs in both; leave it out with items, or split otherwise",
    );
  }
  return both;
}

/** Half of the epochs of every item, drawn at random; one more in the first where they are odd. */
function randomHalves({ items, index }: Alignment, seed: number): Int32Array {
  const half = new Int32Array(index.length);
  const rng = random(seed);
  items.forEach((_, item) => {
    const epochs = Int32Array.from(index.keys()).filter((epoch) => index[epoch] === item);
    rng.permutation(epochs.length).forEach((at, k) => (half[epochs[at]] = k % 2));
  });
  return half;
}

function givenHalves({ index }: Alignment, halves: ArrayLike<Cell>): Int32Array {
  if (halves.length !== index.length)
    throw new ShapeMismatch(
      `${index.length} values, one for each epoch`,
      `${halves.length}`,
      "say of every epoch which half it is in",
    );
  const distinct = [...new Set(Array.from(halves))];
  if (distinct.length !== 2)
    throw new InvalidArgument(
      "halves",
      `${distinct.length} different values`,
      "give two: one for each half",
    );
  return Int32Array.from(Array.from(halves), (value) => distinct.indexOf(value));
}
