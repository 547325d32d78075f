import { checkModels } from "../rsa/prepared/prepare-models.ts";
import type { EngineJob } from "../engine/engine-options.ts";
import { scoreInBlocks } from "./patch-blocks.ts";
import type { PatchedPatterns } from "./patched-patterns.ts";
import { checkPairs, scoreHere, type ScoreHereOptions } from "./score-here.ts";

/** How patches are compared with models, and where. */
export interface ScorePatchesOptions extends ScoreHereOptions, EngineJob {}

/**
 * Scores of every patch with every model, nModels × nPatches in C order: here, or in blocks by an engine.
 *
 * @throws as {@link scoreHere}, and what an engine throws: BlocksMissing, OtherMachine, ClusterFailed, Unsupported.
 */
export async function scorePatches(
  patched: PatchedPatterns,
  models: readonly Float64Array[],
  { engine, ...options }: ScorePatchesOptions = {},
): Promise<Float64Array> {
  const { rsaMetric = "spearman", ignoreNan = false } = options;
  checkPairs(checkModels(models, rsaMetric), patched.shape[0]);
  return engine === undefined
    ? scoreHere(patched, models, options)
    : scoreInBlocks(patched, models, { ...options, rsaMetric, ignoreNan }, engine);
}
