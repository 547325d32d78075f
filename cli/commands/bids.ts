import type { Command } from "commander";
import { addQueryOptions } from "../bids-options.ts";
import type { BidsArguments } from "../work/bids.ts";

/** `tsrsa bids`: what functional images a data set in BIDS has. */
export function register(program: Command): void {
  const command = program
    .command("bids")
    .description(
      "what functional images a data set in BIDS has: subjects, sessions, tasks, spaces, and what is missing of each run",
    )
    .argument("<folder>", "the data set, or derivatives")
    .option("--json", "print for machines")
    .action(async (folder: string, options: BidsArguments) => {
      const { runBids } = await import("../work/bids.ts");
      await runBids(folder, options);
    });
  addQueryOptions(command);
}
