import { environmentOf, peakMemory, processId, thisMachine } from "#platform/machine";
import type { PlannedBlock } from "./block-set.ts";
import type { RunFolder } from "./run-folder.ts";

/** Where a block was computed, and what it took. Beside the numbers, never among them. */
export interface BlockProvenance {
  readonly key: string;
  readonly plan: string;
  readonly inputs: readonly string[];
  readonly code: string;
  readonly node: string;
  readonly arch: string;
  readonly cpu: string;
  readonly host: string;
  readonly process: number;
  /** `SLURM_JOB_ID`, `SLURM_ARRAY_TASK_ID` and `SLURM_RESTART_COUNT`, where there are any. */
  readonly slurm?: { readonly job: string; readonly task?: string; readonly restarts?: string };
  readonly finished: string;
  readonly seconds: number;
  readonly peakBytes: number;
}

const folderName = "provenance";

/** Note a block that this process has computed, in a file that is this process's alone. */
export async function noteBlock(
  folder: RunFolder,
  { key, plan }: PlannedBlock,
  seconds: number,
): Promise<void> {
  const { node, arch, cpu, host } = thisMachine();
  const job = environmentOf("SLURM_JOB_ID");
  const slurm = job === undefined ? undefined : slurmOf(job);
  const line: BlockProvenance = {
    key,
    plan: plan.id,
    inputs: Object.values(plan.inputs).map(({ sha256 }) => sha256),
    code: plan.code,
    node,
    arch,
    cpu,
    host,
    process: processId(),
    slurm,
    finished: new Date().toISOString(),
    seconds,
    peakBytes: peakMemory(),
  };
  await folder.appendLine(`${folderName}/${host}-${job ?? "local"}-${processId()}.jsonl`, line);
}

function slurmOf(job: string): BlockProvenance["slurm"] {
  const task = environmentOf("SLURM_ARRAY_TASK_ID");
  return { job, task, restarts: environmentOf("SLURM_RESTART_COUNT") };
}

/** What is known of blocks that were computed, the last word of each. */
export async function readProvenance(folder: RunFolder): Promise<Map<string, BlockProvenance>> {
  const found = new Map<string, BlockProvenance>();
  for (const name of await folder.names(folderName))
    for (const line of await folder.lines(`${folderName}/${name}`))
      if (typeof line === "object" && line !== null && "key" in line && "seconds" in line)
        found.set(String(line.key), line as BlockProvenance);
  return found;
}
