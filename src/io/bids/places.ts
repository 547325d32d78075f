import { checkedFolder } from "../../core/gate/path.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { either, listOf, text } from "../../core/gate/kinds.ts";
import { bytesOf, fileNameOf, realPath } from "#platform/files";
import { InvalidArgument, MissingFile } from "../../core/errors.ts";
import { BidsTree, namesIn } from "./bids-tree.ts";
import { isDerivative, isSubject } from "./kind-of-folder.ts";
import { readJson, type Metadata } from "./read-json.ts";
import type { BidsPlaces } from "./types.ts";

/** The folders of a data set and its derivatives, open. */
export interface OpenPlaces {
  readonly raw: BidsTree | undefined;
  readonly derivatives: readonly BidsTree[];
  readonly notes: readonly string[];
}

const placesNames: OptionNames<BidsPlaces> = { raw: text, derivatives: either(text, listOf(text)) };

/** Find the data sets of a folder, or of folders that know nothing of each other. */
export async function findPlaces(input: string | BidsPlaces): Promise<OpenPlaces> {
  if (typeof input === "string") return ofFolder(checkedFolder(input));
  checkOptions(input, placesNames);
  const { raw, derivatives } = input;
  if (raw === undefined && derivatives === undefined)
    throw new InvalidArgument("folder", input, "give raw, derivatives or both");
  const roots = derivatives === undefined ? [] : [derivatives].flat();
  const found = raw === undefined ? empty : await ofFolder(checkedFolder(raw, "raw"));
  if (roots.length === 0) return found;
  const given = await Promise.all(
    roots.map((root) => derivativesAt(trimmed(checkedFolder(root, "derivatives")))),
  );
  return { ...found, derivatives: distinct(given.flat()) };
}

const empty: OpenPlaces = { raw: undefined, derivatives: [], notes: [] };

function trimmed(path: string): string {
  return path.replace(/(?<=.)[\\/]+$/, "");
}

async function ofFolder(path: string): Promise<OpenPlaces> {
  const root = trimmed(path);
  const names = await namesIn(root);
  const description = await descriptionOf(root);
  if (description === undefined && !names.some(isSubject)) throw noDataSet(root, names);
  if (isDerivative(description))
    return { raw: undefined, derivatives: [treeOf(root, description)], notes: [] };
  const raw = new BidsTree({ root, pipeline: "raw", description: description ?? {} });
  const { trees, notes } = await derivativesIn(`${root}/derivatives`, root);
  const undescribed =
    description === undefined ? [`${root} has no dataset_description.json; taken as recorded`] : [];
  return { raw, derivatives: distinct(trees), notes: [...undescribed, ...notes] };
}

function noDataSet(root: string, names: readonly string[]): MissingFile {
  const shown = names.length === 0 ? "nothing" : names.slice(0, 8).join(", ");
  return new MissingFile(
    `${root}/dataset_description.json`,
    `a data set in BIDS has it, and folders sub-…; here is ${shown}; give the folder that has them`,
  );
}

async function descriptionOf(root: string): Promise<Metadata | undefined> {
  const path = `${root}/dataset_description.json`;
  return (await bytesOf(path)) > 0 ? readJson(path) : undefined;
}

function treeOf(root: string, description: Metadata = {}): BidsTree {
  return new BidsTree({ root, pipeline: fileNameOf(root), description });
}

/** Data sets among the folders of one. Folders without a description hold none, nor does a link back to the data set. */
async function derivativesIn(folder: string, origin: string) {
  const trees: BidsTree[] = [];
  const notes: string[] = [];
  const home = await realPath(origin);
  for (const name of await namesIn(folder)) {
    const root = `${folder}/${name}`;
    const description = await descriptionOf(root);
    if (description !== undefined && (await realPath(root)) !== home)
      trees.push(treeOf(root, description));
    else if (!name.startsWith(".") && (await namesIn(root)).length > 0)
      notes.push(
        `${root} is no data set of its own (no dataset_description.json) and was left out`,
      );
  }
  return { trees, notes };
}

/** The data set of a folder that a user names, or those in it. */
async function derivativesAt(root: string): Promise<BidsTree[]> {
  const description = await descriptionOf(root);
  const names = await namesIn(root);
  if (description !== undefined || names.some(isSubject)) return [treeOf(root, description)];
  const { trees } = await derivativesIn(root, root);
  if (trees.length === 0) throw noDataSet(root, names);
  return trees;
}

/** Two folders of one name are called by their paths, and none is called as what was recorded. */
function distinct(trees: readonly BidsTree[]): BidsTree[] {
  return trees.map((tree) => {
    const twins = trees.filter(({ pipeline }) => pipeline === tree.pipeline);
    if (twins.length < 2 && tree.pipeline !== "raw") return tree;
    return new BidsTree({ root: tree.root, pipeline: tree.root, description: tree.description });
  });
}
