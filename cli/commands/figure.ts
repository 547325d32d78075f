import type { Command } from "commander";
import type { FigureArguments } from "../work/figure/figure.ts";

/** `tsrsa figure`: published figures, made again from their data. */
export function register(program: Command): void {
  program
    .command("figure")
    .description(
      "make a published figure again: prints published and computed numbers side by side; fails when they differ",
    )
    .argument("[name]", "which figure; without a name all are listed")
    .option("--data <folder>", "folder of the real data; default: fetched, as with tsrsa data")
    .option("--out <folder>", "write the figure as svg, png and csv into this folder")
    .option("--json", "print for machines")
    .action(async (name: string | undefined, options: FigureArguments) => {
      const { runFigure } = await import("../work/figure/figure.ts");
      await runFigure(name, options);
    });
}
