import { openSpool } from "#platform/spool";
import { sortOrder } from "../../compute/sort-order.ts";
import type { Pause } from "../../core/job.ts";
import type { Spool } from "../../core/spool.ts";
import { RunReader } from "./run-reader.ts";
import { RankWriter } from "./rank-writer.ts";

/** Average ranks of more values than fit into memory, in a temporary file that is gone when it is closed. */
export interface ExternalRanks {
  readonly count: number;
  /** Ranks of the values from … on, in the order of the values. */
  read(from: number, count: number): Promise<Float64Array>;
  close(): Promise<void>;
}

/**
 * Ranks of values that come in pieces: runs are sorted in memory and put aside, merged once, and their ranks put back
 * where the values were. Equal values have their average rank. Undefined when there is a `NaN`: nothing has a rank then.
 *
 * @param runs - the values, `runLength` at a time and the rest.
 * @param count - how many they will be: the disk is looked at before anything is written.
 */
export async function externalRanks(
  runs: AsyncIterable<Float64Array>,
  runLength: number,
  pause: Pause,
  count = 0,
): Promise<ExternalRanks | undefined> {
  const sorted = await openSpool(SPILLED_BYTES * count);
  const ranks: Spool[] = [];
  try {
    const lengths = await sortRuns(runs, sorted, pause);
    if (lengths === undefined) return undefined;
    while (ranks.length < lengths.length) ranks.push(await openSpool());
    await merge(sorted, lengths, runLength, ranks, pause);
    return await placed(sorted, lengths, runLength, ranks, pause);
  } finally {
    for (const spool of [sorted, ...ranks]) await spool.close();
  }
}

/** Merged values after which the clock is looked at, less one: a power of 2. */
const LOOK_AFTER = 1023;

/** Bytes that a value takes on the disk, in all files there are at a time. */
const SPILLED_BYTES = 32;

/** Bytes of a run in the file of sorted runs: values, and where each was. */
const RUN_BYTES = 12;

/** Lengths of the runs; undefined for a `NaN`. */
async function sortRuns(
  runs: AsyncIterable<Float64Array>,
  sorted: Spool,
  pause: Pause,
): Promise<number[] | undefined> {
  const lengths: number[] = [];
  for await (const values of runs) {
    for (let k = 0; k < values.length; k++) if (Number.isNaN(values[k])) return undefined;
    const order = sortOrder(values);
    const inOrder = new Float64Array(values.length);
    for (let k = 0; k < order.length; k++) inOrder[k] = values[order[k]];
    await sorted.append(bytesOf(inOrder));
    await sorted.append(bytesOf(order));
    lengths.push(values.length);
    if (pause.due()) await pause.turn();
  }
  return lengths;
}

/** Go through all runs at once, from the smallest value on, and write down the rank of each value, run by run. */
async function merge(
  sorted: Spool,
  lengths: readonly number[],
  runLength: number,
  ranks: readonly Spool[],
  pause: Pause,
): Promise<void> {
  const readers = lengths.map(
    (length, run) => new RunReader(sorted, run * runLength * RUN_BYTES, length),
  );
  const writers = ranks.map((spool) => new RankWriter(spool));
  for (const reader of readers) await reader.fill();
  const counts = new Float64Array(readers.length);
  for (let before = 0, steps = 0; ;) {
    const least = leastOf(readers);
    if (least === undefined) break;
    // Ties of all runs together.
    let ties = 0;
    for (let run = 0; run < readers.length; run++) {
      const reader = readers[run];
      for (counts[run] = 0; reader.hasValue && reader.value === least; counts[run]++) {
        reader.next();
        if (reader.isEmpty) await reader.fill();
      }
      ties += counts[run];
    }
    for (let run = 0; run < readers.length; run++)
      for (let k = 0; k < counts[run]; k++)
        if (writers[run].put(before + (ties + 1) / 2)) await writers[run].flush();
    before += ties;
    if ((++steps & LOOK_AFTER) === 0 && pause.due()) await pause.turn();
  }
  for (const writer of writers) await writer.flush();
}

/** The smallest value that comes next; undefined at the end of all runs. */
function leastOf(readers: readonly RunReader[]): number | undefined {
  let least: number | undefined;
  for (let run = 0; run < readers.length; run++) {
    const reader = readers[run];
    if (reader.hasValue && (least === undefined || reader.value < least)) least = reader.value;
  }
  return least;
}

/** Ranks back where the values were, run by run. */
async function placed(
  sorted: Spool,
  lengths: readonly number[],
  runLength: number,
  ranks: readonly Spool[],
  pause: Pause,
): Promise<ExternalRanks> {
  const out = await openSpool();
  try {
    for (const [run, length] of lengths.entries()) {
      const at = run * runLength * RUN_BYTES + 8 * length;
      const order = new Uint32Array((await sorted.read(at, 4 * length)).buffer);
      const inOrder = new Float64Array((await ranks[run].read(0, 8 * length)).buffer);
      const own = new Float64Array(length);
      for (let k = 0; k < length; k++) own[order[k]] = inOrder[k];
      await out.append(bytesOf(own));
      if (pause.due()) await pause.turn();
    }
  } catch (error) {
    await out.close();
    throw error;
  }
  return {
    count: lengths.reduce((sum, length) => sum + length, 0),
    read: async (from, count) => new Float64Array((await out.read(8 * from, 8 * count)).buffer),
    close: () => out.close(),
  };
}

function bytesOf(values: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
