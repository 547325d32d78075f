import type { Command } from "commander";
import type { ReportFlags } from "../work/report.ts";

/** `tsrsa report`: what was done, and what of it was not planned. */
export function register(program: Command): void {
  program
    .command("report")
    .description(
      "methods text, results, legends, options and deviations of a run, as Markdown, HTML and text",
    )
    .argument("<run>", "the folder of a run, or its run.json")
    .option("--protocol <file>", "what was planned, as tsrsa protocol wrote it")
    .option("-o, --out <folder>", "where to write; default: beside run.json")
    .option("--force", "write over a report that is there")
    .option("--json", "print files and deviations for machines")
    .action(async (run: string, flags: ReportFlags) => {
      const { runReport } = await import("../work/report.ts");
      await runReport(run, flags);
    });
}
