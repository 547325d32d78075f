import type { JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import type { BlockJob } from "./block-work.ts";
import { BlockSet } from "./block-set.ts";
import type { EngineOptions } from "./engine-options.ts";
import { BlocksMissing } from "./errors.ts";
import { driveRounds } from "./drivers/drive-rounds.ts";
import { adviceFor, mergeBlocks } from "./merge-blocks.ts";
import { planContent, planId, type Plan, type PlanInput } from "./plan.ts";
import { runSome } from "./run-chunk.ts";
import { RunFolder } from "./run-folder.ts";

/**
 * Do work in blocks: plan it, have the blocks that are not there computed, and put them together in their order. The
 * numbers are the same for any driver and any number of chunks. Blocks stay in the folder; asked again, none is computed
 * twice.
 *
 * @throws BlocksMissing when blocks are not computed, as with `export` and `plan`; OtherMachine; ClusterFailed;
 *   Cancelled, which leaves the blocks that are done.
 */
export async function runBlocks(
  job: BlockJob,
  engine: EngineOptions,
  options: JobOptions,
): Promise<Float64Array> {
  const folder = new RunFolder(engine.folder);
  const plan = await writePlan(folder, job, engine);
  const set = new BlockSet(folder, [plan]);
  if (engine.driver === "plan") await measure(set, job, options);
  if (engine.driver === "plan" || engine.driver === "merge") return mergedOf(set, plan);
  const line = reporter(options, `${job.label}: blocks`, set.blocks.length);
  await driveRounds(set, engine, { signal: options.signal, onDone: (done) => line.update(done) });
  line.finish();
  return (await mergeBlocks(folder, plan)).values;
}

async function mergedOf(set: BlockSet, plan: Plan): Promise<Float64Array> {
  const missing = await set.missing();
  if (missing.length > 0)
    throw new BlocksMissing(
      set.folder.path,
      missing.length,
      set.blocks.length,
      adviceFor(set.folder),
    );
  return (await mergeBlocks(set.folder, plan)).values;
}

/** Compute a block, so that the cost is known. */
async function measure(set: BlockSet, { work }: BlockJob, options: JobOptions): Promise<void> {
  const missing = await set.missing();
  if (missing.length < set.blocks.length || missing.length === 0) return;
  await runSome(set.folder, set.blocks.slice(0, 1), [work], options);
}

async function writePlan(
  folder: RunFolder,
  job: BlockJob,
  { asked, driver }: EngineOptions,
): Promise<Plan> {
  const inputs: Record<string, PlanInput> = {};
  for (const [name, values] of Object.entries(job.inputs))
    inputs[name] = await folder.writeInput(values);
  const content = planContent(job, inputs);
  const label =
    asked === undefined ? job.label : `${job.label}: ${asked.command.slice(0, 2).join(" ")}`;
  const by = asked && { command: asked.command, workingFolder: asked.folder };
  const plan: Plan = { ...content, id: planId(content), label, ...by };
  // What puts together is not what was asked for: it leaves the plan as it was made.
  if (driver !== "merge") await folder.writePlan(plan);
  return plan;
}
