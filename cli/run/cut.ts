import { mkdirSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { CutFault } from "../../kernel/notebook/cut-fault.ts";
import type { CutCell, Version } from "../../kernel/notebook/cut-version.ts";
import { cutVersion } from "../../kernel/notebook/cut-version.ts";
import type { CellRun } from "../../kernel/notebook/ipynb.ts";
import { formatIpynb, toIpynb } from "../../kernel/notebook/ipynb.ts";
import { formatPercent } from "../../kernel/notebook/percent.ts";
import { transformCell } from "../../kernel/transform/transform.ts";
import { writeText } from "../../src/core/write-text.ts";
import { checkOutput } from "../check-output.ts";
import { UsageError, WorkFailed } from "../usage-error.ts";
import type { NotebookFile } from "./find-notebook.ts";
import { readNotebook } from "./find-notebook.ts";

export interface CutCommandOptions {
  readonly withSolutions: boolean;
  /** Folder for the versions. */
  readonly out: string;
}

/** Writes a version of each notebook as .ts and .ipynb. Throws `WorkFailed` when one cannot be cut. */
export async function cutNotebooks(
  notebooks: readonly string[],
  version: Version,
  { withSolutions, out }: CutCommandOptions,
): Promise<void> {
  const folder = resolve(out);
  const files = notebooks.map(readNotebook);
  const own = files.find((file) => file.folder === folder);
  if (own !== undefined)
    throw new UsageError(`--out ${out} would write over the source of ${own.name}; name another`);
  const cut = files.map((file) => ({ file, cells: versionOf(file, version, withSolutions) }));
  for (const { name } of files)
    for (const ending of [".ts", ".ipynb"])
      await checkOutput(join(folder, name + ending), [files.map(({ path }) => path)]);
  mkdirSync(folder, { recursive: true });
  for (const { file, cells } of cut) {
    const path = join(folder, file.name);
    await writeText(`${path}.ts`, formatPercent(cells));
    await writeText(`${path}.ipynb`, formatIpynb(toIpynb(cells, startsOf(cells))));
    console.log(`wrote: ${relative(process.cwd(), path)}.ts and .ipynb`);
  }
}

/**
 * The cells of a version; those that are for slides alone when `forSlides` asks for them. Throws `WorkFailed` naming notebook
 * and cell.
 */
export function versionOf(
  file: NotebookFile,
  version: Version,
  withSolutions: boolean,
  forSlides = false,
): CutCell[] {
  try {
    return cutVersion(file.cells, version, { withSolutions, forSlides, declaredNames });
  } catch (error) {
    if (!(error instanceof CutFault)) throw error;
    const { line } = file.cells[error.cell] ?? {};
    const place = line === undefined ? "" : `:${line}`;
    throw new WorkFailed(`${basename(file.path)}${place}: ${error.message}`);
  }
}

/** In an .ipynb an exercise knows the text to start again from. */
export function startsOf(cells: readonly CutCell[]): Map<number, CellRun> {
  return new Map(
    cells.flatMap(({ start }, i) =>
      start === undefined
        ? []
        : [[i, { outputs: [], executionCount: null, metadata: { start } }] as const],
    ),
  );
}

function declaredNames(code: string): readonly string[] {
  try {
    return transformCell(code).names;
  } catch {
    return [];
  }
}
