import { plotModelComparison } from "../../../src/plot/index.ts";
import { mean } from "../../../src/stats/index.ts";
import { readFmriRdms, type ImageSet, type Region } from "./fmri-rdms.ts";
import type { PublishedFigure, Reproduced } from "./published.ts";
import { upperCeiling } from "./squared-spearman.ts";

const published: readonly { images: ImageSet; region: Region; r2: string }[] = [
  { images: 92, region: "EVC", r2: "0.1589" },
  { images: 92, region: "IT", r2: "0.3075" },
  { images: 78, region: "EVC", r2: "0.0640" },
  { images: 78, region: "IT", r2: "0.0647" },
];

/** The noise ceilings of the Algonauts 2019 challenge. */
export const algonautsCeilings: PublishedFigure = {
  name: "algonauts2019-ceilings",
  title: "Noise ceilings (R²) of the fMRI RDMs of the Algonauts 2019 challenge, 15 participants",
  citation: "Cichy, R. M. et al. (2019). The Algonauts Project. arXiv:1905.05675",
  dataSet: "algonauts2019",
  anyLayout: true,
  needs: "the RDMs of EVC and IT for 92 and for 78 images (tsrsa data fetch algonauts2019)",
  reproduce,
};

async function reproduce(folder: string): Promise<Reproduced> {
  const rows = [];
  for (const { images, region, r2 } of published) {
    const scores = await upperCeiling(await readFmriRdms(folder, images, region));
    rows.push({
      name: `${images} images, ${region}`,
      scores,
      expected: r2,
      computed: mean(scores),
    });
  }
  const figure = plotModelComparison(
    { models: rows.map(({ name, scores }) => ({ name, scores })) },
    {
      label: "squared Spearman correlation",
      title: "Algonauts 2019: noise ceilings",
      caption:
        "Squared Spearman correlation of each participant's RDM with the mean RDM of all 15 (circles), and its mean: the " +
        `upper noise ceiling (bars; error bars: ± 1 SEM). Published: ${rows.map((row) => `${row.name} ${row.expected}`).join("; ")}.`,
    },
  );
  return {
    comparisons: rows.map(({ name, ...row }) => ({ what: `noise ceiling R², ${name}`, ...row })),
    figures: new Map([["algonauts2019-ceilings", figure]]),
  };
}
