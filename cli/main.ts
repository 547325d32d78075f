#!/usr/bin/env node
import { Command } from "commander";
import { registerCommands } from "./commands/all.ts";
import { packageVersion } from "./package-version.ts";
import { exitCodes, reportError } from "./report-error.ts";
import { lostOutput, watchOutput } from "./standard-output.ts";

watchOutput();
process.exitCode = await main(process.argv);

async function main(argv: readonly string[]): Promise<number> {
  const code = await run(argv);
  const lost = await lostOutput();
  if (lost === undefined) return code;
  if (lost !== "") console.error(lost);
  return code === exitCodes.done ? exitCodes.failed : code;
}

async function run(argv: readonly string[]): Promise<number> {
  const json = argv.includes("--json");
  const program = new Command("tsrsa")
    .description("Representational similarity analysis: notebooks, RDMs and their comparison.")
    .version(`tsrsa ${packageVersion()}`)
    .exitOverride()
    .showHelpAfterError("(add --help for the options)")
    .addHelpText("after", "\nExit codes: 0 done, 1 the work failed, 2 wrong usage.");
  if (json) program.configureOutput({ writeErr: () => {} });
  await registerCommands(program);
  try {
    await program.parseAsync([...argv]);
    return exitCodes.done;
  } catch (error) {
    return reportError(error, json);
  }
}
