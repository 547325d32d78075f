#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { registerCommands } from "./commands/all.ts";
import { packageVersion } from "./package-version.ts";
import { UsageError, WorkFailed } from "./usage-error.ts";

const exitCodes = { done: 0, failed: 1, wrongUsage: 2 } as const;

process.exitCode = await main(process.argv);

async function main(argv: readonly string[]): Promise<number> {
  const program = new Command("tsrsa")
    .description("Representational similarity analysis: notebooks, RDMs and their comparison.")
    .version(`tsrsa ${packageVersion()}`)
    .exitOverride()
    .showHelpAfterError("(add --help for the options)")
    .addHelpText("after", "\nExit codes: 0 done, 1 the work failed, 2 wrong usage.");
  await registerCommands(program);
  try {
    await program.parseAsync([...argv]);
    return exitCodes.done;
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
  if (error instanceof WorkFailed) {
    if (error.message !== "") console.error(error.message);
    return exitCodes.failed;
  }
  if (error instanceof UsageError) {
    console.error(`tsrsa: ${error.message}`);
    return exitCodes.wrongUsage;
  }
  console.error(process.env.TSRSA_DEBUG === undefined ? `tsrsa: ${messageOf(error)}` : error);
  return exitCodes.failed;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
