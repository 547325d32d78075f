import type { Command } from "commander";
import { addEngineOptions } from "../engine-option.ts";
import { numberOption } from "../option-values.ts";
import type { PowerArguments } from "../work/power.ts";

/** `tsrsa power`: how many people, items and runs a study needs. */
export function register(program: Command): void {
  const command = program
    .command("power")
    .description(
      "simulate studies of a model and count how often a test over people finds it (rsaPower)",
    )
    .argument("<model.npy>", "the model RDM, squared distances (condensed or square)")
    .argument("[pilot.npy...]", "RDMs of the people of a pilot, items in the same order")
    .requiredOption("--people <n,...>", "numbers of people, joined by commas")
    .option("--items <n,...>", "numbers of the model's items; default: all")
    .option("--runs <n,...>", "runs of each person; default: those of the pilot")
    .option("--effect <share,...>", "shares of the pilot's effect", "0,0.5,0.75,1")
    .option("--pilot-runs <n>", "runs of each person of the pilot", numberOption("--pilot-runs"))
    .option("--channels <n>", "channels that vary independently", numberOption("--channels"), 100)
    .option(
      "--person-share <s>",
      "of what people do not share in the pilot, the share that is the person's own",
      numberOption("--person-share"),
    )
    .option(
      "--signal <s>",
      "without a pilot: factor of the model's distances",
      numberOption("--signal"),
    )
    .option(
      "--noise <v>",
      "without a pilot: variance of a channel's noise in a run",
      numberOption("--noise"),
    )
    .option(
      "--person <v>",
      "without a pilot: variance of patterns that are a person's own",
      numberOption("--person"),
    )
    .option("--test <name>", "t (default), one-sided, or ranksum: signed ranks, two-sided")
    .option("--method <name>", "how RDMs and model are compared; default: spearman")
    .option("--alpha <p>", "significant below this", numberOption("--alpha"), 0.05)
    .option("--sets <n>", "simulated studies for each plan", numberOption("--sets"), 1000)
    .option("--seed <n>", "the same seed gives the same numbers", numberOption("--seed"), 0)
    .option("--out <file>", "write the curves as .svg or .png, or the table as .csv")
    .option("--json", "print for machines");
  addEngineOptions(command).action(
    async (model: string, pilot: string[], options: PowerArguments) => {
      const { runPower } = await import("../work/power.ts");
      await runPower(model, pilot, options);
    },
  );
}
