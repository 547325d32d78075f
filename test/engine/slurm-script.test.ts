import { expect, test } from "vitest";
import { arrayScript, taskList } from "../../src/engine/drivers/slurm-script.ts";
import { shellWord } from "../../src/engine/drivers/shell-word.ts";

test("numbers of tasks are listed as Slurm lists them", () => {
  expect(taskList([0, 1, 2, 3, 7, 9, 10])).toBe("0-3,7,9-10");
  expect(taskList([4])).toBe("4");
  expect(taskList([])).toBe("");
});

test("words are quoted for a shell where they need it", () => {
  expect(["a-b/c.json", "a b", "it's", "$HOME", ""].map(shellWord)).toEqual([
    "a-b/c.json",
    "'a b'",
    "'it'\\''s'",
    "'$HOME'",
    "''",
  ]);
});

test("the script of an array asks for what was asked for, and nothing else", () => {
  const job = {
    name: "tsrsa-x",
    tasks: [0, 2],
    command: ["node", "a b.js", "chunk", "p.json"],
    nChunks: 3,
    logs: "/run/logs",
  };
  expect(arrayScript({ ...job, slurm: {} }).split("\n")).toEqual([
    "#!/bin/sh",
    "#SBATCH --job-name=tsrsa-x",
    "#SBATCH --array=0,2",
    "#SBATCH --output=/run/logs/tsrsa-x-%a.log",
    "#SBATCH --open-mode=append",
    "#SBATCH --requeue",
    "#SBATCH --ntasks=1",
    "#SBATCH --cpus-per-task=1",
    "#SBATCH --signal=B:USR1@60",
    "# exec: signals of the cluster then reach the work itself.",
    "exec node 'a b.js' chunk p.json --chunks 3 --jobs 1",
    "",
  ]);
  const slurm = {
    partition: "long",
    account: "lab",
    time: "01:00:00",
    memory: "4G",
    atOnce: 2,
    cores: 4,
    sbatch: ["--qos=high"],
  };
  const text = arrayScript({ ...job, slurm });
  for (const line of [
    "--array=0,2%2",
    "--partition=long",
    "--account=lab",
    "--time=01:00:00",
    "--mem=4G",
    "--qos=high",
    "--cpus-per-task=4",
  ])
    expect(text).toContain(`#SBATCH ${line}\n`);
  expect(text).toContain("--jobs 4\n");
});
