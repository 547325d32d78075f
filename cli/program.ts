import { Command } from "commander";
import { registerCommands } from "./commands/all.ts";
import { exitCodes } from "./exit-codes.ts";
import { reportError } from "./report-error.ts";

/** What the words of a command line ask for; gives the exit code. */
export async function runProgram(argv: readonly string[], version: string): Promise<number> {
  const json = argv.includes("--json");
  const program = new Command("tsrsa")
    .description("Representational similarity analysis: notebooks, RDMs and their comparison.")
    .version(version)
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
