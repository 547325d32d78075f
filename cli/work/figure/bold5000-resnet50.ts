import { published } from "../../../data-fetch/demo/bold5000/published.ts";
import { progress } from "../../../src/core/index.ts";
import { meanRdm, type Rdm } from "../../../src/rdm/index.ts";
import { describeHdf5Rdms, readHdf5Rdms } from "../../../src/rdm/hdf5/read-hdf5-rdms.ts";
import { plotHeatmap, plotProfiles } from "../../../src/plot/index.ts";
import { rsa } from "../../../src/rsa/index.ts";
import type { Comparison, PublishedFigure, Reproduced } from "./published.ts";

/** Layers of ResNet-50 against regions of BOLD5000: the joint heat map of the study. */
export const bold5000Resnet50: PublishedFigure = {
  name: "bold5000-resnet50",
  title: "Layers of ResNet-50 against ten visual regions of three people, mean RDM (BOLD5000)",
  citation:
    "Chang, N. et al. (2019). BOLD5000. Scientific Data 6:49. RDMs: doi:10.5061/dryad.wpzgmsbtr",
  dataSet: "bold5000-rdms",
  needs: "CSI1_BOLD5000_CORR_RDMs.h5 to CSI3_… and ResNet50_CORR_RDMs.h5",
  note: "Published values were read off the joint heat map of the study's README, which prints three decimals.",
  reproduce,
};

const people = ["CSI1", "CSI2", "CSI3"];

async function reproduce(folder: string): Promise<Reproduced> {
  const files = people.map((name) => `${folder}/${name}_BOLD5000_CORR_RDMs.h5`);
  const network = `${folder}/ResNet50_CORR_RDMs.h5`;
  const items = await imagesOfAll([network, ...files]);
  const layers = await readHdf5Rdms(network, { items });
  const layerNames = layers.map(({ meta }) => String(meta.layer));
  const regions = Object.keys(published);
  const line = progress("regions", regions.length);
  const joint: number[][] = [];
  for (const [at, roi] of regions.entries()) {
    joint.push(await jointScores(files, { roi, items }, layers));
    line.update(at + 1);
  }
  line.finish();
  return {
    comparisons: [
      { what: "images that all files have", expected: "2985", computed: items.length },
      ...rowsOf(regions, layerNames, joint),
    ],
    figures: drawn(regions, layerNames, joint),
  };
}

/** In the order of the first file. */
async function imagesOfAll(files: readonly string[]): Promise<string[]> {
  const contents = [];
  for (const file of files) contents.push(await describeHdf5Rdms(file));
  const [first, ...others] = contents.map(({ items = [] }) => items);
  const sets = others.map((names) => new Set(names));
  return first.filter((name) => sets.every((set) => set.has(name)));
}

/** Pearson's correlation of each layer with the mean RDM of the three people, as the study has it. */
async function jointScores(
  files: readonly string[],
  { roi, items }: { roi: string; items: readonly string[] },
  layers: readonly Rdm[],
): Promise<number[]> {
  const rdms: Rdm[] = [];
  for (const file of files) rdms.push(...(await readHdf5Rdms(file, { select: { roi }, items })));
  const result = rsa(meanRdm(rdms), layers, { metric: "pearson" });
  return layers.map((_, layer) => result.score(0, layer));
}

function rowsOf(regions: string[], layers: string[], joint: number[][]): Comparison[] {
  return regions.flatMap((region, r) =>
    layers.map((layer, l) => ({
      what: `${region}, ${layer}, r`,
      expected: published[region][l].toFixed(3),
      computed: joint[r][l],
    })),
  );
}

function drawn(regions: string[], layers: string[], joint: number[][]) {
  const label = "Pearson correlation";
  const heatmap = plotHeatmap(
    { rows: regions, columns: layers, values: joint },
    { label, decimals: 3 },
  );
  const lines = regions.map((name, r) => ({
    name,
    group: name.startsWith("LH") ? "left" : "right",
    values: joint[r],
  }));
  return new Map([
    ["bold5000-resnet50-heatmap", heatmap],
    ["bold5000-resnet50-profiles", plotProfiles(lines, { steps: layers, label })],
  ]);
}
