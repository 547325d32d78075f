// Lays out the trees in the folder that is named; prints of each, and of the data set of fixtures, what openBids finds.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openBids, type BidsRunQuery } from "../../../src/io/bids/index.ts";
import { trees } from "./trees.ts";

const folder = process.argv[2];
const objects = fileURLToPath(new URL("../../fixtures/bids/objects", import.meta.url));
const sets: { name: string; root: string; derivatives: string; query: BidsRunQuery }[] = [
  {
    name: "objects",
    root: objects,
    derivatives: join(objects, "derivatives/fmriprep"),
    query: { task: "objects", space: "MNI152NLin2009cAsym" },
  },
];
for (const [at, { name, files, derivatives, query }] of trees.entries()) {
  const root = join(folder, String(at));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  }
  sets.push({ name, root, derivatives: join(root, derivatives), query });
}
for (const set of sets) {
  const data = await openBids({ raw: set.root, derivatives: set.derivatives });
  const runs = (await data.runs(set.query)).map((run) => ({
    ...{ bold: run.bold, mask: run.mask, confounds: run.confounds, events: run.events },
    recorded: run.raw,
    said: run.metadata,
  }));
  console.log(JSON.stringify({ ...set, runs }));
}
