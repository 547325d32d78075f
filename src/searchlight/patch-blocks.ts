import { Unsupported } from "../core/errors.ts";
import type { JobOptions } from "../core/job.ts";
import type { BlockInputs, BlockWork, OpenedWork } from "../engine/block-work.ts";
import { asJson } from "../engine/canonical-json.ts";
import type { EngineOptions } from "../engine/engine-options.ts";
import { runBlocks } from "../engine/run-blocks.ts";
import { countScores } from "../rsa/comparisons/comparison.ts";
import { comparisonOf, type ComparisonLike } from "../rsa/comparisons/resolve.ts";
import type { PatchedPatterns } from "./patched-patterns.ts";
import { metricOptionsOf, type PatchMetricOptions } from "./patch-metric.ts";
import { scoreHere } from "./score-here.ts";
import { outerLength, slicePatches } from "./slice-patches.ts";
import { loadPatches, storePatches, type StoredPatches } from "./stored-patches.ts";

/** Patches in a block, about. */
const BLOCK_PATCHES = 256;

/** How patches are compared, as a plan's file holds it. */
interface Parameters {
  readonly shape: readonly number[];
  readonly nFolds: number;
  readonly nModels: number;
  readonly patches: StoredPatches;
  readonly metric: PatchMetricOptions;
  readonly rsaMetric: ComparisonLike;
  readonly ignoreNan: boolean;
}

/** Scores of patches, a block of neighbours at a time: units are places, or windows where there is one place. */
export const patchBlocks: BlockWork = {
  name: "scores of patches",
  version: 1,
  open: (parameters, inputs) => openPatches(parameters as unknown as Parameters, inputs),
};

function openPatches(parameters: Parameters, inputs: BlockInputs): OpenedWork {
  const { shape, nFolds, nModels, metric, rsaMetric, ignoreNan } = parameters;
  const patches = loadPatches(parameters.patches, inputs);
  const { patterns: data, counts } = inputs;
  const whole = { data, shape, nFolds, counts: counts as Float64Array | undefined };
  const all = inputs.models as Float64Array;
  const n = all.length / nModels;
  const models = Array.from({ length: nModels }, (_, m) => all.subarray(m * n, (m + 1) * n));
  return {
    run: async (from, to, job) => {
      const some = { ...whole, patches: slicePatches(patches, from, to) };
      const scores = await scoreHere(some, models, { ...metric, rsaMetric, ignoreNan, ...job });
      return swapped(scores, countScores(comparisonOf(rsaMetric), nModels), to - from);
    },
  };
}

/** What is scored, and how. */
export interface PatchBlocksOptions extends PatchMetricOptions, JobOptions {
  readonly rsaMetric: ComparisonLike;
  readonly ignoreNan: boolean;
}

/** Scores of every patch with every model, as {@link scoreHere} has them, by an engine. Throws `Unsupported`. */
export async function scoreInBlocks(
  patched: PatchedPatterns,
  models: readonly Float64Array[],
  { rsaMetric, ignoreNan, metric = "correlation", ...options }: PatchBlocksOptions,
  engine: EngineOptions,
): Promise<Float64Array> {
  const { data, shape, nFolds, patches, counts, noise } = patched;
  const how = metricOptionsOf(options);
  if (noise !== undefined)
    throw new Unsupported(
      "noise of each patch in blocks",
      "leave out engine, or whiten the patterns first",
    );
  // What is wrong with the options is said here and now, and not by some process later.
  const one = { ...patched, patches: slicePatches(patches, 0, 1) };
  const { signal } = options;
  await scoreHere(one, models, { ...how, metric, rsaMetric, ignoreNan, signal, onProgress: false });
  const { stored, arrays } = storePatches(patches);
  const nScores = countScores(comparisonOf(rsaMetric), models.length);
  const nUnits = outerLength(patches);
  const inner = patches.length / Math.max(1, nUnits);
  const parameters = {
    shape,
    nFolds,
    nModels: models.length,
    patches: stored,
    metric: { metric, ...how },
    rsaMetric,
    ignoreNan,
  };
  const job = {
    work: patchBlocks,
    label: "RSA",
    parameters: asJson(parameters, "the metric or rsaMetric"),
    inputs: { patterns: data, models: joined(models), ...arrays, ...(counts && { counts }) },
    nUnits,
    unitLength: nScores * inner,
    blockUnits: Math.max(1, Math.ceil(BLOCK_PATCHES / Math.max(1, inner))),
  };
  return swapped(await runBlocks(job, engine, options), nUnits, nScores);
}

function joined(models: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(models.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const model of models) {
    all.set(model, at);
    at += model.length;
  }
  return all;
}

/** a × b × rest as b × a × rest. */
function swapped(values: Float64Array, a: number, b: number): Float64Array {
  const rest = values.length / (a * b);
  const out = new Float64Array(values.length);
  for (let i = 0; i < a; i++)
    for (let j = 0; j < b; j++) {
      const from = (i * b + j) * rest;
      out.set(values.subarray(from, from + rest), (j * a + i) * rest);
    }
  return out;
}
