import { existsSync } from "node:fs";
import { join } from "node:path";
import { FileFormatError, MissingFile } from "../../../src/core/errors.ts";
import { asMatrix, readNpz } from "../../../src/io/index.ts";
import { plotModelComparison, type ModelComparison } from "../../../src/plot/index.ts";
import type { Rdm } from "../../../src/rdm/index.ts";
import { mean } from "../../../src/stats/index.ts";
import { fromSquare, readFmriRdms, type Region } from "./fmri-rdms.ts";
import type { Comparison, PublishedFigure, Reproduced } from "./published.ts";
import { lowerCeiling, squaredSpearman, upperCeiling } from "./squared-spearman.ts";

const layers = [
  { name: "ResNet18 layer3.1.conv2", file: "case1-rdm/layer3.1.conv2.npz" },
  { name: "ResNet18 layer4.1.bn2", file: "case1-rdm/layer4.1.bn2.npz" },
  { name: "CLIP RN50 visual.layer4", file: "case2-rdm/visual.layer4.npz" },
] as const;

/** R² of each layer above, and lower and upper ceiling, as its authors' results.csv has them. */
const published: Readonly<
  Record<Region, { r2: readonly string[]; ceiling: readonly [string, string] }>
> = {
  IT: {
    r2: ["0.002116532020238181", "0.0018402013413235168", "0.005043808608057736"],
    ceiling: ["0.002784925615650058", "0.0647332511659806"],
  },
  EVC: {
    r2: ["0.0008296788172746916", "0.0006886062445416333", "0.0018803787623249244"],
    ceiling: ["0.006817660885847111", "0.06397469419484077"],
  },
};

/** Layers of two networks against early visual cortex and IT, as Net2Brain's own tests have them. */
export const net2brain78: PublishedFigure = {
  name: "net2brain-78",
  title: "R² of three network layers with EVC and IT of 15 participants, 78 images (Net2Brain)",
  citation:
    "Bersch, D. et al. (2022). Net2Brain: A toolbox to compare artificial vision models with human brain responses. arXiv:2208.09677",
  dataSet: undefined,
  anyLayout: true,
  needs:
    "fmri_EVC_RDMs.npy and fmri_IT_RDMs.npy (78 images) with net2brain-expected/case1-rdm and case2-rdm of Net2Brain's tests",
  reproduce,
};

async function reproduce(folder: string): Promise<Reproduced> {
  const models = [];
  for (const { name, file } of layers) models.push(await readLayer(folder, name, file));
  const comparisons: Comparison[] = [];
  const groups: ModelComparison[] = [];
  for (const region of ["EVC", "IT"] as const) {
    const participants = await readFmriRdms(folder, 78, region);
    const scores: number[][] = [];
    for (const model of models) scores.push(await squaredSpearman(model, participants));
    const ceilings = [
      mean(await lowerCeiling(participants)),
      mean(await upperCeiling(participants)),
    ];
    scores.forEach((values, i) =>
      comparisons.push({
        what: `${region}, ${layers[i].name}, R²`,
        expected: published[region].r2[i],
        computed: mean(values),
      }),
    );
    ceilings.forEach((computed, i) =>
      comparisons.push({
        what: `${region}, ${["lower", "upper"][i]} noise ceiling`,
        expected: published[region].ceiling[i],
        computed,
      }),
    );
    groups.push({
      name: region,
      models: layers.map(({ name }, i) => ({ name, scores: scores[i] })),
      noiseCeiling: { lower: ceilings[0], upper: ceilings[1] },
    });
  }
  const figure = plotModelComparison(groups, {
    label: "squared Spearman correlation",
    title: "Three network layers against EVC and IT, 78 images",
  });
  return { comparisons, figures: new Map([["net2brain-78", figure]]) };
}

async function readLayer(folder: string, name: string, file: string): Promise<Rdm> {
  const places = ["net2brain-expected", "algonauts2019-78/net2brain-expected", "."];
  const path = places.map((place) => join(folder, place, file)).find((place) => existsSync(place));
  if (path === undefined)
    throw new MissingFile(
      join(folder, places[0], file),
      `pass a folder that has ${net2brain78.needs}`,
    );
  const [array] = [...(await readNpz(path)).values()];
  const { data, shape } = asMatrix(array);
  if (shape.join() !== "78,78")
    throw new FileFormatError(path, "shape", "78 × 78", shape.join(" × "));
  return fromSquare(data, 78, { name });
}
