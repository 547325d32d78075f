import { bytesOf, realPath } from "#platform/files";
import { InvalidArgument } from "../../core/errors.ts";
import { packageVersion } from "../../core/version.ts";
import { writeText } from "../../core/write-text.ts";
import { readText } from "../csv/read-text.ts";
import { namesIn } from "./bids-tree.ts";
import { isDerivative, isSubject } from "./kind-of-folder.ts";
import { readJson, type Metadata } from "./read-json.ts";

/** Names that are not in the standard yet, for validators. */
const ownNames = ["*_statmap.*", "*_betas.*", "*_trials.*", "*_stats.*", "*_rdm.*", "*_design.*"];

const generator = {
  Name: "tsrsa",
  Version: packageVersion,
  Description: "representational similarity analysis in TypeScript",
};

/**
 * Make a folder a data set of derivatives: its description names tsrsa beside whoever was there before, its
 * `.bidsignore` the names that validators do not know. Throws `InvalidArgument` for a folder of recorded data.
 */
export async function describeFolder(
  root: string,
  links: Readonly<Record<string, string>>,
): Promise<void> {
  const path = `${root}/dataset_description.json`;
  const before: Metadata = (await bytesOf(path)) > 0 ? await readJson(path) : {};
  const isNew = Object.keys(before).length === 0;
  if (isNew ? (await namesIn(root)).some(isSubject) : !isDerivative(before))
    throw new InvalidArgument(
      "folder",
      root,
      "recorded data lie there; name a folder for derivatives, as derivatives/tsrsa",
    );
  const after = merged(before, await urls(links));
  if (JSON.stringify(after) !== JSON.stringify(before))
    await writeText(path, `${JSON.stringify(after, undefined, 2)}\n`);
  await writeIgnores(`${root}/.bidsignore`);
}

function merged(before: Metadata, links: Readonly<Record<string, string>>): Metadata {
  const made = Array.isArray(before.GeneratedBy) ? (before.GeneratedBy as Metadata[]) : [];
  const others = made.filter((one) => one.Name !== generator.Name);
  const own = made.find((one) => one.Name === generator.Name);
  const known = (before.DatasetLinks ?? {}) as Readonly<Record<string, string>>;
  for (const [name, url] of Object.entries(links))
    if (Object.hasOwn(known, name) && known[name] !== url)
      throw new InvalidArgument(
        `source data set ${name}`,
        url,
        `files of this folder come from ${known[name]}; write to another folder`,
      );
  const all = { ...known, ...links };
  return {
    Name: "tsrsa",
    BIDSVersion: "1.10.0",
    DatasetType: "derivative",
    ...before,
    GeneratedBy: [...others, { ...own, ...generator }],
    ...(Object.keys(all).length > 0 && {
      DatasetLinks: all,
      SourceDatasets: sourcesWith(before.SourceDatasets, Object.values(all)),
    }),
  };
}

/** Sources as others said them, with their DOIs and versions, and those that are not among them. */
function sourcesWith(before: unknown, urls: readonly string[]): readonly unknown[] {
  const known: readonly unknown[] = Array.isArray(before) ? before : [];
  const said = new Set(known.map((one) => (one as Metadata | null)?.URL));
  const more = urls.filter((url, at) => !said.has(url) && urls.indexOf(url) === at);
  return [...known, ...more.map((URL) => ({ URL }))];
}

/** Folders as addresses. */
async function urls(links: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const [name, root] of Object.entries(links)) {
    const path = (await realPath(root)).replaceAll("\\", "/");
    all[name] = /^https?:/.test(path)
      ? path
      : `file://${path.startsWith("/") ? "" : "/"}${encodeURI(path)}`;
  }
  return all;
}

async function writeIgnores(path: string): Promise<void> {
  const before = (await bytesOf(path)) > 0 ? (await readText(path)).text : "";
  const lines = before.split(/\r?\n/);
  const more = ownNames.filter((name) => !lines.includes(name));
  if (more.length === 0) return;
  const start = before === "" || before.endsWith("\n") ? before : `${before}\n`;
  await writeText(path, `${start}${more.join("\n")}\n`);
}
