import type { Command } from "commander";

/** `tsrsa rdm`: an RDM from features. */
export function register(program: Command): void {
  program
    .command("rdm")
    .description("compute an RDM from features (items × features) in an .npy file")
    .argument("<features.npy>", "items × features; further axes are flattened")
    .option("--metric <name>", "dissimilarity metric, by scipy's names", "correlation")
    .option("--p <exponent>", "exponent of minkowski")
    .option(
      "--out <rdm.npy>",
      "write the condensed float64 vector in scipy's order; default: print it",
    )
    .option("--json", "print for machines")
    .action(
      async (
        features: string,
        options: { metric: string; p?: string; out?: string; json?: true },
      ) => {
        const { runRdm } = await import("../work/rdm.ts");
        await runRdm(features, options);
      },
    );
}
