// %% [markdown]
// # When, at which frequency, and where
//
// A curve of scores says *when* the brain follows a model. Papers ask for more: does the code last, or is each moment a
// code of its own? Is it in the waves that every trial repeats, or in how strong a rhythm is? Which region looks like the
// MEG of 120 ms? And which mix of models does it take? Each of these is one call here, and each has a trap of its own,
// which a curve does not show.
//
// The pictures and the recording are those of notebook 01: faces and scrambled faces, and the MEG of one person. Where
// several people are needed, and fMRI of the same pictures, both are made below from a known truth, so that you can see
// whether an analysis finds what is there. By default the recording is a demo as well: made on your machine, in the real
// layout, with a planted effect. It is no measurement.
//
// **The real recording:** `npx tsrsa data fetch meg-faces`, then
// `npx tsrsa run notebooks/09-time-frequency-and-fusion -p data=real`; or pass the folder: `-p data=PATH/data`.

// %% [markdown] tags=["about"]
// **After this you can** score models at every frequency and time, tell a code that lasts from one that changes, fuse
// MEG with fMRI and test it over people, choose a measure of classifiers, and say how much a mix of models predicts.
//
// **You need** notebooks 00 and 01; unique and shared variance helps (notebook 03). **Time**: 90 minutes with its six
// exercises; it runs in about a minute and 1.3 GB of memory. **Data**: made on your machine in a few seconds (demo);
// the real ones are 1.1 GB.

// %% tags=["parameters"]
// "demo", "real" (fetched), or the folder of the real data.
let data = "demo";
// People whose MEG is made for sections 6 and 7.
let nPeople = 10;

// %%
import { locateData } from "tsrsa/data";

const located = await locateData("meg-faces", data);
const demo = located.kind === "demo";
located;

// %% [markdown]
// ## 1. Two ideas of the pictures
//
// As in notebook 01: how unlike two pictures are point by point (*pixels*), and how unlike a network finds the two faces
// (*FaceNet*). Twenty-four of the 450 pictures are enough for the parts that we make.

// %%
import { asMatrix, asStrings, computeRdm, readNpzArray } from "tsrsa";
import { claim, plotRdms, readImage, stackImages, subset } from "tsrsa";

const stimuli = `${located.folder}/stimuli`;
const npz = `${stimuli}/facenet_embeddings.npz`;
const files = asStrings(await readNpzArray(npz, "filenames"));
const pictures = await Promise.all(
  files.map((file) => readImage(`${stimuli}/${file}`)),
);
const pixels = stackImages(pictures);
const embeddings = asMatrix(await readNpzArray(npz, "embeddings"));
const models = [
  computeRdm(pixels, { items: files, name: "pixels" }),
  computeRdm(embeddings, { items: files, name: "FaceNet" }),
];

// %%
const ofKind = (kind: string) =>
  files.filter((file) => file.startsWith(kind)).slice(0, 8);
const few = ["f", "s", "u"].flatMap((kind) => ofKind(kind));
claim("24 of the 450 pictures", few.length === 24 && files.length === 450);
const [pixelRdm, networkRdm] = models.map((model) => subset(model, few));
plotRdms([pixelRdm, networkRdm], { columns: 2, scale: "each" });

// %% [markdown]
// ## 2. What a mean of trials cannot see
//
// A rhythm whose phase differs from trial to trial is gone from their mean, however strong it is. To see what that does
// to RSA, we make a recording of which we know the truth. Each trial has
// - a wave around 0.15 s that is the same in every trial of a picture: its pattern over sensors carries the **pixels**;
// - a burst of 25 Hz around 0.45 s whose phase is drawn anew in each trial and sensor: *how strong* it is in each sensor
//   carries **FaceNet**;
// - noise.

// %%
import { random, simulateData, type Rdm } from "tsrsa";

const [nSensors, nRepeats] = [20, 8];
const patternsOf = (geometry: Rdm, seed: number) =>
  simulateData(geometry, { nChannels: nSensors, noise: 0, seed }).signal.data;
const locked = patternsOf(pixelRdm, 1);
const strength = patternsOf(networkRdm, 2);
const seconds = Array.from({ length: 140 }, (_, k) => k / 100 - 0.3);
const bump = (t: number, centreS: number, widthS: number) =>
  Math.exp(-0.5 * ((t - centreS) / widthS) ** 2);

// %%
import { epochsFromArray } from "tsrsa";

const rng = random(7);
const shown = Array.from({ length: nRepeats }, () => few).flat();
const trials = shown.map((_, trial) => {
  return Array.from({ length: nSensors }, (__, sensor) => {
    const phase = 2 * Math.PI * rng.next();
    const at = (trial % few.length) * nSensors + sensor;
    return seconds.map((t) => {
      const wave = 2 * locked[at] * bump(t, 0.15, 0.03);
      const burst = (2 + strength[at]) * bump(t, 0.45, 0.1);
      return wave + burst * Math.sin(50 * Math.PI * t + phase) + rng.normal();
    });
  }).flat();
});

// %%
const made = epochsFromArray(
  {
    data: Float64Array.from(trials.flat()),
    shape: [shown.length, nSensors, seconds.length],
  },
  { sfreqHz: 100, tminS: -0.3 },
);
made;

// %% [markdown]
// First as in notebook 01: the voltage, averaged over the trials of a picture.

// %%
import { plotTimeCourse, rsaEpochs } from "tsrsa";

const two = [pixelRdm, networkRdm];
const voltage = await rsaEpochs(made, two, {
  ...{ labels: shown, temporalRadiusS: 0.03 },
});
plotTimeCourse(voltage.timeSeries(), {
  ...{ title: "RSA of the mean of trials", yLabel: "Spearman's ρ" },
});

// %% [markdown]
// The pixels are found. FaceNet scores too at that time, because the two models agree in part: both tell faces from
// mosaics. Later, where FaceNet alone is, there is nothing. Now the *power*: how strong each frequency is at each time, by Morlet
// wavelets (a few cycles of a sine under a bell). `rsaTfr` takes the power over sensors as a pattern, at every frequency
// and time. `power: "total"` is the mean of the power of the trials; `"evoked"` the power of their mean.

// %%
import { plotTfr, rsaTfr } from "tsrsa";

const freqsHz = [8, 10, 12, 15, 18, 21, 25, 30, 36];
const nCycles = 5;
const ofPower = { labels: shown, freqsHz, nCycles, decim: 2 } as const;
const total = await rsaTfr(made, two, {
  ...ofPower,
  baseline: { mode: "logratio", fromS: -0.2, toS: -0.05 },
});
plotTfr(total, { model: "FaceNet", range: [-0.7, 0.7] });

// %%
import { display, report, type ScoreSeries } from "tsrsa";

const evoked = await rsaTfr(made, two, { ...ofPower, power: "evoked" });
await display(plotTfr(evoked, { model: "FaceNet", range: [-0.7, 0.7] }));
const inTotal = total.peak("FaceNet");
report("FaceNet in total power", inTotal);
report("FaceNet in evoked power", evoked.peak("FaceNet"));

// %%
const highest = (values: ArrayLike<number>) =>
  Math.max(...Array.from(values).filter((value) => !Number.isNaN(value)));
const late = ({ times, values }: ScoreSeries) =>
  values.filter((_, k) => times[k] > 0.3);

// %%
if (demo) {
  claim(
    "total power finds FaceNet where it was planted: near 25 Hz and 0.45 s",
    Math.abs(inTotal.freqHz - 25) <= 5 &&
      Math.abs(inTotal.timeS - 0.45) < 0.1,
  );
  claim(
    "the mean of trials has nothing of FaceNet left there (ρ below 0.2)",
    highest(late(voltage.series("FaceNet"))) < 0.2,
  );
  claim(
    "the power of the mean has less than half of it",
    evoked.peak("FaceNet").score < inTotal.score / 2,
  );
}

// %% [markdown]
// In the first figure FaceNet is where it was planted, in the second there is a rest of it: the mean of eight trials does
// not quite lose a rhythm.
//
// Two traps. **Edges**: near an end of the epochs, zeros beyond them take part (hatched); record longer epochs than you
// need, and cut after the transform (`tminS`, `tmaxS`). **Blur**: a wavelet smears what it finds over time, also to
// *before* it began. How far, the caption says for the lowest frequency.

// %% [markdown] tags=["exercise:blur"]
// ### Exercise 1: how much does a wavelet blur? (2 minutes)
//
// The bell of a wavelet of *n* cycles at *f* Hz is *n* √(2 ln 2) / (π *f*) seconds wide at half of its height (Cohen,
// 2019). How many seconds are that at 10 Hz, with `nCycles`?

// %% tags=["setup:blur"]
import { check } from "tsrsa/course";

// %% [markdown] tags=["hint:blur"]
// `Math.sqrt`, `Math.log` (the natural logarithm) and `Math.PI`.

// %% tags=["exercise:blur"]
const blurS = (nCycles * Math.sqrt(2 * Math.log(2))) / (Math.PI * 10); // blank: seconds, from nCycles
check("09/blur", blurS, { nCycles: nCycles, freqHz: 10 });

// %% [markdown] tags=["explanation:blur"]
// A fifth of a second: an effect at 10 Hz cannot be dated better. Fewer cycles date better, and tell neighbouring
// frequencies less well.

// %% [markdown] tags=["instructor:blur"]
// Ask for the frequency at which the same wavelet dates an effect to 20 ms, and what else is there (muscles).

// %% [markdown]
// ## 3. The recording, frequency by frequency
//
// Now the gradiometers over the left back of the head of the recording. Epochs are averaged to pictures by the label in
// `file`, and both models are compared at every point.

// %%
import { readEpochs, vectorviewSelection } from "tsrsa";

const epochs = await readEpochs(`${located.folder}/sub-02/sub-02-epo.fif`);
const there = new Set(epochs.channelNames);
const back = vectorviewSelection("Left-occipital");
const occipital = epochs
  .pick(back.filter((name) => there.has(name)))
  .pick("grad");
const low = [5, 7, 10, 14, 20, 28];
const ofRecording = { labels: "file", freqsHz: low, nCycles: 3, decim: 4 };
const recorded = await rsaTfr(occipital, models, {
  ...{ ...ofRecording, tminS: -0.1, tmaxS: 0.8 },
});

// %%
for (const model of recorded.modelNames) {
  await display(plotTfr(recorded, { model: model, range: [-0.1, 0.1] }));
  report(`${model} in power`, recorded.peak(model));
}
if (demo)
  claim(
    "the recording has no rhythm planted: power follows low frequencies only",
    recorded.peak("pixels").freqHz <= 14,
  );

// %% [markdown]
// The demo has responses that every trial repeats, and no rhythm. Their power is in the lowest frequencies, where a
// wavelet is nearly as long as the response.
//
// ## 4. When does a code last?
//
// The RDM of one moment can be compared with that of every other. Three questions look alike there:
//
// | question | diagonal |
// |---|---|
// | is the RDM of *t* like that of *t*′, in one recording? | 1 by construction |
// | … in two halves of its trials? | how reliable the RDM is |
// | does the *pattern* at *t* still tell the pictures apart at *t*′? | the mean of the RDM of that time |
//
// In one recording near times share slow noise: the ridge along the diagonal is no finding. So we take halves.

// %%
import { plotTimeTime, timeTimeEpochs } from "tsrsa";

const counts = new Map<string, number>();
for (const file of epochs.column("file"))
  counts.set(String(file), (counts.get(String(file)) ?? 0) + 1);
const again = epochs.where(({ file }) => (counts.get(String(file)) ?? 0) > 1);
const halves = await timeTimeEpochs(again.pick("grad"), {
  ...{ labels: "file", halves: "random", seed: 1 },
  ...{ tminS: -0.1, tmaxS: 0.6, temporalRadiusS: 0.025 },
});
const reliable = halves.symmetrised();
plotTimeTime(reliable);

// %%
const reliability = highest(reliable.diagonal());
report("highest reliability", reliability);
const atLate = reliable.at(0.28, 0.28);
report("reliability at 0.28 s", atLate);
const likeness = reliable.at(0.1, 0.28);
report("likeness of 0.1 s and 0.28 s", likeness);

// %% [markdown]
// Noise makes every likeness smaller. If the geometry of 0.1 s *were* that of 0.28 s, the likeness of the two would still be
// only the root of the product of their reliabilities: that is what to compare with, not with 1, and not with the highest
// reliability.

// %%
const ifOne = Math.sqrt(Math.max(0, reliable.at(0.1, 0.1) * atLate));
report("likeness if they were one geometry", ifOne);
if (demo) {
  const before = reliable
    .diagonal()
    .filter((_, k) => reliable.rowTimes[k] < 0);
  claim(
    "the RDM of 0.28 s is reliable, if little",
    atLate > 2 * highest(before),
  );
  claim(
    "the geometry of 0.1 s is not that of 0.28 s: two codes, not one",
    likeness < ifOne / 2,
  );
}

// %% [markdown]
// Now patterns. Train on one moment, test on another: are two pictures still told apart by the same sensors?
// `generalisationEpochs` is the mean of *other* pictures minus the *same* one: 0 where nothing lasts. Of the recording
// that we made:

// %%
import { generalisationEpochs } from "tsrsa";

const lasting = await generalisationEpochs(made, {
  ...{ labels: shown, every: 2, onProgress: false },
});
plotTimeTime(lasting);

// %% [markdown]
// The square at 0.15 s is the wave: one pattern that lasts as long as it does. The line along the diagonal is each moment
// with itself, noise included: no finding. The chequered square at 0.45 s is the rest of the rhythm in the mean of eight
// trials: it turns its sign 50 times a second, and its pattern with it.

// %%
import { mean, pearson } from "tsrsa";

const meanPattern = (item: number, timeS: number) =>
  Array.from({ length: nSensors }, (_, sensor) => {
    const at = sensor * seconds.length + Math.round(100 * (timeS + 0.3));
    return mean(
      trials
        .filter((__, trial) => trial % few.length === item)
        .map((trial) => trial[at]),
    );
  });
const across = few.map((_, i) =>
  few.map((__, j) => 1 - pearson(meanPattern(i, 0.14), meanPattern(j, 0.18))),
);

// %% [markdown] tags=["exercise:lasts"]
// ### Exercise 2: generalisation by hand (5 minutes)
//
// `across` is a square: row *i*, column *j* has 1 − *r* of the pattern of picture *i* at 0.14 s and that of picture *j* at
// 0.18 s. By how much is a picture more like **itself** than like the others? (`generalisationEpochs` gives this number
// for all pairs of times.)

// %% [markdown] tags=["hint:lasts"]
// `across[i][i]` is a picture with itself, `across[i][j]` with another.

// %% [markdown] tags=["hint:lasts"]
// Mean of all others minus mean of the diagonal. Row *i*, column *j* is not row *j*, column *i* here: take both.

// %% tags=["exercise:lasts"]
// blank begin: lasts, other pictures minus the same one
const same = across.map((row, i) => row[i]);
const other = across.flatMap((row, i) => row.filter((_, j) => j !== i));
const lasts = mean(other) - mean(same);
// blank end
check("09/lasts", lasts, { across: across });

// %% [markdown] tags=["explanation:lasts"]
// Above 0: what tells the pictures apart at 0.14 s still does at 0.18 s, in the same sensors. The diagonal counts here:
// at two different times a picture is not 0 from itself.

// %% [markdown] tags=["instructor:lasts"]
// Why is `across` not symmetric? Picture 1 early with picture 2 late is not picture 2 early with picture 1 late.

// %% [markdown]
// ## 5. RDMs from classifiers
//
// How unlike are two pictures? As well as a classifier tells their trials apart, in trials that it was not trained on.
// The share it gets right is easy to read and stops at 1: pairs there are all *equally* unlike. The signed distance from
// the border (`decision`) does not stop, and neither does the cross-validated distance of `computeRdmCv`.

// %%
import { classifierRdm, computeRdmCv, createFolds } from "tsrsa";

const runs = shown.map((_, trial) => Math.floor(trial / few.length) % 4);
const peakPatterns = trials.map((trial) =>
  Array.from({ length: nSensors }, (_, c) => trial[c * seconds.length + 45]),
);
const classified = { labels: shown, folds: runs, items: few };
const accuracy = await classifierRdm(peakPatterns, classified);
const decision = await classifierRdm(peakPatterns, {
  ...{ ...classified, measure: "decision" },
});
const repeats = createFolds(peakPatterns, { labels: shown, nFolds: 4 });
const distance = computeRdmCv(repeats, { metric: "sqeuclidean" });

// %%
import { renamed, rsa, Table } from "tsrsa";

const measures = [
  renamed(accuracy, "accuracy"),
  renamed(decision, "decision value"),
  renamed(distance, "cross-validated distance"),
];
const toTruth = measures.map((rdm) => rsa(rdm, pixelRdm).single());
await display(plotRdms(measures, { columns: 3, scale: "each" }));
new Table({
  measure: measures.map(({ name }) => name ?? ""),
  "ρ with the truth": toTruth,
});

// %%
if (demo)
  claim(
    "accuracy keeps less of the true geometry than the decision value",
    toTruth[0] < toTruth[1],
  );

// %% [markdown] tags=["exercise:stopped"]
// ### Exercise 3: how many pairs have stopped? (3 minutes)
//
// For which share of the pairs is the classifier **always** right, so that `accuracy` can say no more about them?

// %% [markdown] tags=["hint:stopped"]
// `accuracy.condensed` has every pair once.

// %% tags=["exercise:stopped"]
// blank begin: stopped, the share of pairs that are always told apart
const always = accuracy.condensed.filter((value) => value === 1);
const stopped = always.length / accuracy.condensed.length;
// blank end
check("09/stopped", stopped, { accuracy: accuracy });

// %% [markdown] tags=["explanation:stopped"]
// Among these pairs accuracy knows no order, though the pictures differ in how unlike they are. The better your data,
// the more of the RDM is lost this way.

// %% [markdown]
// ## 6. MEG–fMRI fusion
//
// MEG says when, fMRI where. Both have RDMs of the same pictures, and RDMs can be compared although sensors and voxels
// cannot (Cichy and others, 2014). Here are people whose truth we know: V1 has the geometry of the pixels, the fusiform
// face area (FFA) that of FaceNet; in MEG the first comes early, the second late. Dissimilarities are squared Euclidean
// distances: noise makes all of them larger by the same, and of two codes in one pattern they are the sum.

// %%
import { layOutInTime, simulatePeople } from "tsrsa";

const how = { people: nPeople, nChannels: 20, runs: 4, person: 0.05 };
const early = simulatePeople(pixelRdm, { ...how, noise: 0.5, seed: 3 });
const later = simulatePeople(networkRdm, { ...how, noise: 0.5, seed: 4 });
const clock = { sfreqHz: 50, tminS: -0.2 };
const labels = early[0].items;
const first = { onsetS: 0.04, durationS: 0.2, noise: 0.7 };
const second = { onsetS: 0.18, durationS: 0.3 };
function megOf(person: number) {
  const nTimes = 40;
  const at = { ...clock, nTimes, seed: person };
  const a = layOutInTime(early[person].patterns, { ...at, ...first });
  const b = layOutInTime(later[person].patterns, { ...at, ...second });
  const sum = a.data.map((value, k) => value + b.data[k]);
  return epochsFromArray({ data: sum, shape: a.shape }, clock);
}

// %%
import { rdmEpochs, type Epochs, type RdmSequence } from "tsrsa";

const metric = "sqeuclidean";
const squared = {
  labels,
  items: few,
  temporalRadiusS: 0.02,
  metric,
} as const;
const people: Record<string, Epochs> = {};
const megRdms: Record<string, RdmSequence> = {};
for (let person = 0; person < nPeople; person++) {
  const name = `person ${person + 1}`;
  people[name] = megOf(person);
  megRdms[name] = rdmEpochs(people[name], squared);
}

// %%
const regionOf = (name: string, geometry: Rdm, seed: number) => {
  const voxels = { nChannels: 60, noise: 0.15, seed };
  const { patterns } = simulateData(geometry, voxels);
  return computeRdm(patterns, { items: few, name, metric });
};
const regions = [regionOf("V1", pixelRdm, 5), regionOf("FFA", networkRdm, 6)];

// %% [markdown]
// One call. The model is the idea that faces differ from mosaics; the share that it has in common with MEG and region is
// asked for too (Hebart and others, 2018).

// %%
import { categoryRdm, fuse, testFusion } from "tsrsa";

const isFace = few.map((file) => (file.startsWith("s") ? "mosaic" : "face"));
const faceness = categoryRdm(isFace, { items: few, name: "face or not" });
const fusion = await fuse(megRdms, regions, { models: faceness });
const tested = await testFusion(fusion, { tail: "greater", seed: 1 });
console.log(tested.notes.join("\n"));
tested.clusters;

// %%
const [region, from, to, p] = ["region", "from", "to", "p"].map((name) =>
  tested.clusters.column(name),
);
const sure = (name: string) =>
  region.flatMap((one, k) =>
    one === name && Number(p[k]) < 0.05
      ? [[Number(from[k]), Number(to[k])] as const]
      : [],
  );
const fused = (await fusion.group().timeSeries()).map((series) => ({
  ...series,
  significant: sure(series.name),
}));
plotTimeCourse(fused, { title: "MEG and fMRI", yLabel: "Spearman's ρ" });

// %%
import { peakLatency } from "tsrsa";

const latency = (region: string) =>
  peakLatency(fusion.group().observations(region), fusion.times);
const [inV1, inFfa] = [latency("V1"), latency("FFA")];
report("peak of V1", { timeS: inV1.timeS, seS: inV1.seS });
report("peak of FFA", { timeS: inFfa.timeS, seS: inFfa.seS });

// %%
if (demo) {
  claim(
    "MEG looks like V1 before it looks like FFA",
    inV1.timeS < inFfa.timeS,
  );
  claim(
    "both regions have a significant cluster",
    ["V1", "FFA"].every((name) => sure(name).length > 0),
  );
}

// %% [markdown]
// The test flips the signs of people's curves. It speaks of *other people of the MEG side*; the fMRI RDMs are taken as
// they are. And equal geometry is no proof of one source: another region with the geometry of V1 would score the same.
//
// The share that MEG, region and model have in common is of the MEG RDM's variance:

// %%
const common = await fusion.commonGroup("face or not").timeSeries();
plotTimeCourse(common, {
  ...{ title: "Shared with: face or not", yLabel: "share of variance" },
});

// %%
import { spearman } from "tsrsa";

const inV1Then = await megRdms["person 1"].toArray();
const then = inV1Then[fusion.times.findIndex((t) => t > 0.11)];
const rhoOf = (a: Rdm, b: Rdm) => spearman(a.condensed, b.condensed);
const correlations = {
  withRegion: rhoOf(then, regions[0]),
  withModel: rhoOf(then, faceness),
  between: rhoOf(regions[0], faceness),
};
correlations;

// %% [markdown] tags=["exercise:common"]
// ### Exercise 4: a common share by hand (6 minutes)
//
// Three correlations of ranked RDMs: MEG with region (`withRegion`), MEG with model (`withModel`), region with model
// (`between`). Region and model together explain
// R² = (*a*² + *b*² − 2 *a b c*) / (1 − *c*²) of the MEG, with *c* the correlation between them. Which share of the MEG's
// variance do both explain **in common**?

// %% tags=["setup:common"]
const { withRegion, withModel, between } = correlations;

// %% [markdown] tags=["hint:common"]
// Alone, the region explains `withRegion ** 2`, the model `withModel ** 2`. What is counted twice when you add them?

// %% tags=["exercise:common"]
// blank begin: shared, what region and model explain in common
const [a2, b2] = [withRegion ** 2, withModel ** 2];
const product = withRegion * withModel * between;
const both = (a2 + b2 - 2 * product) / (1 - between ** 2);
const shared = a2 + b2 - both;
// blank end
check("09/common", shared, {
  ...{ withRegion: withRegion, withModel: withModel, between: between },
});

// %% [markdown] tags=["explanation:common"]
// It may come out below 0: then one clears noise from the other (suppression). Nothing is wrong with that, but no circle
// of a Venn diagram can show it.

// %% [markdown] tags=["instructor:common"]
// Let them swap roles: the share of the *region's* variance is another number. Which of the two is "the" common share?

// %% [markdown] tags=["exercise:smallest"]
// ### Exercise 5: the smallest p (2 minutes)
//
// `nPeople` people, each of whose curves keeps its sign or turns it. All ways to do so are tried, the given one among
// them, and large scores count (one tail). What is the **smallest p** that can come out?

// %% [markdown] tags=["hint:smallest"]
// How many ways are there for one person? For two?

// %% tags=["exercise:smallest"]
const smallest = 1 / 2 ** nPeople; // blank: the smallest p, from nPeople
check("09/smallest", smallest, { nPeople: nPeople });

// %% [markdown] tags=["explanation:smallest"]
// With five people it is 1/32, and no test of this kind can do better than that. With four, nothing can be below 0.05.

// %% [markdown]
// ## 7. Which mix, and how much of what could be predicted?
//
// Perhaps MEG follows both ideas, in a mix that changes. `weightsEpochs` fits weights (none below 0) on some pictures and
// predicts the dissimilarities of others; each person is predicted from the mean of the others, whose own score stands
// beside: the lower bound of the noise ceiling.

// %%
import { percentOfCeiling, weightsEpochs } from "tsrsa";

const weights = await weightsEpochs(people, two, {
  ...{ ...squared, itemFolds: 4 },
});
const predicted = weights.group();
plotTimeCourse(await predicted.timeSeries(), {
  ...{ title: "Predicting new pictures", yLabel: "Pearson's r" },
});

// %%
const share = await percentOfCeiling(predicted);
const mix = weights.group("weight").mean();
plotTimeCourse(mix.timeSeries(), { title: "Weights", yLabel: "weight" });

// %%
const scoreAt = (model: string, timeS: number) => {
  const at = predicted.times.findIndex((t) => t >= timeS - 0.001);
  const { data: all, shape } = predicted.observations(model);
  return Array.from({ length: nPeople }, (_, person) =>
    Number(all[person * shape[1] + at]),
  );
};
const scoresThen = scoreAt("weighted models", 0.3);
const boundsThen = scoreAt("mean of the others", 0.3);
const percentThen =
  share.series("weighted models").values[
    share.times.findIndex((t) => t >= 0.299)
  ];
report("percent of ceiling at 0.3 s", percentThen);

// %% [markdown] tags=["exercise:percent"]
// ### Exercise 6: percent of ceiling by hand (4 minutes)
//
// At 0.3 s each person has a score of the weighted models (`scoresThen`) and of the mean of the others (`boundsThen`). How
// many **percent** of the bound does the mix reach in the group?

// %% [markdown] tags=["hint:percent"]
// `mean(scoresThen)` is the group's score. What is the group's bound?

// %% [markdown] tags=["hint:percent"]
// One ratio of two means, not the mean of many ratios: of a person whose bound is near 0 the ratio can be anything.

// %% tags=["exercise:percent"]
const percent = (100 * mean(scoresThen)) / mean(boundsThen); // blank: percent of the bound
check("09/percent", percent, {
  ...{ scores: scoresThen, bounds: boundsThen },
});

// %% [markdown] tags=["explanation:percent"]
// Above 100 is possible, and here it is: the models are the truth and have no noise, the mean of nine people has some.
// With more people the bound rises.

// %% [markdown]
// ## 8. What does each model explain alone?
//
// A mix predicts; it does not say what is whose. FaceNet scored at 0.15 s in section 2, where only the pixels were. The
// share that a model explains **alone** (its unique share) sees through that. It is measured on the pairs it was fitted
// on and cannot be below 0, so a test takes the signed semipartial correlation of each person instead.

// %%
import { permutationClusterTest, sharesEpochs, stackScores } from "tsrsa";

const alone = [];
for (const person of Object.values(people))
  alone.push((await sharesEpochs(person, two, squared)).of("semipartial"));
const semipartial = stackScores(alone);
plotTimeCourse(await semipartial.timeSeries(), {
  ...{ title: "Each model alone", yLabel: "semipartial r" },
});

// %%
for (const model of ["pixels", "FaceNet"]) {
  const own = semipartial.observations(model);
  const { clusters: found } = await permutationClusterTest(own, {
    ...{ adjacency: "lattice", tail: "greater", seed: 1 },
  });
  const best = found.map(({ pValue }) => pValue);
  report(`${model} alone, lowest p`, Math.min(1, ...best));
}

// %%
const at150 = semipartial.times.findIndex((t) => t > 0.139);
const ofFaceNet = semipartial.mean().series("FaceNet").values;
const ofFfa = fusion.group().mean().series("FFA").values;
report("FFA at 0.14 s", ofFfa[at150]);
report("FaceNet alone at 0.14 s", ofFaceNet[at150]);
if (demo)
  claim(
    "FFA is like MEG at 0.14 s though FaceNet alone explains nothing there",
    ofFfa[at150] > 0.1 && ofFaceNet[at150] < 0.05,
  );

// %% [markdown]
// All shares of one time in one figure, of all people: what each model explains alone, and what both explain and neither
// alone.

// %%
import { plotShares, sharesRdms } from "tsrsa";

const at140: Rdm[] = [];
for (const rdms of Object.values(megRdms))
  at140.push((await rdms.toArray())[at150]);
plotShares(sharesRdms(at140, two), { title: "MEG at 0.14 s" });

// %% [markdown]
// ## To take away
//
// - A mean of trials sees what every trial repeats. What has another phase each time is in the *power*.
// - Of two times that share data, or slow noise, likeness is no finding: compare halves.
// - Say of whom a test speaks: fusion's people are those of the MEG side.
// - Fitted shares and scores of new pictures never share an axis.
//
// ## To discuss
//
// 1. Power blurs over time. Which questions about *when* can be asked of it, and which cannot?
// 2. A region and the MEG of 120 ms have the same geometry. Which other explanations than "the MEG comes from there" are
//    there, and what would tell them apart?
// 3. A mix of models reaches 95 % of the ceiling. What does that say about the models, and what about the data?
//
// ## To read on
//
// - Cichy, R. M., Pantazis, D. & Oliva, A. (2014). Resolving human object recognition in space and time. *Nature
//   Neuroscience* 17, 455–462. [doi:10.1038/nn.3635](https://doi.org/10.1038/nn.3635)
// - Cohen, M. X. (2019). A better way to define and describe Morlet wavelets for time-frequency analysis. *NeuroImage*
//   199, 81–86. [doi:10.1016/j.neuroimage.2019.05.048](https://doi.org/10.1016/j.neuroimage.2019.05.048)
// - Guggenmos, M., Sterzer, P. & Cichy, R. M. (2018). Multivariate pattern analysis for MEG: a comparison of
//   dissimilarity measures. *NeuroImage* 173, 434–447.
//   [doi:10.1016/j.neuroimage.2018.02.044](https://doi.org/10.1016/j.neuroimage.2018.02.044)
// - Hebart, M. N. and others (2018). The representational dynamics of task and object processing in humans. *eLife* 7,
//   e32816. [doi:10.7554/eLife.32816](https://doi.org/10.7554/eLife.32816)
// - King, J.-R. & Dehaene, S. (2014). Characterizing the dynamics of mental representations: the temporal generalization
//   method. *Trends in Cognitive Sciences* 18, 203–210.
//   [doi:10.1016/j.tics.2014.01.002](https://doi.org/10.1016/j.tics.2014.01.002)
