import { readFile, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { FileFormatError, MissingFile } from "../../src/core/errors.ts";
import { writeText } from "../../src/core/write-text.ts";
import { checkProtocol, methodsReport } from "../../src/report/methods-report.ts";
import type { Protocol, RunToReport } from "../../src/report/run.ts";
import { checkFolder, checkOutput } from "../check-output.ts";
import { protocolSha256 } from "../protocol/make-protocol.ts";

/** Write the report of a run in its three forms. */
export async function runReport(
  given: string,
  flags: { readonly protocol?: string; readonly out?: string; readonly json?: true },
): Promise<void> {
  const isFolder = (await stat(given).catch(() => undefined))?.isDirectory() === true;
  const path = resolve(isFolder ? join(given, "run.json") : given);
  const run = (await readJson(path)) as RunToReport;
  const protocol = flags.protocol === undefined ? undefined : await readProtocol(flags.protocol);
  const report = methodsReport(run, protocol === undefined ? {} : { protocol });
  const out = resolve(flags.out ?? dirname(path));
  await checkFolder(out);
  const files = [
    [join(out, "report.md"), report.markdown],
    [join(out, "report.html"), report.html],
    [join(out, "report.txt"), report.text],
  ] as const;
  for (const [file] of files) await checkOutput(file, [path, flags]);
  for (const [file, text] of files) await writeText(file, text);
  const { deviations } = report;
  if (flags.json === true)
    console.log(
      JSON.stringify({ files: files.map(([file]) => file), deviations: deviations ?? null }),
    );
  else {
    for (const [file] of files) console.log(relative(process.cwd(), file) || file);
    if (deviations !== undefined) console.log(`${deviations.length} deviations from the protocol`);
    for (const { of, what, planned, done } of deviations ?? [])
      console.log(`  ${of}, ${what}: planned ${planned}, done ${done}`);
  }
}

async function readProtocol(path: string): Promise<Protocol> {
  const protocol = await readJson(path);
  checkProtocol(protocol);
  if (protocolSha256(protocol) === protocol.sha256) return protocol;
  throw new FileFormatError(path, "sha256", protocol.sha256, protocolSha256(protocol), {
    advice: "the protocol was changed after it was written; give the file as it was",
  });
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new MissingFile(path, "give the folder of a run, or its run.json");
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new FileFormatError(path, "content", "JSON", text.slice(0, 40), { cause });
  }
}
