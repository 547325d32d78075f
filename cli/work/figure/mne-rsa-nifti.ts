import { readLines, readNifti } from "../../../src/io/index.ts";
import { cleanVolumes, rsaNifti, type RsaMaps } from "../../../src/mri/index.ts";
import { plotDistribution, plotStatMap } from "../../../src/plot/index.ts";
import { categoryRdm } from "../../../src/rdm/index.ts";
import { mean as average } from "../../../src/stats/index.ts";
import type { Comparison, PublishedFigure, Reproduced } from "./published.ts";

const from = "reference: MNE-RSA's rsa_nifti on the same files";

const reference = [
  { rsaMetric: "spearman", words: "Spearman's ρ", mean: "0.095737", max: "0.284925" },
  { rsaMetric: "kendall-tau-a", words: "Kendall's τ-a", mean: "0.035380", max: "0.105295" },
] as const;

/** A searchlight of categories by `rsa_nifti`, the function whose documentation is one of the five originals. */
export const mneRsaNifti: PublishedFigure = {
  name: "mne-rsa-nifti",
  title:
    "Category searchlight (1 cm) in a slice of Haxby's recording, as MNE-RSA's rsa_nifti has it",
  citation:
    "van Vliet, M. et al. MNE-RSA, rsa_nifti. Data: Haxby, J. V. et al. (2001). Science 293, 2425–2430. doi:10.1126/science.1063736",
  dataSet: "haxby-slice",
  needs: "bold.nii.gz, mask.nii.gz and attributes_literal.txt (tsrsa data fetch haxby-slice)",
  note: "The page of rsa_nifti prints no result, so nothing is published here: MNE-RSA was run on these files.",
  reproduce,
};

async function reproduce(folder: string): Promise<Reproduced> {
  const { labels, runs } = await readShown(`${folder}/attributes_literal.txt`);
  const items = [...new Set(labels)].filter((label) => !label.startsWith("rest"));
  const model = categoryRdm(
    items.map((item) => item.split(" ")[0]),
    { items, name: "category" },
  );
  const series = await cleanVolumes(`${folder}/bold.nii.gz`, { runs, detrend: true, ...quiet });
  const mask = await readNifti(`${folder}/mask.nii.gz`);
  const how = { labels, items: "common", radiusMm: 10, roiMask: mask, ...quiet } as const;
  const comparisons: Comparison[] = [
    { what: "patterns", expected: "96", computed: items.length, from },
  ];
  const found: RsaMaps[] = [];
  for (const { rsaMetric, words, mean, max } of reference) {
    const maps = await rsaNifti(series, model, { ...how, rsaMetric });
    comparisons.push(...rowsOf(maps, words, mean, max));
    found.push(maps);
  }
  return { comparisons, figures: drawn(found[0]) };
}

const quiet = { onProgress: false } as const;

function rowsOf(maps: RsaMaps, words: string, mean: string, max: string): Comparison[] {
  const peak = maps.peak();
  return [
    { what: `${words}, spheres`, expected: "530", computed: maps.centres.length, from },
    { what: `${words}, mean`, expected: mean, computed: average(scoresOf(maps)), from },
    { what: `${words}, highest`, expected: max, computed: peak.score, from },
    ...[28, 14, 0].map((at, axis) => ({
      what: `${words}, voxel of the highest, ${"ijk"[axis]}`,
      expected: String(at),
      computed: peak.voxel[axis],
      from,
    })),
  ];
}

function scoresOf(maps: RsaMaps): number[] {
  const { data } = maps.map();
  return Array.from(maps.centres, (voxel) => data[voxel]);
}

function drawn(maps: RsaMaps) {
  return new Map([
    [
      "mne-rsa-nifti-map",
      plotStatMap(maps.map(), {
        cuts: { z: 1 },
        label: "Spearman's ρ",
        title: "Category model, spheres of 1 cm",
      }),
    ],
    [
      "mne-rsa-nifti-scores",
      plotDistribution({ "all spheres": scoresOf(maps) }, { label: "Spearman's ρ" }),
    ],
  ]);
}

/** What each volume showed, with its run: a line `face 3` for each. */
async function readShown(path: string): Promise<{ labels: string[]; runs: string[] }> {
  const rows = (await readLines(path)).map((line) => line.trim().split(/\s+/));
  return { labels: rows.map((row) => row.join(" ")), runs: rows.map(([, run]) => run) };
}
