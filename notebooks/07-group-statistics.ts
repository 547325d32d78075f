// %% [markdown]
// # From one person to a group: intervals, t, and clusters in time and on the cortex
//
// An RSA score of one person says little about people. Here are the scores of sixteen who looked at faces (Wakeman &
// Henson, 2015): how well their MEG follows two ideas of the pictures, *pixels* and *FaceNet*, over time, and then at every
// place of the cortex. What holds for all of them? And how does one test thousands of places without finding
// something by chance?
//
// This notebook follows the third tutorial of MNE-RSA step by step. By default it runs on demo data: the same folders,
// files and formats, made on your machine in seconds, with a planted effect. Nothing below knows the difference.
//
// **The real data:** `npx tsrsa data fetch meg-faces` fetches, checks and unpacks the `rsa-data.zip` of MNE-RSA's tutorials,
// and `npx tsrsa run notebooks/07-group-statistics -p data=real` runs on them. If you have them already, pass their folder:
// `-p data=PATH/data`.

// %% [markdown] tags=["about"]
// **After this you can** draw a mean of people with its interval, test a window, find clusters in time and on the cortex by
// permutation, and say what such a cluster tells and what it does not.
//
// **You need** notebooks 01 and 06, or to know what an RSA score over time is. **Time**: 60 minutes with its five exercises;
// it runs in about 15 s and 500 MB of memory. **Data**: made on your machine in a few seconds (demo); the real ones are
// 1.1 GB, and take some minutes and 2 GB of memory.

// %% tags=["parameters"]
// "demo", "real" (fetched), or the folder of the real data.
let data = "demo";
// Ways to turn the signs of people, in each test. There are 32,768
// two-sided, 65,536 one-sided.
let permutations = 1000;

// %%
import { locateData } from "tsrsa/data";

const located = await locateData("meg-faces", data);
located;

// %% [markdown]
// ## 1. Sixteen people
//
// For each person there is a file of evokeds, one a model: the RSA score of all sensors at each time. We ask the folder who
// is in it, so that nobody is forgotten and nobody is counted twice.

// %%
import { claim, listFiles, readEvokeds, report } from "tsrsa";

const groupFolder = `${located.folder}/group_analysis`;
const files = await listFiles(groupFolder, /^sub-\d+-rsa-ave\.fif$/);
const people = files.map((file) => file.slice(0, "sub-00".length));
console.log(people.join(" "));
report("people", people.length);
claim("there are sixteen people", people.length === 16);

// %%
const evokeds = await Promise.all(
  files.map((file) => readEvokeds(`${groupFolder}/${file}`)),
);
evokeds[0];

// %% [markdown]
// A model is found by its name, not by its place in the file. What we need is a table: a row for each person, a column for
// each time.

// %%
const scoresOf = (model: string) =>
  evokeds.flatMap((ofPerson) =>
    ofPerson
      .filter(({ comment }) => comment === model)
      .map(({ data: scores }) => Array.from(scores.data)),
  );
const [{ times }] = evokeds[0];
const pixels = scoresOf("pixels");
const facenet = scoresOf("facenet");
console.log(`${pixels.length} people × ${times.length} times`);
claim("there are 199 times", times.length === 199);
claim(
  "each person has one curve for each model",
  pixels.length === people.length && facenet.length === people.length,
);

// %% [markdown]
// ## 2. The mean, and how far it may be off
//
// If sixteen other people had come, the mean would have been another one. A *95 % interval of the mean* says how much
// so: of a hundred such studies, about 95 intervals hold the true mean. The band below is Student's interval, from the
// spread of the people (n − 1 degrees of freedom).

// %%
import { plotTimeCourse, summarizePeople } from "tsrsa";

const summaryOf = async (name: string, scores: number[][]) => {
  const { mean, lower, upper, words } = await summarizePeople(scores);
  const band = { lower: lower.data, upper: upper.data, bandLabel: words };
  return { name, times, values: mean.data, ...band };
};
const meanPixels = await summaryOf("pixels", pixels);
const meanFacenet = await summaryOf("FaceNet", facenet);
plotTimeCourse([meanPixels, meanFacenet], {
  title: "All sensors, mean of the people",
  yLabel: "RSA score",
});

// %%
const peakOf = (values: ArrayLike<number>) => {
  const all = Array.from(values);
  return all.indexOf(Math.max(...all));
};
const peakPixels = peakOf(meanPixels.values);
const peakFacenet = peakOf(meanFacenet.values);
report("peak of pixels, s", times[peakPixels]);
report("peak of FaceNet, s", times[peakFacenet]);
if (located.kind === "demo")
  claim(
    "the mean follows the pixels first, then FaceNet",
    times[peakPixels] < times[peakFacenet] - 0.05,
  );

// %% [markdown]
// Does the kind of interval matter? Drawing people with replacement, 2,000 times, makes no assumption about how scores are
// spread over people (MNE draws this one). It tends to be a little narrower with few people.

// %%
import type { PeopleSummary } from "tsrsa";

const bootstrap = await summarizePeople(pixels, { interval: "bootstrap" });
const widthAt = (bounds: PeopleSummary, at: number) =>
  bounds.upper.data[at] - bounds.lower.data[at];
const student = await summarizePeople(pixels);
report("width at the peak, t", widthAt(student, peakPixels));
report("width at the peak, bootstrap", widthAt(bootstrap, peakPixels));
claim(
  "the two intervals are alike to a quarter",
  Math.abs(
    1 - widthAt(bootstrap, peakPixels) / widthAt(student, peakPixels),
  ) < 0.25,
);

// %% tags=["setup:smallest-p"]
import { check } from "tsrsa/course";

// %% [markdown] tags=["exercise:smallest-p"]
// ### Exercise 1: the smallest p (2 minutes)
//
// A permutation test of a group turns the sign of each person's scores, in all ways there are. Turning all signs at once
// gives the same two-sided statistic, so half of the ways are enough. What is the smallest two-sided p that this
// group can give?

// %% [markdown] tags=["hint:smallest-p"]
// Each person has two signs. How many ways is that for two people? For three?

// %% [markdown] tags=["hint:smallest-p"]
// The data as they are, are one of the ways. A p is the share of ways that are as extreme.

// %% tags=["exercise:smallest-p"]
const smallestP = 1 / 2 ** (people.length - 1); // blank: from people.length
check("07/smallest-p", smallestP, { nPeople: people.length });

// %% [markdown] tags=["explanation:smallest-p"]
// With six people it is 1/32: more permutations do not help, only more people do.

// %% [markdown] tags=["exercise:interval"]
// ### Exercise 2: the interval by hand (5 minutes)
//
// `atPeak` has the sixteen scores of *pixels* at the peak of the mean. How far does the 95 % t interval reach to either side
// of the mean? `studentTThreshold(p, dof)` gives the t that is exceeded with probability *p*.

// %% tags=["setup:interval"]
import { mean, studentTThreshold } from "tsrsa";

const atPeak = pixels.map((scores) => scores[peakPixels]);

// %% [markdown] tags=["hint:interval"]
// The standard error is the standard deviation (n − 1) divided by the root of the number of people.

// %% [markdown] tags=["hint:interval"]
// 95 % in the middle leave 2.5 % on either side.

// %% tags=["exercise:interval"]
// blank begin: halfWidth, from atPeak
const centre = mean(atPeak);
const squares = atPeak.map((score) => (score - centre) ** 2);
const variance = (mean(squares) * atPeak.length) / (atPeak.length - 1);
const standardError = Math.sqrt(variance / atPeak.length);
const halfWidth = studentTThreshold(0.025, atPeak.length - 1) * standardError;
// blank end
check("07/interval", halfWidth, { values: atPeak });

// %% [markdown] tags=["explanation:interval"]
// With 1.96 in place of Student's t the interval is too narrow: it forgets that the spread was estimated from sixteen people.

// %% [markdown]
// ## 3. One window, chosen beforehand
//
// Say you had written down, before looking: *from 0.05 to 0.2 s pixels beat FaceNet*. Then that is one number a person and
// model: the mean in the window. One paired test, and no correction. People are their own controls: we test the
// differences against 0.

// %%
import { permutationTTest } from "tsrsa";

const inWindow = (scores: number[]) =>
  mean(scores.filter((_, t) => times[t] >= 0.05 && times[t] < 0.2));
const early = {
  pixels: pixels.map(inWindow),
  facenet: facenet.map(inWindow),
};
const differences = early.pixels.map(
  (score, at) => score - early.facenet[at],
);
const windowTest = await permutationTTest(
  differences.map((difference) => [difference]),
  { permutations: 2 ** (people.length - 1) },
);
report("t of pixels − FaceNet, 0.05 to 0.2 s", windowTest.t.data[0]);
report("its p, exact", windowTest.pValues.data[0]);

// %%
import { plotModelComparison } from "tsrsa";

claim("all ways to turn signs were tried", windowTest.exact);
plotModelComparison(
  {
    models: [
      { name: "pixels", scores: early.pixels },
      { name: "FaceNet", scores: early.facenet },
    ],
  },
  { label: "RSA score, 0.05 to 0.2 s" },
);

// %% [markdown] tags=["exercise:paired"]
// ### Exercise 3: a paired t (5 minutes)
//
// Compute the t of *pixels − FaceNet* in the window yourself, from `early.pixels` and `early.facenet`.

// %% [markdown] tags=["hint:paired"]
// A paired t is the t of one sample: the differences, person by person.

// %% [markdown] tags=["hint:paired"]
// It is the mean of the differences divided by its standard error (n − 1).

// %% tags=["exercise:paired"]
// blank begin: pairedT, from early.pixels and early.facenet
const perPerson = early.pixels.map((score, at) => score - early.facenet[at]);
const middle = mean(perPerson);
const spread = mean(perPerson.map((one) => (one - middle) ** 2));
const pairedT = middle / Math.sqrt(spread / (perPerson.length - 1));
// blank end
check("07/paired", pairedT, {
  ...{ first: early.pixels, second: early.facenet },
});

// %% [markdown] tags=["explanation:paired"]
// Who scores high with one model tends to score high with the other: good data raise both. The difference takes that out;
// an unpaired test leaves it in, as noise.

// %% [markdown]
// ## 4. Any time: clusters
//
// Without a window chosen beforehand there are 199 times, and 199 tests would find ten "effects" in nothing. A *cluster
// test* (Maris & Oostenveld, 2007) asks one question instead: times next to each other where t is beyond a
// threshold make a cluster, and its t are summed. How large is the largest sum when signs are turned at random, so that
// there is no effect? A cluster of the data is rare, or it is not.

// %%
import { clusterTable, permutationClusterTest, toDataFrame } from "tsrsa";

const overTime = { axes: ["times"], permutations: permutations };
const greater = { ...overTime, tail: "greater" } as const;
const testPixels = await permutationClusterTest(pixels, greater);
const testFacenet = await permutationClusterTest(facenet, greater);
plotTimeCourse(
  [
    { ...meanPixels, significant: testPixels.spans(times) },
    { ...meanFacenet, significant: testFacenet.spans(times) },
  ],
  { yLabel: "RSA score", significanceLabel: testPixels.method },
);

// %%
claim(
  "both models have a cluster",
  testPixels.significant.length > 0 && testFacenet.significant.length > 0,
);
(await toDataFrame(clusterTable(testPixels, { timesS: times }))).head();

// %% [markdown]
// And where do the two models differ? That is a test of the differences, in both directions.

// %%
const difference = pixels.map((row, who) =>
  row.map((score, t) => score - facenet[who][t]),
);
const testDifference = await permutationClusterTest(difference, overTime);
plotTimeCourse(
  {
    ...(await summaryOf("pixels − FaceNet", difference)),
    significant: testDifference.spans(times),
  },
  {
    yLabel: "difference of scores",
    significanceLabel: testDifference.method,
  },
);

// %% [markdown]
// ## 5. The same on the cortex
//
// For every place of the cortex and every time there is a score too: the searchlight of notebook 06, for each person. Brains
// differ in shape. So each map was moved to one average brain (`fsaverage`), where a number of a vertex means the same
// place in everybody. (`morphTo` does that; these files are moved already.) Maps are moved, not trials: smoothing trials
// would change their RDMs.

// %%
import { readSourceEstimates, stackEstimates } from "tsrsa";

const mapsOf = async (model: string) => {
  const maps = people.map((who) => {
    const stem = `${groupFolder}/${who}-rsa-${model}-morphed`;
    return readSourceEstimates([`${stem}-lh.stc`]);
  });
  return stackEstimates(await Promise.all(maps), { names: people });
};
const groups = {
  pixels: await mapsOf("pixels"),
  facenet: await mapsOf("facenet"),
};
groups.pixels;

// %%
import { readFreesurferCurv, readFreesurferGeometry } from "tsrsa/io";

const surf = `${located.folder}/freesurfer/fsaverage/surf`;
const halves = async <T>(read: (hemi: "lh" | "rh") => Promise<T>) => ({
  left: await read("lh"),
  right: await read("rh"),
});
const cortex = {
  surfaces: await halves((hemi) =>
    readFreesurferGeometry(`${surf}/${hemi}.inflated`),
  ),
  curvature: await halves((hemi) =>
    readFreesurferCurv(`${surf}/${hemi}.curv`),
  ),
};

// %%
import { display, plotSurfaceMap } from "tsrsa";

for (const [name, atS] of [
  ["pixels", 0.12],
  ["facenet", 0.26],
] as const)
  await display(
    plotSurfaceMap(groups[name].mean(), {
      ...{ ...cortex, atS: atS, threshold: 0.01, label: "mean RSA score" },
      ...{ scale: "sequential", range: [0, 0.06] },
      ...{ views: ["lateral", "ventral"], title: `${name}, ${atS} s` },
    }),
  );

// %% [markdown]
// To look at all times from all sides: drag the cortex, or turn it with the arrow keys; click for the score of a place.

// %%
import { viewSurfaceMap } from "tsrsa";

viewSurfaceMap(groups.pixels.mean(), {
  ...{ ...cortex, threshold: 0.01, scale: "sequential", range: [0, 0.06] },
  ...{ label: "mean RSA score", title: "pixels", views: ["posterior"] },
});

// %% [markdown]
// A mean is not yet a finding: it may come from two people. The t of all people, place by place, says where it is large
// *compared with its spread*.

// %%
const contrast = groups.pixels.minus(groups.facenet);
const observations = contrast.observations();
const least = (values: ArrayLike<number>) =>
  Array.from(values).reduce((a, b) => (b < a ? b : a));
const most = (values: ArrayLike<number>) =>
  Array.from(values).reduce((a, b) => (b > a ? b : a));
report("largest difference", most(observations.data));
report("smallest difference", least(observations.data));
console.log(`${observations.shape.join(" × ")}: people × times × sources`);

// %% [markdown]
// ## 6. Clusters in space and time
//
// On the cortex a place is beside another when an edge of the mesh of sources joins the two; and each place is beside itself
// at the next sample. The rest is as before: clusters are cut at t = 4, one-sided (pixels above FaceNet), as in
// MNE-RSA's tutorial. We do it once by hand, to see that there is nothing more to it. First the t of every place and time.

// %%
const nPlaces = observations.data.length / people.length;
const tOf = (signs: readonly number[]) =>
  Float64Array.from({ length: nPlaces }, (_, place) => {
    const of = (who: number) => observations.data[who * nPlaces + place];
    const scores = signs.map((sign, who) => sign * of(who));
    const center = mean(scores);
    const squared = mean(scores.map((one) => (one - center) ** 2));
    return center / Math.sqrt(squared / (scores.length - 1));
  });
const asTheyAre = people.map(() => 1);
const tByHand = tOf(asTheyAre);

// %%
const tShape = observations.shape.slice(1);
const tOnCortex = contrast.estimates({ data: tByHand, shape: tShape });
plotSurfaceMap(tOnCortex, {
  ...{ ...cortex, atS: 0.12, threshold: 4, range: [-8, 8] },
  ...{ scale: "symmetric", views: ["lateral", "medial"], spread: "nearest" },
  ...{ label: "t", title: "t of pixels − FaceNet, 0.12 s" },
});

// %% [markdown]
// Then the clusters: begin at any position above the threshold, and take along what is beside it, what is beside that, and so
// on until nothing is left to take.

// %%
import { readSourceSpaces, sourceNeighbours } from "tsrsa";

const bem = `${located.folder}/freesurfer/fsaverage/bem`;
const spaces = await readSourceSpaces(`${bem}/fsaverage-ico-5-src.fif`);
const adjacency = await sourceNeighbours(spaces);
const width = adjacency.names.length;
console.log(`${width} sources, ${adjacency.pairs.length} pairs`);
const besideSource = adjacency.names.map((): number[] => []);
for (const pair of adjacency.pairs) {
  const [a, b] = pair.map(Number);
  besideSource[a].push(b);
  besideSource[b].push(a);
}
const beside = (at: number) => [
  ...besideSource[at % width].map((other) => at - (at % width) + other),
  ...[at - width, at + width],
];

// %%
const largestSum = (t: Float64Array) => {
  const left = new Set([...t.keys()].filter((at) => t[at] > 4));
  let largest = 0;
  for (const first of left) {
    const cluster = [first];
    for (const at of cluster)
      for (const next of [at, ...beside(at)])
        if (left.delete(next) && next !== at) cluster.push(next);
    const sum = cluster.reduce((all, at) => all + t[at], 0);
    largest = Math.max(largest, sum);
  }
  return largest;
};
const sumByHand = largestSum(tByHand);

// %% [markdown]
// How large is that sum when there is no effect? Then it would not matter which model is taken from which: the sign of each
// person's difference may as well be the other. One such *relabelling*:

// %%
import { random } from "tsrsa";

const { next: share } = random(7);
const turned = people.map(() => (share() < 0.5 ? -1 : 1));
const sumOfTurned = largestSum(tOf(turned));
report("largest sum of t in a cluster", sumByHand);
report("largest sum of t, signs turned", sumOfTurned);
if (located.kind === "demo")
  claim(
    "with signs turned the largest cluster is less than a tenth",
    sumOfTurned < sumByHand / 10,
  );

// %% [markdown]
// A cluster test does this many times. Its p is the share of relabellings whose largest sum is at least that of the data.

// %%
const test = await permutationClusterTest(observations, {
  ...{ adjacency: adjacency, thresholdT: 4, tail: "greater" },
  permutations: permutations,
});
claim(
  "the test finds the sum that we found by hand",
  Math.abs(test.clusters[0].statistic / sumByHand - 1) < 1e-9,
);
test;

// %%
const tValues = Array.from(test.t.data).filter(Number.isFinite);
report("largest t", most(tValues));
report("smallest t", least(tValues));
report("significant clusters", test.significant.length);

// %%
const between = (value: number, from: number, to: number) =>
  value >= from && value <= to;
if (located.kind === "demo")
  claim("one cluster or more is found", test.significant.length > 0);
if (located.kind === "real")
  claim(
    "differences and t reach as far down and up as in MNE-RSA's tutorial",
    between(least(observations.data), -0.17, -0.16) &&
      between(most(observations.data), 0.29, 0.3) &&
      between(least(tValues), -6.6, -6.5) &&
      between(most(tValues), 7.4, 7.5),
  );

// %%
const [biggest] = test.clusters;
const rows = await toDataFrame(
  clusterTable(test, { timesS: contrast.times }),
);
rows.head();

// %% [markdown]
// For how long is each place in a significant cluster? That is one picture for something that lives in time and space.

// %%
const inClusters = contrast.clusters(test);
plotSurfaceMap(inClusters, {
  ...{ ...cortex, atS: 0, scale: "sequential", threshold: 0.005 },
  ...{ views: ["lateral", "medial", "ventral"], spread: "nearest" },
  ...{ label: "seconds in a cluster", title: "pixels above FaceNet" },
  caption: "How long each place is in a significant cluster, all together.",
});

// %% [markdown] tags=["exercise:mass"]
// ### Exercise 4: what a cluster is judged by (4 minutes)
//
// `biggest` is the most significant cluster of section 6, and `tMap` has the t of all places and times in one list. Compute what this
// cluster was judged by.

// %% tags=["setup:mass"]
const tMap = test.t.data;

// %% [markdown] tags=["hint:mass"]
// `biggest.positions` are places in `tMap`.

// %% [markdown] tags=["hint:mass"]
// What makes a cluster large is both how many positions it has and how high t is there.

// %% tags=["exercise:mass"]
// blank begin: mass, from tMap and biggest.positions
const mass = biggest.positions.reduce(
  (sum, position) => sum + tMap[position],
  0,
);
// blank end
check("07/mass", mass, {
  ...{ t: tMap, positions: biggest.positions, threshold: test.threshold },
});

// %% [markdown] tags=["explanation:mass"]
// It is this number that is compared with the largest of each relabelling. So a p belongs to the *whole* cluster; no single
// place or time in it has one.

// %% [markdown] tags=["instructor:mass"]
// Ask what happens to the sum when the threshold is lowered from 4 to 3, and whether that makes the test better.

// %% [markdown] tags=["exercise:duration"]
// ### Exercise 5: how long (5 minutes)
//
// Positions go time by time, and within a time source by source: position = time × `nSources` + source. For how many
// **milliseconds** is the source where t is highest (`peakSource`) in the cluster `biggest`?

// %% tags=["setup:duration"]
const nSources = adjacency.names.length;
const peakSource = biggest.peakPosition % nSources;
const sampleS = contrast.times[1] - contrast.times[0];

// %% [markdown] tags=["hint:duration"]
// The remainder `position % nSources` is the source of a position.

// %% [markdown] tags=["hint:duration"]
// Each sample counts for `sampleS` seconds.

// %% tags=["exercise:duration"]
// blank begin: durationMs of peakSource in biggest
const samples = biggest.positions.filter(
  (position) => position % nSources === peakSource,
);
const durationMs = samples.length * sampleS * 1000;
// blank end
check("07/duration", durationMs, {
  ...{ positions: biggest.positions, nSources: nSources },
  ...{ source: peakSource, sampleS: sampleS },
});

// %% [markdown] tags=["explanation:duration"]
// `contrast.clusters(test)` has this number, in seconds, for every source and for all significant clusters together: the
// picture above.

// %% [markdown]
// ## 7. What a cluster says, and what not
//
// It says: *the two models differ in this group*. It does not say that they differ at this vertex, nor that the difference
// begins at this time: the edge of a cluster depends on the threshold, and moves with it.

// %%
const lower = await permutationClusterTest(observations, {
  ...{ adjacency: adjacency, thresholdT: 3, tail: "greater" },
  permutations: permutations,
});
for (const one of [test, lower]) {
  const [{ positions }] = one.clusters;
  const first = Math.floor(least(positions) / nSources);
  report(`threshold ${one.threshold}: positions`, positions.length);
  report(`threshold ${one.threshold}: begins, s`, contrast.times[first]);
}
claim(
  "a lower threshold makes a larger cluster of the same data",
  lower.clusters[0].positions.length > biggest.positions.length,
);

// %% [markdown]
// For *when* a score is highest take the latency of its peak with an error (`peakLatency`; it is no onset), for *where* a
// region chosen beforehand. And a group of sixteen speaks of people like these sixteen.

// %% [markdown]
// ## To take away
//
// - People are the units: one number a person, and a spread over people.
// - A paired test takes out how good a person's data are; turning signs assumes that, without an
//   effect, differences are spread alike to both sides of 0.
// - One test chosen beforehand needs no correction; a cluster test asks one question of all places and times.
// - A cluster has a p. Its edges, and the places in it, have none.
//
// ## To discuss
//
// 1. Someone looks at the curve of section 2, chooses the window where it is highest, and tests it. What does that p say?
// 2. Clusters favour effects that are wide and long. What would a short, focal one need?
// 3. Maps were moved to an average brain. What becomes of an effect whose place differs from person to person?
//
// ## To read on
//
// - Maris, E. & Oostenveld, R. (2007). Nonparametric statistical testing of EEG- and MEG-data. *Journal of Neuroscience
//   Methods* 164, 177–190. [doi:10.1016/j.jneumeth.2007.03.024](https://doi.org/10.1016/j.jneumeth.2007.03.024)
// - Sassenhagen, J. & Draschkow, D. (2019). Cluster-based permutation tests of MEG/EEG data do not establish significance of
//   effect latency or location. *Psychophysiology* 56, e13335.
//   [doi:10.1111/psyp.13335](https://doi.org/10.1111/psyp.13335)
// - Fischl, B., Sereno, M. I., Tootell, R. B. H. & Dale, A. M. (1999). High-resolution intersubject averaging and a
//   coordinate system for the cortical surface. *Human Brain Mapping* 8, 272–284.
//   [doi:10.1002/(SICI)1097-0193(1999)8:4<272::AID-HBM10>3.0.CO;2-4](https://doi.org/10.1002/%28SICI%291097-0193%281999%298:4%3C272::AID-HBM10%3E3.0.CO;2-4)
// - Wakeman, D. G. & Henson, R. N. (2015). A multi-subject, multi-modal human neuroimaging dataset. *Scientific Data* 2,
//   150001. [doi:10.1038/sdata.2015.1](https://doi.org/10.1038/sdata.2015.1)
