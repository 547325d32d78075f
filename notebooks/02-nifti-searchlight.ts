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
// **The real data** (CC BY-SA 3.0): `npx tsrsa data fetch haxby2001` fetches and unpacks `subj1-2010.01.14.tar.gz` to
// `subj6-…` of data.pymvpa.org/datasets/haxby2001; then
// `npx tsrsa run notebooks/02-nifti-searchlight -p data=real -p radiusMm=10 -p oneSpace=false`. If you have them, unpacked side
// by side, pass their folder instead of `real`.

// %% [markdown] tags=["about"]
// **After this you can** run a searchlight over NIfTI files, tell a map from its bias, ask what a model adds to
// others, and test
// a group.
//
// **You need** notebook 00, and to know what a voxel is. **Time**: 90 minutes with its four exercises; it runs in
// about 30 s and
// 550 MB of memory. **Data**: made on your machine in seconds (demo); the real ones are six archives of 300 MB.

// %% tags=["parameters"]
// "demo", "real" (fetched), or the folder that holds subj1.
let data = "demo";
// Radius of the sphere. Voxels of the demo data are 7 × 7.5 × 7.5 mm, so
// 15 mm are about two voxels.
let radiusMm = 15;
// Whether a voxel is the same place in all subjects. In the real archives
// it is not: they were never brought together.
let oneSpace = true;

// %%
import { listFiles } from "tsrsa";
import { locateData } from "tsrsa/data";

const located = await locateData("haxby2001", data);
const subjects = await listFiles(located.folder, /^subj\d+$/);
console.log(`subjects: ${subjects.join(", ")}`);
located;

// %% [markdown]
// ## 1. What was shown
//
// `labels.txt` has a line for every volume, one volume each 2.5 s: what was shown, and the number of the run (*chunk*).
// Each category was shown in one block a run, with rest in between.

// %%
import { readCsv, toDataFrame } from "tsrsa";

const fileOf = (subject: string, name: string) =>
  `${located.folder}/${subject}/${name}`;
const labelsOf = (subject: string) =>
  readCsv(fileOf(subject, "labels.txt"), { delimiter: " " });
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
import { openNifti } from "tsrsa/io";

const bold = await openNifti(fileOf("subj1", "bold.nii.gz"));
console.log(`${bold.shape.join(" × ")} voxels × volumes, ${bold.datatype}`);
const mm = bold.zooms.slice(0, 3).map((size) => Number(size.toFixed(2)));
console.log(`a voxel is ${mm.join(" × ")} mm`);
console.log(bold.affine.map((row) => row.join("  ")).join("\n"));
await bold.close();

// %% tags=["setup:corner"]
import { check } from "tsrsa/course";

// %% [markdown] tags=["exercise:corner"]
// ### Exercise 1: how far is the corner? (2 minutes)
//
// The sphere around a voxel holds those whose centres are no farther than its radius. How far, in mm, is the centre
// of the
// voxel that touches ours **at a corner**: one step along each of the three axes? `mm` has the size of a voxel.

// %% [markdown] tags=["hint:corner"]
// A step along each axis: `mm[0]`, `mm[1]`, `mm[2]`.

// %% [markdown] tags=["hint:corner"]
// Pythagoras in three dimensions; `Math.hypot` does it.

// %% tags=["exercise:corner"]
const cornerMm = Math.hypot(...mm); // blank: the distance in mm, from mm
check("02/corner", cornerMm, { mm: mm });

// %% [markdown] tags=["explanation:corner"]
// A sphere of a radius below this has no corners. In voxels the distance would be √3, whatever their size: that is
// why all is
// measured in mm.

// %% [markdown]
// The anatomy is on another, finer grid. `mask4_vt` marks voxels of the *ventral temporal cortex*, at the bottom of the
// brain, where categories were first told apart by their patterns.

// %%
import { makeMask, plotStatMap, readNifti } from "tsrsa";

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
import { meanVolume, report } from "tsrsa";

async function brainOf(subject: string) {
  const folder = `${located.folder}/${subject}`;
  const [better] = await listFiles(folder, /^mask_brain\.nii\.gz$/);
  if (better !== undefined)
    return makeMask(await readNifti(`${folder}/${better}`));
  const image = await openNifti(fileOf(subject, "bold.nii.gz"));
  const some = await image.readVolumes(0, Math.min(20, image.nVolumes));
  await image.close();
  const few = { ...some, affine: image.affine };
  const average = await meanVolume(few, { onProgress: false });
  const bright =
    average.data.toSorted()[Math.floor(0.98 * average.data.length)];
  return makeMask(average, { above: 0.4 * bright });
}

// %%
const brain = await brainOf("subj1");
report("voxels in the brain of subj1", brain.nVoxels);

// %% [markdown]
// ## 3. From runs to patterns
//
// Every run begins at a level of its own, and drifts. So within each run, from the time course of each voxel we subtract
// its straight line (*detrend*), and divide it by its standard deviation (*standardise*). `cleanVolumes` does both, and keeps
// only the voxels of the brain.

// %%
import { cleanVolumes, type VoxelMask } from "tsrsa";

async function cleanSubject(subject: string, mask: VoxelMask) {
  const table = await labelsOf(subject);
  const runs = table.column("chunks").map(String);
  const shown = table.column("labels").map(String);
  const options = { runs, mask, detrend: true, onProgress: false };
  const path = fileOf(subject, "bold.nii.gz");
  return { series: await cleanVolumes(path, options), runs, shown };
}
const one = await cleanSubject("subj1", brain);
const { nVolumes, voxels } = one.series;
console.log(`${voxels.length} voxels × ${nVolumes} volumes`);

// %% [markdown]
// One voxel of the ventral temporal mask, before and after:

// %%
import { plotTimeCourse } from "tsrsa";

const raw = await cleanVolumes(fileOf("subj1", "bold.nii.gz"), {
  mask: ventral,
});
const from = voxels.indexOf(raw.voxels[0]) * nVolumes;
const cleaned = one.series.data.subarray(from, from + nVolumes);
const times = Array.from(cleaned, (_, t) => 2.5 * t);
const measured = raw.data.subarray(0, nVolumes);
const lower = cleaned.map((value) => value - 6);
plotTimeCourse(
  [
    { name: "as measured", times, values: measured },
    { name: "cleaned", times, values: lower },
  ],
  { yLabel: "signal, in SD (cleaned: 6 lower)", peaks: false },
);

// %% [markdown]
// Now one pattern for each category and run: the mean over the volumes of its block. That makes `face/0`, the face pattern
// of the first run, and so on. For this, each volume gets such a label; volumes of rest are left out.

// %%
import { readNiftiPatterns } from "tsrsa";

const labelled = (shown: readonly string[], runs: readonly string[]) => ({
  labels: shown.map((label, at) => `${label}/${runs[at]}`),
  volumes: [...shown.keys()].filter((at) => shown[at] !== "rest"),
});
const ofOne = labelled(one.shown, one.runs);
const patterns = await readNiftiPatterns(one.series, ofOne);
const items = patterns.items ?? [];
console.log(`${patterns.shape.join(" patterns × ")} voxels`);
console.log(`${items.slice(0, 8).join(", ")} …`);

// %% [markdown]
// ## 4. Ideas of what is alike: model RDMs
//
// A *model* says for each pair of patterns how dissimilar they should be. Ours:
//
// - **category**: 0 for two patterns of one category, 1 for two categories. It knows nothing else.
// - **animacy**: 0 for two patterns of living things (faces, cats) and for two of others, 1 for one of each.
// - **network**: how far apart a neural network puts the two categories.
// - **behaviour**: how unlike people judge them, from ratings of similarity.
//
// The demo data have made-up embeddings and ratings in `models`. The real archive has none: put your own there, under the
// same names. Without them, the notebook goes on with the first two models, which everybody has.

// %%
import { categoryRdm, perPair, type Rdm } from "tsrsa";

const categoryOf = (item: string) => item.split("/")[0];
const runOf = (item: string) => item.split("/")[1];
const living = (item: string) => ["face", "cat"].includes(categoryOf(item));
const named = (name: string) => ({ items, name });
const category = categoryRdm(items.map(categoryOf), named("category"));
const animacy = categoryRdm(items.map(living), named("animacy"));
/** A model of the categories, taken to their patterns in all runs. */
const spread = (of: Rdm) =>
  perPair(items, (a, b) => of.between(categoryOf(a), categoryOf(b)), {
    name: of.name,
  });

// %%
import { asMatrix, asStrings, computeRdm, readNpzArray } from "tsrsa";
import { plotRdms, rdmFromSquare, rsa } from "tsrsa";

const [folder = ""] = await listFiles(located.folder, /^models$/);
const inModels =
  folder === "" ? [] : await listFiles(`${located.folder}/models`);
const ofCategories: Rdm[] = [];
if (inModels.includes("network_embeddings.npz")) {
  const path = `${located.folder}/models/network_embeddings.npz`;
  const rows = asMatrix(await readNpzArray(path, "embeddings"));
  const items = asStrings(await readNpzArray(path, "categories"));
  ofCategories.push(computeRdm(rows, { items, name: "network" }));
}

// %%
if (inModels.includes("behaviour_similarity.csv")) {
  const path = `${located.folder}/models/behaviour_similarity.csv`;
  const ratings = await readCsv(path);
  const items = ratings.column("category").map(String);
  const unlike = items.map((_, i) =>
    items.map((other) => 1 - Number(ratings.column(other)[i])),
  );
  ofCategories.push(rdmFromSquare(unlike, { items, name: "behaviour" }));
}

// %%
const ideas = [category, animacy, ...ofCategories.map(spread)];
const order = [...items].sort((a, b) => a.localeCompare(b));
const sorted = { categories: categoryOf, order };
plotRdms(ideas, { ...sorted, scale: "each" });

// %% [markdown]
// The models are not independent of each other: all of them say that a category is like itself. Remember this when their
// maps look alike.

// %%
import { claim } from "tsrsa";

const agreement = ideas.flatMap((a, i) =>
  ideas.slice(i + 1).map((b) => ({
    ...{ first: a.name, second: b.name },
    spearman: rsa(a, b).single(),
  })),
);
claim(
  "every two models agree (ρ above 0)",
  agreement.every(({ spearman }) => spearman > 0),
);
await toDataFrame(agreement);

// %% [markdown]
// ## 5. The searchlight
//
// In a sphere around every voxel of the brain: 1 − Pearson's *r* between all pairs of patterns, over the voxels in the
// sphere; then Spearman's rank correlation of these dissimilarities with each model. Many thousand RDMs, on all cores. What
// `rsa_nifti` of MNE-RSA calls its parameters, and how they are called here:
//
// | `rsa_nifti` | `rsaNifti` | what it is |
// |---|---|---|
// | `image` | the first argument | a file, an open file, volumes, or several runs |
// | `rdm_model` | the second argument | one RDM or a list; square ones by `rdmFromSquare` |
// | `image_rdm_metric` | `metric` | `"correlation"` (default), `"euclidean"` … |
// | `image_rdm_params` | `metricParams` | what a metric needs |
// | `rsa_metric` | `rsaMetric` | `"spearman"` (default), `"pearson"`, `"kendall-tau-a"`, partial and regression … |
// | `ignore_nan` | `ignoreNan` | pairs that are `NaN` in a model are left out |
// | `spatial_radius` (m, 0.01) | `radiusMm` (no default) | without it the whole mask is one pattern |
// | `y` | `labels` | names, not numbers: matched with the items of the models |
// | `n_folds` | `nFolds`, `folds` | a number, or the part of each observation |
// | `roi_mask`, `brain_mask` | `roiMask`, `brainMask` | where centres are; which voxels spheres may have |
// | `n_jobs`, `verbose` | `jobs`, `onProgress` | all cores and a live line by default |

// %%
import { rsaNifti, type RsaNiftiOptions } from "tsrsa";

const search = { ...ofOne, radiusMm };
const first = await rsaNifti(one.series, ideas, search);
first;

// %%
const { score, voxel, mm: place } = first.peak("category");
report("highest score of category, all pairs", { score, voxel, mm: place });
plotStatMap(first.map("category"), {
  ...{ background: anatomy, threshold: 0.1, cuts: { z: 7 } },
  ...{ title: "Category model", label: "Spearman's ρ" },
});

// %% [markdown]
// Some regions stand out. But look at *all* the scores before you believe a map.
//
// ## 6. Where is zero?
//
// Most of the brain should not care about our models: its scores should scatter around 0. Do they?

// %%
import { median, plotDistribution, type RsaMaps } from "tsrsa";

const scoresOf = (maps: RsaMaps, model: string) => {
  const { data } = maps.map(model);
  const all = Array.from(maps.centres, (voxel) => data[voxel]);
  return all.filter((score) => !Number.isNaN(score));
};
const allPairs: Record<string, number[]> = {};
for (const { name = "" } of ideas) allPairs[name] = scoresOf(first, name);
plotDistribution(allPairs, {
  label: "Spearman's ρ",
  title: "All spheres, all pairs",
});

// %%
const before = median(scoresOf(first, "category"));
report("median score of category, all pairs", before);
claim("most spheres score above 0, noise included", before > 0.02);

// %% [markdown]
// The reason is in our own preparation: within a run the mean of each voxel was subtracted, so the eight patterns *of one
// run* cannot all be alike. Their distances are larger than those between runs, for any brain, even for noise. And two
// patterns of the same run are always of two categories, which our models call dissimilar. So noise agrees with the models a
// little.
//
// The cure is to compare only patterns of different runs. A pair that is `NaN` in a model is left out with
// `ignoreNan: true`.

// %%
const acrossRuns = ideas.map((idea) =>
  perPair(
    items,
    (a, b) => (runOf(a) === runOf(b) ? NaN : idea.between(a, b)),
    { name: idea.name },
  ),
);
const leaveOut = { ...search, ignoreNan: true };

// %%
const maps = await rsaNifti(one.series, acrossRuns, leaveOut);
plotDistribution(
  {
    "all pairs": scoresOf(first, "category"),
    "pairs of different runs": scoresOf(maps, "category"),
  },
  { label: "Spearman's ρ with the category model" },
);

// %%
const after = median(scoresOf(maps, "category"));
report("median score of category, pairs of different runs", after);
// A slice that is nearly all ventral cortex scores high everywhere.
if (located.kind === "demo")
  claim(
    "with pairs of different runs the median is nearer to 0",
    Math.abs(after) < before / 2,
  );

// %% [markdown]
// From here on we use pairs of different runs. (What is left comes from spheres that reach into a region with an effect, and from
// noise that large parts of a brain share.)

// %% [markdown] tags=["exercise:across-runs"]
// ### Exercise 2: pairs of different runs (4 minutes)
//
// How many pairs of patterns are of **different** runs? `items` has their names, `runOf(item)` the run of one.

// %% [markdown] tags=["hint:across-runs"]
// For each item, count those after it in the list that are of another run.

// %% [markdown] tags=["hint:across-runs"]
// `items.slice(i + 1).filter(…).length`

// %% tags=["exercise:across-runs"]
// blank begin: nAcross, the number of pairs of different runs
let nAcross = 0;
for (const [i, a] of items.entries())
  nAcross += items.slice(i + 1).filter((b) => runOf(a) !== runOf(b)).length;
// blank end
check("02/across-runs", nAcross, { items: items });

// %% [markdown] tags=["explanation:across-runs"]
// Nearly all pairs are of different runs: leaving out the others costs little, and takes away the bias.

// %% [markdown] tags=["exercise:own-model"]
// ### Exercise 3: a model of your own (8 minutes)
//
// Make a model RDM `faces`: 0 for two patterns that are both of faces or both of other things, 1 for one of each, and
// **NaN**
// for two patterns of one run. `perPair(items, (a, b) => …)` makes an RDM from a function of two names.

// %% [markdown] tags=["hint:own-model"]
// `categoryOf(a) === "face"` is true for a face.

// %% [markdown] tags=["hint:own-model"]
// Two are alike when that is the same for both: `(… === "face") === (… === "face")`.

// %% [markdown] tags=["hint:own-model"]
// First ask whether the runs are the same; then give NaN.

// %% tags=["exercise:own-model"]
// blank begin: faces, the model RDM
const isFace = (item: string) => categoryOf(item) === "face";
const faces = perPair(
  items,
  (a, b) => {
    if (runOf(a) === runOf(b)) return NaN;
    return isFace(a) === isFace(b) ? 0 : 1;
  },
  { name: "faces" },
);
// blank end
check("02/own-model", faces, { items: items, of: "face" });

// %% [markdown] tags=["explanation:own-model"]
// A model is a sentence about pairs. Any such sentence can be written in this way, and goes where the others went.

// %% tags=["explanation:own-model"]
plotRdms(faces, { ...sorted, scale: "each" });

// %% [markdown] tags=["instructor:own-model"]
// The usual mistakes: 1 for alike, and 0 instead of NaN for pairs within a run. Ask what each would claim.

// %% [markdown]
// ## 7. The maps
//
// All of the category map at once, in a brain of glass; then cut into slices.

// %%
import { plotGlassBrain } from "tsrsa";

const look = { threshold: 0.1, label: "Spearman's ρ" };
plotGlassBrain(maps.map("category"), {
  ...{ ...look, outline: brain },
  title: "Category model, pairs of different runs",
});

// %%
const second = ideas.length > 2 ? "network" : "animacy";
const onAnatomy = { ...look, background: anatomy };
plotStatMap(maps.map(second), {
  ...{ ...onAnatomy, cuts: { x: 6, y: 6, z: 6 } },
  title: `The ${second} model in slices`,
});

// %% [markdown]
// The same, to be looked through. Move the sliders, or click; the value under the cross is exact. (Where scripts are not
// run, this is a picture.)

// %%
import { viewStatMap } from "tsrsa";

viewStatMap(maps.map(second), {
  ...{ ...onAnatomy, title: `The ${second} model` },
});

// %% [markdown]
// Local maxima as a table; x, y and z are in mm:

// %%
await toDataFrame(maps.peakTable({ most: 3, minDistanceMm: 20 }));

// %% [markdown]
// ## 8. What a model explains beyond the others
//
// Wherever categories are told apart, all models score, because all of them know of categories. *Partial* correlation asks
// what each adds once the others are known. And what disturbs can be put beside them as one more model: "patterns of the same
// run are dissimilar". Then no pair need be left out.

// %%
const apart = (a: string, b: string) => (runOf(a) === runOf(b) ? 1 : 0);
const sameRun = perPair(items, apart, { name: "same run" });
const partial: RsaNiftiOptions = {
  ...{ ...search, rsaMetric: "partial-spearman" },
};
const unique = await rsaNifti(one.series, [...ideas, sameRun], partial);
await toDataFrame(unique.distribution());

// %%
const middle = (name: string) => median(scoresOf(unique, name));
const mediansOfIdeas = ideas.map(({ name = "" }) => Math.abs(middle(name)));
report("median partial ρ of the same run", middle("same run"));
if (located.kind === "demo") {
  claim(
    "the same run explains more than any idea of ours, all over the brain (by the median)",
    middle("same run") > Math.max(...mediansOfIdeas),
  );
  claim(
    "with it accounted for, the medians of the ideas are near 0",
    Math.max(...mediansOfIdeas) < 0.03,
  );
}
await toDataFrame(unique.peakTable({ most: 1 }));

// %%
plotStatMap(unique.map(second), {
  ...{ ...onAnatomy, label: "partial ρ" },
  title: `What the ${second} model adds`,
});

// %%
const fades = ({ name = "" }: Rdm) => ({
  model: name,
  "alone, at its best": maps.peak(name).score,
  "beyond the others": unique.peak(name).score,
});
await toDataFrame(ideas.map(fades));

// %% [markdown]
// A model without an effect of its own fades: in the demo data nothing was planted for behaviour or animacy. They score because
// they resemble what was planted.
//
// ## 9. A region instead of the whole brain
//
// Knowing where to look, one need not search. Without a radius, all voxels of a mask make one pattern, and each model
// gets one number. There is nothing to correct for, and it asks another question: does the *region* hold the
// information, in whatever part of it?

// %%
const inRegion = { ...ofOne, brainMask: ventral, ignoreNan: true };
const inVentral = await rsaNifti(one.series, acrossRuns, inRegion);
await toDataFrame(
  ideas.map(({ name = "" }) => ({
    model: name,
    "whole mask": inVentral.peak(name).score,
    "best sphere in the brain": maps.peak(name).score,
  })),
);

// %%
import { rdmNifti } from "tsrsa";

const inMask = await rdmNifti(one.series, { ...ofOne, brainMask: ventral });
plotRdms(inMask.first(), { ...sorted, range: "robust" });

// %%
const rdm = inMask.first();
const meanOver = (same: boolean) =>
  median(
    items.flatMap((a, i) =>
      items
        .slice(i + 1)
        .filter((b) => runOf(a) !== runOf(b))
        .filter((b) => (categoryOf(a) === categoryOf(b)) === same)
        .map((b) => rdm.between(a, b)),
    ),
  );

// %%
report("median 1 − r in the mask, same category", meanOver(true));
report("median 1 − r in the mask, two categories", meanOver(false));
claim(
  "patterns of one category are more alike",
  meanOver(true) < meanOver(false),
);

// %% [markdown]
// That is the category code, faint among noise in the picture. The best sphere was *chosen* for its score, so its number is too
// high to be compared with that of the region.
//
// ## 10. Radius and metric
//
// A larger sphere has more voxels, so more signal, and it sees less sharply. How much does that matter here, and how much
// the metric? We search only around the voxels of the ventral mask (`roiMask` says where centres are; spheres reach out
// of it).

// %%
type Metric = "correlation" | "cosine" | "euclidean";
const tryOut = async (mm: number, metric: Metric) => {
  const options = { ...partial, radiusMm: mm, roiMask: ventral, metric };
  const quiet = { ...options, onProgress: false };
  const result = await rsaNifti(one.series, [category, sameRun], quiet);
  return result.peak("category");
};
const trials = [];

// %%
for (const mm of [0.6, 0.8, 1, 1.4, 1.8].map((factor) => factor * radiusMm)) {
  const r = await tryOut(mm, "correlation");
  const cosine = (await tryOut(mm, "cosine")).score;
  const euclidean = (await tryOut(mm, "euclidean")).score;
  const row = { "radius (mm)": mm, voxels: r.nVoxels };
  trials.push({ ...row, correlation: r.score, cosine, euclidean });
}
await toDataFrame(trials);

// %% [markdown]
// The best score in the mask, for each radius and metric. *Correlation* compares the shape of two patterns, without their mean over the
// sphere. *Cosine* keeps that mean, and the *Euclidean* distance counts how strongly the voxels respond as well. Choose before
// you look: the best of fifteen analyses is no evidence.
//
// ## 11. What the sphere really contains
//
// A searchlight map does not say that a voxel holds information. It says so of the *sphere around it*. At the edge of the brain
// the sphere is smaller, and every sphere that reaches into a region shares its voxels with its neighbours, so regions look
// larger than they are (Etzel and others, 2013).

// %%
plotStatMap(maps.patchSizeMap(), {
  ...{ background: anatomy, scale: "sequential", palette: "viridis" },
  label: "voxels in the sphere",
  title: `How many voxels a sphere of ${radiusMm} mm has`,
});

// %%
import { intersectMasks, voxelOfNumber, voxelToMm } from "tsrsa";

const peak = unique.peak("category");
const distance = (voxel: number) => {
  const mm = voxelToMm(brain, voxelOfNumber(brain.shape, voxel));
  return Math.hypot(...mm.map((value, axis) => value - peak.mm[axis]));
};
const near = brain.data.map((inside, voxel) =>
  inside === 1 && distance(voxel) < radiusMm ? 1 : 0,
);
const sphere = makeMask({ ...brain, data: near });
const both = intersectMasks(sphere, ventral).nVoxels;
report("voxels in the sphere at the category peak", sphere.nVoxels);
report("of these in the ventral mask", both);

// %%
plotStatMap(sphere, {
  ...{ background: anatomy, cuts: peak.mm, crosshair: false },
  markers: [{ mm: peak.mm, label: "centre", colour: "#2563eb" }],
  ...{ label: "the sphere", title: "The sphere at the category peak" },
});

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
import { mean, permuteLabels } from "tsrsa";

const { volumes } = ofOne;
/** The mean squared distance between two categories in the mask. */
async function meanDistance(labels: string[], folds?: string[]) {
  const how = { labels, volumes, folds, brainMask: ventral };
  const metric = "sqeuclidean";
  const distances = await rdmNifti(one.series, { ...how, metric });
  return mean(distances.first().condensed);
}
const shuffled = permuteLabels(one.shown, {
  ...{ within: one.runs, keep: ["rest"], times: 100, seed: 7 },
});

// %%
import { Table } from "tsrsa";

const chance: number[] = [];
const chanceCv: number[] = [];
for (const labels of shuffled) {
  chance.push(await meanDistance(labels));
  chanceCv.push(await meanDistance(labels, one.runs));
}
const plain = await meanDistance(one.shown);
const cv = await meanDistance(one.shown, one.runs);
new Table({
  distance: ["plain", "cross-validated"],
  "labels as shown": [plain, cv],
  "labels shuffled, mean": [mean(chance), mean(chanceCv)],
});

// %%
plotDistribution(
  { "shuffled labels": chanceCv },
  {
    label: "mean cross-validated squared distance between categories",
    ...{ lines: { "as shown": cv }, nBins: 20 },
  },
);

// %%
const asFar = chanceCv.filter((distance) => distance >= cv).length;
const p = (1 + asFar) / (1 + chanceCv.length);
report("cross-validated distance, labels as shown", cv);
report("cross-validated distance, labels shuffled", mean(chanceCv));
report("p of the distance by shuffling labels", p);
claim("the ventral mask tells categories apart (p below 0.05)", p < 0.05);
if (located.kind === "demo")
  claim(
    "shuffled, plain distances stay above half of what they were; cross-validated ones are about 0",
    mean(chance) > plain / 2 && Math.abs(mean(chanceCv)) < cv / 10,
  );

// %% [markdown]
// That is a zero one can measure from.
//
// ## 13. Is it there in everyone?
//
// One brain proves little. The same for all subjects: a number for each model in *their own* ventral mask, and a map of what each
// model adds to the others.

// %%
const all = [...ideas, sameRun];
const wanted = oneSpace && subjects.length > 1;
const regions: RsaMaps[] = [];
const people: Record<string, RsaMaps> = {};
for (const subject of subjects) {
  const mask = await brainOf(subject);
  const { series, shown, runs } = await cleanSubject(subject, mask);
  const how = { ...labelled(shown, runs), rsaMetric: partial.rsaMetric };
  const quiet = { ...how, onProgress: false };
  const path = fileOf(subject, "mask4_vt.nii.gz");
  const own = makeMask(await readNifti(path));
  regions.push(await rsaNifti(series, all, { ...quiet, brainMask: own }));
  if (wanted)
    people[subject] = await rsaNifti(series, all, { ...quiet, radiusMm });
}

// %%
const tested = ["category", second];
const rows = regions.map((maps) =>
  tested.map((name) => maps.peak(name).score),
);
await toDataFrame(
  rows.map((scores, s) => ({
    subject: subjects[s],
    ...{ [tested[0]]: scores[0], [tested[1]]: scores[1] },
  })),
);

// %%
import { permutationTTest } from "tsrsa";

if (subjects.length > 1) {
  const { correctedPValues, method } = await permutationTTest(rows, {
    ...{ tail: "greater", onProgress: false },
  });
  console.log(method);
  for (const [m, name] of tested.entries())
    report(`p of ${name} in the ventral mask`, correctedPValues.data[m]);
  claim(
    "with so few people no p is below 1 / 2ⁿ",
    Math.min(...correctedPValues.data) >= 1 / 2 ** subjects.length,
  );
} else console.log("One subject: there is no group to test.");

// %% [markdown]
// What adds nothing in one region may add something in another: that is what a map is for. With six subjects there are 2⁶ = 64 ways to
// flip the signs of their scores. The least possible p is 1/64 ≈ 0.016: no effect, however large, can do better in so few
// people.

// %% [markdown] tags=["exercise:people"]
// ### Exercise 4: how many people? (design) (3 minutes)
//
// You plan such a study, and want to be able to find *p* < 0.01 in a region, on one side, by flipping signs. How many
// people
// do you need **at least**?

// %% [markdown] tags=["hint:people"]
// With *n* people there are 2ⁿ ways to flip signs. Only one of them is as given.

// %% [markdown] tags=["hint:people"]
// 1 / 2ⁿ < 0.01

// %% tags=["exercise:people"]
const nPeople = 7; // blank: the smallest number of people
check("02/people", nPeople, { level: 0.01 });

// %% [markdown] tags=["explanation:people"]
// 2⁶ = 64 is not enough, 2⁷ = 128 is. It is the least possible number: with it, everybody has to show the effect.

// %% [markdown] tags=["instructor:people"]
// Follow up: is a study wise that can only succeed when nobody fails?

// %% [markdown]
// For the maps, thousands of voxels are tested at once. A *cluster permutation test* asks whether a group of neighbouring
// voxels with high t is larger than the largest that arises when signs are flipped at random. It speaks of clusters, not of
// single voxels, and it needs a voxel to be the same place in all brains. In the tables, x, y and z are where t is largest, in
// mm.

// %%
import { display, groupMaps } from "tsrsa";

for (const model of wanted ? tested : []) {
  const group = await groupMaps(people, {
    ...{ model, tail: "greater", thresholdP: 0.01, onProgress: false },
  });
  const [best] = group.test.clusters;
  report(`clusters of ${model}`, {
    ...{ p: best?.pValue, voxels: best?.positions.length },
  });
  await display(group.clusters);
  const title = `Significant clusters: ${model}`;
  const label = `mean partial ρ (${subjects.length} subjects)`;
  const drawn = { background: anatomy, label, title };
  await display(plotStatMap(group.significant, drawn));
}

// %% [markdown]
// ## 14. Was it right?
//
// In the demo data we know what was planted, and where: a code of categories in ventral temporal cortex on both sides, and on the
// right further back a code in which categories are as alike as in the network.

// %%
const [planted] = await listFiles(located.folder, /^planted$/);
if (planted !== undefined) {
  const truth = await readNifti(`${located.folder}/planted/subj1.nii.gz`);
  const places = ["nowhere", "category", "network"];
  for (const name of tested) {
    const [i, j, k] = unique.peak(name).voxel;
    const at = (i * truth.shape[1] + j) * truth.shape[2] + k;
    const found = places[truth.data[at]];
    report(`the ${name} model is strongest in the region planted for`, found);
    claim(
      `the ${name} model is strongest where it was planted`,
      found === name,
    );
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

// %% [markdown]
// ## To discuss
//
// 1. Two models agree with each other, and both have a map. What can be said of the places where both score?
// 2. Somebody shows you a map with a threshold, and no histogram. What do you ask?
// 3. Why can maps of single people not be averaged, and regions of single people can?
//
// ## To read on
//
// - Etzel, J. A., Zacks, J. M. & Braver, T. S. (2013). Searchlight analysis: promise, pitfalls, and potential. *NeuroImage*
//   78, 261–269. [doi:10.1016/j.neuroimage.2013.03.041](https://doi.org/10.1016/j.neuroimage.2013.03.041)
// - Haxby, J. V. and others (2001). Distributed and overlapping representations of faces and objects in ventral temporal
//   cortex. *Science* 293, 2425–2430. [doi:10.1126/science.1063736](https://doi.org/10.1126/science.1063736)
// - Kriegeskorte, N., Goebel, R. & Bandettini, P. (2006). Information-based functional brain mapping. *PNAS* 103,
//   3863–3868. [doi:10.1073/pnas.0600244103](https://doi.org/10.1073/pnas.0600244103)
// - Nichols, T. E. & Holmes, A. P. (2002). Nonparametric permutation tests for functional neuroimaging. *Human Brain
//   Mapping* 15, 1–25. [doi:10.1002/hbm.1058](https://doi.org/10.1002/hbm.1058)
// - Walther, A. and others (2016). Reliability of dissimilarity measures for multi-voxel pattern analysis. *NeuroImage* 137,
//   188–200. [doi:10.1016/j.neuroimage.2015.12.012](https://doi.org/10.1016/j.neuroimage.2015.12.012)
