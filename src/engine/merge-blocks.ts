import { sha256Of } from "#platform/machine";
import { writeText } from "../core/write-text.ts";
import { BlocksMissing } from "./errors.ts";
import { BlockSet } from "./block-set.ts";
import { shellWord } from "./drivers/shell-word.ts";
import type { Plan } from "./plan.ts";
import { readProvenance } from "./provenance.ts";
import type { RunFolder } from "./run-folder.ts";

/** What a plan's blocks make together. */
export interface Merged {
  /** nUnits × unitLength, in the order of the units. */
  readonly values: Float64Array;
  readonly sha256: string;
}

/**
 * Put the blocks of a plan behind each other, in their order. A block that is cut or damaged is removed, to be computed
 * anew. What is known of how they came about is written beside, as `merged/ID.json`. Throws `BlocksMissing`.
 */
export async function mergeBlocks(folder: RunFolder, plan: Plan): Promise<Merged> {
  const values = new Float64Array(plan.nUnits * plan.unitLength);
  const { blocks } = new BlockSet(folder, [plan]);
  let missing = 0;
  for (const { key, from, to } of blocks) {
    const block = await folder.readBlock(key, (to - from) * plan.unitLength);
    if (block !== undefined) values.set(block, from * plan.unitLength);
    else {
      missing++;
      await folder.removeBlock(key);
    }
  }
  if (missing > 0) throw new BlocksMissing(folder.path, missing, blocks.length, adviceFor(folder));
  const sha256 = sha256Of([new Uint8Array(values.buffer)]);
  await writeRecord(
    folder,
    plan,
    sha256,
    blocks.map(({ key }) => key),
  );
  return { values, sha256 };
}

/** What to do about blocks that are missing. */
export function adviceFor(folder: RunFolder): string {
  return `compute them with: tsrsa submit ${shellWord(folder.path)}, or see tsrsa status`;
}

async function writeRecord(
  folder: RunFolder,
  plan: Plan,
  sha256: string,
  keys: readonly string[],
): Promise<void> {
  const known = await readProvenance(folder);
  const blocks = keys.map((key) => known.get(key) ?? { key });
  const record = { plan: plan.id, label: plan.label, sha256, blocks };
  const path = `${folder.path}/merged/${plan.id.slice(0, 16)}.json`;
  await writeText(path, `${JSON.stringify(record)}\n`, { durable: false });
}
