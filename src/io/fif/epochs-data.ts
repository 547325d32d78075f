import { FileFormatError, Unsupported } from "../../core/errors.ts";
import { throwIfCancelled } from "../../core/job.ts";
import { Budget } from "../budget/budget.ts";
import type { EpochsPart } from "./epochs-part.ts";
import { applyProjector } from "./projector.ts";
import type { Projector } from "./projector.ts";
import { elementOf } from "./values.ts";

/** Which part of the data to read: indices of epochs and channels, samples from `first` up to but not `last`. */
export interface DataSelection {
  readonly epochs: readonly number[];
  readonly channels: readonly number[];
  readonly first: number;
  readonly last: number;
  readonly signal: AbortSignal | undefined;
}

// Rows nearer to one another than this are fetched at once.
const mostGapBytes = 1 << 15;

/**
 * Read the rows asked for, epoch by epoch in the file's order, so that memory holds the result and one epoch.
 * A projection needs all the channels it mixes: they are read, projected, and only those asked for are kept.
 */
export async function readEpochsData(
  parts: readonly EpochsPart[],
  selection: DataSelection,
  projector: Projector | undefined,
): Promise<{ data: Float64Array; imaginary: Float64Array | undefined }> {
  const width = selection.last - selection.first;
  const perEpoch = selection.channels.length * width;
  const complex = parts.map((part) => elementOf(part.file, part.data).complex);
  if (complex.some((one) => one !== complex[0]))
    throw new FileFormatError(parts[0].file.name, "parts", "the same type of numbers", "several");
  const length = perEpoch * selection.epochs.length;
  takeRoom(parts, length * (complex[0] ? 2 : 1));
  const data = allocate(parts[0].file.name, length);
  const imaginary = complex[0] ? allocate(parts[0].file.name, length) : undefined;
  const places = selection.epochs.map((epoch, place) => ({
    ...locate(parts, epoch),
    epoch,
    place,
  }));
  // In the file's order, since a packed file can only be read forwards.
  places.sort((a, b) => a.epoch - b.epoch);
  const rows = new RowReader(parts[0], selection, projector);
  for (const { part, local, place } of places) {
    throwIfCancelled(selection.signal, "reading epochs");
    await rows.read(part, local);
    rows.copyTo(data, place * perEpoch, 0);
    if (imaginary !== undefined) rows.copyTo(imaginary, place * perEpoch, 1);
  }
  return { data, imaginary };
}

/** Numbers for each byte of a packed file, at most. */
const mostNumbersPerByte = 100;

/** Each reading may take as much, as the numbers are handed out. */
function takeRoom(parts: readonly EpochsPart[], numbers: number): void {
  const stored = parts.reduce((sum, { file }) => sum + file.source.storedBytes, 0);
  new Budget(parts[0].file.name, stored, { ratio: 8 * mostNumbersPerByte }).take(
    8 * numbers,
    "data of the epochs",
  );
}

function allocate(name: string, length: number): Float64Array {
  try {
    return new Float64Array(length);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const gigabytes = (length * 8) / 2 ** 30;
    throw new Unsupported(
      `${name}: ${gigabytes.toFixed(1)} GiB of data do not fit in memory`,
      "read fewer channels, samples or epochs at a time",
    );
  }
}

function locate(parts: readonly EpochsPart[], epoch: number): { part: EpochsPart; local: number } {
  let local = epoch;
  for (const part of parts) {
    if (local < part.nEpochs) return { part, local };
    local -= part.nEpochs;
  }
  throw new RangeError(`no epoch ${epoch}`);
}

// The rows of one epoch that are needed, calibrated, in buffers used again for every epoch.
class RowReader {
  private readonly width: number;
  private readonly rows: readonly number[];
  private readonly slot: Map<number, number>;
  private readonly wanted: readonly number[];
  private readonly values: [Float64Array, Float64Array];
  private readonly cals: readonly number[];
  private readonly nTimes: number;
  private readonly projector: Projector | undefined;

  constructor(
    part: EpochsPart,
    private readonly selection: DataSelection,
    projector: Projector | undefined,
  ) {
    const { channels, first, last } = selection;
    this.width = last - first;
    this.nTimes = part.header.times.length;
    this.cals = part.header.info.channels.map((channel) => channel.cal);
    const mixed = projector === undefined ? [] : mixedChannels(projector);
    const touched = channels.some((channel) => mixed.includes(channel));
    const needed = new Set([...channels, ...(touched ? mixed : [])]);
    this.rows = [...needed].sort((a, b) => a - b);
    this.projector = touched ? ofRows(projector, this.rows) : undefined;
    this.slot = new Map(this.rows.map((row, i) => [row, i]));
    this.wanted = [...new Set(channels)].map((channel) => this.slot.get(channel) ?? 0);
    const size = this.rows.length * this.width;
    const { complex } = elementOf(part.file, part.data);
    this.values = [new Float64Array(size), new Float64Array(complex ? size : 0)];
  }

  async read(part: EpochsPart, epoch: number): Promise<void> {
    const { complex, bytes } = elementOf(part.file, part.data);
    const each = complex ? 2 * bytes : bytes;
    const rowBytes = this.nTimes * each;
    const start = part.data.position + epoch * this.cals.length * rowBytes;
    for (const rows of runsOf(this.rows, rowBytes)) {
      const from = start + rows[0] * rowBytes + this.selection.first * each;
      const last = rows[rows.length - 1];
      const to = start + last * rowBytes + this.selection.last * each;
      this.decode(part, rows, await part.file.source.read(from, to - from), each);
    }
    if (this.projector === undefined) return;
    applyProjector(this.projector, this.values[0], this.width, this.wanted);
    if (complex) applyProjector(this.projector, this.values[1], this.width, this.wanted);
  }

  copyTo(target: Float64Array, at: number, which: 0 | 1): void {
    this.selection.channels.forEach((channel, i) => {
      const from = this.offset(channel);
      const row = this.values[which].subarray(from, from + this.width);
      target.set(row, at + i * this.width);
    });
  }

  private decode(part: EpochsPart, rows: readonly number[], bytes: Uint8Array, each: number): void {
    const { complex, decode } = elementOf(part.file, part.data);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const [real, imaginary] = this.values;
    for (const row of rows) {
      const at = (row - rows[0]) * this.nTimes * each;
      const to = this.offset(row);
      const cal = this.cals[row];
      for (let t = 0; t < this.width; t++) {
        real[to + t] = decode(view, at + t * each) * cal;
        if (complex) imaginary[to + t] = decode(view, at + t * each + each / 2) * cal;
      }
    }
  }

  private offset(row: number): number {
    return (this.slot.get(row) ?? 0) * this.width;
  }
}

function mixedChannels({ u }: Projector): number[] {
  return Array.from(u[0].keys()).filter((channel) => u.some((vector) => vector[channel] !== 0));
}

function ofRows(projector: Projector | undefined, rows: readonly number[]): Projector | undefined {
  const take = (vector: Float64Array) => Float64Array.from(rows, (row) => vector[row]);
  return projector && { u: projector.u.map(take) };
}

function runsOf(rows: readonly number[], rowBytes: number): number[][] {
  const runs: number[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && (row - last - 1) * rowBytes <= mostGapBytes)
      run.push(row);
    else runs.push([row]);
  }
  return runs;
}
