import type { Command } from "commander";
import { addEngineOptions } from "../engine-option.ts";
import { jobsOption, numberOption } from "../option-values.ts";
import { addBidsOptions, addModelOptions, checkOneSource } from "../bids-options.ts";
import type { RsaNiftiArguments } from "../work/rsa-nifti.ts";

/** `tsrsa rsa-nifti`: RSA of a functional image, a map a model. */
export function register(program: Command): void {
  const command = program
    .command("rsa-nifti")
    .description(
      "RSA between a functional image and model RDMs, around every voxel; writes a float32 map for each model",
    )
    .argument("[bold.nii.gz]", "functional image, x × y × z × volumes; with --bids none")
    .requiredOption("--model <rdm.npy...>", "model RDMs (condensed or square)")
    .requiredOption(
      "--out <map.nii.gz>",
      "where to write the map; of several models MAP_MODEL.nii.gz each; with --bids a folder of derivatives",
    )
    .option(
      "--labels <file:column>",
      "a table with the label of each volume (comma, tab or space between columns); without, models have the volumes' order",
    )
    .option(
      "--items <items.txt>",
      "labels of the models' rows, one a line, or FILE:COLUMN; needed with --labels",
    )
    .option("--common", "leave out volumes whose label is no item of the models, and the reverse")
    .option(
      "--radius-mm <mm>",
      "radius of the sphere around each voxel; without, all voxels are one patch",
      numberOption("--radius-mm"),
    )
    .option("--metric <name>", "dissimilarity metric of the data RDMs", "correlation")
    .option("--rsa-metric <name>", "how data and model RDMs are compared", "spearman")
    .option("--roi-mask <mask.nii.gz>", "voxels that are centres of spheres")
    .option("--brain-mask <mask.nii.gz>", "voxels that count at all")
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
  addModelOptions(addBidsOptions(addEngineOptions(command))).action(
    async (file: string | undefined, options: RsaNiftiArguments) => {
      checkOneSource(file, options);
      if (file === undefined) await (await import("../work/rsa-bids.ts")).runRsaBids(options);
      else await (await import("../work/rsa-nifti.ts")).runRsaNifti(file, options);
    },
  );
}
