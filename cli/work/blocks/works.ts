import type { BlockWork } from "../../../src/engine/block-work.ts";
import { patchBlocks } from "../../../src/searchlight/patch-blocks.ts";

/** Every kind of work that is done in blocks. */
export const works: readonly BlockWork[] = [patchBlocks];
