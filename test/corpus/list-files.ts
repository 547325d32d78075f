// Writes the corpus into the folder that is named, and lists its files and all fixtures as JSON.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join, relative } from "node:path";
import { allCases } from "./all-cases.ts";
import type { FormatName } from "./reading.ts";
import { writeSurfaces } from "./written-surfaces.ts";
import { pathOf, writeCorpus } from "./write-corpus.ts";

/** The reader for a fixture, by its name. */
const byName: readonly (readonly [RegExp, FormatName])[] = [
  [/-epo\.fif(\.gz)?$/, "epochs"],
  [/-ave\.fif$/, "evokeds"],
  [/-cov\.fif$/, "covariance"],
  [/\.(nii|nii\.gz|hdr)$/, "nifti"],
  [/\.h5$/, "hdf5"],
  [/\.mat$/, "mat"],
  [/\.npy$/, "npy"],
  [/\.npz$/, "npz"],
  [/\.(bmp|png|jpg|tif|webp)$/, "image"],
  [/\.csv$/, "csv"],
];

const folder = process.argv[2];
await writeCorpus(folder);
const corpus = allCases.map(({ format, name, ending }, at) => ({
  id: `corpus: ${format} ${ending}: ${name}`,
  format,
  path: pathOf(folder, at),
}));
const root = fileURLToPath(new URL("../fixtures", import.meta.url));
const fixtures = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((name) => join(root, name))
  .sort()
  .flatMap((path) => {
    const format = byName.find(([pattern]) => pattern.test(path))?.[1];
    return format === undefined ? [] : [{ id: `fixture: ${relative(root, path)}`, format, path }];
  });
console.log(JSON.stringify([...fixtures, ...(await writeSurfaces(folder)), ...corpus]));
process.exit(0);
