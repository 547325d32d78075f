import { nextTurn } from "#platform/threads";
import { throwIfCancelled } from "../core/job.ts";
import type { Matrix } from "../core/matrix.ts";
import type { ProgressLine } from "../core/progress.ts";
import { computeRdmCv } from "../rdm/compute-rdm-cv.ts";
import { dissimilarities, type Metric } from "../rdm/metrics/index.ts";
import type { PreparedModels } from "../rsa/prepared/prepare-models.ts";
import type { FoldedPatterns } from "./folded-patterns.ts";
import type { Patch, SearchlightPatches } from "./patches.ts";
import type { ScoreSearchlightOptions } from "./score-searchlight.ts";
import { takePatch } from "./take-patch.ts";

/** Longest time in ms without a turn of the event loop, apart from the time of one patch. */
const TURN_MS = 8;

/** Scores, models × patches, by the plain walk: any metric, any axes. Throws `Cancelled`. */
export async function scoreEachPatch(
  patterns: FoldedPatterns,
  patches: SearchlightPatches,
  models: PreparedModels,
  options: ScoreSearchlightOptions,
  line: ProgressLine,
): Promise<Float64Array> {
  const scores = new Float64Array(models.nModels * patches.length);
  const all = { scores, nPatches: patches.length, todo: () => true };
  await walk(all, patterns, patches, models, options, line);
  return scores;
}

/** Score anew, pair by pair, those patches that have a model without a score. Throws `Cancelled`. */
export function scoreUndefined(
  scores: Float64Array,
  patterns: FoldedPatterns,
  patches: SearchlightPatches,
  models: PreparedModels,
  options: ScoreSearchlightOptions,
): Promise<void> {
  const nPatches = patches.length;
  const todo = (patch: number): boolean => {
    for (let at = patch; at < scores.length; at += nPatches)
      if (Number.isNaN(scores[at])) return true;
    return false;
  };
  return walk({ scores, nPatches, todo }, patterns, patches, models, options, undefined);
}

interface Scores {
  /** Models × patches. */
  readonly scores: Float64Array;
  readonly nPatches: number;
  /** Whether a patch is to be scored. */
  readonly todo: (patch: number) => boolean;
}

async function walk(
  { scores, nPatches, todo }: Scores,
  patterns: FoldedPatterns,
  patches: SearchlightPatches,
  models: PreparedModels,
  options: ScoreSearchlightOptions,
  line: ProgressLine | undefined,
): Promise<void> {
  let turn = performance.now();
  throwIfCancelled(options.signal, "the searchlight");
  for (let at = 0; at < nPatches; at++) {
    if (!todo(at)) continue;
    const rdm = patchDissimilarities(patterns, patches, patches.at(at), options);
    models.score(rdm).forEach((score, m) => (scores[m * nPatches + at] = score));
    if (performance.now() - turn < TURN_MS) continue;
    line?.update(at + 1);
    await nextTurn();
    turn = performance.now();
    throwIfCancelled(options.signal, "the searchlight");
  }
  line?.update(nPatches);
}

/** The condensed dissimilarities of a patch; all `NaN` where there is no pattern to compare. */
export function patchDissimilarities(
  { folds, nItems }: FoldedPatterns,
  patches: SearchlightPatches,
  patch: Patch,
  options: ScoreSearchlightOptions,
): Float64Array {
  const { metric = "correlation", metricOptions = {}, crossValidated = false } = options;
  const taken = folds.map((fold) => takePatch(fold, patch, patches.plan));
  const nFeatures = taken[0]?.shape[1] ?? 0;
  if (nFeatures < leastFeatures(metric)) return undefinedRdm(nItems);
  if (crossValidated) return computeRdmCv(stacked(taken), { metric, ...metricOptions }).condensed;
  return dissimilarities(
    { data: taken[0].data, nItems, nFeatures },
    metric as Metric,
    metricOptions,
  );
}

function leastFeatures(metric: Metric | "crossnobis"): number {
  return metric === "correlation" || metric === "cosine" ? 2 : 1;
}

function undefinedRdm(nItems: number): Float64Array {
  return new Float64Array((nItems * (nItems - 1)) / 2).fill(NaN);
}

function stacked(folds: readonly Matrix<Float64Array>[]): Matrix<Float64Array> {
  const [nItems, nFeatures] = folds[0].shape;
  const data = new Float64Array(folds.length * nItems * nFeatures);
  folds.forEach((fold, at) => data.set(fold.data, at * nItems * nFeatures));
  return { data, shape: [folds.length, nItems, nFeatures] };
}
