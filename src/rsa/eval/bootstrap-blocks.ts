import type { JobOptions } from "../../core/job.ts";
import type { BlockInputs, BlockWork, OpenedWork } from "../../engine/block-work.ts";
import { asJson } from "../../engine/canonical-json.ts";
import type { EngineOptions } from "../../engine/engine-options.ts";
import { runBlocks } from "../../engine/run-blocks.ts";
import { pairComparisonOf, type PairComparisonLike } from "../comparisons/resolve.ts";
import type { ToCompare } from "./compared.ts";
import type { Resampling } from "./draws.ts";
import type { BootstrapDraw } from "./eval-parts.ts";
import { evaluateDraws } from "./evaluate-draws.ts";
import { SampleTable } from "./sample-table.ts";
import { partOf, stacked, unstacked } from "./stacked.ts";
import { drawArrays, drawAt } from "./stored-draws.ts";
import { nameOrOwn } from "./stored-problem.ts";

/** Samples in a block: all vectors are sorted anew for each. */
const BLOCK_SAMPLES = 25;

/** What a plan's file says of a bootstrap. */
interface Parameters {
  readonly nItems: number;
  readonly nData: number;
  readonly nModels: number;
  readonly groups: readonly number[];
  readonly method: PairComparisonLike;
  readonly resampling: Resampling;
  readonly noiseCeiling: boolean;
}

/** Samples of a bootstrap, whose draws are given. */
export const bootstrapBlocks: BlockWork = {
  name: "bootstrap samples",
  version: 1,
  open: (parameters, inputs) => openBootstrap(parameters as unknown as Parameters, inputs),
};

function openBootstrap(parameters: Parameters, inputs: BlockInputs): OpenedWork {
  const { nItems, nData, nModels, groups, method, resampling, noiseCeiling } = parameters;
  const known = inputs.known as Uint8Array | undefined;
  const toCompare: ToCompare = {
    data: unstacked(inputs.data as Float64Array, nData),
    predictions: unstacked(inputs.predictions as Float64Array, nModels),
    groups: { of: Int32Array.from(groups), count: new Set(groups).size },
    comparison: pairComparisonOf(method),
    shape: { nItems, known, sigma: undefined },
  };
  return {
    run: async (from, to, job) => {
      const draws = Array.from({ length: to - from }, (_, at) => drawAt(inputs, from + at));
      const table = await evaluateDraws(toCompare, resampling, draws, noiseCeiling, job);
      return stacked(draws.map((_, sample) => table.row(sample)));
    },
  };
}

/** The samples of a bootstrap by an engine, as {@link evaluateDraws} makes them. */
export async function drawInBlocks(
  toCompare: ToCompare,
  resampling: Resampling,
  draws: readonly BootstrapDraw[],
  noiseCeiling: boolean,
  job: JobOptions,
  engine: EngineOptions,
): Promise<SampleTable> {
  const { data, predictions, groups, comparison, shape } = toCompare;
  const nValues = resampling === "dual" ? 3 : 1;
  const unitLength = SampleTable.rowLength(predictions.length, nValues);
  const parameters = {
    nItems: shape.nItems,
    nData: data.length,
    nModels: predictions.length,
    groups: groups.of,
    method: nameOrOwn(comparison),
    resampling,
    noiseCeiling,
  };
  const work = {
    work: bootstrapBlocks,
    label: "bootstrap",
    parameters: asJson(parameters, "method"),
    inputs: {
      data: stacked(data),
      predictions: stacked(predictions),
      ...(shape.known !== undefined && { known: shape.known }),
      ...drawArrays(draws),
    },
    nUnits: draws.length,
    unitLength,
    blockUnits: BLOCK_SAMPLES,
  };
  const rows = await runBlocks(work, engine, job);
  const table = new SampleTable(predictions.length, draws.length, nValues);
  draws.forEach((_, sample) => table.enterRow(sample, partOf(rows, sample, unitLength)));
  return table;
}
