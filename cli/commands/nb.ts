import type { Command } from "commander";
import { numberOption } from "../option-values.ts";

interface GradeFlags {
  readonly of: string;
  readonly parameter: string[];
  readonly out?: string;
  readonly json?: true;
  readonly limit?: number;
}

const versions = {
  student: "with blanks in place of the solutions",
  solutions: "solved, without the marks of the blanks",
  instructor: "solved, with what is for the teacher",
} as const;

/** `tsrsa nb`: the two files of a notebook, and the versions of one with exercises, and its slides. */
export function register(program: Command): void {
  const nb = program.command("nb").description("notebook files");
  for (const [version, words] of Object.entries(versions)) registerVersion(nb, version, words);
  nb.command("grade")
    .description(
      "mark handed-in notebooks: their exercise cells are run inside the published notebook, each hand-in in a process " +
        "that cannot read or write elsewhere nor start programs (it can reach the network: grade strangers' files in a container)",
    )
    .argument("<folder>", "the notebooks handed in: .ipynb, .ts, or .json of the lab's hand in")
    .requiredOption("--of <notebook>", "the published notebook, solved")
    .option(
      "-p, --parameter <name=value>",
      "set a variable of its cell tagged `parameters` (repeatable)",
      (pair: string, pairs: string[]) => [...pairs, pair],
      [],
    )
    .option("-o, --out <marks.csv>", "also write a table")
    .option(
      "--limit <s>",
      "seconds for a hand-in (default: five times what the solutions take, and 60 at least)",
      numberOption("--limit"),
    )
    .option("--json", "print the marks for machines")
    .action(async (folder: string, flags: GradeFlags) => {
      const { gradeCommand } = await import("../grade/grade-command.ts");
      await gradeCommand(folder, {
        of: flags.of,
        parameters: flags.parameter,
        out: flags.out,
        json: flags.json === true,
        limitS: flags.limit,
      });
    });
  nb.command("slides")
    .description("run a notebook and write the slides that its tags ask for as one page")
    .argument("<notebook>", "a notebook with cells tagged slide, with or without extension")
    .option("-o, --out <file.html>", "the page (default: out/<name of the notebook>.slides.html)")
    .option(
      "-p, --parameter <name=value>",
      "set a variable of its cell tagged `parameters` (repeatable)",
      (pair: string, pairs: string[]) => [...pairs, pair],
      [],
    )
    .action(async (notebook: string, flags: { out?: string; parameter: string[] }) => {
      const { slidesCommand } = await import("../slides/slides-command.ts");
      await slidesCommand(notebook, { out: flags.out, parameters: flags.parameter });
    });
  nb.command("sync")
    .description(
      "write the .ipynb beside each .ts percent script (or the .ts, where there is none)",
    )
    .argument("<notebook...>", "notebooks, with or without extension")
    .option("--check", "write nothing; fail when a pair is not in step")
    .option("--force", "write over a notebook that was changed after its script")
    .action(async (notebooks: string[], { check, force }: { check?: true; force?: true }) => {
      const { syncNotebooks } = await import("../run/sync.ts");
      await syncNotebooks(notebooks, { check: check === true, force: force === true });
    });
}

function registerVersion(nb: Command, version: string, words: string): void {
  const command = nb
    .command(version)
    .description(`write the notebooks ${words}`)
    .argument("<notebook...>", "notebooks, with or without extension")
    .option("-o, --out <folder>", "folder for the .ts and .ipynb files", `out/${version}`);
  if (version === "student")
    command.option("--with-solutions", "each exercise is followed by its solution, folded");
  command.action(async (notebooks: string[], flags: { out: string; withSolutions?: true }) => {
    const { cutNotebooks } = await import("../run/cut.ts");
    const options = { out: flags.out, withSolutions: flags.withSolutions === true };
    await cutNotebooks(notebooks, version as keyof typeof versions, options);
  });
}
