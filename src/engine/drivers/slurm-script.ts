import { InvalidArgument } from "../../core/errors.ts";
import { shellWord } from "./shell-word.ts";
import type { SlurmOptions } from "../engine-options.ts";

/** What an array is made of. */
export interface ArrayJob {
  readonly name: string;
  /** Numbers of the tasks, ascending. */
  readonly tasks: readonly number[];
  readonly command: readonly string[];
  readonly nChunks: number;
  readonly logs: string;
  readonly slurm: SlurmOptions;
}

/** Seconds before the end of its time at which a task is told to begin no other block. */
const WARNING_S = 60;

/** The script of a job array: one task a chunk, whose number is that of the task. */
export function arrayScript({ command, nChunks, slurm }: ArrayJob): string {
  const call = [...command, "--chunks", String(nChunks), "--jobs", String(slurm.cores ?? 1)];
  return [
    "#!/bin/sh",
    "# exec: signals of the cluster then reach the work itself.",
    `exec ${call.map(shellWord).join(" ")}`,
    "",
  ].join("\n");
}

/** What `sbatch` is told of an array: as arguments, as no line of a script holds every name of a folder. */
export function arrayOptions({ name, tasks, logs, slurm }: ArrayJob): string[] {
  const { partition, account, time, memory, atOnce, cores = 1, sbatch = [] } = slurm;
  const limit = atOnce === undefined ? "" : `%${atOnce}`;
  const options: readonly (string | undefined)[] = [
    `--job-name=${name}`,
    `--array=${taskList(tasks)}${limit}`,
    `--output=${asPattern(logs)}/${name}-%a.log`,
    "--open-mode=append",
    "--requeue",
    "--ntasks=1",
    `--cpus-per-task=${cores}`,
    `--signal=B:USR1@${WARNING_S}`,
    partition && `--partition=${partition}`,
    account && `--account=${account}`,
    time && `--time=${time}`,
    memory && `--mem=${memory}`,
    ...sbatch,
  ];
  return options.filter((option) => option !== undefined && option !== "") as string[];
}

/** A folder in a pattern of names: `%` is itself, and a backslash, which would end all patterns, has no place in it. */
function asPattern(folder: string): string {
  if (!/[\\\r\n]/.test(folder)) return folder.replaceAll("%", "%%");
  throw new InvalidArgument(
    "folder",
    folder,
    "Slurm writes no logs where a name holds a backslash or a line break: take another folder (--run-dir)",
  );
}

/** Numbers as Slurm lists them: 0-3,7,9-10. */
export function taskList(tasks: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < tasks.length;) {
    let end = at;
    while (end + 1 < tasks.length && tasks[end + 1] === tasks[end] + 1) end++;
    parts.push(end === at ? `${tasks[at]}` : `${tasks[at]}-${tasks[end]}`);
    at = end + 1;
  }
  return parts.join(",");
}
