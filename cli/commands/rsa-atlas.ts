import type { Command } from "commander";
import { numberOption } from "../option-values.ts";
import type { RsaAtlasArguments } from "../work/rsa-atlas.ts";

/** `tsrsa rsa-atlas`: RSA of the regions of an atlas, a table of regions and models. */
export function register(program: Command): void {
  program
    .command("rsa-atlas")
    .description(
      "RSA between a functional image and model RDMs in every region of an atlas; writes a table of regions and models",
    )
    .argument("<bold.nii.gz>", "functional image or patterns, x × y × z × volumes")
    .requiredOption("--atlas <labels.nii.gz>", "the number of the region of each voxel, 0 for none")
    .requiredOption("--model <rdm.npy...>", "model RDMs (condensed or square)")
    .requiredOption("--out <scores.csv>", "where to write the table")
    .option("--names <names.tsv>", "names of regions by index")
    .option(
      "--labels <file:column>",
      "labels of the volumes: a column of a table, or a file with one a line",
    )
    .option(
      "--items <items.txt>",
      "labels of the models' rows, one a line, or FILE:COLUMN; needed with --labels",
    )
    .option("--common", "leave out volumes whose label is no item of the models, and the reverse")
    .option("--metric <name>", "dissimilarity metric of the data RDMs", "correlation")
    .option("--rsa-metric <name>", "how data and model RDMs are compared", "spearman")
    .option("--brain-mask <mask.nii.gz>", "voxels that count at all")
    .option("--folds <n>", "cross-validate over so many folds, max for the most, or FILE:COLUMN")
    .option(
      "--least-voxels <n>",
      "regions of fewer voxels have no score",
      numberOption("--least-voxels"),
    )
    .option("--nearest", "an atlas on another grid: take the label of the nearest voxel")
    .option("--ignore-nan", "leave out pairs that are NaN")
    .option("--json", "print the table for machines")
    .action(async (file: string, options: RsaAtlasArguments) => {
      const { runRsaAtlas } = await import("../work/rsa-atlas.ts");
      await runRsaAtlas(file, options);
    });
}
