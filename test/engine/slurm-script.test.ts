import { expect, test } from "vitest";
import { arrayOptions, arrayScript, taskList } from "../../src/engine/drivers/slurm-script.ts";
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

test("an array asks for what was asked for, and nothing else", () => {
  const job = {
    name: "tsrsa-x",
    tasks: [0, 2],
    command: ["node", "a b.js", "chunk", "p.json"],
    nChunks: 3,
    logs: "/run/logs",
  };
  expect(arrayOptions({ ...job, slurm: {} })).toEqual([
    "--job-name=tsrsa-x",
    "--array=0,2",
    "--output=/run/logs/tsrsa-x-%a.log",
    "--open-mode=append",
    "--requeue",
    "--ntasks=1",
    "--cpus-per-task=1",
    "--signal=B:USR1@60",
  ]);
  expect(arrayScript({ ...job, slurm: {} }).split("\n")).toEqual([
    "#!/bin/sh",
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
  const asked = arrayOptions({ ...job, slurm });
  for (const line of [
    "--array=0,2%2",
    "--partition=long",
    "--account=lab",
    "--time=01:00:00",
    "--mem=4G",
    "--qos=high",
    "--cpus-per-task=4",
  ])
    expect(asked).toContain(line);
  expect(arrayScript({ ...job, slurm })).toContain("--jobs 4\n");
});

test("logs lie in the folder, whatever it is called; what Slurm cannot write is refused", () => {
  const job = { name: "n", tasks: [0], command: ["node"], nChunks: 1, slurm: {} };
  const logsIn = (logs: string): string | undefined =>
    arrayOptions({ ...job, logs }).find((option) => option.startsWith("--output="));
  expect(logsIn("/a b/it's")).toBe("--output=/a b/it's/n-%a.log");
  expect(logsIn("/5%/%j%%")).toBe("--output=/5%%/%%j%%%%/n-%a.log");
  for (const name of ["/a\\b", "/a\nb", "/a\rb"])
    expect(() => logsIn(name)).toThrow("take another folder");
});
