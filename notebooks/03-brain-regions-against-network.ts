// %% [markdown]
// # Brain regions against the layers of a network
//
// Four people looked at about 5,000 photographs in a scanner (BOLD5000; Chang and others, 2019). A network that names what
// is on a photograph, ResNet-50, turns each one into numbers as well, layer after layer. Which layer sees the photographs
// as early visual cortex does? Which as the regions for objects and scenes do?
//
// A study published the RDMs of ten regions and of five layers, and compared them. We do what it did, step by step, and
// check its five findings one by one. Then we do what it left out: make sure that rows belong together, ask how good any
// model could be, and test.
//
// The regions stand for steps of a hierarchy through which a picture passes. When each of them is at work has been
// measured in other people, with other pictures and methods:
//
// | region | when after the picture | how it was measured |
// |---|---|---|
// | early visual cortex | first active at 60 ms | EEG (Foxe & Simpson 2002) |
// | early visual cortex | tells pictures apart best at 100 ms | MEG and fMRI (Cichy and others 2014) |
// | OPA, places nearby | layout of a scene, whatever its texture, within 100 ms | MEG and fMRI (Henriksson and others 2019) |
// | occipitotemporal cortex, with LOC, objects | category, whatever the shape, from 130 to 200 ms | MEG and fMRI (Kaiser and others 2016) |
// | PPA, scenes | scenes from other pictures at 80 ms, buildings from other objects at 170 ms | electrodes (Bastin and others 2013) |
// | parahippocampal and parieto-occipital cortex, near PPA and RSC, scenes | source of the signal at 300 ms | MEG (Sato and others 1999) |
//
// The times overlap: a hierarchy of regions is no queue. (The study has a table of its own for six regions, which is not
// at hand here; this one says what these papers say.)
//
// By default this notebook runs on demo data: the same files in the same layout (HDF5, as rsatoolbox writes it), for 300
// invented images. **Their correlations were planted in proportion to the published ones**, so that a "yes" below says
// that the analysis finds what is there, and nothing about brains.
//
// **Where the real data are:** Dryad, doi:10.5061/dryad.wpzgmsbtr (`CSI1_BOLD5000_CORR_RDMs.h5` … `ResNet50_CORR_RDMs.h5`,
// 4.7 GB). Download them into a folder and pass it:
// `npx tsrsa run notebooks/03-brain-regions-against-network -p data=PATH`. They are read region by region, so that a
// laptop's memory is enough; the bootstrap of section 6 takes a while then.

// %% [markdown] tags=["about"]
// **After this you can** compare regions with layers, average RDMs or scores and know the difference, read a noise
// ceiling, and
// say for whom and for what a result would hold. You can divide what models explain, weigh them on new pictures, and
// take layers out of a network of your own.
//
// **You need** notebook 00. **Time**: two hours with its eight exercises; it runs in about 12 s and 420 MB of memory.
// **Data**:
// made on your machine in seconds (demo); the real ones are 4.7 GB.

// %% tags=["parameters"]
// "demo", or the folder of the real data.
let data = "demo";
// Bootstrap samples of the images, for each region.
let samples = 100;
// For section 9: an ONNX file of a network, the folder of the pictures that
// people saw, and how the network was trained to see pictures.
let model = "";
let pictures = "";
let prepare = "imagenet";

// %%
import { locateData } from "tsrsa/data";

const located = await locateData("bold5000-rdms", data);
located;

// %% [markdown]
// ## 1. What the files hold
//
// One file for each person, with an RDM for each region; one for the network, with an RDM for each layer. Which image a
// row belongs to stands in the file, beside the numbers. We look at that only; no RDM is read yet. (The fourth person saw
// fewer images and is left out, as in the study.)

// %%
import { describeHdf5Rdms, report, Table } from "tsrsa";

const subjects = ["CSI1", "CSI2", "CSI3"];
const fileOf = (name: string) =>
  `${located.folder}/${name}${name.startsWith("CSI") ? "_BOLD5000" : ""}_CORR_RDMs.h5`;
const names = [...subjects, "ResNet50"];
const contents = [];
for (const name of names) contents.push(await describeHdf5Rdms(fileOf(name)));
new Table({
  file: names,
  RDMs: contents.map(({ rdms }) => rdms.length),
  images: contents.map(({ nItems }) => nItems),
  "first row": contents.map(({ items = [] }) => items[0]),
  "second row": contents.map(({ items = [] }) => items[1]),
});

// %% [markdown]
// The same images, but not in the same order: the network's are sorted by name, the people's are not. Remember this; we
// come back to it.
//
// The images that all four files have, in the order of the network's:

// %%
const itemsOf = contents.map(({ items = [] }) => [...items]);
const [ofCsi1, ofCsi2, ofCsi3, ofNetwork] = itemsOf.map(
  (all) => new Set(all),
);
const images = [...ofNetwork].filter(
  (item) => ofCsi1.has(item) && ofCsi2.has(item) && ofCsi3.has(item),
);
const regions = contents[0].rdms.map(({ roi }) => String(roi));
report("common images", images.length);
report("regions", regions.length);

// %%
import { Rdm, readHdf5Rdms } from "tsrsa";

const layers = await readHdf5Rdms(fileOf("ResNet50"), { items: images });
const layerNames = layers.map(({ meta }) => String(meta.layer));
/** One region's RDM of each person. */
async function readRegion(roi: string) {
  const rdms: Rdm[] = [];
  for (const subject of subjects) {
    const how = { select: { roi }, items: images, meta: { subject } };
    rdms.push(...(await readHdf5Rdms(fileOf(subject), how)));
  }
  return rdms;
}
layers[3];

// %% [markdown]
// What do these RDMs look like? Images come from three collections: single objects (ImageNet), scenes with many things
// (COCO), and plain scenes. Here they are sorted by collection, on a scale from the 1st to the 99th percentile of each.

// %%
import { plotRdms, subset } from "tsrsa";

const collectionOf = (image: string) =>
  image.startsWith("COCO")
    ? "COCO"
    : /^n\d{8}/.test(image)
      ? "ImageNet"
      : "scenes";
const step = Math.ceil(images.length / 300);

// %%
const some = images
  .filter((_, at) => at % step === 0)
  .sort((a, b) => collectionOf(a).localeCompare(collectionOf(b)));
const [objectRegion] = await readRegion("RHLOC");
plotRdms([subset(layers[3], some), subset(objectRegion, some)], {
  titles: ["ResNet-50, layer3", "RHLOC of CSI1"],
  categories: collectionOf,
  range: "robust",
});

// %% [markdown]
// The object region of one person shows little but noise. That is what single-trial fMRI looks like.
//
// ## 2. What the study did
//
// Each region of each person is compared with each layer, by **Pearson's correlation** of the two RDMs (`eval_fixed(…,
// method="corr")` in rsatoolbox): 10 regions × 5 layers × 3 people. `evalFixed` does it for one region, with the standard
// error over people. Rows are joined by the names of the images.

// %%
import { evalFixed, meanRdm, type EvalResult } from "tsrsa";

const quiet = { onProgress: false };
const evaluations: EvalResult[] = [];
const ranked: EvalResult[] = [];
const joint: EvalResult[] = [];

// %%
for (const roi of regions) {
  const rdms = await readRegion(roi);
  const mean = meanRdm(rdms);
  evaluations.push(
    await evalFixed(layers, rdms, { method: "corr", ...quiet }),
  );
  ranked.push(
    await evalFixed(layers, rdms, { method: "spearman", ...quiet }),
  );
  joint.push(await evalFixed(layers, mean, { method: "corr", ...quiet }));
}
evaluations[regions.indexOf("RHLOC")];

// %% [markdown]
// For everyone together the study does not average scores: it **averages the RDMs of the three people** and then
// compares. Noise of single people cancels before the comparison, so the joint values are higher than any mean of scores.

// %%
import { claim, plotHeatmap } from "tsrsa";

/** The score of one person, region and layer. */
const scoreOf = (s: number, r: number, l: number) =>
  evaluations[r].scores.data[l * subjects.length + s];
const jointScores = joint.map(({ means }) => [...means]);
const both = { rows: regions, columns: layerNames };
const ofPerson = (s: number) =>
  regions.map((_, r) => layerNames.map((_layer, l) => scoreOf(s, r, l)));
const panels = subjects.map((name, s) => ({
  ...{ name, ...both, values: ofPerson(s) },
}));
plotHeatmap(
  [...panels, { name: "joint: mean RDM", ...both, values: jointScores }],
  { label: "Pearson correlation" },
);

// %%
const everywhere = regions.flatMap((_, r) =>
  layerNames.map((__, l) => [r, l]),
);
claim(
  "the joint value is above the mean of the three scores in every region and layer",
  everywhere.every(([r, l]) => jointScores[r][l] > evaluations[r].means[l]),
);

// %% tags=["setup:best-layer"]
import { check } from "tsrsa/course";

const earlyRow = jointScores[regions.indexOf("RHEarlyVis")];

// %% [markdown] tags=["exercise:best-layer"]
// ### Exercise 1: which layer? (reading a figure) (1 minute)
//
// With which layer does **RHEarlyVis** agree best, in the joint panel of the figure above? Write its name as the
// columns
// do, in quotes.

// %% [markdown] tags=["hint:best-layer"]
// Go along the row of RHEarlyVis to the largest number.

// %% tags=["exercise:best-layer"]
const bestLayer = layerNames[earlyRow.indexOf(Math.max(...earlyRow))]; // blank: the name of the layer, in quotes
check("03/best-layer", bestLayer, { layers: layerNames, scores: earlyRow });

// %% [markdown] tags=["explanation:best-layer"]
// Not the first layers, as one might expect of the first cortex. Section 3 comes back to it.

// %% [markdown] tags=["instructor:best-layer"]
// Most expect layer1 and write it without looking. That is the point.

// %% [markdown]
// Pearson's correlation assumes that a step of dissimilarity means the same everywhere. Spearman's, of ranks, does not.
// Does it matter here? Both, for the mean of the three people:

// %%
plotHeatmap(
  [
    {
      ...{ name: "Pearson", ...both },
      values: evaluations.map(({ means }) => [...means]),
    },
    {
      ...{ name: "Spearman", ...both },
      values: ranked.map(({ means }) => [...means]),
    },
  ],
  { label: "correlation, mean of three people" },
);

// %%
const differences = everywhere.map(([r, l]) =>
  Math.abs(ranked[r].means[l] - evaluations[r].means[l]),
);
report(
  "largest difference of Spearman and Pearson",
  Math.max(...differences),
);
claim(
  "Spearman's and Pearson's correlations differ by less than 0.02 everywhere",
  Math.max(...differences) < 0.02,
);

// %% [markdown]
// The study read its values off a joint heat map. Beside ours (**demo data: planted as twice the published values, for
// 300 images leave more noise than 2,985**; their agreement proves the code, and nothing else):

// %%
const published = `
LHEarlyVis 0.021 0.040 0.050 0.067 0.050
LHLOC      0.020 0.025 0.030 0.058 0.044
LHOPA      0.012 0.019 0.022 0.041 0.030
LHPPA      0.020 0.024 0.029 0.053 0.035
LHRSC      0.007 0.010 0.011 0.018 0.012
RHEarlyVis 0.031 0.051 0.060 0.072 0.054
RHLOC      0.025 0.034 0.040 0.079 0.061
RHOPA      0.023 0.028 0.034 0.065 0.049
RHPPA      0.028 0.033 0.038 0.066 0.045
RHRSC      0.017 0.024 0.028 0.051 0.037`;

// %%
const lines = published.trim().split("\n");
const publishedOf = new Map(
  lines.map((line) => [
    line.split(/\s+/)[0],
    line.split(/\s+/).slice(1).map(Number),
  ]),
);

// %%
import { pearson, plotFigure } from "tsrsa";
import * as Plot from "@observablehq/plot";

const pairs = everywhere.map(([r, l]) => ({
  ...{ region: regions[r], layer: layerNames[l] },
  published: publishedOf.get(regions[r])?.[l] ?? NaN,
  ours: jointScores[r][l],
}));
const axes = { x: "published", y: "ours", stroke: "layer" };
const marks = [Plot.dot(pairs, axes), Plot.ruleY([0]), Plot.ruleX([0])];

// %%
plotFigure(
  {
    ...{ height: 300, marginLeft: 55, marginBottom: 40, grid: true, marks },
    color: { legend: true },
  },
  {
    altText: "Joint correlations, ours against the published.",
    caption:
      "Each dot is a region and a layer: the joint correlation as published, and as computed here.",
    data: pairs,
  },
);

// %%
const agreement = pearson(
  pairs.map((pair) => pair.published),
  pairs.map((pair) => pair.ours),
);
report("correlation of published and computed values", agreement);
claim(
  "published and computed values rise together (r above 0.9)",
  agreement > 0.9,
);

// %% [markdown]
// For each person by themselves, as bars:

// %%
import { display, plotModelComparison } from "tsrsa";

for (const [s, name] of subjects.entries()) {
  const groups = regions.map((region, r) => ({
    name: region,
    models: layerNames.map((layer, l) => ({
      ...{ name: layer, mean: scoreOf(s, r, l) },
    })),
  }));
  await display(
    plotModelComparison(groups, {
      ...{ title: name, label: "Pearson correlation", errorBars: "none" },
    }),
  );
}

// %% [markdown]
// The study sorted its regions into three steps of a hierarchy: *early* visual cortex; *mid*, the regions for objects (LOC)
// and for places nearby (OPA); *high*, those for scenes (PPA, RSC). Mean over the regions of a step, for each person; bars
// are the mean of the three people, ± 1 SEM over people.

// %%
import { mean } from "tsrsa";

const stepOf = (roi: string) =>
  roi.includes("Early") ? "early" : /LOC|OPA/.test(roi) ? "mid" : "high";
const steps = ["early", "mid", "high"];
const inStep = steps.map((one) =>
  regions.flatMap((roi, r) => (stepOf(roi) === one ? [r] : [])),
);
const stepScores = steps.map((_, at) =>
  layerNames.map((__, l) =>
    subjects.map((___, s) => mean(inStep[at].map((r) => scoreOf(s, r, l)))),
  ),
);

// %%
const bars = steps.map((name, at) => ({
  name,
  models: layerNames.map((layer, l) => ({
    ...{ name: layer, scores: stepScores[at][l] },
  })),
}));

// %%
await display(
  plotModelComparison(bars, {
    label: "Pearson correlation",
    title: "Layers of ResNet-50 along the visual hierarchy",
  }),
);
new Table({
  step: steps.flatMap((name) => layerNames.map(() => name)),
  layer: steps.flatMap(() => layerNames),
  mean: stepScores.flat().map((people) => mean(people)),
});

// %%
import { plotProfiles, plotSurface } from "tsrsa";

await display(
  plotProfiles(
    regions.map((name, r) => ({
      ...{ name, group: stepOf(name) },
      subjects: subjects.map((_, s) => ofPerson(s)[r]),
    })),
    { steps: layerNames, label: "Pearson correlation" },
  ),
);
plotSurface(
  { ...both, values: jointScores },
  { label: "Pearson correlation", title: "All regions and layers, joint" },
);

// %% [markdown]
// ## 3. Its five findings, one by one
//
// **Finding 1: layer3 agrees best with every region.**

// %%
const [, layer1, layer2, layer3, layer4] = layerNames.map((_, l) => l);
claim(
  "finding 1: layer3 is best in every region (joint)",
  jointScores.every((row) =>
    row.every((score, l) => l === layer3 || score < row[layer3]),
  ),
);

// %% [markdown]
// **Finding 2: early visual cortex goes with layers 1 and 2.** Taken literally it contradicts finding 1, and the
// published heat map: early visual cortex too agrees best with layer3. What does hold is a comparison of regions: nowhere
// do layers 1 and 2 come as near to layer3 as in early visual cortex.

// %%
const nearness = jointScores.map(
  (row) => (row[layer1] + row[layer2]) / 2 / row[layer3],
);
await display(
  new Table({
    region: regions,
    "layers 1 and 2, as a share of layer3": nearness,
  }),
);

// %%
const [early, later] = [inStep[0], [...inStep[1], ...inStep[2]]];
claim(
  "finding 2 is not here as stated: early visual cortex agrees best with layer3",
  early.every((r) => jointScores[r][layer3] > jointScores[r][layer2]),
);
claim(
  "finding 2 as a comparison: layers 1 and 2 come nearest to layer3 in early visual cortex",
  Math.min(...early.map((r) => nearness[r])) >
    Math.max(...later.map((r) => nearness[r])),
);

// %% [markdown]
// **Finding 3: a "bounce-back" of LOC and OPA.** As we read it: after little agreement with layers 1 and 2, theirs rises
// most steeply, in proportion, from layer2 to layer3.

// %%
const rise = jointScores.map((row) => row[layer3] / row[layer2]);
await display(new Table({ region: regions, "layer3 / layer2": rise }));
const bySide = ["LH", "RH"].map((side) => {
  const own = regions.flatMap((roi, r) => (roi.startsWith(side) ? [r] : []));
  return {
    mid: own.filter((r) => inStep[1].includes(r)).map((r) => rise[r]),
    others: own.filter((r) => !inStep[1].includes(r)).map((r) => rise[r]),
  };
});
claim(
  "finding 3: LOC and OPA together rise more from layer2 to layer3 than the others, on both sides",
  bySide.every(({ mid, others }) => mean(mid) > mean(others)),
);

// %% [markdown]
// **Finding 4: from layer3 to layer4 the agreement falls. Finding 5: RSC agrees least.**

// %%
claim(
  "finding 4: from layer3 to layer4 the agreement falls in every region (joint)",
  jointScores.every((row) => row[layer4] < row[layer3]),
);
const meansOf = (side: string) =>
  regions
    .map((roi, r) => ({ roi, score: mean(jointScores[r]) }))
    .filter(({ roi }) => roi.startsWith(side))
    .sort((a, b) => a.score - b.score);
claim(
  "finding 5: RSC agrees least, in both hemispheres (joint)",
  ["LH", "RH"].every((side) => meansOf(side)[0].roi === `${side}RSC`),
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
import { rsa, type RsaOptions } from "tsrsa";

const common = new Set(images);
const ownOrder = itemsOf[0].filter((image) => common.has(image));
const [asInItsFile] = await readHdf5Rdms(fileOf("CSI1"), {
  select: { roi: "RHLOC" },
  items: ownOrder,
});
const nameless = ({ condensed, name }: Rdm) => new Rdm(condensed, { name });
const metric: RsaOptions = { metric: "pearson" };
const byLabel = rsa(asInItsFile, layers, metric);
const byPosition = rsa(nameless(asInItsFile), layers.map(nameless), metric);

// %%
const twoWays = [
  { name: "joined by label", result: byLabel },
  { name: "by position", result: byPosition },
].map(({ name, result }) => ({
  name,
  models: layerNames.map((layer, l) => ({
    ...{ name: layer, mean: result.score(0, l) },
  })),
}));
plotModelComparison(twoWays, {
  label: "Pearson correlation with RHLOC of CSI1",
  errorBars: "none",
  caption:
    "The same RDMs, joined by the names of the images, and row by row as they stand in their files.",
});

// %%
const [named, bare] = [asInItsFile, nameless(asInItsFile)];
const byName = rsa(named, objectRegion, metric).single();
const byRow = rsa(bare, nameless(objectRegion), metric).single();
report("an RDM with itself, by label", byName);
report("an RDM with itself, by position", byRow);
claim(
  "an RDM compared with itself is 1 by label, and about 0 by position",
  Math.abs(byName - 1) < 1e-9 && Math.abs(byRow) < 0.05,
);

// %% [markdown]
// No error, no warning: only a small number, and small numbers are what one expects here. And when labels are missing on
// one side:

// %%
try {
  rsa(asInItsFile, nameless(layers[3]));
} catch (error) {
  console.log((error as Error).message);
}

// %% [markdown] tags=["exercise:joint"]
// ### Exercise 2: the mean of what? (6 minutes)
//
// Compute the **joint** score of RHLOC and layer3 as the study did: average the RDMs of the three people, then
// compare by
// **Pearson's** correlation. `locRdms` has the three RDMs; layer3 is `layers[3]`.

// %% tags=["setup:joint"]
const locRdms = await readRegion("RHLOC");

// %% [markdown] tags=["hint:joint"]
// `meanRdm(locRdms)` is their mean.

// %% [markdown] tags=["hint:joint"]
// `rsa(a, b, metric).single()` is one score; `metric` asks for Pearson's above.

// %% tags=["exercise:joint"]
// blank begin: jointOfLoc, the joint score of RHLOC and layer3
const meanOfPeople = meanRdm(locRdms);
const jointOfLoc = rsa(meanOfPeople, layers[3], metric).single();
// blank end
check("03/joint", jointOfLoc, { rdms: locRdms, layers: layers, layer: 3 });

// %% [markdown] tags=["explanation:joint"]
// The joint score is larger than the mean of the three: what is noise of one person is averaged away before the
// comparison.
// Neither is wrong; they answer two questions.

// %% tags=["explanation:joint"]
const eachOfLoc = locRdms.map((rdm) => rsa(rdm, layers[3], metric).single());
plotModelComparison(
  {
    models: [
      ...subjects.map((name, s) => ({ name, mean: eachOfLoc[s] })),
      { name: "mean of three", mean: mean(eachOfLoc) },
      { name: "joint", mean: jointOfLoc },
    ],
  },
  { label: "Pearson correlation, RHLOC and layer3", errorBars: "none" },
);

// %% [markdown] tags=["instructor:joint"]
// The mean of three scores is the usual answer. Ask which of the two grows with the number of people.

// %% [markdown]
// ## 5. How good could any model be?
//
// A correlation of 0.1 may be poor or may be all there is to get: it depends on how much the people agree with each
// other. The *noise ceiling* says so. The best model cannot do better than the mean of all people does on each of them
// (upper bound), and should do as well as the mean of the others (lower bound).

// %%
const loc = regions.indexOf("RHLOC");
plotModelComparison(evaluations[loc], {
  label: "Pearson correlation",
  title: "RHLOC: five layers and the noise ceiling",
});

// %%
const lower = evaluations.map(
  ({ noiseCeiling }) => noiseCeiling?.lower ?? NaN,
);
plotHeatmap(
  {
    ...both,
    values: evaluations.map(({ means }, r) =>
      layerNames.map((_, l) => (100 * means[l]) / lower[r]),
    ),
  },
  { label: "percent of the lower noise ceiling", decimals: 0 },
);

// %%
claim(
  "no layer reaches the lower noise ceiling in any region",
  evaluations.every(({ means }, r) =>
    means.every((score) => score < lower[r]),
  ),
);

// %% [markdown] tags=["exercise:ceiling"]
// ### Exercise 3: how much of what there is? (3 minutes)
//
// What per cent of the **lower** noise ceiling does layer3 reach in RHLOC? `ofLoc.means[3]` is its score,
// `ceilingOfLoc.lower`
// the bound.

// %% tags=["setup:ceiling"]
const ofLoc = evaluations[loc];
const ceilingOfLoc = ofLoc.noiseCeiling ?? { lower: NaN, upper: NaN };

// %% [markdown] tags=["hint:ceiling"]
// Divide, and take it times 100.

// %% tags=["exercise:ceiling"]
const percent = (100 * ofLoc.means[3]) / ceilingOfLoc.lower; // blank: per cent of the lower noise ceiling
check("03/ceiling", percent, { score: ofLoc.means[3], ...ceilingOfLoc });

// %% [markdown] tags=["explanation:ceiling"]
// The heat map above has this number in the row of RHLOC. What is missing to 100 is there to be explained, by another
// model.

// %% [markdown]
// With three people the bounds lie far apart: the mean of three contains a third of the person it is compared with. Where
// a score lies far below the lower bound, the regions have something in common that no layer explains.
//
// The lines above the bars are t tests with three people: two degrees of freedom. They rest on the assumption that scores
// of people are normally distributed, which three people cannot show. A test without it turns the signs of people's scores
// around in every possible way. With three there are eight ways:

// %%
import { permutationTTest } from "tsrsa";

const people = subjects.map((_, s) => ofPerson(s)[loc]);
const signs = await permutationTTest(people, { tail: "greater", ...quiet });
const smallest = Math.min(...signs.pValues.data);
report("smallest possible p with three people", smallest);
console.log(signs.method);
claim("no p can be below 1/8", smallest === 1 / 8);

// %% [markdown]
// So three people cannot show that something holds for people in general. What the study can speak of is these three
// people, and other *images*. That is a matter of the many images, not of the few people.
//
// ## 6. Would it hold for other images?
//
// The bootstrap draws images anew, with repeats, and evaluates again: how much would the scores have changed with other
// images of the same kind? Pairs of an image with itself are left out. Fifty tests (is this layer better than nothing in
// this region?) are corrected together for the false discovery rate.

// %%
import { evalBootstrap, progress } from "tsrsa";

const bootstraps: EvalResult[] = [];
const line = progress("bootstrapped regions", regions.length);
for (const roi of regions) {
  const rdms = await readRegion(roi);
  bootstraps.push(
    await evalBootstrap(layers, rdms, {
      ...{ method: "corr", resample: "items", samples, seed: 1 },
      ...{ noiseCeiling: false, ...quiet },
    }),
  );
  line.update(bootstraps.length);
}
line.finish();

// %%
import { fdr } from "tsrsa";

const testOf = (result: EvalResult) => result.test({ correction: "none" });
const uncorrected = bootstraps.flatMap((one) => [...testOf(one).zero.p]);
const corrected = fdr(uncorrected);
const shape = [regions.length, layerNames.length];
plotHeatmap(
  {
    ...{ ...both, values: bootstraps.map(({ means }) => [...means]) },
    pValues: { data: corrected.pValues, shape },
  },
  {
    label: "Pearson correlation, mean of three people",
    method: `t tests, errors of ${samples} draws; ${corrected.method}`,
  },
);

// %%
report(
  "layers and regions above 0",
  corrected.nSignificant,
  `${corrected.nSignificant} of ${uncorrected.length} are above 0`,
);
claim(
  "layer3 is above 0 in every region",
  regions.every(
    (_, r) => corrected.significant[r * layerNames.length + layer3],
  ),
);

// %% [markdown] tags=["exercise:false-alarms"]
// ### Exercise 4: by luck (design) (2 minutes)
//
// Suppose no layer had anything to do with any region. Of the fifty tests above, at *p* < 0.05 and **without**
// correction, how
// many would be significant on average?

// %% [markdown] tags=["hint:false-alarms"]
// In each test the chance is 0.05.

// %% [markdown] tags=["hint:false-alarms"]
// A mean need not be a whole number.

// %% tags=["exercise:false-alarms"]
const byLuck = 50 * 0.05; // blank: how many on average
check("03/false-alarms", byLuck, { nTests: 50, level: 0.05 });

// %% [markdown] tags=["explanation:false-alarms"]
// So a few stars on a heat map of fifty cells are what nothing looks like. The false discovery rate keeps their share
// small.

// %% [markdown]
// And the finding about layer3: is it better than each other layer, for other images too?

// %%
await display(
  plotModelComparison(bootstraps[loc], {
    label: "Pearson correlation",
    title: "RHLOC: would it hold for other images?",
  }),
);

// %%
const pairP = bootstraps.flatMap((one) => {
  const { p } = testOf(one).pairwise;
  const row = layer3 * layerNames.length;
  return layerNames.map((_, l) => (l === layer3 ? NaN : p[row + l]));
});
const wins = fdr(pairP);
const nPairs = pairP.filter((p) => !Number.isNaN(p)).length;
report(
  "comparisons that layer3 wins",
  wins.nSignificant,
  `layer3 wins ${wins.nSignificant} of ${nPairs} comparisons`,
);
claim("layer3 wins most of its comparisons", wins.nSignificant > nPairs / 2);

// %% [markdown]
// ## 7. What does each layer explain alone?
//
// Layers of one network resemble each other: layer3 is computed from layer2. That both agree with a region may be one and
// the same fact. So we divide what layers 1 to 4 explain together, R², into what only one of them explains (*unique*) and
// what several share (*commonality analysis*), for the mean RDM of the three people:

// %%
import { sharesRdms, type RdmShares } from "tsrsa";

const four = layers.slice(layer1, layer4 + 1);
const fourNames = layerNames.slice(layer1, layer4 + 1);
const shares: RdmShares[] = [];
for (const roi of regions)
  shares.push(sharesRdms(meanRdm(await readRegion(roi)), four));
shares[loc];

// %%
const uniqueOf = shares.map((one) =>
  fourNames.map((name) => one.of("unique").score(0, name)),
);
const together = shares.map((one) => one.of("r2").scores.at(-1) ?? NaN);
const sharedOf = together.map((all, r) =>
  uniqueOf[r].reduce((rest, unique) => rest - unique, all),
);

// %%
plotHeatmap(
  {
    rows: regions,
    columns: [...fourNames.map((name) => `only ${name}`), "shared"],
    values: uniqueOf.map((unique, r) =>
      [...unique, sharedOf[r]].map((share) => 100 * share),
    ),
  },
  { label: "percent of variance, mean RDM of three people", decimals: 2 },
);

// %% [markdown]
// On demo data most of what the layers explain they share, and what only one explains is mostly layer3's. Layer1 adds most,
// beside layer3, where finding 2 would have it.

// %%
const demo = located.kind === "demo";
const third = layer3 - layer1;
const addsBesideLayer3 = uniqueOf.map((unique) => unique[0] / unique[third]);
claim(
  "demo data: more is shared than unique in every region",
  !demo || sharedOf.every((rest, r) => rest > together[r] / 2),
);
claim(
  "demo data: the largest unique share is layer3's in every region",
  !demo || uniqueOf.every((all) => Math.max(...all) === all[third]),
);

// %%
claim(
  "demo data: layer1 adds most, beside layer3, in early visual cortex",
  !demo ||
    Math.min(...early.map((r) => addsBesideLayer3[r])) >
      Math.max(...later.map((r) => addsBesideLayer3[r])),
);

// %% [markdown]
// A unique share cannot be below 0, and R² of noise is at least about the number of layers divided by the number of pairs. A test of
// shares against 0 therefore says nothing. What has a sign is the *semipartial correlation*, the root of the unique share
// with the sign of its coefficient; it can be tested over people (if there are five or more):

// %%
const peopleShares = sharesRdms(await readRegion("RHLOC"), four);
const ofPeople = peopleShares.of("semipartial");
plotModelComparison(
  {
    models: fourNames.map((name) => ({
      name,
      scores: subjects.map((_, s) => ofPeople.score(s, name)),
    })),
  },
  { label: "semipartial correlation, RHLOC" },
);

// %% [markdown]
// Layer2's is below 0 on demo data, though it correlates with the region alone. The region is not the opposite of layer2:
// beside the others, layer2 takes away what they have and the region has not (*suppression*).

// %%
const ofLayer2 = subjects.map((_, s) => ofPeople.score(s, "layer2"));
claim(
  "demo data: beside the others layer2 counts against, alone it does not",
  !demo || (Math.max(...ofLayer2) < 0 && evaluations[loc].means[layer2] > 0),
);

// %% [markdown] tags=["exercise:unique"]
// ### Exercise 5: only layer4 (4 minutes)
//
// What share of the variance of RHLOC does **layer4** explain that layer3 does not? `r2.layer3`, `r2.layer4` and `r2.both`
// are the shares that each of them and both together explain.

// %% tags=["setup:unique"]
const meanOfLoc = meanRdm(await readRegion("RHLOC"));
const explained = sharesRdms(meanOfLoc, [layers[3], layers[4]]).of("r2");
const [r2OfThree, r2OfFour, r2OfBoth] = explained.scores;
const r2 = { layer3: r2OfThree, layer4: r2OfFour, both: r2OfBoth };

// %% [markdown] tags=["hint:unique"]
// How much is gained when layer4 comes to layer3?

// %% tags=["exercise:unique"]
const onlyLayer4 = r2.both - r2.layer3; // blank: the share that only layer4 explains
check("03/unique", onlyLayer4, r2);

// %% [markdown] tags=["explanation:unique"]
// Alone, layer4 looks good. Beside layer3 little of it is left: what both explain was counted for both.

// %% tags=["explanation:unique"]
claim(
  "demo data: beside layer3 less than half of layer4's share is left",
  !demo || r2.both - r2.layer3 < r2.layer4 / 2,
);
plotModelComparison(
  {
    models: [
      { name: "layer4 alone", mean: r2.layer4 },
      { name: "beside layer3", mean: onlyLayer4 },
    ],
  },
  { label: "share of variance, RHLOC", errorBars: "none" },
);

// %% [markdown] tags=["instructor:unique"]
// Many give r2.layer4. Ask what happens to it when layer4 is compared twice, under two names.

// %% [markdown]
// ## 8. Which mix of layers predicts new pictures?
//
// Shares are fitted and measured on the same pairs. A prediction is a harder test: weights of the five layers, none below 0,
// are fitted to some pictures of two people, and tested on *other* pictures of the *third*. Beside them stands what the mean
// of the two others predicts of the third, which is the lower bound of the noise ceiling.

// %%
import { weightsRdms, type ModelWeights } from "tsrsa";

const mixes: ModelWeights[] = [];
for (const roi of regions)
  mixes.push(
    await weightsRdms(await readRegion(roi), layers, {
      leaveOut: "items-and-people",
      ...quiet,
    }),
  );
mixes[loc];

// %%
/** The mean over the people of one number of a region. */
const ofAll = (r: number, quantity: "score" | "weight", name: string) =>
  mean(subjects.map((_, s) => mixes[r].of(quantity).score(s, name)));
const mixScore = (r: number, name: string) => ofAll(r, "score", name);
const bestAlone = regions.map((_, r) =>
  Math.max(...layerNames.map((name) => mixScore(r, name))),
);
const mixed = regions.map((_, r) => mixScore(r, "weighted models"));
const others = regions.map((_, r) => mixScore(r, "mean of the others"));

// %%
await display(
  new Table({
    region: regions,
    "weighted layers": mixed,
    "best single layer": bestAlone,
    "mean of the others": others,
    "percent of ceiling": mixed.map((score, r) => (100 * score) / others[r]),
  }),
);

report("percent of ceiling, RHLOC", (100 * mixed[loc]) / others[loc]);

// %%
const weightsOf = regions.map((_, r) =>
  layerNames.map((name) => ofAll(r, "weight", name)),
);
plotHeatmap(
  { ...both, values: weightsOf },
  { label: "weight of the layer, mean over folds and people", decimals: 3 },
);

// %% [markdown]
// Weights of RDMs are no weights of features here: 1 − r of two sets of features do not add up to that of both together
// (squared Euclidean distances would). They say which mix predicts best, no more. And the best single layer was chosen by
// the very scores that are shown for it, which is too good for it; the weights had no such look.

// %%
claim(
  "demo data: the mix predicts new pictures at least as well as any single layer",
  !demo || mixed.every((score, r) => score >= bestAlone[r]),
);
claim(
  "demo data: layer3 has the largest weight in every region",
  !demo || weightsOf.every((all) => Math.max(...all) === all[layer3]),
);
claim(
  "demo data: on average the mix stays below what the other people predict",
  !demo || mean(mixed) < mean(others),
);

// %% [markdown] tags=["exercise:mixed-pairs"]
// ### Exercise 6: pairs that serve neither (design) (4 minutes)
//
// In each fold `nLeft` pictures are left out and `nKept` stay. Weights are fitted to pairs of two pictures that stay, and
// tested on pairs of two that are left out. How many pairs serve neither?

// %% tags=["setup:mixed-pairs"]
const nLeft = mixes[0].itemFolds[0].length;
const nKept = images.length - nLeft;

// %% [markdown] tags=["hint:mixed-pairs"]
// One picture of such a pair is left out, the other stays.

// %% tags=["exercise:mixed-pairs"]
const nNeither = nLeft * nKept; // blank: how many pairs serve neither
check("03/mixed-pairs", nNeither, { nLeft, nKept });

// %% [markdown] tags=["explanation:mixed-pairs"]
// A third of all pairs with five folds. Were they tested, the picture that stays would have been fitted already: the score
// would not be one of new pictures.

// %% [markdown] tags=["instructor:mixed-pairs"]
// Leads to notebook 05, where a study split pairs, not pictures. Who counts in squares gets twice as many.

// %% [markdown]
// ## 9. A network of your own
//
// RDMs of layers need no Python. Any network in an ONNX file can be opened: its layers are listed from the file alone, and
// `activationRdms` makes one RDM a layer from a folder of pictures. Running it takes one package more,
// `npm install --no-save --ignore-scripts onnxruntime-node@1.30.0`; weights are never downloaded unless you ask
// (`npx tsrsa data fetch resnet50` or `clip-vit-b32`; licences: `npx tsrsa data list`). The pictures of BOLD5000 are
// at its authors'; here only those that are in your folder are compared:
//
// `npx tsrsa run notebooks/03-brain-regions-against-network -p data=PATH -p model=FILE.onnx -p pictures=FOLDER`

// %%
import { openNetwork } from "tsrsa";

const network = model === "" ? undefined : await openNetwork(model);
const own = pictures === "" ? undefined : network;
if (own === undefined)
  console.log(
    "No network with pictures was given: the study's layers follow.",
  );
network;

// %%
import { activationRdms, listFiles, preparationNames } from "tsrsa";
import type { Network } from "tsrsa";

const stemOf = (name: string) => name.replace(/\.[^.]+$/, "");
/** An RDM a layer, of the pictures whose names the data have. */
async function layersOf(ofFile: Network) {
  const names = new Map(images.map((image) => [stemOf(image), image]));
  const files = await listFiles(pictures, /\.(png|jpe?g|bmp)$/i);
  const known = files.filter((file) => names.has(stemOf(file)));
  const paths = known.map((file) => `${pictures}/${file}`);
  return activationRdms(ofFile, paths, {
    prepare: preparationNames.find((name) => name === prepare),
    items: known.map((file) => names.get(stemOf(file)) ?? file),
  });
}

// %%
import { MissingPackage } from "tsrsa";

let compared = layers;
try {
  if (own !== undefined) compared = await layersOf(own);
} catch (error) {
  if (!(error instanceof MissingPackage)) throw error;
  console.log(`${error.message}\nThe study's layers follow.`);
}
const ofTheStudy = compared === layers;
report("layers of a network compared", compared.length);

// %% [markdown]
// `rsaLayers` compares all layers with regions in one call: scores with noise ceilings, p values corrected over the whole
// table, and the best layer of each region, chosen without the person that scores it. Here for one region of each step:

// %%
import { rsaLayers } from "tsrsa";

const ofSteps: Record<string, Rdm[]> = {};
for (const roi of ["RHEarlyVis", "RHLOC", "RHPPA"])
  ofSteps[roi] = await readRegion(roi);
const layerScores = await rsaLayers(compared, ofSteps, {
  method: "corr",
  items: "common",
  ...quiet,
});
await display(layerScores.bestTable());
plotProfiles(layerScores.profiles(), {
  steps: [...layerScores.layers],
  label: "Pearson correlation",
});

// %%
const again = layerScores.region("RHLOC").evaluation.means;
claim(
  "rsaLayers has the scores of section 2, when it is given the study's layers",
  !ofTheStudy ||
    again.every((score, l) => score === evaluations[loc].means[l]),
);

// %% [markdown] tags=["exercise:pooled"]
// ### Exercise 7: how many numbers? (1 minute)
//
// The first stage of ResNet-50 makes 256 maps of 56 × 56 places of each picture. By default activations are averaged over
// places. How many numbers are left of a picture?

// %% [markdown] tags=["hint:pooled"]
// Each map becomes one number.

// %% tags=["exercise:pooled"]
const nNumbers = 256; // blank: how many numbers are left
check("03/pooled", nNumbers, { nMaps: 256, side: 56 });

// %% [markdown] tags=["explanation:pooled"]
// 802,816 numbers become 256. *What* is on the picture stays, *where* it is goes: for early visual cortex, which is a map of
// the picture, `pool: "none"` may be the fairer question.

// %% [markdown] tags=["exercise:prepared"]
// ### Exercise 8: what a network sees (4 minutes)
//
// A pixel has the level 128 in **red**, on the scale from 0 to 255. Which number does a network get that was trained on
// ImageNet as torchvision does it: levels from 0 to 1, minus the mean, divided by the standard deviation?

// %% tags=["setup:prepared"]
const level = 128;
const redMean = 0.485;
const redSd = 0.229;

// %% [markdown] tags=["hint:prepared"]
// First bring the level to a scale from 0 to 1.

// %% tags=["exercise:prepared"]
const seen = (level / 255 - redMean) / redSd; // blank: the number the network gets
check("03/prepared", seen, { level, mean: redMean, sd: redSd });

// %% [markdown] tags=["explanation:prepared"]
// Nothing complains when a network is given levels from 0 to 255, or the mean of another one. Its RDMs are others all the
// same. So `prepare` has no default, and stands in the result.

// %% [markdown] tags=["instructor:prepared"]
// Let them compute it by CLIP's numbers too (0.48145466 and 0.26862954), and say which error would be larger.

// %% [markdown]
// ## 10. What can be said in the end
//
// In these three people, for images of this kind, the regions agree best with the third
// stage of the network, and less with the fourth; how far below its ceiling each layer stays; and nothing yet about
// people in general.
//
// The study also proposed, for the future, a comparison that knows how the dissimilarities of one RDM depend on each
// other: pairs with a common image do. That is the method `corr_cov`, here for RHLOC:

// %%
const fewer = (rdm: Rdm) => subset(rdm, some);
const [fewerLayers, fewerOfLoc] = [layers.map(fewer), locRdms.map(fewer)];
const meansBy = async (method: "corr" | "corr_cov") => {
  const how = { method, ...quiet };
  return [...(await evalFixed(fewerLayers, fewerOfLoc, how)).means];
};
const [simple, aware] = [await meansBy("corr"), await meansBy("corr_cov")];
await display(
  new Table({ layer: layerNames, corr: simple, corr_cov: aware }),
);
claim(
  "demo data: with corr_cov layer3 is best in RHLOC, too",
  !demo || Math.max(...aware) === aware[layer3],
);

// %% [markdown]
// **Try it:** take CSI4 in, who saw fewer images (the common images become fewer). Or leave the ImageNet images out
// before you compare: does the third layer still win?
//
// **References.** Chang, N. and others (2019), BOLD5000, *Scientific Data* 6, 49. Cichy, R. M., Pantazis, D. & Oliva, A.
// (2014), *Nature Neuroscience* 17, 455–462. Foxe, J. J. & Simpson, G. V. (2002), *Experimental Brain Research* 142,
// 139–150. Bastin, J. and others (2013), *Journal of Neuroscience* 33, 10123–10131. Henriksson, L., Mur, M. &
// Kriegeskorte, N. (2019), *Neuron* 103, 161–171. Kaiser, D., Azzalini, D. C. & Peelen, M. V. (2016), *Journal of
// Neurophysiology* 115, 2246–2250. Sato, N. and others (1999), *NeuroReport* 10, 3633–3637.

// %% [markdown]
// ## To discuss
//
// 1. The joint score is higher than each person's. Which of them would you put into a paper, and with what error bar?
// 2. What would have to be true of the brain for *no* layer to reach the noise ceiling?
// 3. Four people have seen thousands of images. Would forty people and a hundred images be better? For which question?
//
// ## To read on
//
// - Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. *Journal of the Royal Statistical Society B*
//   57, 289–300. [doi:10.1111/j.2517-6161.1995.tb02031.x](https://doi.org/10.1111/j.2517-6161.1995.tb02031.x)
// - Chang, N. and others (2019). BOLD5000, a public fMRI dataset while viewing 5000 visual images. *Scientific Data* 6, 49.
//   [doi:10.1038/s41597-019-0052-3](https://doi.org/10.1038/s41597-019-0052-3)
// - He, K., Zhang, X., Ren, S. & Sun, J. (2016). Deep residual learning for image recognition. *CVPR*.
//   [doi:10.1109/CVPR.2016.90](https://doi.org/10.1109/CVPR.2016.90)
// - Nili, H. and others (2014). A toolbox for representational similarity analysis. *PLoS Computational Biology* 10,
//   e1003553. [doi:10.1371/journal.pcbi.1003553](https://doi.org/10.1371/journal.pcbi.1003553)
// - Schütt, H. H. and others (2023). Statistical inference on representational geometries. *eLife* 12, e82566.
//   [doi:10.7554/eLife.82566](https://doi.org/10.7554/eLife.82566)
