import type { Command } from "commander";
import { addEngineOptions } from "../engine-option.ts";
import { jobsOption, numberOption } from "../option-values.ts";
import type { RsaSurfaceArguments } from "../work/rsa-surface.ts";

/** `tsrsa rsa-surface`: RSA of data on the cortex, a map a model. */
export function register(program: Command): void {
  const command = program
    .command("rsa-surface")
    .description(
      "RSA between fMRI on the cortex and model RDMs, around every vertex or in parcels; writes a map of all models",
    )
    .argument("[data.dtseries.nii]", "CIFTI data of both halves; else give --left and --right")
    .option("--left <file>", "data of the left half (.func.gii, .mgh, .mgz)")
    .option("--right <file>", "data of the right half")
    .requiredOption("--model <rdm.npy...>", "model RDMs (condensed or square)")
    .requiredOption(
      "--out <map.dscalar.nii>",
      "where to write the scores; a name that ends in .csv: a table",
    )
    .option(
      "--labels <file:column>",
      "a table with the label of each volume; without, models have the volumes' order",
    )
    .option(
      "--items <items.txt>",
      "labels of the models' rows, one a line, or FILE:COLUMN; needed with --labels",
    )
    .option("--common", "leave out volumes whose label is no item of the models, and the reverse")
    .option(
      "--radius-mm <mm>",
      "radius of the patch around each vertex, along the cortex",
      numberOption("--radius-mm"),
    )
    .option("--surface-left <file>", "mesh of the left half (.surf.gii, lh.white, …), for a radius")
    .option("--surface-right <file>", "mesh of the right half")
    .option("--parcels-left <file>", "parcels instead of a radius (.annot, .label.gii)")
    .option("--parcels-right <file>", "parcels of the right half")
    .option("--metric <name>", "dissimilarity metric of the data RDMs", "correlation")
    .option("--rsa-metric <name>", "how data and model RDMs are compared", "spearman")
    .option(
      "--folds <n>",
      "cross-validate over so many folds, max for the most possible, or FILE:COLUMN for the fold (run) of each volume",
    )
    .option(
      "--every <n>",
      "only every so manieth centre, from the first on, for a first look",
      numberOption("--every"),
    )
    .option("--ignore-nan", "leave out pairs that are NaN")
    .option("--jobs <n>", "number of threads; -1 for all cores", jobsOption, -1)
    .option("--json", "print peaks for machines");
  addEngineOptions(command).action(
    async (file: string | undefined, options: RsaSurfaceArguments) => {
      const { runRsaSurface } = await import("../work/rsa-surface.ts");
      await runRsaSurface(file, options);
    },
  );
}
