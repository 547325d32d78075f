// %% [markdown]
// # From scans to patterns: BIDS, single trials, noise and crossnobis
//
// You have scans. RSA wants patterns: a row of numbers for each thing that was shown. Between the two lie choices that
// decide what a dissimilarity means, and a wrong one leaves no trace: the map looks as good, and is wrong.
//
// This notebook goes the whole way, from a folder in BIDS that fMRIPrep went over to a map and a table of regions for a
// group. It first does what comes to mind, averaging volumes after each picture, and finds an effect in most of the brain. Then it
// finds out that most of it is not there.
//
// By default it runs on demo data: six people, four runs each, twelve pictures of faces, dogs, houses and tools; files and folders as
// fMRIPrep lays them out, drawn on your machine, with a planted effect. **Your own data**: pass the folder of a data set in BIDS that
// has `derivatives/fmriprep`, and say what you want of it:
// `npx tsrsa run notebooks/08-from-scans-to-patterns -p data=FOLDER -p task=… -p space=… -p item=…`.

// %% [markdown] tags=["about"]
// **After this you can** get patterns of single trials from a BIDS folder, say why patterns of neighbouring trials look alike,
// take noise out of distances, and test maps and regions in a group.
//
// **You need** notebook 02: what a searchlight is. **Time**: 90 minutes with its five exercises; it runs in about
// 40 s and 500 MB of memory. **Data**: 15 MB made on your machine in seconds (demo), or your own.

// %% tags=["parameters"]
// "demo", or the folder of a data set in BIDS with derivatives/fmriprep.
let data = "demo";
let task = "objects";
let space = "MNI152NLin2009cAsym";
// The column of the events that says what was shown.
let item = "stim_file";
// Radius of the sphere. Voxels of the demo data are 7 × 7.5 × 7.5 mm.
let radiusMm = 15;
// A region that should not care about pictures, and one that should.
let quiet = "ctx-lh-superiortemporal";
let visual = "ctx-rh-fusiform";

// %%
import { locateData } from "tsrsa/data";

const located = await locateData("objects-fmriprep", data);
located;

// %% [markdown]
// ## 1. What is in the folder
//
// BIDS is an agreement on names: `sub-01_task-objects_run-1_events.tsv` says what it is of. `openBids` lists what is there, and reads
// nothing yet. There are two data sets in one: what was recorded, and below it, in `derivatives`, what fMRIPrep made of it.

// %%
import { openBids, toDataFrame } from "tsrsa";

const bids = await openBids(located.folder);
await toDataFrame(await bids.overview());

// %%
const [first] = bids.subjects;
const query = { task, space };
const found = await bids.runs({ ...query, subject: first });
await toDataFrame(
  found.map(({ run, nVolumes, repetitionTimeS, startTimeS, missing }) => ({
    ...{ run, volumes: nVolumes, "TR (s)": repetitionTimeS },
    ...{ "StartTime (s)": startTimeS, missing: missing.join(", ") },
  })),
);

// %% [markdown]
// Each run comes with its files: the volumes and the mask of the brain (in the space that we asked for), confounds (in no space), events
// (recorded, not derived). `StartTime` is easily missed: the slices of a volume are measured one after the other, and fMRIPrep
// shifts them all to one moment, as a rule the middle. The first volume then stands for 1 s, not for 0 s.
//
// ## 2. What was shown, and when

// %%
import { readTsv } from "tsrsa";

const events = await readTsv(found[0].events ?? "");
(await toDataFrame(events)).head(8);

// %% tags=["setup:volume"]
import { check } from "tsrsa/course";

const onsetS = Number(events.row(1).onset);
const trS = found[0].repetitionTimeS ?? 2;
const startS = found[0].startTimeS ?? 0;

// %% [markdown] tags=["exercise:volume"]
// ### Exercise 1: which volume? (2 minutes)
//
// Blood answers late: most about 5 s after a picture. Volume *k* (counted from 0) stands for the moment `startS + k × trS`.
// Which volume is nearest to 5 s after the second picture, shown at `onsetS`?

// %% [markdown] tags=["hint:volume"]
// Solve `startS + k × trS = onsetS + 5` for *k*.

// %% [markdown] tags=["hint:volume"]
// `Math.round` gives the nearest whole number.

// %% tags=["exercise:volume"]
const volume = Math.round((onsetS + 5 - startS) / trS); // blank: the volume
const when = { onsetS: onsetS, delayS: 5, trS: trS, startS: startS };
check("08/volume", volume, when);

// %% [markdown] tags=["explanation:volume"]
// Without `StartTime` everything is late by half a TR, in every trial alike. A model that is fitted to the wrong moments
// finds less, and says nothing.

// %% [markdown]
// ## 3. What comes to mind: averaging volumes
//
// Take the volume 5 s after each picture as its pattern; average those of the same picture; correlate. It is done in a few lines, and it
// is done often. Let us see what it gives.
//
// First the volumes: of each run the slow drift goes (a straight line for each voxel), and only voxels of the brain stay.

// %%
import { cleanVolumes, readBidsRuns } from "tsrsa";

const scans = await readBidsRuns(bids, { ...query, subject: first });
const images = scans.found.map(({ bold }) => bold);
const series = await cleanVolumes(images, {
  ...{ mask: scans.mask, detrend: true, standardize: "none" },
  onProgress: false,
});
console.log(`${series.voxels.length} voxels × ${series.nVolumes} volumes`);

// %% [markdown]
// Then a label for each volume that is 5 s after a picture: the picture, and also which trial of which run it was.

// %%
import { asTable } from "tsrsa";

const perRun = series.nVolumes / found.length;
interface Shown {
  item: string;
  category: string;
  run: number;
  at: number;
  onsetS: number;
  volume: number;
}

// %%
const tables = scans.runs.map((run) => asTable(run.events));
const trials: Shown[] = tables.flatMap((shown, run) =>
  shown.rows().map((row, at) => ({
    ...{ item: String(row[item]), category: String(row.trial_type) },
    ...{ run: run, at: at, onsetS: Number(row.onset) },
    volume: run * perRun + Math.round((Number(row.onset) + 5 - startS) / trS),
  })),
);

// %%
const volumes = trials.map((trial) => trial.volume);
/** A label a volume: what was shown 5 s before it. */
const labelled = (nameOf: (trial: Shown) => string) => {
  const labels = Array<string>(series.nVolumes).fill("nothing");
  for (const trial of trials) labels[trial.volume] = nameOf(trial);
  return labels;
};
console.log(`${trials.length} trials`);

// %% [markdown]
// Two ideas of what is alike. **category**: 0 for two pictures of one category, 1 for two of different ones. **animacy**: 0 where both
// are alive or neither is.

// %%
import { categoryRdm, plotRdms } from "tsrsa";

const items = [...new Set(trials.map((trial) => trial.item))].sort();
const categories = new Map(
  trials.map(({ item, category }) => [item, category]),
);
const categoryOf = (name: string) => categories.get(name) ?? "";
const isAlive = (name: string) => ["face", "dog"].includes(categoryOf(name));
const named = (name: string) => ({ items, name });
const category = categoryRdm(items.map(categoryOf), named("category"));
const animacy = categoryRdm(items.map(isAlive), named("animacy"));
const ideas = items.some(isAlive) ? [category, animacy] : [category];
plotRdms(ideas, { categories: categoryOf, order: items });

// %%
import { plotStatMap, readNifti, rsaNifti } from "tsrsa";

const [t1w] = await bids.files({
  subject: first,
  suffix: "T1w",
  entities: { space },
});
const anatomy = t1w === undefined ? undefined : await readNifti(t1w.path);
const background = anatomy === undefined ? {} : { background: anatomy };
const averaged = await rsaNifti(series, ideas, {
  ...{ labels: labelled((trial) => trial.item), volumes: volumes },
  ...{ radiusMm: radiusMm, onProgress: false },
});
plotStatMap(averaged.map("category"), {
  ...{ ...background, threshold: 0.1 },
  ...{ title: "Averaged volumes: category", label: "Spearman's ρ" },
});

// %% [markdown]
// A great deal of brain knows categories, it seems. Look at all the scores:

// %%
import { median, plotDistribution, report, type RsaMaps } from "tsrsa";

const scoresOf = (maps: RsaMaps, model = "category") => {
  const { data } = maps.map(model);
  const all = Array.from(maps.centres, (voxel) => data[voxel]);
  return all.filter((score) => !Number.isNaN(score));
};
const scoresAveraged = scoresOf(averaged);
report("median score, averaged volumes", median(scoresAveraged));
plotDistribution(
  { "all spheres": scoresAveraged },
  { label: "Spearman's ρ", title: "Averaged volumes: category" },
);

// %%
import { claim } from "tsrsa";

if (located.kind === "demo")
  claim(
    "averaged volumes: half of all spheres score above 0.1",
    median(scoresAveraged) > 0.1,
  );

// %% [markdown]
// Half of all spheres above that number, in a brain of which most does something else. Something is wrong with the zero.
//
// ## 4. Neighbours in time look alike
//
// Look at the events again: the three pictures of a category were shown one after the other. Many experiments do that, and in
// those that do not, chance does it a little. Now take a region that should not care about pictures, and ask how dissimilar
// *trials* are there, depending on how much time is between them.

// %%
if (located.kind === "demo")
  claim(
    "three pictures of a category were shown one after the other",
    trials.every(
      ({ category, at }, k) => category === trials[k - (at % 3)].category,
    ),
  );

// %%
import { makeMask, readAtlas } from "tsrsa";

const regionsOf = (run: { parcellation: string | null }) =>
  readAtlas(run.parcellation ?? "", {
    names: found[0].parcellationNames ?? {},
  });
const atlas = await regionsOf(found[0]);
console.log(`names without a voxel: ${atlas.absent.join(", ") || "none"}`);
const maskOf = (name: string) => {
  const label = atlas.regions.find((one) => one.name === name)?.label;
  const data = atlas.labels.map((one) => (one === label ? 1 : 0));
  return makeMask({ data: data, shape: atlas.shape, affine: atlas.affine });
};
plotStatMap(maskOf(quiet), {
  ...{ ...background, title: quiet, label: "the region" },
});

// %%
import { mean, rdmNifti } from "tsrsa";

const nameOf = (trial: { run: number; at: number }) =>
  `${trial.run}/${trial.at}`;
const ofTrials = await rdmNifti(series, {
  ...{ labels: labelled(nameOf), volumes: volumes, brainMask: maskOf(quiet) },
});
const trialRdm = ofTrials.first();
const apart = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16];
const dissimilarity = apart.map((steps) => {
  const pairs = trials.flatMap((a) =>
    trials
      .filter((b) => b.run === a.run && b.at === a.at + steps)
      .map((b) => trialRdm.between(nameOf(a), nameOf(b))),
  );
  return mean(pairs);
});

// %%
import { plotTimeCourse } from "tsrsa";

const gap = mean(
  trials.slice(1, 8).map(({ onsetS }, at) => onsetS - trials[at].onsetS),
);
const times = apart.map((steps) => steps * gap);
plotTimeCourse(
  { name: "two trials of a run", times, values: dissimilarity },
  {
    ...{ yLabel: "1 − r", peaks: false },
    title: `${quiet}: how far apart are trials in time, and in pattern?`,
    caption:
      "Mean dissimilarity of the patterns of two trials of one run, over seconds between their onsets.",
  },
);

// %%
report("1 − r of neighbouring trials", dissimilarity[0]);
report("1 − r of trials far apart", mean(dissimilarity.slice(-3)));
claim(
  "where nothing should be, neighbouring trials look alike",
  dissimilarity[0] < mean(dissimilarity.slice(-3)) - 0.1,
);

// %% [markdown]
// Two reasons. The noise is slow: what drifts by at one moment is still there four seconds later. And the answer of the blood to a
// picture lasts for ten seconds and more, so that the next one is measured on top of it. Pictures of one category are neighbours in
// time, so their patterns share noise, so the category model fits: everywhere. Averaging over runs does not help, because they
// are neighbours in every run.
//
// Three things do: a model that takes overlapping answers apart, a distance between patterns of *different* runs, which share no noise,
// and a look at the noise itself.
//
// ## 5. A model of a run
//
// The general linear model says what a voxel's signal is made of: for each category its events, blurred as blood blurs them; how the head moved;
// slow waves (a high-pass filter); a constant. `designMatrix` makes the columns.

// %%
import { designMatrix, readConfounds } from "tsrsa";

const confounds = await readConfounds(found[0].confounds ?? "", {
  strategy: "motion6",
});
const highPassHz = 1 / 128;
const design = designMatrix(tables[0], {
  ...{ tr: trS, nVolumes: perRun, sliceTimeRef: startS / trS },
  ...{ confounds: confounds, highPassHz: highPassHz },
});
console.log(design.names.join(", "));

// %%
const conditions = design.record.columns.slice(0, 4);
plotTimeCourse(
  conditions.map((name) => ({
    ...{ name: name, times: design.frameTimesS },
    values: design.column(name),
  })),
  { yLabel: "expected signal", peaks: false, title: "Columns of one run" },
);

// %% [markdown] tags=["exercise:dof"]
// ### Exercise 2: what is left? (3 minutes)
//
// Each column takes one degree of freedom: something that the noise can no longer do. How many are left in this run, when the columns
// are independent? (`design.shape` is volumes × columns.) Tests of this model use them (section 7's has a column a trial and leaves fewer).

// %% [markdown] tags=["hint:dof"]
// Of `design.names`, nothing is free of charge: neither confounds, nor drifts, nor the constant.

// %% tags=["exercise:dof"]
const dof = design.shape[0] - design.shape[1]; // blank: degrees of freedom
check("08/dof", dof, {
  names: design.names,
  nVolumes: design.shape[0],
  conditions: design.record.columns,
  confounds: confounds.names,
});

// %% [markdown] tags=["explanation:dof"]
// With 24 motion parameters instead of six, 18 fewer: in a short run that is a lot. A model is not better for having more columns.

// %%
import { firstLevel } from "tsrsa";

const subject = await readBidsRuns(
  bids,
  { ...query, subject: first },
  { confounds: { strategy: "motion6" } },
);
const model = await firstLevel(subject.runs, {
  ...{ mask: subject.mask, highPassHz: highPassHz, onProgress: false },
});
model;

// %% [markdown]
// A contrast is a first look, and a test that the model works: pictures against nothing should light up the back of the brain.

// %%
const all = Object.fromEntries(
  design.record.columns.map((name) => [
    name,
    1 / design.record.columns.length,
  ]),
);
const shown = model.contrast(all, "pictures");
plotStatMap(shown.map("stat"), {
  ...{ ...background, threshold: 5 },
  ...{ title: "Pictures against nothing", label: "t" },
});

// %% [markdown]
// ## 6. A pattern for every trial
//
// For RSA we want single pictures. One column for each trial (*least squares all*, LSA) is the obvious design, but neighbouring columns look
// so alike that their amplitudes are hardly told apart: their variance is inflated. *Least squares separate* (LSS; Mumford and others,
// 2012) makes a design for each trial: that trial, and one column for all others.

// %%
import { trialBetas } from "tsrsa";

const how = {
  mask: subject.mask,
  highPassHz,
  item,
  onProgress: false,
} as const;
const lsa = await trialBetas(subject.runs, { ...how, method: "lsa" });
const betas = await trialBetas(subject.runs, how);
const inflation = lsa.table.column("inflation").map(Number);
report("median inflation of variance, one column a trial", median(inflation));
(await toDataFrame(betas.table)).head(5);

// %% [markdown]
// The patterns know their items (`betas.items`) and runs (`betas.runs`), and are given to `rsaNifti` like an image. Does the model alone mend our
// zero?

// %%
const sphere = { labels: betas.items, radiusMm, onProgress: false } as const;
const modelled = await rsaNifti(betas, ideas, sphere);
report("median score, single trials", median(scoresOf(modelled)));

// %% [markdown]
// It is better, but whether it is right is luck: trials of a run still share its noise.
//
// ## 7. Noise, and a distance without it
//
// What the model leaves, the *residuals*, is noise, and it shows what noise is like: neighbouring voxels share some of it.

// %%
import { voxelOfNumber, voxelToMm } from "tsrsa";

const residuals = await betas.residuals({ onProgress: false });
const [noise] = residuals;
const nVoxels = noise.voxels.length;
const courseOf = (v: number) =>
  Array.from(
    { length: noise.shape[0] },
    (_, t) => noise.data[t * nVoxels + v],
  );
const some = Array.from({ length: 260 }, (_, at) =>
  Math.floor((at * nVoxels) / 260),
);
const courses = some.map(courseOf);
const places = some.map((v) =>
  voxelToMm(betas.header, voxelOfNumber(betas.header.shape, noise.voxels[v])),
);

// %%
import { pearson } from "tsrsa";

const links = places.flatMap((a, i) =>
  places.slice(i + 1).map((b, k) => ({
    mm: Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]),
    r: pearson(courses[i], courses[i + 1 + k]),
  })),
);
const near = links.filter(({ mm }) => mm < radiusMm);
const far = links.filter(({ mm }) => mm > 60);

// %%
const noiseNear = mean(near.map(({ r }) => r));
const noiseFar = mean(far.map(({ r }) => r));
report("correlation of noise, voxels of one sphere", noiseNear);
report("correlation of noise, more than 60 mm apart", noiseFar);
if (located.kind === "demo")
  claim(
    "the noise of voxels of one sphere is more alike than that of far ones",
    noiseNear > noiseFar + 0.1,
  );
plotDistribution(
  { near: near.map(({ r }) => r), far: far.map(({ r }) => r) },
  { label: "correlation of the noise of two voxels", nBins: 30 },
);

// %% [markdown]
// A difference of two patterns that goes along with such noise says little; the same difference across it says much. *Noise
// normalisation* measures a difference in units of the noise: with the covariance Σ of the residuals, δᵀ Σ⁻¹ δ instead of δᵀδ (Mahalanobis'
// distance). Σ of a sphere has more numbers than a run has volumes, so it is *shrunk* towards its diagonal (Schäfer & Strimmer, 2005).
//
// And *cross-validation* (notebook 02, section 12) takes the two δ of different runs: *r* and all others. Noise of two runs does not agree, so
// where there is no difference the mean is 0, and the distance may be negative. Both together are **crossnobis** (Walther and
// others, 2016): the mean over runs of
//
// δ₋ᵣᵀ Σ⁻¹ δᵣ / p, with p the number of voxels.

// %% tags=["setup:by-hand"]
const [one, other] = [...new Set(categories.values())].sort();
const region = maskOf(visual).data;
const inside = [...betas.voxels.keys()].filter(
  (v) => region[betas.voxels[v]] === 1,
);

// %% tags=["setup:by-hand"]
const shownAt = betas.items.map(categoryOf);
/** In one voxel and run, the mean of a category's trials. */
const meanAt = (v: number, run: string, name: string) =>
  mean(
    [...shownAt.keys()]
      .filter((at) => betas.runs[at] === run && shownAt[at] === name)
      .map((at) => betas.data[v * betas.nVolumes + at]),
  );
const differences = [...new Set(betas.runs)].map((run) =>
  inside.map((v) => meanAt(v, run, one) - meanAt(v, run, other)),
);

// %% [markdown] tags=["exercise:by-hand"]
// ### Exercise 3: cross-validation by hand (10 minutes)
//
// `differences` has a row a run: the pattern of one category minus that of another, in the voxels of a region. Leave the noise
// aside (Σ is the identity), and compute the distance: the mean, over runs *r*, of the products of `differences[r]` with the mean of the
// *other* rows, over the number of voxels.

// %% [markdown] tags=["hint:by-hand"]
// `const others = differences.filter((_, s) => s !== r)`; then, in voxel v, the mean of `others.map((row) => row[v])`.

// %% [markdown] tags=["hint:by-hand"]
// Or: all pairs of two different runs, the products of their rows summed over voxels, the mean of it all over p.

// %% tags=["exercise:by-hand"]
// blank begin: distance, cross-validated
const products = differences.map((row, r) => {
  const others = differences.filter((_, s) => s !== r);
  return mean(row.map((value, v) => value * mean(others.map((o) => o[v]))));
});
const distance = mean(products);
// blank end
check("08/by-hand", distance, { differences: differences });

// %% [markdown] tags=["explanation:by-hand"]
// Take the root of it? There is none where it is negative, and the mean of roots is no longer unbiased. Leave it as it is.

// %% [markdown] tags=["instructor:by-hand"]
// Let half of the room take all runs in both places: the square of the mean difference. Then give both halves the quiet region
// instead (`maskOf(quiet)`): one half finds a distance where there is none.

// %% [markdown]
// ## 8. Crossnobis in every sphere
//
// Each sphere has its own noise; `rsaNifti` takes the residuals and makes the covariance of each.

// %%
const crossnobis = {
  ...{ labels: betas.items, folds: betas.runs, noise: { residuals } },
  ...{ metric: "crossnobis" as const, onProgress: false as const },
};
const maps = await rsaNifti(betas, ideas, { ...crossnobis, radiusMm });
const zeros = {
  "averaged volumes": scoresAveraged,
  "single trials": scoresOf(modelled),
  crossnobis: scoresOf(maps),
};
report("median score, crossnobis", median(zeros.crossnobis));
plotDistribution(zeros, {
  ...{ label: "Spearman's ρ", title: "All spheres, category model" },
  lines: {},
});

// %%
await toDataFrame(
  Object.entries(zeros).map(([patterns, scores]) => ({
    patterns,
    "median of all spheres": median(scores),
    "spheres above 0": mean(scores.map((score) => Number(score > 0))),
    highest: Math.max(...scores),
  })),
);

// %%
claim(
  "with crossnobis most spheres score about 0 (median within 0.05)",
  Math.abs(median(zeros.crossnobis)) < 0.05,
);
plotStatMap(maps.map("category"), {
  ...{ ...background, threshold: 0.3 },
  ...{ title: "Crossnobis: category", label: "Spearman's ρ" },
});

// %% tags=["setup:below-zero"]
const inQuiet = await rdmNifti(betas, {
  ...crossnobis,
  brainMask: maskOf(quiet),
});
const quietRdm = inQuiet.first();

// %% [markdown] tags=["exercise:below-zero"]
// ### Exercise 4: below zero (3 minutes)
//
// `quietRdm` has the crossnobis dissimilarities of the quiet region. What share of them (0 to 1) is below 0?

// %% [markdown] tags=["hint:below-zero"]
// `quietRdm.condensed` has each pair once.

// %% tags=["exercise:below-zero"]
const below = mean(quietRdm.condensed.map((d) => Number(d < 0))); // blank: the share
check("08/below-zero", below, { rdm: quietRdm });

// %% [markdown] tags=["explanation:below-zero"]
// About half, where nothing tells the pictures apart: that is what a zero looks like. Setting negative distances to 0 would move it.

// %% [markdown]
// ## 9. Regions instead of spheres
//
// An atlas asks fewer questions: one a region. fMRIPrep writes FreeSurfer's regions beside the volumes (`desc-aparcaseg_dseg`; of real data in
// space T1w), and their names in a table. Names without a voxel are listed, and shift no others.

// %%
import { rsaAtlas } from "tsrsa";

const regions = await rsaAtlas(betas, atlas, ideas, crossnobis);
await toDataFrame(
  regions
    .toTable()
    .select(["region", "model", "score", "voxels", "reason"])
    .where((row) => row.model === "category"),
);

// %% [markdown]
// ## 10. All people
//
// The same for everybody: one function, and nothing looked at in between.

// %%
import type { AtlasScores } from "tsrsa";

const quietly = { onProgress: false } as const;
const people: Record<string, RsaMaps> = { [first]: maps };
const scored: AtlasScores[] = [regions];
const motion = { confounds: { strategy: "motion6" } } as const;

// %%
for (const person of bids.subjects.slice(1)) {
  const whose = { ...query, subject: person };
  const own = await readBidsRuns(bids, whose, motion);
  const patterns = await trialBetas(own.runs, { ...how, mask: own.mask });
  const residuals = await patterns.residuals(quietly);
  const folds = { labels: patterns.items, folds: patterns.runs };
  const same = { ...crossnobis, ...folds, noise: { residuals } };
  people[person] = await rsaNifti(patterns, ideas, { ...same, radiusMm });
  const areas = await regionsOf(own.found[0]);
  scored.push(await rsaAtlas(patterns, areas, ideas, same));
}

// %%
import { display, groupMaps } from "tsrsa";

for (const { name } of ideas) {
  const test = { tail: "greater", thresholdP: 0.01 } as const;
  const group = await groupMaps(people, { model: name, ...test, ...quietly });
  const [best] = group.test.clusters;
  report(`clusters of ${name}`, {
    ...{ p: best?.pValue, voxels: best?.positions.length },
  });
  const label = `mean ρ (${Object.keys(people).length} people)`;
  const title = `Significant clusters: ${name}`;
  await display(
    plotStatMap(group.significant, { ...background, label, title }),
  );
}

// %%
import { groupAtlas, plotHeatmap } from "tsrsa";

const group = await groupAtlas(scored);
plotHeatmap(group.heatmap, {
  ...{ label: "mean score", method: group.method, decimals: 2 },
});

// %% tags=["setup:fdr"]
// A region where nobody has a score has no p, and is no test.
const pValues = group.table
  .column("p")
  .map(Number)
  .filter((p) => !Number.isNaN(p));

// %% [markdown] tags=["exercise:fdr"]
// ### Exercise 5: how many are left? (5 minutes)
//
// `pValues` has a p value for each region and model. How many are discoveries at a false discovery rate of 0.05 (Benjamini and
// Hochberg)? Sort them; find the largest *k* whose *k*-th smallest p is at most 0.05 · *k* / *m*; it and all smaller ones count.

// %% [markdown] tags=["hint:fdr"]
// `const sorted = pValues.toSorted((a, b) => a - b)`, and `findLastIndex`.

// %% tags=["exercise:fdr"]
// blank begin: nFound, the number of discoveries
const ordered = pValues.toSorted((a, b) => a - b);
const passes = (p: number, at: number) =>
  p <= (0.05 * (at + 1)) / ordered.length;
const nFound = ordered.findLastIndex(passes) + 1;
// blank end
check("08/fdr", nFound, { pValues: pValues, level: 0.05 });

// %% [markdown] tags=["explanation:fdr"]
// The column `q` of the table says the same: it is up to 0.05 in so many rows. Stars in the heat map are those.

// %% [markdown]
// ## 11. Was it right?
//
// In the demo data we know: categories in fusiform cortex on both sides, and in lateral occipital cortex whether a picture is alive.

// %%
import { Table, type Volume } from "tsrsa";

type Truth = Volume | undefined;
/** The median score where this is planted: 0 nothing, 1 and 2 a code. */
function within(truth: Truth, maps: RsaMaps, name: string, code: number) {
  const { data } = maps.map(name);
  const inside = [...maps.centres].filter((v) => truth?.data[v] === code);
  const scores = inside.map((v) => data[v]);
  return median(scores.filter((score) => !Number.isNaN(score)));
}
const file = `sub-${first}_space-${space}_dseg.nii.gz`;
const truth =
  located.kind !== "demo"
    ? undefined
    : await readNifti(`${located.folder}/sourcedata/planted/${file}`);

// %%
const ways = { "averaged volumes": averaged, "single trials": modelled };
const compared = { ...ways, crossnobis: maps };
const medians = (name: string, code: number) =>
  Object.values(compared).map((one) => within(truth, one, name, code));
if (truth !== undefined)
  await display(
    new Table({
      ...{ patterns: Object.keys(compared) },
      ...{ "nothing there": medians("category", 0) },
      ...{ categories: medians("category", 1) },
      ...{ "alive or not": medians("animacy", 2) },
    }),
  );
else console.log("These are no demo data: nobody knows the truth.");

// %%
if (truth !== undefined) {
  const empty = within(truth, maps, "category", 0);
  const full = within(truth, maps, "category", 1);
  report("median score of category where nothing was planted", empty);
  report("median score of category where it was planted", full);
  claim(
    "crossnobis: the score is about 0 where nothing was planted, and high where it was",
    Math.abs(empty) < 0.05 && full > 0.4,
  );
}

// %%
const scoreIn = (region: string, model: string) => {
  const rows = group.table.where((r) => r.region === region);
  return Number(rows.where((r) => r.model === model).row(0).mean);
};
if (located.kind === "demo")
  claim(
    "categories in fusiform cortex, what is alive in lateral occipital cortex, nothing in the quiet region",
    scoreIn(visual, "category") > 0.3 &&
      scoreIn("ctx-rh-lateraloccipital", "animacy") > 0.3 &&
      Math.abs(scoreIn(quiet, "category")) < 0.1,
  );

// %% [markdown]
// ## 12. In one command, and for others to read
//
// All of it without a notebook: `glm` writes the patterns, `rsa-nifti` a map a person and model, into a folder of derivatives whose names BIDS
// would give, each with a sidecar that says sources and their hashes, options and version:
//
// ```
// npx tsrsa rsa-nifti --bids DATA --task objects --space MNI152NLin2009cAsym --item stim_file --strategy motion6 \
//   --metric crossnobis --radius-mm 15 --model category.npy --items items.txt --out DATA/derivatives/tsrsa
// ```

// %% [markdown]
// ## What to keep in mind
//
// - What is shown together looks alike, also where nothing is: slow noise and overlapping answers. Shuffle the order anew in every run.
// - A model takes answers apart; only different runs share no noise.
// - Crossnobis has a zero. Leave negative distances as they are, and take no roots.
// - Shrinkage gives spheres of different sizes different scales: compare their RDMs by rank or correlation.
// - `StartTime`, the grid of the mask, names of regions: each shifts results without a word when it is taken for granted.

// %% [markdown]
// ## To discuss
//
// 1. Your pictures were shown in one fixed order for all people. What can still be said?
// 2. A colleague averages the patterns of a picture over runs and correlates. The map is beautiful. What do you ask for?
// 3. When would you rather have conditions as columns (`firstLevel`) than single trials?
//
// ## To read on
//
// - Cai, M. B., Schuck, N. W., Pillow, J. W. & Niv, Y. (2019). Representational structure or task structure? Bias in neural
//   representational similarity analysis and a Bayesian method for reducing bias. *PLOS Computational Biology* 15, e1006299.
//   [doi:10.1371/journal.pcbi.1006299](https://doi.org/10.1371/journal.pcbi.1006299)
// - Esteban, O. and others (2019). fMRIPrep: a robust preprocessing pipeline for functional MRI. *Nature Methods* 16, 111–116.
//   [doi:10.1038/s41592-018-0235-4](https://doi.org/10.1038/s41592-018-0235-4)
// - Gorgolewski, K. J. and others (2016). The brain imaging data structure. *Scientific Data* 3, 160044.
//   [doi:10.1038/sdata.2016.44](https://doi.org/10.1038/sdata.2016.44)
// - Mumford, J. A., Turner, B. O., Ashby, F. G. & Poldrack, R. A. (2012). Deconvolving BOLD activation in event-related designs for
//   multivoxel pattern classification analyses. *NeuroImage* 59, 2636–2643.
//   [doi:10.1016/j.neuroimage.2011.08.076](https://doi.org/10.1016/j.neuroimage.2011.08.076)
// - Schäfer, J. & Strimmer, K. (2005). A shrinkage approach to large-scale covariance matrix estimation and implications for
//   functional genomics. *Statistical Applications in Genetics and Molecular Biology* 4, 32.
//   [doi:10.2202/1544-6115.1175](https://doi.org/10.2202/1544-6115.1175)
// - Walther, A. and others (2016). Reliability of dissimilarity measures for multi-voxel pattern analysis. *NeuroImage* 137, 188–200.
//   [doi:10.1016/j.neuroimage.2015.12.012](https://doi.org/10.1016/j.neuroimage.2015.12.012)
