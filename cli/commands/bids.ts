import type { Command } from "commander";
import type { BidsArguments } from "../work/bids.ts";

/** `tsrsa bids`: what functional images a data set in BIDS has. */
export function register(program: Command): void {
  program
    .command("bids")
    .description(
      "what functional images a data set in BIDS has: subjects, sessions, tasks, spaces, and what is missing of each run",
    )
    .argument("<folder>", "the data set, or derivatives")
    .option("--derivatives <folder...>", "derivatives that lie elsewhere")
    .option("--subject <name...>", "only these")
    .option("--task <name>", "the runs of a task, with what is missing of each")
    .option("--space <name>", "their space, where there are several")
    .option("--resolution <name>", "their resolution, where there are several")
    .option("--hemisphere <L|R>", "one hemisphere of surfaces")
    .option("--pipeline <name>", "one of several derivatives, or raw")
    .option("--json", "print for machines")
    .action(async (folder: string, options: BidsArguments) => {
      const { runBids } = await import("../work/bids.ts");
      await runBids(folder, options);
    });
}
