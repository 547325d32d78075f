import { runProgram } from "#platform/processes";
import { ClusterFailed } from "../errors.ts";

/** A task of an array, as the cluster sees it. */
export interface QueuedTask {
  readonly task: string;
  readonly state: string;
  readonly reason: string;
  readonly nodes: string;
}

/** A node that takes no work, and why. */
export interface AbsentNode {
  readonly node: string;
  readonly state: string;
  readonly reason: string;
}

/** Largest array that is sure to be taken where the cluster does not say. */
const USUAL_LARGEST = 1000;

/** How many tasks an array of this cluster may have. */
export async function largestArray(): Promise<number> {
  const { code, out } = await runProgram(["scontrol", "show", "config"]);
  const said = code === 0 ? /^MaxArraySize\s*=\s*(\d+)/m.exec(out)?.[1] : undefined;
  return said === undefined ? USUAL_LARGEST : Math.max(1, Number(said) - 1);
}

/** Hand in a script with its options; the job's number. Undefined: nobody answered, and it may be tried again. Throws `ClusterFailed`. */
export async function submitScript(
  options: readonly string[],
  script: string,
): Promise<string | undefined> {
  const { code, out, errors } = await runProgram(["sbatch", "--parsable", ...options, script]);
  if (code === 0) return out.trim().split(";")[0];
  if (isUnreachable(errors)) return undefined;
  throw new ClusterFailed(
    "sbatch",
    errors,
    code === 127
      ? "Slurm is not installed here: run it on a login node, or take --engine local"
      : "change the options of the job (--partition, --time, --mem, --sbatch)",
  );
}

/**
 * Tasks of jobs of a name that are not over; undefined when nobody answers. By name and not by number: a controller that
 * was started again gives numbers a second time.
 */
export async function queuedTasks(name: string): Promise<QueuedTask[] | undefined> {
  const format = "%K|%T|%r|%N";
  const { code, out } = await runProgram(["squeue", "-h", "-r", `--name=${name}`, "-o", format]);
  if (code !== 0) return undefined;
  return out.split("\n").flatMap((line) => {
    const [task, state, reason, nodes] = line.trim().split("|");
    return state === undefined ? [] : [{ task, state, reason, nodes }];
  });
}

/** Names of this user's jobs that begin so. */
export async function jobsNamed(prefix: string): Promise<string[]> {
  const { code, out } = await runProgram(["squeue", "-h", "--me", "-o", "%j"]);
  const names = code === 0 ? out.split("\n").map((line) => line.trim()) : [];
  return [...new Set(names.filter((name) => name.startsWith(prefix)))];
}

/** Nodes that are down, drained or failing. */
export async function absentNodes(): Promise<AbsentNode[]> {
  const states = "down,drain,fail,maint,no_respond";
  const { code, out } = await runProgram(["sinfo", "-h", "-N", "-t", states, "-o", "%N|%T|%E"]);
  if (code !== 0) return [];
  return out.split("\n").flatMap((line) => {
    const [node, state, reason] = line.trim().split("|");
    return state === undefined ? [] : [{ node, state, reason }];
  });
}

/** Take back what is left of our own job. */
export async function cancelJob(name: string): Promise<void> {
  await runProgram(["scancel", `--name=${name}`, "--me"]);
}

function isUnreachable(errors: string): boolean {
  return /unable to contact|timed out|connection refused|communication|try again/i.test(errors);
}
