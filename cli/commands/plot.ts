import type { Command } from "commander";
import type { PlotFlags } from "../work/plot.ts";

/** `tsrsa plot`: a picture of a file. */
export function register(program: Command): void {
  program
    .command("plot")
    .description("draw a file: RDMs (.npy, .h5), scores (.csv), maps (.nii, .nii.gz) or pictures")
    .argument("<file>", "what to draw")
    .option("-o, --out <figure>", "where to write it, .svg or .png (default: FILE.svg)")
    .option("--items <file>", "labels of an RDM's rows: one a line, or FILE:COLUMN of a table")
    .action(async (file: string, flags: PlotFlags) => {
      const { plotFile } = await import("../work/plot.ts");
      await plotFile(file, flags);
    });
}
