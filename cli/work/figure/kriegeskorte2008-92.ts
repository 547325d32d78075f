import { plotMds, plotModelComparison, plotRdms } from "../../../src/plot/index.ts";
import { rankTransform, Rdm } from "../../../src/rdm/index.ts";
import { compareRdms, evalFixed } from "../../../src/rsa/index.ts";
import { readKriegeskorte2008 } from "./kriegeskorte2008-files.ts";
import type { Comparison, PublishedFigure, Reproduced } from "./published.ts";

const from = "reference: numpy on the same files";

/** Mean Pearson correlation of each model with the four people, and the noise ceiling. */
const reference = {
  animacy: "0.387142",
  FaceBodyManmadeNatobj: "0.281614",
  monkeyIT: "0.333537",
  EVA: "0.259091",
  HMAX: "0.152076",
  V1: "0.024999",
  Silhouette: "0.115889",
  RADON: "0.036525",
  "lower noise ceiling": "0.394410",
  "upper noise ceiling": "0.680413",
} as const;

/** Monkey and human IT, and models against human IT. */
export const kriegeskorte2008: PublishedFigure = {
  name: "kriegeskorte2008-92",
  title: "Monkey IT against human IT, and models against human IT, 92 images",
  citation:
    "Kriegeskorte, N. et al. (2008). Neuron 60, 1126–1141. doi:10.1016/j.neuron.2008.10.043",
  dataSet: "kriegeskorte92",
  anyLayout: true,
  needs:
    "92_brainRDMs.mat, 92_modelRDMs.mat and Kriegeskorte_Neuron2008_supplementalData.mat (tsrsa data fetch kriegeskorte92)",
  reproduce,
};

async function reproduce(folder: string): Promise<Reproduced> {
  const { people, models, monkey, human, images, categories } = await readKriegeskorte2008(folder);
  const quiet = { onProgress: false } as const;
  const pearson = (await compareRdms(monkey, human, { method: "corr", ...quiet })).single();
  const spearman = (await compareRdms(monkey, human, { method: "spearman", ...quiet })).single();
  const result = await evalFixed(models, people, { method: "corr", ...quiet });
  const found = new Map<string, number>([
    ...result.models.map((name, m) => [name, result.means[m]] as const),
    ["lower noise ceiling", result.noiseCeiling?.lower ?? NaN],
    ["upper noise ceiling", result.noiseCeiling?.upper ?? NaN],
  ]);
  const comparisons: Comparison[] = [
    { what: "monkey IT with human IT, r", expected: "0.49", computed: pearson },
    { what: "monkey IT with human IT, ρ", expected: "0.43892", computed: spearman, from },
    ...Object.entries(reference).map(([what, expected]) => ({
      what: `human IT: ${what}`,
      expected,
      computed: found.get(what) ?? NaN,
      from,
    })),
  ];
  const rdms = plotRdms([monkey, human].map(percentiles), {
    categories,
    icons: images,
    scale: "shared",
    label: "dissimilarity (rank of 1 − r)",
    panelPx: 300,
  });
  const compared = plotModelComparison(result, {
    title: "Models against human IT",
    label: "Pearson correlation",
    order: "descending",
  });
  const mds = plotMds(human, { images, categories, title: "Human IT" });
  return {
    comparisons,
    figures: new Map([
      ["kriegeskorte2008-92-rdms", rdms],
      ["kriegeskorte2008-92-models", compared],
      ["kriegeskorte2008-92-mds", mds],
    ]),
  };
}

/** The share of pairs that are less dissimilar, in percent: what the published figure shows. */
function percentiles(rdm: Rdm): Rdm {
  const { condensed, items, name } = rankTransform(rdm);
  const percent = condensed.map((rank) => (100 * rank) / condensed.length);
  return new Rdm(percent, { items, name, metric: "percentile" });
}
