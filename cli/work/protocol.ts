import { mkdir, open, readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { canReplace } from "../check-output.ts";
import { packageVersion } from "../package-version.ts";
import { makeProtocol } from "../protocol/make-protocol.ts";
import { anyCall, type Protocol } from "../../src/report/run.ts";
import { readNotebook } from "../run/find-notebook.ts";
import { readParameters } from "../run/parameters.ts";
import { shown } from "../shown.ts";
import { UsageError } from "../usage-error.ts";

/** Write the protocol of a notebook. Nothing is run, no data are opened, and a protocol is never written over. */
export async function runProtocol(
  given: string,
  flags: { readonly parameter: readonly string[]; readonly out: string; readonly json?: true },
): Promise<void> {
  const notebook = readNotebook(given);
  const parameters = readParameters(flags.parameter, process.cwd());
  const out = resolve(flags.out);
  await canReplace(out, [notebook.path]);
  const ranBefore = await lastRun(resolve("out", notebook.name, "run.json"), notebook.path);
  const about = { version: packageVersion(), created: new Date() };
  const protocol = makeProtocol(notebook, parameters, {
    ...about,
    ...(ranBefore === undefined ? {} : { ranBefore }),
  });
  const text = `${JSON.stringify(protocol, null, 2)}\n`;
  await writeNew(out, text);
  if (flags.json === true) console.log(text.trimEnd());
  else {
    console.log(
      `${relative(process.cwd(), out) || out}: ${protocol.calls.length} calls of ${protocol.notebook}, SHA-256 ${protocol.sha256}`,
    );
    for (const line of unknownIn(protocol)) console.log(shown(line));
    if (ranBefore !== undefined)
      console.log(shown(`the notebook was run before, on ${ranBefore}; the protocol says so`));
  }
}

/** What the protocol cannot tell, a line each. */
function unknownIn({ files = [], calls }: Protocol): string[] {
  const missing = files.filter(({ sha256 }) => sha256 === null);
  return [
    ...missing.map(({ path }) => `what ${path} calls is not in it, as the file is not there`),
    ...calls
      .filter(({ call, handedOn }) => call === anyCall && handedOn === true)
      .map(({ cell, file, of }) => {
        const place = file ?? `code cell ${cell}`;
        return `what ${place} calls by ${of.join()} is not in it, as only a run can tell`;
      }),
  ];
}

async function writeNew(out: string, text: string): Promise<void> {
  await mkdir(dirname(out), { recursive: true });
  const file = await open(out, "wx").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new UsageError(
      `${out} is there already, and a protocol is not written over; name another file with --out`,
    );
  });
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

/** When the notebook was run last into the usual folder; undefined when it was not. */
async function lastRun(path: string, notebook: string): Promise<string | undefined> {
  const text = await readFile(path, "utf8").catch(() => "");
  if (text === "") return undefined;
  try {
    const found = JSON.parse(text) as { notebook?: unknown; started?: unknown };
    return found.notebook === notebook && typeof found.started === "string"
      ? found.started
      : undefined;
  } catch {
    return undefined;
  }
}
