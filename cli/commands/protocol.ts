import type { Command } from "commander";

/** `tsrsa protocol`: what will be done, written down before the data are opened. */
export function register(program: Command): void {
  program
    .command("protocol")
    .description(
      "write down what a notebook will do (models, options, tests, seeds, a hash) without running it",
    )
    .argument("<notebook>", "a .ts percent script or an .ipynb file")
    .option(
      "-p, --parameter <name=value>",
      "as for tsrsa run (repeatable)",
      (pair: string, pairs: string[]) => [...pairs, pair],
      [],
    )
    .option("-o, --out <file>", "where to write", "protocol.json")
    .option("--json", "print it, too, for machines")
    .action(async (notebook: string, flags: { parameter: string[]; out: string; json?: true }) => {
      const { runProtocol } = await import("../work/protocol.ts");
      await runProtocol(notebook, flags);
    });
}
