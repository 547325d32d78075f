import { sha256Of } from "#platform/machine";
import { wait } from "#platform/processes";
import { Cancelled } from "../../core/errors.ts";
import { writeText } from "../../core/write-text.ts";
import { ClusterFailed } from "../errors.ts";
import type { Round, RoundEnd } from "./driver.ts";
import {
  absentNodes,
  cancelJob,
  jobsNamed,
  queuedTasks,
  submitScript,
  type QueuedTask,
} from "./slurm-commands.ts";
import { arrayOptions, arrayScript } from "./slurm-script.ts";

const POLL_MS = 2000;
/** How long a controller may be silent. */
const PATIENCE_MS = 15 * 60_000;

/**
 * One job array over the missing chunks. What the cluster says is a hint: it may forget a job, call work lost that goes
 * on, or hold tasks whose results are written. A round is over when no block is missing, or when no task of ours is left
 * that could run. Nodes that are down or drained are named; to bring them back is the administrator's.
 */
export async function slurmArray(round: Round): Promise<RoundEnd> {
  const prefix = `tsrsa-${planMark(round)}-`;
  const [running] = await jobsNamed(prefix);
  const name = running ?? `${prefix}${Math.random().toString(36).slice(2, 8)}`;
  if (running === undefined) await submit(round, name);
  else speaker(round)(`job ${name} of an earlier call is still there: waiting for it`);
  try {
    return await watch(round, name);
  } catch (error) {
    if (round.options.signal?.aborted === true) await cancelJob(name);
    throw error;
  }
}

/** Which work a job of ours belongs to. */
function planMark({ set }: Round): string {
  const ids = [...new Set(set.plans.map(({ id }) => id))].join();
  return sha256Of([new TextEncoder().encode(ids)]).slice(0, 10);
}

async function submit(round: Round, name: string): Promise<void> {
  const { set, chunks, command, nChunks, engine } = round;
  const logs = `${set.folder.path}/logs`;
  const path = `${set.folder.path}/slurm/${name}.sh`;
  const slurm = engine.slurm ?? {};
  const job = { name, tasks: chunks, command, nChunks, logs, slurm };
  const options = arrayOptions(job);
  await writeText(path, arrayScript(job));
  // The folder must be there before a task opens its log in it.
  await writeText(`${logs}/${name}.txt`, `${chunks.length} tasks\n`, { durable: false });
  const say = speaker(round);
  for (const began = Date.now(); ;) {
    if ((await queuedTasks(name))?.length) return;
    const number = await submitScript(options, path);
    if (number !== undefined)
      return say(`submitted job ${number} (${name}): ${chunks.length} tasks`);
    say("the controller does not answer: trying again");
    await pause(round, began, "sbatch");
  }
}

async function watch(round: Round, name: string): Promise<RoundEnd> {
  const { set, options } = round;
  const say = speaker(round);
  for (let began = Date.now(), quiet = 0; ;) {
    const missing = await set.missing();
    options.onDone?.(set.blocks.length - missing.length);
    const tasks = await queuedTasks(name);
    if (tasks !== undefined) began = Date.now();
    else say("the controller does not answer: waiting");
    if (missing.length === 0) {
      if (tasks?.length) await cancelJob(name);
      return { failures: [] };
    }
    quiet = tasks?.length === 0 ? quiet + 1 : 0;
    if (quiet >= 2) return { failures: await lastWords(round, name) };
    if (tasks !== undefined && isStuck(tasks)) {
      say(
        `${tasks.length} tasks are on hold (${tasks[0].reason}): taken back, to be submitted anew`,
      );
      await cancelJob(name);
      return { failures: [tasks[0].reason] };
    }
    if (tasks?.some(({ state }) => state === "PENDING")) await nameNodes(say);
    await pause(round, began, "squeue");
  }
}

/** No task runs, and none will: the cluster has put all of them on hold. */
function isStuck(tasks: readonly QueuedTask[]): boolean {
  return (
    tasks.length > 0 && tasks.every(({ state, reason }) => state === "PENDING" && isHeld(reason))
  );
}

function isHeld(reason: string): boolean {
  return /held|hold/i.test(reason);
}

async function nameNodes(say: (line: string) => void): Promise<void> {
  for (const { node, state, reason } of await absentNodes())
    say(`node ${node} is ${state} (${reason}): ask the administrator of the cluster to resume it`);
}

async function pause({ options }: Round, began: number, command: string): Promise<void> {
  if (Date.now() - began > PATIENCE_MS)
    throw new ClusterFailed(
      command,
      `no answer for ${PATIENCE_MS / 60_000} minutes`,
      "give the same command again when the cluster answers: what is there is kept",
    );
  await wait(POLL_MS, options.signal);
  if (options.signal?.aborted === true) throw new Cancelled("the work in blocks");
}

/** What tasks wrote last, of a few. */
async function lastWords({ set, chunks }: Round, name: string): Promise<string[]> {
  const words: string[] = [];
  for (const k of chunks.slice(0, 20)) {
    const text = await set.folder.text(`logs/${name}-${k}.log`);
    const line = text?.trim().split("\n").at(-1);
    if (line !== undefined && line !== "") words.push(line);
  }
  return words;
}

const said = new WeakMap<object, Set<string>>();

/** Says a line once for the same work. */
function speaker({ set, options }: Round): (line: string) => void {
  const before = said.get(set) ?? new Set<string>();
  said.set(set, before);
  const say = options.say ?? ((line: string) => console.error(`tsrsa: ${line}`));
  return (line) => {
    if (before.has(line)) return;
    before.add(line);
    say(line);
  };
}
