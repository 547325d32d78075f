import type { Command } from "commander";

/** `tsrsa watch`: run a notebook again whenever it is saved. */
export function register(program: Command): void {
  program
    .command("watch")
    .description(
      "run a notebook, and again whenever it is saved: cells that changed and those after them",
    )
    .argument("<notebook>", "a .ts percent script or an .ipynb file")
    .option("-o, --out <folder>", "where to write its page (default: out/<name of the notebook>)")
    .action(async (notebook: string, { out }: { out?: string }) => {
      const { watchCommand } = await import("../run/watch.ts");
      await watchCommand(notebook, out);
    });
}
