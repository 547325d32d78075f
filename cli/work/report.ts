import { readFile, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { FileFormatError, MissingFile } from "../../src/core/errors.ts";
import { describeValue } from "../../src/core/gate/describe.ts";
import { writeError } from "../../src/core/disk-errors.ts";
import { writeText } from "../../src/core/write-text.ts";
import { checkProtocol, checkRun } from "../../src/report/check-record.ts";
import { methodsReport } from "../../src/report/methods-report.ts";
import type { Protocol, RunToReport } from "../../src/report/run.ts";
import { checkFolder, checkOutput } from "../check-output.ts";
import { protocolSha256 } from "../protocol/make-protocol.ts";
import { recordSha256 } from "../run/record-hash.ts";
import { shown } from "../shown.ts";
import { UsageError } from "../usage-error.ts";

/** The options of `tsrsa report`. */
export interface ReportFlags {
  readonly protocol?: string;
  readonly out?: string;
  readonly force?: true;
  readonly json?: true;
}

/** Write the report of a run in its three forms. */
export async function runReport(given: string, flags: ReportFlags): Promise<void> {
  const isFolder = (await stat(given).catch(() => undefined))?.isDirectory() === true;
  const path = resolve(isFolder ? join(given, "run.json") : given);
  const run = await readRun(path);
  const protocol = flags.protocol === undefined ? undefined : await readProtocol(flags.protocol);
  const report = methodsReport(run, protocol === undefined ? {} : { protocol });
  const out = resolve(flags.out ?? dirname(path));
  await checkFolder(out);
  const files = [
    [join(out, "report.md"), report.markdown],
    [join(out, "report.html"), report.html],
    [join(out, "report.txt"), report.text],
  ] as const;
  for (const [file, text] of files) {
    if (flags.force === true) await checkOutput(file, [path, flags]);
    else await refuseOther(file, text);
  }
  for (const [file, text] of files) await writeText(file, text);
  const { deviations } = report;
  if (flags.json === true)
    console.log(
      JSON.stringify({ files: files.map(([file]) => file), deviations: deviations ?? null }),
    );
  else {
    for (const [file] of files) console.log(relative(process.cwd(), file) || file);
    if (run.sha256 === undefined)
      console.log("the record of the run has no SHA-256: a change of it would not be seen");
    if (deviations !== undefined) console.log(`${deviations.length} deviations from the protocol`);
    for (const { of, what, planned, done } of deviations ?? [])
      console.log(shown(`  ${of}, ${what}: planned ${planned}, done ${done}`));
  }
}

/** A report may have been written on by hand since: unasked only the very same text is written over. */
async function refuseOther(file: string, text: string): Promise<void> {
  const found = await readFile(file, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw writeError(file, error);
    return text;
  });
  if (found !== text)
    throw new UsageError(
      `${file} is there and is not what would be written: it may have been written on by hand; ` +
        "keep it elsewhere, give --out another folder, or write over it with --force",
    );
}

/** Its hash is checked where it has one: records of older versions have none. */
async function readRun(path: string): Promise<RunToReport> {
  const run = (await readJson(path, "give the folder of a run, or its run.json")) as RunToReport & {
    readonly sha256?: unknown;
  };
  checkRun(run);
  if (run.sha256 === undefined || run.sha256 === recordSha256(run)) return run;
  throw new FileFormatError(path, "sha256", describeValue(run.sha256), recordSha256(run), {
    advice: "the record was changed after the run; give the file as it was, or run again",
  });
}

async function readProtocol(path: string): Promise<Protocol> {
  const protocol = await readJson(path, "give a protocol, as tsrsa protocol writes it");
  checkProtocol(protocol);
  if (protocolSha256(protocol) === protocol.sha256) return protocol;
  throw new FileFormatError(path, "sha256", protocol.sha256, protocolSha256(protocol), {
    advice: "the protocol was changed after it was written; give the file as it was",
  });
}

async function readJson(path: string, advice: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new MissingFile(path, advice);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new FileFormatError(path, "content", "JSON", text.slice(0, 40), { cause });
  }
}
