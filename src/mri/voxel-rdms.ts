import { nextTurn } from "#platform/threads";
import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { throwIfCancelled, type JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import { Rdm } from "../rdm/rdm.ts";
import { foldedPatterns, type FoldedPatterns } from "../searchlight/folded-patterns.ts";
import { patchDissimilarities } from "../searchlight/score-each-patch.ts";
import { voxelOfNumber, voxelToMm } from "./coordinates.ts";
import { metricOptionsOf } from "./metric-options.ts";
import type { VoxelPatterns } from "./read-patterns.ts";
import type { VoxelSearchlight, VoxelSearchlightOptions } from "./voxel-searchlight.ts";

/** Longest time in ms without a turn of the event loop, apart from the time of one patch. */
const TURN_MS = 8;

/**
 * RDMs of voxels that are computed one by one, when they are asked for: one for each patch, in C order of the centres.
 * `meta` says where: `i`, `j`, `k` of the voxel in the centre, and `x`, `y`, `z` in mm.
 */
export class VoxelRdms implements Iterable<Rdm>, Displayable {
  /** How many RDMs there are. */
  readonly length: number;
  /** Labels of the rows of every RDM; undefined when each volume is an item. */
  readonly items: readonly string[] | undefined;
  /** Number of the voxel in the centre of each patch in C order; without a radius all voxels of the one patch. */
  readonly centres: Int32Array;
  readonly metric: string;
  readonly #folded: FoldedPatterns;
  readonly #crossValidated: boolean;
  readonly #searchlight: VoxelSearchlight;
  readonly #options: VoxelSearchlightOptions;

  constructor(
    patterns: VoxelPatterns,
    searchlight: VoxelSearchlight,
    options: VoxelSearchlightOptions,
    metric: string,
  ) {
    this.#crossValidated = patterns.nFolds > 1;
    this.#folded = foldedPatterns(patterns, this.#crossValidated, searchlight.patches.plan);
    this.#searchlight = searchlight;
    this.#options = options;
    this.length = searchlight.patches.length;
    this.items = patterns.items;
    this.centres = searchlight.centres;
    this.metric = this.#crossValidated ? `${metric} (cross-validated)` : metric;
    Object.freeze(this);
  }

  *[Symbol.iterator](): Iterator<Rdm> {
    for (let at = 0; at < this.length; at++) yield this.at(at);
  }

  /** The RDM of one patch, by position. Throws `InvalidArgument`. */
  at(position: number): Rdm {
    const { patches } = this.#searchlight;
    const { metric } = this.#options;
    const condensed = patchDissimilarities(this.#folded, patches, patches.at(position), {
      metric,
      metricOptions: metricOptionsOf(this.#options),
      crossValidated: this.#crossValidated,
    });
    return new Rdm(condensed, {
      items: this.items,
      metric: this.metric,
      ...this.#whereIs(position),
    });
  }

  /** The first RDM; the only one without a radius. */
  first(): Rdm {
    return this.at(0);
  }

  /** All RDMs in memory, with a progress line. Throws `Cancelled`. */
  async toArray(job: JobOptions = {}): Promise<Rdm[]> {
    const line = reporter(job, "RDMs", this.length);
    const rdms: Rdm[] = [];
    let turn = performance.now();
    for (const rdm of this) {
      throwIfCancelled(job.signal, "computing RDMs");
      rdms.push(rdm);
      line.update(rdms.length);
      if (performance.now() - turn < TURN_MS) continue;
      await nextTurn();
      turn = performance.now();
    }
    line.finish();
    return rdms;
  }

  [jupyterDisplay](): MimeBundle {
    const nItems = this.items?.length ?? this.#folded.nItems;
    return {
      "text/plain": `${this.length} RDMs of ${nItems} items, ${this.metric}, computed when asked for`,
    };
  }

  #whereIs(position: number): { name?: string; meta?: Record<string, number> } {
    const { grid, pooled } = this.#searchlight;
    if (pooled) return {};
    const voxel = voxelOfNumber(grid.shape, this.centres[position]);
    const [x, y, z] = voxelToMm(grid, voxel);
    const [i, j, k] = voxel;
    return {
      name: `(${[x, y, z].map((v) => v.toFixed(1)).join(", ")}) mm`,
      meta: { i, j, k, x, y, z },
    };
  }
}
