import { type Command } from "commander";
import {
  engineDrivers,
  type EngineDriver,
  type EngineOptions,
} from "../src/engine/engine-options.ts";
import { keptAddress } from "../src/core/http/shown-address.ts";
import { nameOption, numberOption } from "./option-values.ts";
import { UsageError } from "./usage-error.ts";

/** The options of a command whose work can be done in blocks. */
export interface EngineArguments {
  readonly engine?: EngineDriver;
  readonly runDir?: string;
  readonly chunks?: number;
  readonly processes?: number;
  readonly rounds?: number;
  readonly partition?: string;
  readonly account?: string;
  readonly time?: string;
  readonly mem?: string;
  readonly cores?: number;
  readonly atOnce?: number;
  readonly sbatch?: readonly string[];
}

const drivers = ["local", "slurm", "export"] as const;

/** Let a command be done in blocks: `--engine` and what goes with it. */
export function addEngineOptions(command: Command): Command {
  return addDriverOptions(
    command
      .option(
        "--engine <name>",
        `do it in blocks: ${drivers.join(", ")}; blocks that are there are not computed again`,
        nameOption("--engine", engineDrivers),
      )
      .option("--run-dir <folder>", "folder of the blocks; default OUT.blocks"),
  );
}

/** What drivers are told. */
export function addDriverOptions(command: Command): Command {
  return command
    .option("--chunks <n>", "in how many chunks blocks are handed out", countOption("--chunks"))
    .option("--processes <n>", "local: processes at once", countOption("--processes"))
    .option("--rounds <n>", "how often lost blocks are asked for again", countOption("--rounds"))
    .option("--partition <name>", "slurm: partition")
    .option("--account <name>", "slurm: account")
    .option("--time <time>", "slurm: longest time of a task, as 01:30:00")
    .option("--mem <memory>", "slurm: memory of a task, as 4G")
    .option("--cores <n>", "slurm: cores of a task", countOption("--cores"))
    .option("--at-once <n>", "slurm: tasks at once at most", countOption("--at-once"))
    .option("--sbatch <option...>", "slurm: further options of sbatch, as --sbatch=--qos=long");
}

/** The engine that was asked for; undefined: none. Throws `UsageError`. */
export function engineOf(given: EngineArguments, out: string): EngineOptions | undefined {
  if (given.engine !== undefined)
    return {
      ...driverOf(given),
      driver: given.engine,
      folder: given.runDir ?? `${out}.blocks`,
      asked: { command: askedCommand(), folder: process.cwd() },
    };
  const stray = Object.keys(given).find((name) => engineOnly.includes(name as never));
  if (stray === undefined) return undefined;
  throw new UsageError(`--${dashed(stray)} needs --engine ${drivers.join(" or ")}`);
}

/** What is asked of a driver. */
export function driverOf(given: EngineArguments): Omit<EngineOptions, "driver" | "folder"> {
  const { partition, account, time, mem, cores, atOnce, sbatch } = given;
  const { chunks, processes, rounds } = given;
  const slurm = { partition, account, time, memory: mem, cores, atOnce, sbatch };
  return { chunks, processes, rounds, slurm };
}

const engineOnly = [
  "runDir",
  "chunks",
  "processes",
  "rounds",
  "partition",
  "account",
  "time",
  "mem",
  "cores",
  "atOnce",
  "sbatch",
] as const satisfies readonly (keyof EngineArguments)[];

/** Options of how work is computed, which is over when it is finished; where its blocks lie is asked again. */
const leftOut = new Set(
  ["engine", ...engineOnly].filter((name) => name !== "runDir").map((name) => `--${dashed(name)}`),
);

/**
 * This command line, without who was to compute it and how: the one that finishes the work later, the same however it was
 * computed. It is written to disk, and holds no passwords and no signatures of addresses.
 */
function askedCommand(): string[] {
  const words = process.argv.slice(2);
  const kept: string[] = [];
  for (let at = words[0] === "plan" ? 1 : 0; at < words.length; at++) {
    const [option, value] = words[at].split(/=(.*)/s);
    if (!leftOut.has(option)) kept.push(withoutSecrets(words[at]));
    else if (value === undefined) at++;
    while (option === "--sbatch" && at + 1 < words.length && !words[at + 1].startsWith("-")) at++;
  }
  return kept;
}

/** A word of a command line: an address, or one behind `--option=`. */
function withoutSecrets(word: string): string {
  const [, option = "", rest = word] = /^(--[\w-]+=)(.*)$/s.exec(word) ?? [];
  return option + keptAddress(rest);
}

function countOption(option: string): (text: string) => number {
  return (text) => {
    const count = numberOption(option)(text);
    if (Number.isSafeInteger(count) && count >= 1) return count;
    throw new UsageError(`${option} takes a whole number of at least 1, not ${text}`);
  };
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
