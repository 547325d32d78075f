import { FileFormatError } from "../../core/errors.ts";
import type { BidsName } from "./bids-name.ts";
import type { BidsTree } from "./bids-tree.ts";
import { readJson, type Metadata } from "./read-json.ts";
import { sameEntity } from "./same-entity.ts";
import type { BidsFile } from "./types.ts";

/** What a file is called and where it lies; it need not be there. */
export interface Placed extends Pick<BidsName, "entities" | "suffix"> {
  readonly folder: string;
}

/** Folders from the root of a data set to a file, the root first. */
function foldersTo(folder: string): string[] {
  const parts = folder === "" ? [] : folder.split("/");
  return ["", ...parts.map((_, at) => parts.slice(0, at + 1).join("/"))];
}

/** Whether all entities of `outer` are those of `inner`, with the same values. */
export function isSubset(outer: BidsName["entities"], inner: BidsName["entities"]): boolean {
  return Object.entries(outer).every(
    ([key, value]) => Object.hasOwn(inner, key) && sameEntity(key, inner[key], value),
  );
}

/** Files of one folder that apply to a file, the most general first. */
async function applicable(
  tree: BidsTree,
  folder: string,
  to: Placed,
  extension: string,
): Promise<BidsFile[]> {
  const files = await tree.level(folder);
  return files
    .filter((file) => file.suffix === to.suffix && file.extension === extension)
    .filter(({ entities }) => isSubset(entities, to.entities))
    .sort((a, b) => count(a) - count(b));
}

function count({ entities }: BidsName): number {
  return Object.keys(entities).length;
}

/** The metadata of a file: JSON files of its folder and those above, the nearer and more special over the others. */
export async function inheritedMetadata(tree: BidsTree, to: Placed): Promise<Metadata> {
  let all: Metadata = {};
  for (const folder of foldersTo(to.folder)) {
    const read: { file: BidsFile; said: Metadata }[] = [];
    for (const file of await applicable(tree, folder, to, ".json")) {
      const said = await readJson(file.path);
      for (const other of read)
        if (count(other.file) === count(file)) refuseOther(other, said, file);
      read.push({ file, said });
      all = { ...all, ...said };
    }
  }
  return all;
}

function refuseOther(
  other: { readonly file: BidsFile; readonly said: Metadata },
  said: Metadata,
  { path }: BidsFile,
): void {
  const key = Object.keys(said).find(
    (name) =>
      Object.hasOwn(other.said, name) &&
      JSON.stringify(said[name]) !== JSON.stringify(other.said[name]),
  );
  if (key === undefined) return;
  throw new FileFormatError(path, key, `the value of ${other.file.path}`, "another", {
    advice: "both apply to the same scan and none is nearer; leave the key out of one of them",
  });
}

/** The nearest table that applies to a file; tables are never merged. Throws `FileFormatError` where two are as near. */
export async function nearestTable(tree: BidsTree, to: Placed): Promise<BidsFile | undefined> {
  for (const folder of foldersTo(to.folder).reverse()) {
    const found = [
      ...(await applicable(tree, folder, to, ".tsv")),
      ...(await applicable(tree, folder, to, ".tsv.gz")),
    ].sort((a, b) => count(a) - count(b));
    const last = found.at(-1);
    if (last === undefined) continue;
    const rival = found.at(-2);
    if (rival !== undefined && count(rival) === count(last))
      throw new FileFormatError(
        last.path,
        "name",
        `one table of ${to.suffix}`,
        `also ${rival.path}`,
        {
          advice: "both apply to the same scan; take one away, or name all its entities",
        },
      );
    return last;
  }
  return undefined;
}
