import type { Command } from "commander";

interface SiteFlags {
  readonly out: string;
  readonly parameter: string[];
  readonly title: string;
  readonly student?: true;
  readonly instructor?: true;
  readonly withSolutions?: true;
  readonly serve?: true;
  readonly zip?: true;
  readonly check?: true;
}

/** `tsrsa site`: notebooks as pages for any host. */
export function register(program: Command): void {
  program
    .command("site")
    .description("run notebooks and write them as pages that any host can serve")
    .argument("<notebook...>", "notebooks, with or without extension")
    .requiredOption("-o, --out <folder>", "folder for the pages")
    .option("--title <words>", "title of the first page", "Notebooks")
    .option(
      "-p, --parameter <name=value>",
      "a parameter, for the notebooks that have it; may be repeated",
      (pair: string, before: string[]) => [...before, pair],
      [] as string[],
    )
    .option("--student", "exercises have blanks")
    .option("--with-solutions", "with --student: solutions are there, folded")
    .option("--instructor", "exercises are solved, with what is for the teacher")
    .option("--zip", "also write the folder as one .zip file")
    .option("--check", "run every notebook in Chromium too, and compare its results with Node's")
    .option("--serve", "serve the pages on this machine until Ctrl-C")
    .action(async (notebooks: string[], flags: SiteFlags) => {
      const { UsageError } = await import("../usage-error.ts");
      if (flags.student === true && flags.instructor === true)
        throw new UsageError("--student and --instructor are two sites; make them one by one");
      const { siteCommand } = await import("../site/site-command.ts");
      const version =
        flags.student === true ? "student" : flags.instructor === true ? "instructor" : "solutions";
      await siteCommand(notebooks, {
        out: flags.out,
        title: flags.title,
        parameters: flags.parameter,
        version,
        withSolutions: flags.withSolutions === true,
        serve: flags.serve === true,
        zip: flags.zip === true,
        check: flags.check === true,
      });
    });
}
