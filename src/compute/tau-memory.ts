import { inversionScratchBytes, sortScratchBytes } from "./kernels.ts";
import { inOrder } from "./layouts.ts";
import { sortSteps, tauA, type SortedVectors } from "./tau-counts.ts";
import { tileOrder, toTileOrder } from "./tile-order.ts";
import type { WindowBatch } from "./window-batches.ts";
import type { WindowLayout } from "./window-layout.ts";
import type { Workspace } from "./workspace.ts";

/** Windows sorted in a ms. */
const SORTS_PER_MS = 5e4;

/** Models in tile order, sorted once, in the memory of the workspace, and room for the counts of a batch of windows. */
export class TauMemory {
  readonly #workspace: Workspace;
  readonly #layout: WindowLayout;
  readonly #nModels: number;
  readonly #models: SortedVectors;
  readonly #out: number;

  private constructor(
    workspace: Workspace,
    layout: WindowLayout,
    nModels: number,
    models: SortedVectors,
  ) {
    this.#workspace = workspace;
    this.#layout = layout;
    this.#nModels = nModels;
    this.#models = models;
    this.#out = workspace.allocate(layout.batchWindows * (nModels + 1) * 16);
  }

  static async sort(
    workspace: Workspace,
    models: readonly Float64Array[],
    layout: WindowLayout,
  ): Promise<TauMemory> {
    const order = tileOrder(layout.nItems);
    const tiled = models.map((m) => toTileOrder(m, order, new Float64Array(m.length)));
    const sorted = await workspace.runSteps(sortSteps(workspace, tiled, layout.nPairs));
    return new TauMemory(workspace, layout, models.length, sorted);
  }

  /** Tau-a of each window with each model, nWindows × nModels. */
  async score(batch: WindowBatch, onBlocks: (done: number) => void): Promise<Float64Array> {
    const { nPairs } = this.#layout;
    const { orders, denses, summaryAddress } = this.#models;
    const params = inOrder("taus", {
      n: nPairs,
      nModels: this.#nModels,
      values: batch.address,
      vectorBytes: nPairs * 8,
      orders,
      denses,
      summaries: summaryAddress,
      out: this.#out,
    });
    await this.#workspace.run("kendallVectors", params, batch.nWindows, {
      scratchBytes: sortScratchBytes(nPairs) + 8 * nPairs + 128 + inversionScratchBytes(nPairs),
      expectedMs: (batch.nWindows * nPairs * (1 + this.#nModels)) / SORTS_PER_MS,
      onBlocks,
    });
    return this.#taus(batch.nWindows);
  }

  #taus(nWindows: number): Float64Array {
    const step = 2 * (this.#nModels + 1);
    const counts = this.#workspace.float64(this.#out, nWindows * step);
    return Float64Array.from({ length: nWindows * this.#nModels }, (_, k) => {
      const window = Math.floor(k / this.#nModels) * step;
      const m = k % this.#nModels;
      const [discordant, tied] = counts.subarray(window + 2 * m + 2);
      const tiedModel = this.#models.summaries[2 * m + 1];
      return tauA(this.#layout.nPairs, counts[window + 1], tiedModel, discordant, tied);
    });
  }
}
