import type { Command } from "commander";

/** `tsrsa rsa`: compare RDMs. */
export function register(program: Command): void {
  program
    .command("rsa")
    .description("compare a data RDM with model RDMs, given in .npy files (condensed or square)")
    .argument("<data.npy>", "the data RDM")
    .argument("<model.npy...>", "one or more model RDMs, their items in the same order")
    .option(
      "--metric <name>",
      "spearman, pearson, kendall-tau-a, partial, partial-spearman or regression",
      "spearman",
    )
    .option("--ignore-nan", "leave out pairs that are NaN")
    .option("--json", "print for machines")
    .action(
      async (
        data: string,
        models: string[],
        options: { metric: string; ignoreNan?: true; json?: true },
      ) => {
        const { runRsa } = await import("../work/rsa.ts");
        await runRsa(data, models, options);
      },
    );
}
