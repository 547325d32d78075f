import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import type { BlockWork } from "../../src/engine/block-work.ts";
import type { EngineOptions } from "../../src/engine/engine-options.ts";
import { openSet } from "../../src/engine/open-set.ts";
import { runChunk } from "../../src/engine/run-chunk.ts";

/** Numbers of chunks that must make the same bytes. */
export const chunkCounts = [1, 4, 7, 16, 64] as const;

const root = mkdtempSync(join(tmpdir(), "tsrsa-chunks-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let nFolders = 0;

/** A folder of blocks of its own. */
export function newRunFolder(): string {
  return join(root, `run${nFolders++}`);
}

/** What a call gives when others computed its blocks, in so many chunks and the last first; and how many blocks it has. */
export async function inChunks<T>(
  call: (engine: EngineOptions) => Promise<T>,
  works: readonly BlockWork[],
  n: number,
): Promise<{ readonly result: T; readonly nBlocks: number }> {
  const folder = newRunFolder();
  const missing = { code: "BLOCKS_MISSING" };
  await expect(call({ driver: "export", folder })).rejects.toMatchObject(missing);
  const set = await openSet(folder);
  for (let k = n - 1; k >= 0; k--) await runChunk(set, works, k, n);
  return { result: await call({ driver: "merge", folder }), nBlocks: set.blocks.length };
}
