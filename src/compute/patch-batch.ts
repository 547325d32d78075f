import { ShapeMismatch } from "../core/errors.ts";
import type { Workspace } from "./workspace.ts";

/** What a batch is made of. */
interface Patches {
  readonly nPatches: number;
  readonly nVoxels: number;
  readonly voxelsOf: (patch: number) => ArrayLike<number>;
}

/** A batch has at most so many patches, and lists of about so many voxels. */
const MOST_PATCHES = 4096;
const MOST_VOXELS = 2 ** 20;
/** A block is to take about so many ms, so that jobs can be cancelled and threads end together. */
const BLOCK_MS = 4;

/** Neighbouring patches in a block: the first is made afresh, so not too few, and not too many. */
export function patchesInBlock(perPatchMs: number): number {
  return Math.max(8, Math.min(64, Math.floor(BLOCK_MS / perPatchMs)));
}

/** The lists of voxels of some neighbouring patches in the memory of the workspace, and room for what comes out. */
export class PatchBatch {
  readonly #workspace: Workspace;
  readonly #patches: Patches;
  readonly #outLength: number;
  readonly #most: number;
  readonly #capacity: number;
  readonly starts: number;
  readonly lists: number;
  readonly out: number;
  first = 0;
  nPatches = 0;
  /** Length of the longest list. */
  mostVoxels = 0;

  constructor(workspace: Workspace, patches: Patches, outLength: number, inBlock: number) {
    this.#workspace = workspace;
    this.#patches = patches;
    this.#outLength = outLength;
    const whole = Math.ceil(patches.nPatches / inBlock) * inBlock;
    this.#most = Math.min(Math.floor(MOST_PATCHES / inBlock) * inBlock, whole);
    this.#capacity = Math.max(MOST_VOXELS, patches.nVoxels);
    this.starts = workspace.allocate((this.#most + 1) * 4);
    this.lists = workspace.allocate(this.#capacity * 4);
    this.out = workspace.allocate(this.#most * outLength * 8);
  }

  /** Take the patches from `first` on, as many as there is room for. */
  fill(first: number): void {
    const starts = this.#workspace.uint32(this.starts, this.#most + 1);
    const lists = this.#workspace.uint32(this.lists, this.#capacity);
    const last = Math.min(this.#patches.nPatches, first + this.#most);
    this.first = first;
    this.mostVoxels = 0;
    let end = 0;
    let patch = first;
    for (; patch < last; patch++) {
      const voxels = this.#patches.voxelsOf(patch);
      if (end + voxels.length > this.#capacity) break;
      starts[patch - first] = end;
      lists.set(voxels, end);
      end += voxels.length;
      this.mostVoxels = Math.max(this.mostVoxels, voxels.length);
    }
    this.nPatches = patch - first;
    starts[this.nPatches] = end;
    if (patch === first && first < last)
      throw new ShapeMismatch(
        `a patch of at most ${this.#capacity} voxels`,
        `${this.#patches.voxelsOf(first).length}`,
      );
  }

  /** Hand over what came out, patch by patch. */
  read(use: (patch: number, raw: Float64Array) => void): void {
    const out = this.#workspace.float64(this.out, this.nPatches * this.#outLength);
    for (let k = 0; k < this.nPatches; k++) {
      use(this.first + k, out.subarray(k * this.#outLength, (k + 1) * this.#outLength));
    }
  }
}
