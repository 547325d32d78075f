// Writes a data set of derivatives with a file of every kind into the folder that is named.
import { fileURLToPath } from "node:url";
import { openBids, writeBidsMap, writeBidsTable } from "../../../src/io/bids/index.ts";
import { asTable } from "../../../src/table/as-table.ts";

const folder = process.argv[2];
const objects = fileURLToPath(new URL("../../fixtures/bids/objects", import.meta.url));
const data = await openBids(objects);
const [run] = await data.runs({ subject: "01", task: "objects", space: "T1w" });
const affine = [
  [2, 0, 0, 0],
  [0, 2, 0, 0],
  [0, 0, 2, 0],
  [0, 0, 0, 1],
];
const map = (n: number) => ({ data: new Float32Array(8 * n), shape: [2, 2, 2, n], affine });
const entities = { sub: "01", task: "objects", space: "T1w" };
const made = { data, sources: [run.bold, run.events ?? ""], description: "an example" };
const said = { ...made, function: "rsaNifti", options: { metric: "crossnobis" } };
const table = asTable([{ item: "cup", onset: 1, score: NaN }]);
await writeBidsMap(folder, map(1), {
  ...said,
  entities: { ...entities, desc: "living", stat: "spearman" },
});
await writeBidsMap(folder, map(1), {
  ...said,
  entities: { ...entities, contrast: "faceVsHouse", stat: "t" },
});
await writeBidsMap(folder, map(3), {
  ...said,
  entities: { ...entities, desc: "lss" },
  suffix: "betas",
});
for (const suffix of ["trials", "stats", "design"])
  await writeBidsTable(folder, table, {
    ...said,
    entities: { ...entities, desc: "lss", atlas: "aparc" },
    suffix,
    columns: { score: "how well" },
  });
