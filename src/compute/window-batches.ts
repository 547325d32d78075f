import { inOrder } from "./layouts.ts";
import { CORRELATION, isAngle } from "./metric-number.ts";
import { isLossy, repairPairs } from "./exact-correlation.ts";
import { batchAt, packWindows, type Batch, type SeriesData } from "./pack-windows.ts";
import { tilePlace } from "./tile-order.ts";
import type { WindowLayout } from "./window-layout.ts";
import type { Workspace } from "./workspace.ts";

/** Dissimilarities of some neighbouring windows, in the memory of the workspace. */
export interface WindowBatch {
  /** First window of the series that is in here, counted from sample 0. */
  readonly first: number;
  readonly nWindows: number;
  /** Address of the first window's dissimilarities in tile order; the next window's follow at once. */
  readonly address: number;
}

/** Rough multiply-adds per ms on one thread. */
const PRODUCTS_PER_MS = 1e7;

/** Rough time in ms of the dissimilarities of all windows on one thread. */
export function expectedMs(layout: WindowLayout): number {
  const nWindows = layout.to - layout.from;
  const nBatches = Math.ceil(nWindows / layout.batchWindows);
  const nSamples = nWindows + nBatches * (layout.length - 1);
  const perPair = nSamples * layout.channels.length + 12 * nWindows;
  return (layout.nPairs * perPair) / PRODUCTS_PER_MS;
}

/**
 * Dissimilarities batch by batch, in order; each batch is given to `use` before the next takes its memory.
 *
 * Every window is the sum of the end of one stretch of samples and the start of the next (van Herk): nothing is ever
 * taken away again, so an artefact or NaN leaves no trace once it has left the window.
 */
export async function eachWindowBatch(
  workspace: Workspace,
  data: SeriesData,
  layout: WindowLayout,
  batches: readonly [from: number, to: number],
  use: (batch: WindowBatch) => Promise<void>,
): Promise<void> {
  const mark = workspace.mark();
  const memory = new BatchMemory(workspace, layout);
  for (let index = batches[0]; index < batches[1]; index++) {
    await use(await memory.compute(data, batchAt(layout, index)));
  }
  workspace.release(mark);
}

/** Numbers of the first batch that holds a window asked for and of the one after the last. */
export function batchRange(layout: WindowLayout): [from: number, to: number] {
  if (layout.from >= layout.to) return [0, 0];
  return [
    Math.floor(layout.from / layout.batchWindows),
    Math.ceil(layout.to / layout.batchWindows),
  ];
}

/** Tiles on a side of a block: few for few items, so that every thread finds blocks. */
function sideOf(nTiles: number): number {
  return Math.min(4, Math.ceil(nTiles / 12));
}

/** The arrays that every batch uses anew. */
class BatchMemory {
  readonly #workspace: Workspace;
  readonly #layout: WindowLayout;
  readonly #stride: number;
  readonly #panels: number;
  readonly #sums: number;
  readonly #squares: number;
  readonly #scales: number;
  readonly #rdms: number;

  constructor(workspace: Workspace, layout: WindowLayout) {
    this.#workspace = workspace;
    this.#layout = layout;
    this.#stride = Math.ceil(layout.nItems / 4) * 4;
    const samples = Math.min(layout.nSamples, layout.batchWindows + layout.length - 1);
    const windows = Math.min(layout.batchWindows, layout.nSamples - layout.length + 1);
    const norms = windows * this.#stride * 8;
    this.#panels = workspace.allocate(this.#stride * samples * layout.channels.length * 8);
    this.#sums = workspace.allocate(norms);
    this.#squares = workspace.allocate(norms);
    this.#scales = workspace.allocate(norms);
    this.#rdms = workspace.allocate(windows * layout.nPairs * 8);
  }

  async compute(data: SeriesData, batch: Batch): Promise<WindowBatch> {
    const layout = this.#layout;
    const nTiles = this.#stride / 4;
    const side = sideOf(nTiles);
    const nSides = Math.ceil(nTiles / side);
    const first = Math.max(0, layout.from - batch.first);
    const last = Math.min(layout.batchWindows, layout.to - batch.first);
    const params = this.#params(batch, first, last, side);
    const panelLength = this.#stride * batch.nSamples * layout.channels.length;
    packWindows(data, layout, batch, this.#workspace.float64(this.#panels, panelLength));
    const scratchBytes = side * side * batch.nSamples * 128;
    for (let tile = 0; tile < nTiles; tile++) {
      this.#workspace.runBlock("windowNorms", params, tile, scratchBytes);
    }
    await this.#workspace.run("windowTiles", params, (nSides * (nSides + 1)) / 2, {
      scratchBytes,
      expectedMs: (expectedMs(layout) * (last - first)) / (layout.to - layout.from),
    });
    const result = { first: batch.first + first, nWindows: last - first, address: this.#rdms };
    if (isLone(layout))
      this.#workspace.float64(this.#rdms, result.nWindows * layout.nPairs).fill(NaN);
    else if (layout.metric === CORRELATION) this.#repair(data, result);
    return result;
  }

  #params(batch: Batch, first: number, last: number, side: number): number[] {
    const { nItems, channels, length, metric, nPairs, segmentWindows } = this.#layout;
    const inverseCount = 1 / (channels.length * length);
    return inOrder("windows", {
      nItems,
      nChannels: channels.length,
      length,
      first,
      last,
      stride: this.#stride,
      nSamples: batch.nSamples,
      metric,
      inverseCount,
      panels: this.#panels,
      rdmBytes: nPairs * 8,
      sums: this.#sums,
      squares: this.#squares,
      scales: this.#scales,
      rdms: this.#rdms,
      segmentWindows,
      side,
    });
  }

  /** Compute afresh what would have lost digits: patterns far from zero, or almost or quite constant. */
  #repair(data: SeriesData, { first, nWindows, address }: WindowBatch): void {
    const { nItems, nPairs } = this.#layout;
    const scales = this.#workspace.float64(this.#scales, nWindows * this.#stride);
    const squares = this.#workspace.float64(this.#squares, nWindows * this.#stride);
    for (let s = 0; s < nWindows; s++) {
      const row = s * this.#stride;
      const rdm = this.#workspace.float64(address + s * nPairs * 8, nPairs);
      repairPairs(
        nItems,
        (item) => isLossy(scales[row + item], squares[row + item]),
        (item) => windowPattern(data, this.#layout, item, first + s),
        (i, j, distance) => (rdm[tilePlace(i, j, nItems)] = distance),
      );
    }
  }
}

/** A single number has no pattern, whatever its sign. */
function isLone({ channels, length, metric }: WindowLayout): boolean {
  return isAngle(metric) && channels.length * length < 2;
}

/** All channels' samples of one item in one window. */
function windowPattern(
  data: SeriesData,
  { channels, nAllChannels, nSamples, length }: WindowLayout,
  item: number,
  window: number,
): Float64Array {
  const pattern = new Float64Array(channels.length * length);
  channels.forEach((channel, c) => {
    const from = (item * nAllChannels + channel) * nSamples + window;
    for (let t = 0; t < length; t++) pattern[c * length + t] = data[from + t];
  });
  return pattern;
}
