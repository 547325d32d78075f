import type { BlockWork } from "../../engine/block-work.ts";
import { asJson } from "../../engine/canonical-json.ts";
import type { EngineOptions } from "../../engine/engine-options.ts";
import { runBlocks } from "../../engine/run-blocks.ts";
import type { BootstrapDraw } from "./eval-parts.ts";
import type { FoldFit } from "./fold.ts";
import { leftSamples, rowLength } from "./left-samples.ts";
import type { EvalProblem } from "./problem.ts";
import { partOf, stacked } from "./stacked.ts";
import { drawArrays, drawAt } from "./stored-draws.ts";
import { loadProblem, storeProblem, type StoredProblem } from "./stored-problem.ts";

/** Samples in a block: fixed. */
const BLOCK_SAMPLES = 25;

/** What a plan's file says. */
interface Parameters {
  readonly problem: StoredProblem;
  readonly fit: FoldFit;
}

/** Bootstrap samples that are scored on what they left. */
export const leftBlocks: BlockWork = {
  name: "out-of-bag samples",
  version: 1,
  open: (parameters, inputs) => {
    const { problem, fit } = parameters as unknown as Parameters;
    const loaded = loadProblem(problem, inputs);
    return {
      run: async (from, to, job) => {
        const drawn = Array.from({ length: to - from }, (_, at) => drawAt(inputs, from + at));
        return stacked(await leftSamples({ ...loaded, job }, drawn, fit));
      },
    };
  },
};

/** As {@link leftSamples}, by an engine. */
export async function leftInBlocks(
  problem: EvalProblem,
  drawn: readonly BootstrapDraw[],
  fit: FoldFit,
  engine: EngineOptions,
): Promise<Float64Array[]> {
  const { stored, arrays } = storeProblem(problem);
  const unitLength = rowLength(problem.models);
  const work = {
    work: leftBlocks,
    label: "out-of-bag bootstrap",
    parameters: asJson({ problem: stored, fit }, "by"),
    inputs: { ...arrays, ...drawArrays(drawn) },
    nUnits: drawn.length,
    unitLength,
    blockUnits: BLOCK_SAMPLES,
  };
  const rows = await runBlocks(work, engine, problem.job);
  return drawn.map((_, sample) => partOf(rows, sample, unitLength));
}
