import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import type { JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import { Rdm } from "../rdm/rdm.ts";
import { patchRdm } from "../searchlight/patch-rdm.ts";
import { patchMetricLabel } from "../searchlight/patch-metric.ts";
import { patchRdms } from "../searchlight/patch-rdms.ts";
import type { PatchNoise } from "../searchlight/noise/patch-noise.ts";
import type { PatchedPatterns } from "../searchlight/patched-patterns.ts";
import { voxelOfNumber, voxelToMm } from "./coordinates.ts";
import type { Grid } from "./grid.ts";
import type { VoxelPatterns } from "./read-patterns.ts";
import type { VoxelSearchlight, VoxelSearchlightOptions } from "./voxel-searchlight.ts";

/**
 * RDMs of voxels that are computed one by one, when they are asked for: one for each patch, in C order of the centres;
 * `for await` computes them on all threads.
 * `meta` says where: `i`, `j`, `k` of the voxel in the centre, and `x`, `y`, `z` in mm.
 */
export class VoxelRdms implements Iterable<Rdm>, AsyncIterable<Rdm>, Displayable {
  /** How many RDMs there are. */
  readonly length: number;
  /** Labels of the rows of every RDM; undefined when each volume is an item. */
  readonly items: readonly string[] | undefined;
  /** Number of the voxel in the centre of each patch in C order; without a radius all voxels of the one patch. */
  readonly centres: Int32Array;
  readonly metric: string;
  readonly #patched: PatchedPatterns;
  readonly #searchlight: VoxelSearchlight;
  readonly #options: VoxelSearchlightOptions;

  constructor(
    patterns: VoxelPatterns,
    searchlight: VoxelSearchlight,
    options: VoxelSearchlightOptions,
    noise?: PatchNoise,
  ) {
    const { patches } = searchlight;
    this.#patched = { ...patterns, shape: patterns.shape.slice(-2), patches, noise };
    this.#searchlight = searchlight;
    this.#options = options;
    this.length = searchlight.patches.length;
    this.items = patterns.items;
    this.centres = searchlight.centres;
    const label = patchMetricLabel(options.metric);
    this.metric = patterns.nFolds > 1 ? `${label} (cross-validated)` : label;
    Object.freeze(this);
  }

  /** The grid of the image. */
  get grid(): Grid {
    return this.#searchlight.grid;
  }

  *[Symbol.iterator](): Iterator<Rdm> {
    for (let at = 0; at < this.length; at++) yield this.at(at);
  }

  [Symbol.asyncIterator](): AsyncGenerator<Rdm> {
    return this.each();
  }

  /** The RDMs one by one on all threads, as `for await (const rdm of rdms)` gives them. Throws `Cancelled`. */
  async *each(job: Omit<JobOptions, "onProgress"> = {}): AsyncGenerator<Rdm> {
    let at = 0;
    for await (const condensed of patchRdms(this.#patched, this.#options, job))
      yield this.#rdm(condensed, at++);
  }

  /** The RDM of one patch, by position. Throws `InvalidArgument`. */
  at(position: number): Rdm {
    return this.#rdm(patchRdm(this.#patched, position, this.#options), position);
  }

  /** The first RDM; the only one without a radius. */
  first(): Rdm {
    return this.at(0);
  }

  /** All RDMs in memory, with a progress line. Throws `Cancelled`. */
  async toArray(job: JobOptions = {}): Promise<Rdm[]> {
    const line = reporter(job, "RDMs", this.length);
    const rdms: Rdm[] = [];
    for await (const rdm of this.each(job)) {
      rdms.push(rdm);
      line.update(rdms.length);
    }
    line.finish();
    return rdms;
  }

  [jupyterDisplay](): MimeBundle {
    const nItems = this.#patched.shape[0];
    return {
      "text/plain": `${this.length} RDMs of ${nItems} items, ${this.metric}, computed when asked for`,
    };
  }

  #rdm(condensed: Float64Array, position: number): Rdm {
    const { items, metric } = this;
    return new Rdm(condensed, { items, metric, ...this.#whereIs(position) });
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
