// %% [markdown]
// # A searchlight through the brain, from NIfTI files to a group map
//
// People lay in a scanner and looked at pictures: faces, cats, houses, chairs, shoes, bottles, scissors, and scrambled
// pictures (Haxby and others, 2001). *Where* in the brain do the patterns of activity tell these categories apart? And
// where are two categories alike because people, or a neural network, find them alike?
//
// We carry a sphere through the brain, voxel by voxel. In each place we ask how dissimilar the pictures' patterns are
// within the sphere, and compare these dissimilarities with what several ideas predict. The result is a map for each idea.
//
// By default this notebook runs on demo data: the same files in the same folders, drawn on your machine in seconds, six
// heads with planted effects. Nothing below knows the difference.
//
// **Where the real data are:** `subj1-2010.01.14.tar.gz` to `subj6-…`, at data.pymvpa.org/datasets/haxby2001 (CC BY-SA
// 3.0). Unpack them side by side and pass the folder:
// `npx tsrsa run notebooks/02-nifti-searchlight -p data=PATH -p radiusMm=10 -p oneSpace=false`.

// %% tags=["parameters"]
// "demo", or the folder that holds subj1.
let data = "demo";
// Radius of the sphere. Voxels of the demo data are 7 × 7.5 × 7.5 mm, so 15 mm are about two voxels.
let radiusMm = 15;
// Whether a voxel is the same place in all subjects. In the real archives it is not: they were never brought together.
let oneSpace = true;

// %%
import { existsSync, readdirSync } from "node:fs";
import {
  asMatrix,
  asStrings,
  cleanVolumes,
  computeRdm,
  makeMask,
  permutationClusterTest,
  permutationTTest,
  plotDistribution,
  plotGlassBrain,
  plotRdms,
  plotStatMap,
  plotTimeCourse,
  random,
  Rdm,
  rdmNifti,
  readCsv,
  readNifti,
  readNiftiPatterns,
  readNpz,
  report,
  rsa,
  rsaNifti,
  toDataFrame,
  type VoxelPeak,
  viewStatMap,
  voxelOfNumber,
  voxelToMm,
} from "tsrsa";
import { openNifti } from "tsrsa/io";
import { locateData } from "tsrsa/data";

const located = await locateData("haxby2001", data);
const subjects = readdirSync(located.folder)
  .filter((name) => /^subj\d+$/.test(name))
  .sort();
console.log(located.note);
console.log(
  `${subjects.length} subject${subjects.length === 1 ? "" : "s"}: ${subjects.join(", ")}`,
);

// %% [markdown]
// ## 1. What was shown
//
// `labels.txt` has a line for every volume, one volume each 2.5 s: what was shown, and the number of the run (*chunk*).
// Each category was shown in one block a run, with rest in between.

// %%
const labelsOf = (subject: string) =>
  readCsv(`${located.folder}/${subject}/labels.txt`, { delimiter: " " });
const shown = await toDataFrame(await labelsOf("subj1"));
shown.head(5);

// %%
shown.groupby(["labels"]).count();

// %% [markdown]
// ## 2. The images
//
// The functional image has four dimensions: 3-D volumes, one after the other. Opening it reads nothing but its header.
// The *affine* says where voxel (i, j, k) lies in millimetres, and everything below is measured in them: a sphere must be
// round in the head, not in the file.

// %%
const fileOf = (subject: string, name: string) => `${located.folder}/${subject}/${name}`;
const bold = await openNifti(fileOf("subj1", "bold.nii.gz"));
console.log(`${bold.shape.join(" × ")} voxels × volumes, stored as ${bold.datatype}`);
console.log(
  `a voxel is ${bold.zooms
    .slice(0, 3)
    .map((mm) => Number(mm.toFixed(3)))
    .join(" × ")} mm`,
);
console.log(bold.affine.map((row) => row.join("  ")).join("\n"));
await bold.close();

// %% [markdown]
// The anatomy is on another, finer grid. `mask4_vt` marks voxels of the *ventral temporal cortex*, at the bottom of the
// brain, where categories were first told apart by their patterns.

// %%
const anatomy = await readNifti(fileOf("subj1", "anat.nii.gz"));
const ventral = makeMask(await readNifti(fileOf("subj1", "mask4_vt.nii.gz")));
plotStatMap(ventral, {
  background: anatomy,
  title: `Ventral temporal mask: ${ventral.nVoxels} voxels`,
  label: "ventral temporal mask",
});

// %% [markdown]
// Where is the brain? The archive has no mask for it, but inside it the images are bright. We take the voxels whose mean is
// above 40 % of that of the brightest. (A folder with a better one, `mask_brain.nii.gz`, has its way.)

// %%
async function brainOf(subject: string) {
  const better = fileOf(subject, "mask_brain.nii.gz");
  if (existsSync(better)) return makeMask(await readNifti(better));
  const image = await openNifti(fileOf(subject, "bold.nii.gz"));
  const few = await image.readVolumes(0, Math.min(20, image.nVolumes));
  await image.close();
  const nFew = few.shape[3];
  const mean = Float64Array.from({ length: few.data.length / nFew }, (_, voxel) =>
    few.data
      .subarray(voxel * nFew, (voxel + 1) * nFew)
      .reduce((sum, value) => sum + value / nFew, 0),
  );
  const bright = mean.toSorted()[Math.floor(0.98 * mean.length)];
  const shape = few.shape.slice(0, 3);
  return makeMask({ data: mean, shape, affine: image.affine }, { above: 0.4 * bright });
}
const brain = await brainOf("subj1");
report("voxels in the brain of subj1", brain.nVoxels);

// %% [markdown]
// ## 3. From runs to patterns
//
// Every run begins at a level of its own, and drifts. So within each run, from the time course of each voxel we subtract
// its straight line (*detrend*), and divide it by its standard deviation (*standardise*). `cleanVolumes` does both, and keeps
// only the voxels of the brain.

// %%
async function cleanSubject(subject: string, mask: typeof brain, onProgress?: false) {
  const table = await labelsOf(subject);
  const runs = table.column("chunks").map(String);
  const shown = table.column("labels").map(String);
  const options = { runs, mask, detrend: true, onProgress };
  const series = await cleanVolumes(fileOf(subject, "bold.nii.gz"), options);
  return { series, runs, shown };
}
const one = await cleanSubject("subj1", brain);
console.log(`${one.series.voxels.length} voxels × ${one.series.nVolumes} volumes`);

// %% [markdown]
// One voxel of the ventral temporal mask, before and after:

// %%
const nVolumes = one.series.nVolumes;
const raw = await cleanVolumes(fileOf("subj1", "bold.nii.gz"), { mask: ventral });
const place = one.series.voxels.indexOf(raw.voxels[0]);
const cleaned = one.series.data.subarray(place * nVolumes, (place + 1) * nVolumes);
const times = Array.from(cleaned, (_, t) => 2.5 * t);
plotTimeCourse(
  [
    { name: "as measured", times, values: raw.data.subarray(0, nVolumes) },
    { name: "cleaned", times, values: cleaned.map((value) => value - 6) },
  ],
  {
    title: "One voxel, in units of its standard deviation (cleaned: shifted down by 6)",
    yLabel: "signal",
    peaks: false,
    caption: `Voxel (${voxelOfNumber(brain.shape, raw.voxels[0]).join(", ")}) over all ${new Set(one.runs).size} runs, one after the other.`,
  },
);

// %% [markdown]
// Now one pattern for each category and run: the mean over the volumes of its block. That makes `face/0`, the face pattern
// of the first run, and so on. For this, each volume gets such a label; volumes of rest are left out.

// %%
const labelled = ({ runs, shown }: typeof one) => ({
  labels: shown.map((label, at) => `${label}/${runs[at]}`),
  volumes: [...shown.keys()].filter((at) => shown[at] !== "rest"),
});
const patterns = await readNiftiPatterns(one.series, labelled(one));
console.log(`${patterns.shape.join(" patterns × ")} voxels`);
console.log(`${patterns.items?.slice(0, 8).join(", ")} …`);

// %% [markdown]
// ## 4. Ideas of what is alike: model RDMs
//
// A *model* says for each pair of patterns how dissimilar they should be. Ours:
//
// - **category**: 0 for two patterns of one category, 1 for two categories. It knows nothing else.
// - **network**: how far apart a neural network puts the two categories.
// - **behaviour**: how unlike people judge them, from ratings of similarity.
//
// The demo data have made-up embeddings and ratings in `models`. The real archive has none: put your own there, under the
// same names. Without them, the notebook goes on with the category model.

// %%
const items = patterns.items ?? [];
const categoryOf = (item: string) => item.split("/")[0];
const runOf = (item: string) => item.split("/")[1];
const perPair = (name: string, distance: (a: string, b: string) => number) =>
  new Rdm(
    items.flatMap((a, i) => items.slice(i + 1).map((b) => distance(a, b))),
    { items, name, metric: "model" },
  );
const ideas = [perPair("category", (a, b) => (categoryOf(a) === categoryOf(b) ? 0 : 1))];
/** A model of the categories, taken to their patterns in all runs. */
const spread = (name: string, categories: Rdm) =>
  perPair(name, (a, b) => {
    const [one, other] = [categoryOf(a), categoryOf(b)];
    return one === other ? 0 : categories.between(one, other);
  });

const ofCategories: Rdm[] = [];
const embeddingFile = `${located.folder}/models/network_embeddings.npz`;
if (existsSync(embeddingFile)) {
  const npz = await readNpz(embeddingFile);
  const [names, embeddings] = [npz.get("categories"), npz.get("embeddings")];
  if (names === undefined || embeddings === undefined) throw new Error("an array is missing");
  ofCategories.push(computeRdm(asMatrix(embeddings), { items: asStrings(names), name: "network" }));
}
const ratingFile = `${located.folder}/models/behaviour_similarity.csv`;
if (existsSync(ratingFile)) {
  const ratings = await readCsv(ratingFile);
  const names = ratings.column("category").map(String);
  const unlike = names.flatMap((_, i) =>
    names.slice(i + 1).map((other) => 1 - Number(ratings.column(other)[i])),
  );
  ofCategories.push(new Rdm(unlike, { items: names, name: "behaviour", metric: "1 − rating" }));
}
ideas.push(...ofCategories.map((rdm) => spread(rdm.name ?? "", rdm)));
plotRdms(ideas, { categories: categoryOf, scale: "each" });

// %% [markdown]
// The models are not independent of each other: all of them say that a category is like itself. Remember this when their
// maps look alike.

// %%
const agreement = ideas.flatMap((a, i) =>
  ideas.slice(i + 1).map((b) => ({ first: a.name, second: b.name, spearman: rsa(a, b).single() })),
);
agreement.length > 0 ? await toDataFrame(agreement) : "There is but one model.";

// %% [markdown]
// ## 5. The searchlight
//
// In a sphere around every voxel of the brain: 1 − Pearson's *r* between all pairs of patterns, over the voxels in the
// sphere; then Spearman's rank correlation of these dissimilarities with each model. Many thousand RDMs, on all cores.

// %%
const search = { ...labelled(one), radiusMm };
const first = await rsaNifti(one.series, ideas, search);
first;

// %%
const { score, voxel, mm } = first.peak("category");
report("highest score of category, all pairs", { score, voxel, mm });
plotStatMap(first.map("category"), {
  background: anatomy,
  threshold: 0.1,
  cuts: { z: 7 },
  title: "Category model",
  label: "Spearman's ρ",
});

// %% [markdown]
// Some regions stand out. But look at *all* the scores before you believe a map.
//
// ## 6. Where is zero?
//
// Most of the brain should not care about our models: its scores should scatter around 0. Do they?

// %%
const scoresOf = (maps: typeof first, model: string) => {
  const { data } = maps.map(model);
  return Array.from(maps.centres, (voxel) => data[voxel]);
};
plotDistribution(Object.fromEntries(ideas.map(({ name = "" }) => [name, scoresOf(first, name)])), {
  label: "Spearman's ρ",
  title: "All spheres, all pairs",
});

// %% [markdown]
// They lie to the right of it. The reason is in our own preparation: within a run the mean of each voxel was subtracted, so
// the eight patterns *of one run* cannot all be alike. Their distances are larger than those between runs, for any brain, even
// for noise. And two patterns of the same run are always of two categories, which our models call dissimilar. So noise
// agrees with the models a little.
//
// The cure is to compare only patterns of different runs. A pair that is `NaN` in a model is left out with
// `ignoreNan: true`.

// %%
const acrossRuns = ideas.map((idea) =>
  perPair(idea.name ?? "", (a, b) => (runOf(a) === runOf(b) ? NaN : idea.between(a, b))),
);
const maps = await rsaNifti(one.series, acrossRuns, { ...search, ignoreNan: true });
plotDistribution(
  {
    "all pairs": scoresOf(first, "category"),
    "pairs of different runs": scoresOf(maps, "category"),
  },
  { label: "Spearman's ρ with the category model", title: "Where noise lies" },
);

// %%
const medianOf = (values: readonly number[]) => {
  const ranked = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  return ranked[Math.floor(ranked.length / 2)];
};
report("median score of category, all pairs", medianOf(scoresOf(first, "category")));
report("median score of category, pairs of different runs", medianOf(scoresOf(maps, "category")));

// %% [markdown]
// From here on we use pairs of different runs. (What is left comes from spheres that reach into a region with an effect, and from
// noise that large parts of a brain share.)
//
// ## 7. The maps
//
// All of the category map at once, in a brain of glass; then cut into slices.

// %%
plotGlassBrain(maps.map("category"), {
  threshold: 0.1,
  outline: brain,
  label: "Spearman's ρ",
  title: "Category model, pairs of different runs",
});

// %%
const second = ideas.length > 1 ? "network" : "category";
plotStatMap(maps.map(second), {
  background: anatomy,
  threshold: 0.1,
  cuts: { x: 6, y: 6, z: 6 },
  label: "Spearman's ρ",
  title: `The ${second} model in slices`,
});

// %% [markdown]
// The same, to be looked through. Move the sliders, or click; the value under the cross is exact. (Where scripts are not
// run, this is a picture.)

// %%
viewStatMap(maps.map(second), {
  background: anatomy,
  threshold: 0.1,
  label: "Spearman's ρ",
  title: `The ${second} model`,
});

// %% [markdown]
// Local maxima as a table, in millimetres:

// %%
await toDataFrame(maps.peakTable({ most: 3, minDistanceMm: 20 }));

// %% [markdown]
// ## 8. What a model explains beyond the others
//
// Wherever categories are told apart, all models score, because all contain the category model. *Partial* correlation asks
// what each adds once the others are known. And what disturbs can be put beside them as one more model: "patterns of the same
// run are dissimilar". Then no pair need be left out.

// %%
const sameRun = perPair("same run", (a, b) => (runOf(a) === runOf(b) ? 1 : 0));
const partial = { ...search, rsaMetric: "partial-spearman" } as const;
const unique = await rsaNifti(one.series, [...ideas, sameRun], partial);
await toDataFrame(unique.distribution());

// %% [markdown]
// The same run explains more than any idea of ours, and does so everywhere in the brain. With it accounted for, the medians of the
// others are near 0.

// %%
await toDataFrame(unique.peakTable({ most: 1 }));

// %%
plotStatMap(unique.map(second), {
  background: anatomy,
  threshold: 0.1,
  label: "partial ρ",
  title: `What the ${second} model adds`,
});

// %% [markdown]
// A model without an effect of its own fades: in the demo data nothing was planted for behaviour. It had scored because its
// ratings resemble the network's distances.
//
// ## 9. A region instead of the whole brain
//
// Knowing where to look, one need not search. Without a radius, all voxels of a mask make one pattern, and each model
// gets one number. There is nothing to correct for, and it asks another question: does the *region* hold the
// information, in whatever part of it?

// %%
const inVentral = await rsaNifti(one.series, acrossRuns, {
  ...labelled(one),
  brainMask: ventral,
  ignoreNan: true,
});
const inRegion = ideas.map(({ name = "" }) => ({
  model: name,
  "whole mask": inVentral.peak(name).score,
  "best sphere in the brain": maps.peak(name).score,
}));
await toDataFrame(inRegion);

// %%
const inMask = await rdmNifti(one.series, { ...labelled(one), brainMask: ventral });
plotRdms(inMask.first(), { categories: categoryOf });

// %% [markdown]
// The dark blocks along the diagonal are the category code, faint among noise. The best sphere was *chosen* for its score, so its number is too
// high to be compared with that of the region.
//
// ## 10. Radius and metric
//
// A larger sphere has more voxels, so more signal, and it sees less sharply. How much does that matter here, and how much
// the metric? We search only around the voxels of the ventral mask (`roiMask` says where centres are; spheres reach out
// of it).

// %%
const metrics = ["correlation", "cosine", "euclidean"] as const;
const tryOut = (mm: number, metric: (typeof metrics)[number]) => {
  const options = {
    ...partial,
    radiusMm: mm,
    roiMask: ventral,
    metric,
    onProgress: false,
  } as const;
  return rsaNifti(one.series, [ideas[0], sameRun], options);
};
const trials: Record<string, number>[] = [];
for (const mm of [0.6, 0.8, 1, 1.4, 1.8].map((factor) => factor * radiusMm)) {
  const tried: VoxelPeak[] = [];
  for (const metric of metrics) tried.push((await tryOut(mm, metric)).peak("category"));
  trials.push({
    "radius (mm)": mm,
    voxels: tried[0].nVoxels,
    ...Object.fromEntries(metrics.map((metric, at) => [metric, tried[at].score])),
  });
}
await toDataFrame(trials);

// %% [markdown]
// The best score in the mask, for each radius and metric. *Correlation* compares the shape of two patterns, without their mean over the
// sphere. *Cosine* keeps that mean, and the *Euclidean* distance counts how strongly the voxels respond as well. Where neighbours
// share noise it is in the mean, so here the shape alone does best. Choose before you look: the best of fifteen analyses is no
// evidence.
//
// ## 11. What the sphere really contains
//
// A searchlight map does not say that a voxel holds information. It says so of the *sphere around it*. At the edge of the brain
// the sphere is smaller, and every sphere that reaches into a region shares its voxels with its neighbours, so regions look
// larger than they are (Etzel and others, 2013).

// %%
plotStatMap(maps.patchSizeMap(), {
  background: anatomy,
  scale: "sequential",
  palette: "viridis",
  label: "voxels in the sphere",
  title: `How many voxels a sphere of ${radiusMm} mm has`,
});

// %%
const peak = unique.peak("category");
const sphere = new Uint8Array(brain.data.length);
for (const voxel of one.series.voxels) {
  const mm = voxelToMm(brain, voxelOfNumber(brain.shape, voxel));
  if (Math.hypot(...mm.map((value, axis) => value - peak.mm[axis])) < radiusMm) sphere[voxel] = 1;
}
const inside = sphere.reduce((sum, value) => sum + value, 0);
const inBoth = sphere.reduce(
  (sum, value, voxel) => sum + (ventral.data[voxel] === 1 ? value : 0),
  0,
);
report(
  "sphere at the category peak",
  { voxels: inside, inVentralMask: inBoth },
  `${inside} voxels in the sphere at the category peak, ${inBoth} of them in the ventral mask`,
);
plotStatMap(
  { ...brain, data: sphere },
  {
    background: anatomy,
    cuts: peak.mm,
    crosshair: false,
    markers: [{ mm: peak.mm, label: "centre" }],
    label: "the sphere",
    title: "The sphere at the category peak",
  },
);

// %% [markdown]
// ## 12. Distances that are zero when there is nothing
//
// A distance is never below 0, and noise makes it larger. So two patterns that are truly the same still lie apart, and no
// threshold tells how far is far. *Cross-validation* helps: the difference of two categories in one run is multiplied with the
// same difference in the other runs. Noise of different runs does not agree, so its products scatter around 0.
//
// To see it, we take the labels away from the brain: within every run they are shuffled, a hundred times. This is also a
// test of whether the ventral mask tells categories apart.

// %%
const stream = random(7);
function shuffled({ shown, runs }: typeof one): string[] {
  const swapped = shown.slice();
  for (const run of new Set(runs)) {
    const inRun = [...new Set(shown.filter((_, at) => runs[at] === run))];
    const categories = inRun.filter((label) => label !== "rest");
    const order = stream.permutation(categories.length);
    const other = new Map(categories.map((label, at) => [label, categories[order[at]]]));
    shown.forEach((label, at) => {
      if (runs[at] === run) swapped[at] = other.get(label) ?? label;
    });
  }
  return swapped;
}

const { volumes } = labelled(one);
/** The mean squared distance between two categories in the ventral mask. */
async function meanDistance(labels: readonly string[], folds?: readonly string[]) {
  const options = { labels, volumes, folds, brainMask: ventral, metric: "sqeuclidean" } as const;
  const { condensed } = (await rdmNifti(one.series, options)).first();
  return condensed.reduce((sum, d) => sum + d / condensed.length, 0);
}
const chance: { plain: number; crossValidated: number }[] = [];
for (let at = 0; at < 100; at++) {
  const labels = shuffled(one);
  chance.push({
    plain: await meanDistance(labels),
    crossValidated: await meanDistance(labels, one.runs),
  });
}
const plain = await meanDistance(one.shown);
const crossValidated = await meanDistance(one.shown, one.runs);
const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value / values.length, 0);
await toDataFrame([
  {
    distance: "plain",
    "labels as shown": plain,
    "shuffled, mean": meanOf(chance.map((draw) => draw.plain)),
  },
  {
    distance: "cross-validated",
    "labels as shown": crossValidated,
    "shuffled, mean": meanOf(chance.map((draw) => draw.crossValidated)),
  },
]);

// %%
const crossValidatedByChance = chance.map((draw) => draw.crossValidated);
plotDistribution(
  { "shuffled labels": crossValidatedByChance },
  {
    label: "mean cross-validated squared distance between categories",
    lines: { "as shown": crossValidated },
    nBins: 20,
  },
);

// %%
const asFar = crossValidatedByChance.filter((distance) => distance >= crossValidated).length;
report("cross-validated distance, labels as shown", crossValidated);
report("cross-validated distance, labels shuffled", meanOf(crossValidatedByChance));
report("p of the distance by shuffling labels", (1 + asFar) / (1 + chance.length));

// %% [markdown]
// Without cross-validation, shuffled labels give large distances too: that much is noise. With it, they scatter around 0, below
// it as often as above. That is a zero one can measure from.
//
// ## 13. Is it there in everyone?
//
// One brain proves little. The same for all subjects: a number for each model in *their own* ventral mask, and a map of what each
// model adds to the others.

// %%
const models = ideas.slice(0, 2);
const scoreSubject = async (subject: string) => {
  const mask = await brainOf(subject);
  const person = subject === "subj1" ? one : await cleanSubject(subject, mask, false);
  const common = {
    ...labelled(person),
    rsaMetric: "partial-spearman",
    onProgress: false,
  } as const;
  const own = makeMask(await readNifti(fileOf(subject, "mask4_vt.nii.gz")));
  const all = [...ideas, sameRun];
  const region = await rsaNifti(person.series, all, { ...common, brainMask: own });
  const wanted = oneSpace && subjects.length > 1;
  const map = wanted ? await rsaNifti(person.series, all, { ...common, radiusMm }) : undefined;
  return { subject, brain: mask, region, map };
};
const group: Awaited<ReturnType<typeof scoreSubject>>[] = [];
for (const subject of subjects) {
  group.push(await scoreSubject(subject));
  console.log(`${subject}: ${group[group.length - 1].brain.nVoxels} voxels`);
}

// %%
await toDataFrame(
  group.map(({ subject, region }) => ({
    subject,
    ...Object.fromEntries(models.map(({ name = "" }) => [name, region.peak(name).score])),
  })),
);

// %%
if (subjects.length > 1) {
  const rows = group.map(({ region }) => models.map(({ name = "" }) => region.peak(name).score));
  const test = await permutationTTest(rows, { tail: "greater", onProgress: false });
  console.log(test.method);
  models.forEach(({ name = "" }, m) =>
    report(`p of ${name} in the ventral mask`, test.correctedPValues.data[m]),
  );
} else console.log("One subject: there is no group to test.");

// %% [markdown]
// What adds nothing in one region may do so in another: that is what a map is for.
//
// With six subjects there are 2⁶ = 64 ways to flip the signs of their scores. The least possible p is 1/64 ≈ 0.016: no
// effect, however large, can do better in so few people.
//
// For the maps, thousands of voxels are tested at once. A *cluster permutation test* asks whether a group of neighbouring
// voxels with high t is larger than the largest that arises when signs are flipped at random. It speaks of clusters, not of
// single voxels, and it needs a voxel to be the same place in all brains.

// %%
const everywhere = makeMask({
  ...brain,
  data: brain.data.map((_, at) => (group.every((member) => member.brain.data[at] === 1) ? 1 : 0)),
});
const tests = [];
if (oneSpace && subjects.length > 1) {
  const voxels = Array.from(everywhere.data.keys()).filter((at) => everywhere.data[at] === 1);
  for (const { name = "" } of models) {
    const rows = group.map(({ map }) => {
      const values = map?.map(name).data ?? new Float32Array();
      return voxels.map((voxel) => values[voxel]);
    });
    const test = await permutationClusterTest(rows, {
      adjacency: { mask: everywhere },
      tail: "greater",
      thresholdP: 0.01,
      onProgress: false,
    });
    tests.push({ name, test, voxels });
  }
}
for (const { name, test } of tests) {
  const [best] = test.clusters;
  report(`clusters of ${name}`, { p: best?.pValue, voxels: best?.positions.length });
}
tests[0]?.test;

// %%
const drawn = tests.map(({ name, test, voxels }) => {
  const [t, significant] = [new Float32Array(brain.data.length), new Uint8Array(brain.data.length)];
  voxels.forEach((voxel, at) => (t[voxel] = test.t.data[at]));
  for (const { positions } of test.significant)
    positions.forEach((at) => (significant[voxels[at]] = 1));
  return { name, map: { ...brain, data: t }, within: { ...brain, data: significant } };
});
const drawGroup = (at: number) =>
  drawn[at] === undefined
    ? "no group map"
    : plotStatMap(drawn[at].map, {
        within: drawn[at].within,
        background: anatomy,
        label: `t (${subjects.length} subjects)`,
        title: `Significant clusters: ${drawn[at].name}`,
      });
drawGroup(0);

// %%
drawGroup(1);

// %% [markdown]
// ## 14. Was it right?
//
// In the demo data we know what was planted, and where: a code of categories in ventral temporal cortex on both sides, and on the
// right further back a code in which categories are as alike as in the network.

// %%
const truthFile = `${located.folder}/planted/subj1.nii.gz`;
if (existsSync(truthFile)) {
  const truth = await readNifti(truthFile);
  const regionAt = ([i, j, k]: readonly number[]) =>
    ["nowhere", "category", "network"][truth.data[(i * truth.shape[1] + j) * truth.shape[2] + k]];
  for (const { name = "" } of models) {
    const found = regionAt(unique.peak(name).voxel);
    report(`the ${name} model is strongest in the region planted for`, found);
    if (found !== name) throw new Error(`the ${name} model is strongest ${found}`);
  }
} else console.log("These are no demo data: nobody knows the truth.");

// %% [markdown]
// ## What to keep in mind
//
// - A map is only as good as its zero. Look at all the scores, and at pairs within runs.
// - The value at a voxel belongs to the sphere around it.
// - Models resemble each other; ask what each adds.
// - Radius, metric and threshold are choices. Make them before you look.
// - Subjects' maps can be tested together only in a common space. A number from each one's own region always can.
