import type { Command } from "commander";
import { addEngineOptions } from "../engine-option.ts";
import { jobsOption, numberOption } from "../option-values.ts";
import type { RsaEpochsArguments } from "../work/rsa-epochs.ts";

/** `tsrsa rsa-epochs`: RSA of a recording over time and sensors. */
export function register(program: Command): void {
  const command = program
    .command("rsa-epochs")
    .description(
      "RSA between the epochs of a FIF file and model RDMs; writes a CSV with a column for each model",
    )
    .argument("<file-epo.fif>", "epochs with metadata")
    .requiredOption("--model <rdm.npy...>", "model RDMs (condensed or square)")
    .requiredOption("--items <items.txt>", "labels of the models' rows, one a line, or FILE:COLUMN")
    .requiredOption("--label-column <name>", "metadata column that holds each epoch's label")
    .requiredOption("--out <scores.csv>", "where to write the scores")
    .option("--picks <picks>", "data, all, a channel type, or names joined by commas", "data")
    .option("--tmin <s>", "from this time on, in seconds", numberOption("--tmin"))
    .option("--tmax <s>", "up to but without this time, in seconds", numberOption("--tmax"))
    .option(
      "--temporal-radius <s>",
      "radius of the sliding window, in seconds",
      numberOption("--temporal-radius"),
    )
    .option(
      "--spatial-radius <m>",
      "radius of the sensor patch, in metres",
      numberOption("--spatial-radius"),
    )
    .option("--metric <name>", "dissimilarity metric of the data RDMs", "correlation")
    .option("--rsa-metric <name>", "how data and model RDMs are compared", "spearman")
    .option(
      "--every <n>",
      "only every so manieth centre, from the first on, for a first look",
      numberOption("--every"),
    )
    .option("--ignore-nan", "leave out pairs that are NaN")
    .option("--folds <n>", "cross-validate over this many folds", numberOption("--folds"))
    .option("--jobs <n>", "number of threads; -1 for all cores", jobsOption, -1)
    .option("--json", "print peaks for machines");
  addEngineOptions(command).action(async (file: string, options: RsaEpochsArguments) => {
    const { runRsaEpochs } = await import("../work/rsa-epochs.ts");
    await runRsaEpochs(file, options);
  });
}
