import { packageCommand, sha256Of, thisMachine } from "#platform/machine";
import { throwIfCancelled } from "../../core/job.ts";
import { writeText } from "../../core/write-text.ts";
import { BlocksMissing } from "../errors.ts";
import type { BlockSet } from "../block-set.ts";
import type { EngineOptions } from "../engine-options.ts";
import { runStatus } from "../run-status.ts";
import { damagedBlocks } from "../damaged-blocks.ts";
import { exportCommands } from "./export.ts";
import { localProcesses } from "./local.ts";
import { largestArray } from "./slurm-commands.ts";
import { slurmArray } from "./slurm.ts";
import type { DriveOptions, Driver } from "./driver.ts";

const drivers: Readonly<Partial<Record<string, Driver>>> = {
  local: localProcesses,
  slurm: slurmArray,
  export: exportCommands,
};

/**
 * List the missing blocks, have the chunks that hold them computed, look again, for some rounds at most. Only the files
 * say what is done; a block that is damaged is none. Throws `BlocksMissing`, `ClusterFailed`, `Cancelled`.
 */
export async function driveRounds(
  set: BlockSet,
  engine: EngineOptions,
  options: DriveOptions = {},
): Promise<void> {
  const { rounds = 5 } = engine;
  const driver = drivers[engine.driver];
  const nChunks = await chunksFor(set, engine);
  let failures: readonly string[] = [];
  for (let round = 0; ; round++) {
    throwIfCancelled(options.signal, "the work in blocks");
    const missing = await missingOf(set);
    options.onDone?.(set.blocks.length - missing.length);
    if (missing.length === 0) return set.folder.removeParts(set.blocks.map(({ key }) => key));
    if (driver === undefined || round === rounds) throw lost(set, missing.length, failures);
    const target = await targetOf(set);
    const command = [...(engine.command ?? packageCommand()), "chunk", target];
    const chunks = set.chunksOf(missing, nChunks);
    const end = await driver({ set, engine, nChunks, chunks, target, command, options });
    failures = end.failures;
    const left = await missingOf(set);
    const stuck = end.again === false && left.length > 0;
    if (stuck) throw lost(set, left.length, failures);
  }
}

/** Missing blocks; once none is, those that cannot be read are taken away and are missing, too. */
async function missingOf(set: BlockSet): Promise<number[]> {
  const missing = await set.missing();
  return missing.length > 0 ? missing : damagedBlocks(set);
}

function lost(set: BlockSet, missing: number, failures: readonly string[]): BlocksMissing {
  const why = failures.length === 0 ? "" : `the last that was heard: ${failures[0].trim()}; `;
  const advice = `${why}look into ${set.folder.path}/logs, mend it, and give the same command again: what is there is kept`;
  return new BlocksMissing(set.folder.path, missing, set.blocks.length, advice);
}

/** The file that a chunk is told: the plan, or of several a list that does not change. */
async function targetOf({ folder, plans }: BlockSet): Promise<string> {
  if (plans.length === 1) return folder.planPath(plans[0]);
  const paths = plans.map((plan) => folder.planPath(plan));
  const text = `${JSON.stringify({ plans: paths }, null, 1)}\n`;
  const name = sha256Of([new TextEncoder().encode(text)]).slice(0, 16);
  const path = `${folder.path}/lists/${name}.json`;
  await writeText(path, text);
  return path;
}

/** Seconds of work that a chunk of a cluster is to have: what starting it takes is then nothing. */
const CHUNK_SECONDS = 180;

async function chunksFor(set: BlockSet, engine: EngineOptions): Promise<number> {
  const { driver, chunks, processes = thisMachine().cores } = engine;
  const nBlocks = Math.max(1, set.blocks.length);
  const most = driver === "slurm" ? Math.min(nBlocks, await largestArray()) : nBlocks;
  if (chunks !== undefined) return Math.min(chunks, most);
  if (driver === "local") return Math.min(most, 4 * processes);
  const { secondsLeft, total, done } = await runStatus(set);
  if (secondsLeft === undefined || done === total) return Math.min(most, 100);
  const all = (secondsLeft * total) / (total - done);
  return Math.min(most, Math.max(1, Math.ceil(all / CHUNK_SECONDS)));
}
