import { blockKeys, nBlocksOf, unitsOf, type Plan } from "./plan.ts";
import type { RunFolder } from "./run-folder.ts";

/** A block of one of several plans. */
export interface PlannedBlock {
  readonly plan: Plan;
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

/** The blocks of all plans, one plan behind the other: of many subjects, subject × block. */
export class BlockSet {
  readonly folder: RunFolder;
  readonly plans: readonly Plan[];
  readonly blocks: readonly PlannedBlock[];

  constructor(folder: RunFolder, plans: readonly Plan[]) {
    this.folder = folder;
    this.plans = plans;
    // Plans that differ in their commands alone have their blocks in common.
    const different = [...new Map(plans.map((plan) => [plan.id, plan])).values()];
    this.blocks = different.flatMap((plan) => {
      const keys = blockKeys(plan);
      return Array.from({ length: nBlocksOf(plan) }, (_, block) => {
        const [from, to] = unitsOf(plan, block);
        return { plan, key: keys[block], from, to };
      });
    });
  }

  /** Positions of the blocks that are not there: the files tell, and nobody else. */
  async missing(): Promise<number[]> {
    const there = await this.folder.keys();
    return [...this.blocks.keys()].filter((at) => !there.has(this.blocks[at].key));
  }

  /** Blocks of chunk `k` of `n`: neighbours, as many as the others have but for one. */
  ofChunk(k: number, n: number): readonly PlannedBlock[] {
    return this.blocks.slice(this.#first(k, n), this.#first(k + 1, n));
  }

  /** Chunks of `n` that hold one of these blocks, ascending. */
  chunksOf(blocks: readonly number[], n: number): number[] {
    const found: number[] = [];
    for (let k = 0, at = 0; k < n; k++) {
      const end = this.#first(k + 1, n);
      if (at < blocks.length && blocks[at] < end) found.push(k);
      while (at < blocks.length && blocks[at] < end) at++;
    }
    return found;
  }

  #first(k: number, n: number): number {
    return Math.floor((k * this.blocks.length) / n);
  }
}
