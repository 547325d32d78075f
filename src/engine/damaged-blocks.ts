import type { BlockSet } from "./block-set.ts";

/** Positions of blocks whose file is cut or damaged; the files are removed. */
export async function damagedBlocks({ folder, blocks }: BlockSet): Promise<number[]> {
  const found: number[] = [];
  for (const [at, { plan, key, from, to }] of blocks.entries()) {
    const length = (to - from) * plan.unitLength;
    if ((await folder.readBlock(key, length)) !== undefined) continue;
    await folder.removeBlock(key);
    found.push(at);
  }
  return found;
}
