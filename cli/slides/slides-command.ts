import { mkdir } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { writeText } from "../../src/core/write-text.ts";
import { checkOutput } from "../check-output.ts";
import { packageVersion } from "../package-version.ts";
import { versionOf } from "../run/cut.ts";
import { readNotebook } from "../run/find-notebook.ts";
import { injectParameters, readParameters } from "../run/parameters.ts";
import { makeRecord } from "../run/record.ts";
import { terminalReporter } from "../run/reporter.ts";
import { execute } from "../run/run-command.ts";
import { WorkFailed } from "../usage-error.ts";
import { deckOf } from "./deck.ts";
import { hasSlides, renderSlides } from "./render-slides.ts";

export interface SlidesOptions {
  /** The file to write; default `out/<name>.slides.html`. */
  readonly out?: string;
  /** `name=value` pairs. */
  readonly parameters: readonly string[];
}

/**
 * Runs a notebook and writes the slides that its tags ask for as one HTML file. Throws `WorkFailed`, and writes nothing, when
 * no cell begins a slide or a cell failed.
 */
export async function slidesCommand(given: string, options: SlidesOptions): Promise<void> {
  const notebook = readNotebook(given);
  const cut = versionOf(notebook, "instructor", false, true);
  if (!hasSlides(cut))
    throw new WorkFailed(
      `no cell of ${notebook.name} begins a slide; give one the tag "slide" (docs/how-to/slides.md)`,
    );
  const parameters = readParameters(options.parameters, process.cwd());
  const cells = injectParameters(cut, parameters);
  const out = resolve(options.out ?? join("out", `${notebook.name}.slides.html`));
  await checkOutput(out, [notebook.path, parameters]);
  const started = new Date();
  const run = await execute({ ...notebook, cells }, cells, terminalReporter(cells));
  if (run.failure !== undefined)
    throw new WorkFailed([...run.failure.traceback, "no slides were written"].join("\n"));
  const inputs = { notebook, run, started, finished: new Date(), figures: [] };
  const record = await makeRecord({ ...inputs, version: packageVersion() });
  await mkdir(dirname(out), { recursive: true });
  await writeText(out, renderSlides(run, record, notebook.folder));
  console.log(`\n${deckOf(cells).length} slides: ${relative(process.cwd(), out) || out}`);
}
