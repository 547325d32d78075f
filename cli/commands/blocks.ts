import { Option, type Command } from "commander";
import { isTsrsaError } from "../../src/core/errors.ts";
import { addDriverOptions } from "../engine-option.ts";
import { jobsOption, nameOption, numberOption } from "../option-values.ts";
import type { ChunkArguments } from "../work/blocks/chunk.ts";
import type { MergeArguments } from "../work/blocks/merge.ts";
import type { SubmitArguments } from "../work/blocks/submit.ts";

/** `tsrsa plan|chunk|status|submit|merge`: long work in blocks, here or on a cluster. */
export function register(program: Command): void {
  registerPlan(program);
  registerChunk(program);
  registerStatus(program);
  registerSubmit(program);
  registerMerge(program);
}

function registerPlan(program: Command): void {
  program
    .command("plan")
    .description("plan a command in blocks and compute one of them, to say what all will cost")
    .argument("<command>", "the command, as rsa-nifti")
    .argument("[words...]", "its arguments and options")
    .allowUnknownOption()
    .helpOption(false)
    .action(async (command: string, words: string[]) => {
      const folder = await planOf(() => call(program, [command, ...words, "--engine", "plan"]));
      if (folder === undefined) return;
      const { printStatus } = await import("../work/blocks/status.ts");
      await printStatus(folder, words.includes("--json"));
    });
}

/** The folder of what is planned; undefined when all of it was computed before, and the command has ended. */
async function planOf(plan: () => Promise<void>): Promise<string | undefined> {
  try {
    await plan();
    return undefined;
  } catch (error) {
    if (isTsrsaError(error, "BLOCKS_MISSING") && "folder" in error) return String(error.folder);
    throw error;
  }
}

function registerChunk(program: Command): void {
  program
    .command("chunk")
    .description("compute one chunk of a plan; what is there is not computed again")
    .argument("<plan.json>", "a plan, or a list of plans")
    .argument("[number]", "number of the chunk, from 0; default SLURM_ARRAY_TASK_ID")
    .option("--chunks <n>", "number of chunks; default: one a block", numberOption("--chunks"))
    .option("--jobs <n>", "number of threads; -1 for all cores", jobsOption, 1)
    .addOption(new Option("--with-parent", "end when the process that started it ends").hideHelp())
    .action(async (plan: string, number: string | undefined, options: ChunkArguments) => {
      const { runChunkCommand } = await import("../work/blocks/chunk.ts");
      await runChunkCommand(plan, number, options);
    });
}

function registerStatus(program: Command): void {
  program
    .command("status")
    .description("how many blocks are there, and what those that are missing will cost")
    .argument("<folder>", "folder of blocks, or a plan")
    .option("--json", "print for machines")
    .action(async (folder: string, { json }: { json?: true }) => {
      const { printStatus } = await import("../work/blocks/status.ts");
      await printStatus(folder, json === true);
    });
}

function registerSubmit(program: Command): void {
  const command = program
    .command("submit")
    .description("have the missing blocks of all plans of a folder computed, and wait for them")
    .argument("<folder>", "folder of blocks, or a plan")
    .option(
      "--engine <name>",
      "slurm, local or export",
      nameOption("--engine", ["slurm", "local", "export"]),
      "slurm",
    )
    .option("--json", "print for machines");
  addDriverOptions(command).action(async (folder: string, options: SubmitArguments) => {
    const { runSubmit } = await import("../work/blocks/submit.ts");
    await runSubmit(folder, options);
  });
}

function registerMerge(program: Command): void {
  program
    .command("merge")
    .description("put the blocks of plans together, as the commands that planned them would")
    .argument("<folder>", "folder of blocks, or a plan")
    .option("--out <values.npy>", "write the numbers as they are, units × numbers of each")
    .action(async (folder: string, options: MergeArguments) => {
      const { runMerge } = await import("../work/blocks/merge.ts");
      await runMerge(folder, options, (words) => call(program, words));
    });
}

async function call(program: Command, words: readonly string[]): Promise<void> {
  await program.parseAsync([...words], { from: "user" });
}
