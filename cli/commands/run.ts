import type { Command } from "commander";

interface RunFlags {
  readonly parameter: string[];
  readonly out?: string;
  readonly json?: true;
  readonly check: boolean;
}

/** `tsrsa run`: a notebook without a notebook program. */
export function register(program: Command): void {
  program
    .command("run")
    .description("execute a notebook; write it with its outputs, a web page, figures and a record")
    .argument(
      "<notebook>",
      "a .ts percent script or an .ipynb file; without extension .ts is tried first",
    )
    .option(
      "-p, --parameter <name=value>",
      "set a variable of the cell tagged `parameters` (repeatable); the value is read as JSON if it can " +
        "be, else as text; one that names a file or folder here becomes its full path",
      (pair: string, pairs: string[]) => [...pairs, pair],
      [],
    )
    .option("-o, --out <folder>", "where to write (default: out/<name of the notebook>)")
    .option("--no-check", "run at once, without a look at the types")
    .option("--json", "print the record of the run as JSON, and nothing else")
    .action(async (notebook: string, flags: RunFlags) => {
      const { runCommand } = await import("../run/run-command.ts");
      await runCommand(notebook, {
        parameters: flags.parameter,
        out: flags.out,
        json: flags.json === true,
        check: flags.check,
      });
    });
}
