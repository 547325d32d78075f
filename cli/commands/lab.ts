import type { Command } from "commander";
import { portOption } from "../option-values.ts";

/** `tsrsa lab`: notebooks in the browser. */
export function register(program: Command): void {
  program
    .command("lab")
    .description("open notebooks in the browser, to run and change them")
    .argument("[folder]", "a folder of notebooks, or one notebook", ".")
    .option("--port <number>", "where to listen on this machine", portOption)
    .option("--no-open", "print the address only")
    .action(async (folder: string, { port, open }: { port?: number; open: boolean }) => {
      const { labCommand } = await import("../lab/lab-command.ts");
      await labCommand(folder, { port, open });
    });
}
