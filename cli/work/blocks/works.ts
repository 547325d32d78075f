import type { BlockWork } from "../../../src/engine/block-work.ts";
import { bootstrapBlocks } from "../../../src/rsa/eval/bootstrap-blocks.ts";
import { runFitBlocks } from "../../../src/mri/glm/run-blocks.ts";
import { leftBlocks } from "../../../src/rsa/eval/left-blocks.ts";
import { splitBlocks } from "../../../src/rsa/eval/split-blocks.ts";
import { permutationBlocks } from "../../../src/rsa/mantel/permutation-blocks.ts";
import { relabellingBlocks } from "../../../src/stats/permutation/relabelling-blocks.ts";
import { patchBlocks } from "../../../src/searchlight/patch-blocks.ts";
import { powerBlocks } from "../../../src/simulate/power/power-blocks.ts";

/** Every kind of work that is done in blocks. */
export const works: readonly BlockWork[] = [
  patchBlocks,
  bootstrapBlocks,
  permutationBlocks,
  powerBlocks,
  relabellingBlocks,
  splitBlocks,
  leftBlocks,
  runFitBlocks,
];
