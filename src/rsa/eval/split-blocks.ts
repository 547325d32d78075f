import type { BlockWork } from "../../engine/block-work.ts";
import { asJson } from "../../engine/canonical-json.ts";
import type { EngineOptions } from "../../engine/engine-options.ts";
import { runBlocks } from "../../engine/run-blocks.ts";
import { CrossvalSamples } from "./crossval-samples.ts";
import type { BootstrapDraw } from "./eval-parts.ts";
import type { EvalProblem } from "./problem.ts";
import { splitSamples, type SplitHow } from "./split-samples.ts";
import { partOf, stacked } from "./stacked.ts";
import { drawArrays, drawAt } from "./stored-draws.ts";
import { loadProblem, storeProblem, type StoredProblem } from "./stored-problem.ts";

/** Samples in a block: fixed. */
const BLOCK_SAMPLES = 10;

/** What a plan's file says. */
interface Parameters {
  readonly problem: StoredProblem;
  readonly how: SplitHow;
  readonly nSamples: number;
}

/** Bootstrap samples whose models are fitted and cross-validated. */
export const splitBlocks: BlockWork = {
  name: "cross-validated samples",
  version: 1,
  open: (parameters, inputs) => {
    const { problem, how, nSamples } = parameters as unknown as Parameters;
    const loaded = loadProblem(problem, inputs);
    const drawn = Array.from({ length: nSamples }, (_, sample) => drawAt(inputs, sample));
    return {
      run: async (from, to, job) =>
        stacked(await splitSamples({ ...loaded, job }, drawn, how, [from, to])),
    };
  },
};

/** As {@link splitSamples} of all samples, by an engine. */
export async function splitInBlocks(
  problem: EvalProblem,
  drawn: readonly BootstrapDraw[],
  how: SplitHow,
  nFolds: number,
  engine: EngineOptions,
): Promise<Float64Array[]> {
  const { stored, arrays } = storeProblem(problem);
  const sizes = { nModels: problem.models.length, nFolds, nRepeats: how.repeats };
  const unitLength = CrossvalSamples.newRow(sizes).length;
  const work = {
    work: splitBlocks,
    label: "bootstrapped cross-validation",
    parameters: asJson({ problem: stored, how, nSamples: drawn.length }, "by"),
    inputs: { ...arrays, ...drawArrays(drawn) },
    nUnits: drawn.length,
    unitLength,
    blockUnits: BLOCK_SAMPLES,
  };
  const rows = await runBlocks(work, engine, problem.job);
  return drawn.map((_, sample) => partOf(rows, sample, unitLength));
}
