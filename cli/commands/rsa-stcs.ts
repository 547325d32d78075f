import type { Command } from "commander";
import { addEngineOptions } from "../engine-option.ts";
import { jobsOption, numberOption } from "../option-values.ts";
import type { RsaStcsArguments } from "../work/rsa-stcs.ts";

/** `tsrsa rsa-stcs`: RSA of source estimates, or of epochs through an inverse operator. */
export function register(program: Command): void {
  const command = program
    .command("rsa-stcs")
    .description(
      "RSA between source estimates and model RDMs, along the cortex and over time; writes -lh.stc and -rh.stc for each model, or a CSV",
    )
    .argument(
      "<files...>",
      "source estimates, one an observation; or with --inverse one -epo.fif file",
    )
    .requiredOption("--model <rdm.npy...>", "model RDMs (condensed or square)")
    .requiredOption("--items <items.txt>", "labels of the models' rows, one a line, or FILE:COLUMN")
    .requiredOption(
      "--labels <file:column>",
      "a table with the label of each estimate; for epochs the name of a metadata column",
    )
    .requiredOption(
      "--out <stem>",
      "STEM-lh.stc and STEM-rh.stc; of several models STEM_MODEL-lh.stc …; a name that ends in .csv: a table",
    )
    .option("--inverse <file-inv.fif>", "inverse operator for epochs")
    .option("--method <name>", "MNE, dSPM or sLORETA", "dSPM")
    .option("--lambda2 <x>", "regularisation", numberOption("--lambda2"))
    .option("--orientation <name>", "length, normal or vector", "length")
    .option("--source-spaces <file-src.fif>", "space of the sources; needed for a spatial radius")
    .option(
      "--spatial-radius <m>",
      "radius of the patch, in metres",
      numberOption("--spatial-radius"),
    )
    .option(
      "--temporal-radius <s>",
      "radius of the sliding window, in seconds",
      numberOption("--temporal-radius"),
    )
    .option("--tmin <s>", "from this time on, in seconds", numberOption("--tmin"))
    .option("--tmax <s>", "up to but without this time, in seconds", numberOption("--tmax"))
    .option("--metric <name>", "dissimilarity metric of the data RDMs", "correlation")
    .option("--rsa-metric <name>", "how data and model RDMs are compared", "spearman")
    .option("--folds <n>", "cross-validate over so many folds, or max", undefined)
    .option(
      "--every <n>",
      "only every so manieth centre, from the first on, for a first look",
      numberOption("--every"),
    )
    .option("--ignore-nan", "leave out pairs that are NaN")
    .option("--jobs <n>", "number of threads; -1 for all cores", jobsOption, -1)
    .option("--json", "print peaks for machines");
  addEngineOptions(command).action(async (files: string[], options: RsaStcsArguments) => {
    const { runRsaStcs } = await import("../work/rsa-stcs.ts");
    await runRsaStcs(files, options);
  });
}
