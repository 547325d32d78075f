import type { JobOptions } from "../../core/job.ts";
import type { BlockInputs, BlockWork, OpenedWork } from "../../engine/block-work.ts";
import { asJson } from "../../engine/canonical-json.ts";
import type { EngineOptions } from "../../engine/engine-options.ts";
import { runBlocks } from "../../engine/run-blocks.ts";
import { openModel } from "./model-task.ts";
import type { RunTask } from "./run-task.ts";
import { withVolumes, type StoredVolumes } from "./stored-volumes.ts";
import { openTrials } from "./trial-task.ts";

/** A run as a plan's file has it; its arrays are inputs. */
interface StoredRun {
  readonly kind: RunTask["kind"];
  readonly task: object;
  readonly volumes:
    { readonly file: string; readonly sha256: string } | { readonly nVolumes: number };
}

/** Runs of a linear model: each is fitted whole, from its file where that lies. */
export const runFitBlocks: BlockWork = {
  name: "runs of a linear model",
  version: 1,
  open: (parameters, inputs) =>
    openRuns(parameters as unknown as { runs: StoredRun[]; unitLength: number }, inputs),
};

function openRuns(
  { runs, unitLength }: { readonly runs: readonly StoredRun[]; readonly unitLength: number },
  inputs: BlockInputs,
): OpenedWork {
  const voxels = inputs.voxels as Int32Array;
  const fitOne = async (at: number, { signal, jobs }: JobOptions): Promise<Float64Array> => {
    const { kind, task, volumes } = runs[at];
    const arrays = arraysOf(inputs, at);
    const fit = (kind === "model" ? openModel : openTrials)(task, arrays);
    const stored =
      "file" in volumes ? volumes : { ...volumes, series: arrays.series as Float64Array };
    return withVolumes(stored, voxels, (source) =>
      fit(source, { voxels }, { signal, jobs, onProgress: false }),
    );
  };
  return {
    run: async (from, to, job) => {
      const all = new Float64Array((to - from) * unitLength);
      for (let at = from; at < to; at++) all.set(await fitOne(at, job), (at - from) * unitLength);
      return all;
    },
  };
}

/** What is found of each run, by an engine. */
export async function runInBlocks(
  tasks: readonly RunTask[],
  volumes: readonly StoredVolumes[],
  voxels: Int32Array,
  job: JobOptions,
  engine: EngineOptions,
): Promise<Float64Array[]> {
  const unitLength = Math.max(...tasks.map(({ nValues }) => nValues)) * voxels.length;
  const runs = tasks.map(({ kind, stored }, at): StoredRun => {
    const own = volumes[at];
    return { kind, task: stored, volumes: "file" in own ? own : { nVolumes: own.nVolumes } };
  });
  const work = {
    work: runFitBlocks,
    label: "linear model",
    parameters: asJson({ runs, unitLength }, "runs"),
    inputs: Object.assign(
      { voxels },
      ...tasks.map((task, at) => named(task, volumes[at], at)),
    ) as BlockInputs,
    nUnits: tasks.length,
    unitLength,
    blockUnits: 1,
  };
  const all = await runBlocks(work, engine, job);
  return tasks.map(({ nValues }, at) =>
    all.subarray(at * unitLength, at * unitLength + nValues * voxels.length),
  );
}

/** Arrays of a run by names of their own. */
function named({ arrays }: RunTask, volumes: StoredVolumes, at: number): BlockInputs {
  const own = "series" in volumes ? { ...arrays, series: volumes.series } : arrays;
  return Object.fromEntries(Object.entries(own).map(([name, array]) => [`${name} ${at}`, array]));
}

function arraysOf(inputs: BlockInputs, at: number): BlockInputs {
  const ending = ` ${at}`;
  const own = Object.entries(inputs).filter(([name]) => name.endsWith(ending));
  return Object.fromEntries(own.map(([name, array]) => [name.slice(0, -ending.length), array]));
}
