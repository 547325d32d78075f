import type { Command } from "commander";
import { jobsOption, numberOption } from "../option-values.ts";
import type { EncodeArguments } from "../work/encode.ts";

/** `tsrsa encode`: an encoding model of every voxel. */
export function register(program: Command): void {
  program
    .command("encode")
    .description(
      "predict every voxel from stimuli by ridge regression; writes a map of cross-validated R²",
    )
    .argument("<bold.nii.gz...>", "functional images, one a run, in order")
    .requiredOption(
      "--stimuli <s.npy...>",
      "volumes × features: one file a run, or one for all runs after each other",
    )
    .requiredOption("--mask <mask.nii.gz>", "the voxels wanted")
    .requiredOption("--out <map.nii.gz>", "where to write the map")
    .option("--alpha <a>", "penalty; several joined by commas are chosen among for each voxel", "1")
    .option("--folds <k>", "number of consecutive folds, or runs to leave one run out", "10")
    .option("--standardize <how>", "zscore, zscore-sample, psc or none; see NiftiMasker", "zscore")
    .option("--no-detrend", "keep the straight line of each run's time courses")
    .option(
      "--delay <volumes>",
      "volumes by which responses follow stimuli, in every run",
      numberOption("--delay"),
      0,
    )
    .option("--clip", "write 0 for R² below 0")
    .option("--jobs <n>", "number of threads; -1 for all cores", jobsOption, -1)
    .option("--json", "print for machines")
    .action(async (images: string[], options: EncodeArguments) => {
      const { runEncode } = await import("../work/encode.ts");
      await runEncode(images, options);
    });
}
