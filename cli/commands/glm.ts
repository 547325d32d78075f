import type { Command } from "commander";
import { addBidsOptions, checkOneSource } from "../bids-options.ts";
import { addEngineOptions } from "../engine-option.ts";
import { numberOption } from "../option-values.ts";
import type { GlmArguments } from "../work/glm.ts";

/** `tsrsa glm`: contrasts of a first-level model as maps, or a pattern for every single trial. */
export function register(program: Command): void {
  const command = program
    .command("glm")
    .description(
      "fit runs with a linear model; writes the t of each contrast as a map, or with --trials a pattern for every trial and their table",
    )
    .argument(
      "[bold.nii.gz...]",
      "functional images, one a run, or runs of vertices (.func.gii, .dtseries.nii); with --bids none",
    )
    .option("--events <events.tsv...>", "events of each run: onset, duration, trial_type")
    .requiredOption(
      "--out <out.nii.gz>",
      "where to write (of vertices .func.gii); of several contrasts OUT_1.nii.gz …; with --bids a folder",
    )
    .option("--confounds <confounds.tsv...>", "confounds of each run")
    .option(
      "--strategy <name>",
      "motion6, motion24, wm-csf, acompcor or scrub; without, all columns",
    )
    .option("--contrast <weights...>", "weights of conditions, as face=1,house=-1")
    .option("--trials <method>", "lss or lsa: a pattern for every single trial")
    .option("--item <column>", "the column of the events that names conditions or items")
    .option("--mask <mask.nii.gz>", "voxels that are fitted")
    .option(
      "--structure <name>",
      "the part of CIFTI runs that is fitted, as CORTEX_LEFT; with --bids both hemispheres without it",
    )
    .option(
      "--tr <s>",
      "seconds from volume to volume; default what the files say",
      numberOption("--tr"),
    )
    .option(
      "--slice-time-ref <share>",
      "to which moment of a volume slice timing was corrected, 0 to 1",
      numberOption("--slice-time-ref"),
    )
    .option("--hrf <model>", "model of the response", "glover")
    .option("--high-pass <hz>", "slowest changes left in the signal", numberOption("--high-pass"))
    .option("--noise <model>", "ols or ar1; default ar1 for contrasts, ols for trials")
    .option("--json", "print what was written for machines")
    .action(async (files: string[], options: GlmArguments) => {
      checkOneSource(files.length === 0 ? undefined : files, options);
      if (files.length === 0) await (await import("../work/glm-bids.ts")).runGlmBids(options);
      else await (await import("../work/glm.ts")).runGlm(files, options);
    });
  addBidsOptions(addEngineOptions(command));
}
