// %% [markdown]
// # Brain regions against the layers of a network
//
// Four people looked at about 5,000 photographs in a scanner (BOLD5000; Chang and others, 2019). A network that names what
// is on a photograph, ResNet-50, turns each one into numbers as well, layer after layer. Which layer sees the photographs
// as early visual cortex does? Which as the regions for objects and scenes do?
//
// A study published the RDMs of ten regions and of five layers, and compared them. We do what it did, step by step, and
// look at its findings: that the agreement grows up to the third stage of the network and then falls, and that one
// region hardly agrees with any layer. Then we do what it left out: make sure that rows belong together, ask how good any
// model could be, and test.
//
// By default this notebook runs on demo data: the same files in the same layout (HDF5, as rsatoolbox writes it), for 300
// invented images, with correlations planted in proportion to the published ones. Nothing below knows the difference.
//
// **Where the real data are:** Dryad, doi:10.5061/dryad.wpzgmsbtr (`CSI1_BOLD5000_CORR_RDMs.h5` … `ResNet50_CORR_RDMs.h5`,
// 4.7 GB). Download them into a folder and pass it:
// `npx tsrsa run notebooks/03-brain-regions-against-network -p data=PATH`. They are read region by region, so that a
// laptop's memory is enough; the bootstrap of section 6 takes a while then.

// %% tags=["parameters"]
// "demo", or the folder of the real data.
let data = "demo";
// Bootstrap samples of the images, for each region.
let samples = 100;

// %%
import {
  describeHdf5Rdms,
  evalBootstrap,
  evalFixed,
  fdr,
  permutationTTest,
  plotHeatmap,
  plotModelComparison,
  plotProfiles,
  plotRdms,
  plotSurface,
  progress,
  Rdm,
  readHdf5Rdms,
  report,
  rsa,
  subset,
  Table,
  toDataFrame,
  type EvalResult,
} from "tsrsa";
import { locateData } from "tsrsa/data";

const located = await locateData("bold5000-rdms", data);
console.log(located.note);

// %% [markdown]
// ## 1. What the files hold
//
// One file for each person, with an RDM for each region; one for the network, with an RDM for each layer. Which image a
// row belongs to stands in the file, beside the numbers. We look at that only; no RDM is read yet.

// %%
const subjects = ["CSI1", "CSI2", "CSI3"];
const subjectFile = (subject: string) => `${located.folder}/${subject}_BOLD5000_CORR_RDMs.h5`;
const networkFile = `${located.folder}/ResNet50_CORR_RDMs.h5`;

const contents = await Promise.all(
  [...subjects.map(subjectFile), networkFile].map((file) => describeHdf5Rdms(file)),
);
const labelsOf = contents.map(({ items }) => items ?? []);
new Table({
  file: [...subjects, "ResNet-50"],
  rdms: contents.map(({ rdms }) => rdms.length),
  images: contents.map(({ nItems }) => nItems),
  "first row": labelsOf.map((items) => items[0]),
  "second row": labelsOf.map((items) => items[1]),
});

// %% [markdown]
// The same images, but not in the same order: the network's are sorted by name, the people's are not. Remember this; we
// come back to it.
//
// The images that all four files have, in the order of the network's:

// %%
const sets = labelsOf.map((items) => new Set(items));
const images = labelsOf[subjects.length].filter((item) => sets.every((items) => items.has(item)));
const regions = contents[0].rdms.map(({ roi }) => String(roi));
report("common images", images.length);
report("regions", regions.length);

// %%
const layers = await readHdf5Rdms(networkFile, { items: images });
const layerNames = layers.map(({ meta }) => String(meta.layer));

/** One region's RDM of each person. */
const readRegion = async (roi: string): Promise<Rdm[]> => {
  const rdms: Rdm[] = [];
  for (const subject of subjects)
    rdms.push(
      ...(await readHdf5Rdms(subjectFile(subject), {
        select: { roi },
        items: images,
        meta: { subject },
      })),
    );
  return rdms;
};
layers[3];

// %% [markdown]
// What do these RDMs look like? Images come from three collections: single objects (ImageNet), scenes with many things
// (COCO), and plain scenes. Sorted by collection, the third layer shows it; the object region of one person shows little
// but noise. That is what single-trial fMRI looks like.

// %%
const collectionOf = (image: string) =>
  image.startsWith("COCO") ? "COCO" : /^n\d{8}/.test(image) ? "ImageNet" : "scenes";
const someImages = images
  .filter((_, at) => at % Math.ceil(images.length / 300) === 0)
  .sort((a, b) => collectionOf(a).localeCompare(collectionOf(b)));
const [objectRegion] = await readRegion("RHLOC");
plotRdms([subset(layers[3], someImages), subset(objectRegion, someImages)], {
  titles: ["ResNet-50, layer3", "RHLOC of CSI1"],
  categories: collectionOf,
});

// %% [markdown]
// ## 2. What the study did
//
// Each region of each person is compared with each layer, by Spearman's rank correlation: 10 regions × 5 layers × 3
// people. `evalFixed` does it for one region: it returns a score for each person, their mean and its standard error.
// Rows are joined by the names of the images.

// %%
const evaluations = new Map<string, EvalResult>();
for (const roi of regions)
  evaluations.set(
    roi,
    await evalFixed(layers, await readRegion(roi), { method: "spearman", onProgress: false }),
  );
const evaluationOf = (roi: string): EvalResult => {
  const found = evaluations.get(roi);
  if (found === undefined) throw new Error(`region ${roi} was not evaluated`);
  return found;
};
/** The score of one person, region and layer. */
const scoreOf = (subject: number, roi: string, layer: number) =>
  evaluationOf(roi).scores.data[layer * subjects.length + subject];
evaluationOf("RHLOC");

// %% [markdown]
// Each person for themselves, and all together:

// %%
const jointScores = regions.map((roi) => [...evaluationOf(roi).means]);
plotHeatmap(
  [
    ...subjects.map((name, subject) => ({
      name,
      rows: regions,
      columns: layerNames,
      values: regions.map((roi) => layerNames.map((_, layer) => scoreOf(subject, roi, layer))),
    })),
    { name: "mean of the three", rows: regions, columns: layerNames, values: jointScores },
  ],
  { label: "Spearman correlation" },
);

// %% [markdown]
// The same as a table, one row for each score, which a DataFrame can group. The study sorted its regions into three steps
// of a hierarchy: early visual cortex, then the regions for objects (LOC) and for places nearby (OPA), then those for
// scenes (PPA, RSC).

// %%
const stepOf = (roi: string) =>
  roi.includes("Early") ? "early" : /LOC|OPA/.test(roi) ? "mid" : "high";
const rows = regions.flatMap((roi) =>
  layerNames.flatMap((layer, l) =>
    subjects.map((subject, s) => ({
      step: stepOf(roi),
      roi,
      layer,
      subject,
      score: scoreOf(s, roi, l),
    })),
  ),
);
const scores = await toDataFrame(rows.map(({ step, layer, score }) => ({ step, layer, score })));
scores.groupby(["step", "layer"]).mean();

// %% [markdown]
// Mean over the regions of a step, for each person; bars are the mean of the three people, ± 1 SEM over people.

// %%
const steps = ["early", "mid", "high"];
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
plotModelComparison(
  steps.map((step) => ({
    name: step,
    models: layerNames.map((layer) => ({
      name: layer,
      scores: subjects.map((subject) =>
        mean(
          rows
            .filter((row) => row.step === step && row.layer === layer && row.subject === subject)
            .map(({ score }) => score),
        ),
      ),
    })),
  })),
  { label: "Spearman correlation", title: "Layers of ResNet-50 along the visual hierarchy" },
);

// %%
plotProfiles(
  regions.map((name) => ({
    name,
    group: stepOf(name),
    subjects: subjects.map((_, s) => layerNames.map((_layer, l) => scoreOf(s, name, l))),
  })),
  { steps: layerNames, label: "Spearman correlation" },
);

// %%
plotSurface(
  { rows: regions, columns: layerNames, values: jointScores },
  { label: "Spearman correlation", title: "All regions and layers, mean of three people" },
);

// %% [markdown]
// ## 3. Its findings
//
// The study's three findings, as questions to the numbers above. A notebook that answers one of them with no stops here.

// %%
const check = (finding: string, holds: boolean) => {
  report(finding, holds, `${holds ? "yes" : "NO"}: ${finding}`);
  if (!holds) throw new Error(`the data do not show it: ${finding}`);
};
const [layer3, layer4] = [layerNames.indexOf("layer3"), layerNames.indexOf("layer4")];
check(
  "layer3 agrees best with every region",
  jointScores.every((row) => row.every((score, l) => l === layer3 || score < row[layer3])),
);
check(
  "from layer3 to layer4 the agreement falls in every region",
  jointScores.every((row) => row[layer4] < row[layer3]),
);
const meanOfRegion = new Map(regions.map((roi, r) => [roi, mean(jointScores[r])]));
check(
  "RSC agrees least, in both hemispheres",
  ["LH", "RH"].every((side) => {
    const own = regions.filter((roi) => roi.startsWith(side));
    const least = own.reduce((a, b) =>
      (meanOfRegion.get(b) ?? 0) < (meanOfRegion.get(a) ?? 0) ? b : a,
    );
    return least === `${side}RSC`;
  }),
);

// %% [markdown]
// ## 4. Do the rows belong together?
//
// One thing can go wrong here without a sound. The usual recipe in Python takes both sides down to the common images
// (`subset_pattern`) and compares them (`eval_fixed`). But a subset keeps each side's own order, and the comparison goes
// by position: row 1 with row 1. Here the two files list their images in different orders.
//
// What would have come out? We take the names off the RDMs, which is the only way to make this library do it:

// %%
const common = new Set(images);
const inOwnOrder = labelsOf[0].filter((image) => common.has(image));
const [asInItsFile] = await readHdf5Rdms(subjectFile("CSI1"), {
  select: { roi: "RHLOC" },
  items: inOwnOrder,
});
const nameless = (rdm: Rdm) => new Rdm(rdm.condensed, { name: rdm.name });
const byPosition = rsa(nameless(asInItsFile), layers.map(nameless), { metric: "spearman" });
const byLabel = rsa(asInItsFile, layers, { metric: "spearman" });
plotModelComparison(
  [
    {
      name: "joined by label",
      models: layerNames.map((name, l) => ({ name, mean: byLabel.score(0, l) })),
    },
    {
      name: "by position",
      models: layerNames.map((name, l) => ({ name, mean: byPosition.score(0, l) })),
    },
  ],
  {
    label: "Spearman correlation with RHLOC of CSI1",
    errorBars: "none",
    caption:
      "The same RDMs, joined by the names of the images, and row by row as they stand in their files.",
  },
);

// %%
const itself = rsa(nameless(asInItsFile), nameless(objectRegion), { metric: "spearman" }).single();
report("an RDM with itself, by position", itself);
report(
  "an RDM with itself, by label",
  rsa(asInItsFile, objectRegion, { metric: "spearman" }).single(),
);

// %% [markdown]
// An RDM that is compared with *itself* gets a correlation of about zero, because it stands in another order in memory.
// No error, no warning: only a small number, and small numbers are what one expects here. And when labels are missing on
// one side:

// %%
try {
  rsa(asInItsFile, nameless(layers[3]));
} catch (error) {
  console.log((error as Error).message);
}

// %% [markdown]
// ## 5. How good could any model be?
//
// A correlation of 0.1 may be poor or may be all there is to get: it depends on how much the people agree with each
// other. The *noise ceiling* says so. The best model cannot do better than the mean of all people does on each of them
// (upper bound), and should do as well as the mean of the others (lower bound).

// %%
plotModelComparison(evaluationOf("RHLOC"), {
  label: "Spearman correlation",
  title: "RHLOC: five layers and the noise ceiling",
});

// %%
const ceilings = regions.map((roi) => evaluationOf(roi).noiseCeiling ?? { lower: NaN, upper: NaN });
plotHeatmap(
  {
    rows: regions,
    columns: layerNames,
    values: jointScores.map((row, r) => row.map((score) => (100 * score) / ceilings[r].lower)),
  },
  { label: "percent of the lower noise ceiling", decimals: 0 },
);

// %% [markdown]
// With three people the bounds lie far apart: the mean of three contains a third of the person it is compared with. Where
// a score lies far below the lower bound, the regions have something in common that no layer explains.
//
// The lines above the bars are t tests with three people: two degrees of freedom. They rest on the assumption that scores
// of people are normally distributed, which three people cannot show. A test without it turns the signs of people's scores
// around in every possible way. With three there are eight ways:

// %%
const { pValues, method } = await permutationTTest(
  subjects.map((_, s) => layerNames.map((_layer, l) => scoreOf(s, "RHLOC", l))),
  { tail: "greater", onProgress: false },
);
report("smallest possible p with three people", Math.min(...pValues.data));
console.log(method);

// %% [markdown]
// So three people cannot show that something holds for people in general: the smallest p value there is, is 1/8. What the
// study can speak of is these three people, and other *images*. That is a matter of the many images, not of the few
// people.
//
// ## 6. Would it hold for other images?
//
// The bootstrap draws images anew, with repeats, and evaluates again: how much would the scores have changed with other
// images of the same kind? Pairs of an image with itself are left out. Fifty tests (is this layer better than nothing in
// this region?) are corrected together for the false discovery rate.

// %%
const bootstraps = new Map<string, EvalResult>();
const line = progress("bootstrapped regions", regions.length);
for (const roi of regions) {
  const how = {
    method: "spearman",
    resample: "items",
    samples,
    seed: 1,
    noiseCeiling: false,
  } as const;
  bootstraps.set(
    roi,
    await evalBootstrap(layers, await readRegion(roi), { ...how, onProgress: false }),
  );
  line.update(bootstraps.size);
}
line.finish();
const bootstrapOf = (roi: string): EvalResult => {
  const found = bootstraps.get(roi);
  if (found === undefined) throw new Error(`region ${roi} was not bootstrapped`);
  return found;
};
const uncorrected = regions.flatMap((roi) => [
  ...bootstrapOf(roi).test({ correction: "none" }).zero.p,
]);
const corrected = fdr(uncorrected);
report(
  "layers and regions above 0",
  corrected.nSignificant,
  `${corrected.nSignificant} of ${uncorrected.length} are above 0`,
);
plotHeatmap(
  {
    rows: regions,
    columns: layerNames,
    values: jointScores,
    pValues: { data: corrected.pValues, shape: [regions.length, layerNames.length] },
  },
  {
    label: "Spearman correlation, mean of three people",
    method: `t tests against 0 with standard errors from ${samples} bootstrap samples of the images, ${corrected.method}`,
  },
);

// %% [markdown]
// And the finding about layer3: is it better than each other layer, for other images too?

// %%
plotModelComparison(bootstrapOf("RHLOC"), {
  label: "Spearman correlation",
  title: "RHLOC: would it hold for other images?",
});

// %%
const pairP = regions.flatMap((roi) => {
  const { p } = bootstrapOf(roi).test({ correction: "none" }).pairwise;
  return layerNames.map((_, l) => (l === layer3 ? NaN : p[layer3 * layerNames.length + l]));
});
const best = fdr(pairP);
report(
  "comparisons that layer3 wins",
  best.nSignificant,
  `layer3 differs from another layer in ${best.nSignificant} of ${pairP.filter((p) => !Number.isNaN(p)).length} comparisons (${best.method})`,
);

// %% [markdown]
// What can be said in the end: in these three people, for images of this kind, the regions agree best with the third
// stage of the network, and less with the fourth; how far below its ceiling each layer stays; and nothing yet about
// people in general.
//
// **Try it:** take CSI4 in, who saw fewer images (the common images become fewer). Or leave the ImageNet images out
// before you compare: does the third layer still win?
