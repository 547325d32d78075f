import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { formatIpynb, toIpynb } from "../../kernel/notebook/ipynb.ts";
import { writeText } from "../../src/core/write-text.ts";
import { packageVersion } from "../package-version.ts";
import { renderPage } from "../page/page.ts";
import { withoutFigureData } from "./bundles.ts";
import { figuresOf, writeFigures } from "./figures.ts";
import type { NotebookFile } from "./find-notebook.ts";
import { makeRecord, type RunRecord } from "./record.ts";
import { recordSha256 } from "./record-hash.ts";
import type { NotebookRun } from "./run-notebook.ts";

/** What a run gave. */
export interface RunResult {
  readonly notebook: NotebookFile;
  readonly run: NotebookRun;
  readonly started: Date;
  readonly finished: Date;
}

/**
 * Write all that a run gave. Only what an earlier run of the notebook made is written over or removed; a run that failed
 * leaves the last good one as it is, and goes into the folder `failed` beside it.
 */
export async function writeRun(
  folder: string,
  result: RunResult,
): Promise<{ record: RunRecord; page: string }> {
  const last = await lastRun(folder);
  const keepsLast = result.run.failure !== undefined && last?.status === "ok";
  const out = keepsLast ? join(folder, "failed") : folder;
  const mine = figuresBefore(keepsLast ? await lastRun(out) : last, result.notebook);
  const figures = await writeFigures(figuresOf(result.run), join(out, "figures"), mine);
  const record = await makeRecord({ ...result, figures, version: packageVersion() });
  const page = await writeFiles(out, result, record);
  for (const file of mine)
    if (!figures.includes(file)) await rm(join(out, "figures", file), { force: true });
  return { record, page };
}

async function writeFiles(out: string, result: RunResult, record: RunRecord): Promise<string> {
  const { name, folder } = result.notebook;
  const { status, started, node } = record;
  const run = withoutFigureData(result.run);
  const page = join(out, `${name}.html`);
  const notebook = toIpynb(run.cells, run.runs, { tsrsa: { status, started, node } });
  await writeText(join(out, `${name}.ipynb`), formatIpynb(notebook));
  await writeText(page, renderPage(result.run, record, folder));
  const whole = { ...record, sha256: recordSha256(record) };
  await writeText(join(out, "run.json"), `${JSON.stringify(whole, null, 2)}\n`);
  return page;
}

async function lastRun(folder: string): Promise<Partial<RunRecord> | undefined> {
  const text = await readFile(join(folder, "run.json"), "utf8").catch(() => "");
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === "object" && found !== null ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The files of an earlier run of the same notebook; names that lead out of the folder are none of ours. */
function figuresBefore(
  last: Partial<RunRecord> | undefined,
  { path }: NotebookFile,
): ReadonlySet<string> {
  if (last?.notebook !== path || !Array.isArray(last.figures)) return new Set();
  const names = (last.figures as readonly unknown[]).filter(
    (name): name is string => typeof name === "string" && /^[\w-][\w.-]*$/.test(name),
  );
  return new Set(names);
}
