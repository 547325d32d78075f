// %% [markdown]
// # RSA of MEG sensors, from a FIF file to a time course
//
// People looked at 450 pictures while their MEG was recorded: famous faces, unfamiliar faces, and faces scrambled into a
// mosaic (Wakeman & Henson, 2015). What does the brain keep of a picture, and when? Perhaps how bright each point of it
// is; perhaps whose face it is. We put each idea into numbers, as a matrix of the dissimilarities of all pairs of
// pictures, do the same with the MEG, and compare.
//
// This notebook follows the first tutorial of MNE-RSA step by step, and on its data gives its numbers. By default it
// runs on demo data: the same folders, files and formats, made on your machine in seconds, with a planted effect. Nothing
// below knows the difference.
//
// **The real data:** `npx tsrsa data fetch meg-faces` fetches, checks and unpacks the `rsa-data.zip` of MNE-RSA's
// tutorial, and `npx tsrsa run notebooks/01-sensor-level-meg -p data=real` runs on them. If you have them already, pass
// their folder: `-p data=PATH/data`.

// %% [markdown] tags=["slide","slide-only"]
// # RSA of MEG sensors
//
// From a FIF file to a time course: what does the brain keep of a picture, and when?

// %% [markdown] tags=["slide","slide-only"]
// ## Two ideas of 450 pictures
//
// - Famous faces, unfamiliar faces, and faces scrambled into a mosaic.
// - Does the brain keep how bright each point is? Or whose face it is?
// - Each idea becomes a matrix of the dissimilarities of all pairs of pictures. So does the MEG. Then we compare.

// %% [markdown] tags=["about"]
// **After this you can** compute the RDM of stimuli and of a recording, bring both to the same items by label, and
// say
// when the brain follows which model.
//
// **You need** notebook 00, or to know what an RDM is. **Time**: 70 minutes with its five exercises; it runs in about
// 20 s and
// 1.1 GB of memory. **Data**: made on your machine in a few seconds (demo); the real ones are 1.1 GB.

// %% tags=["parameters"]
// "demo", "real" (fetched), or the folder of the real data.
let data = "demo";

// %%
import { locateData } from "tsrsa/data";

const located = await locateData("meg-faces", data);
located;

// %% [markdown]
// ## 1. What the pictures look like
//
// Each is 128 pixels wide and 162 high, in 8-bit grey: 20,736 numbers from 0 (black) to 255 (white). Here are the first
// famous face and the first scrambled one.

// %%
import { plotImages, readImage } from "tsrsa";

const stimulus = (file: string) =>
  readImage(`${located.folder}/stimuli/${file}`);
const famous = await stimulus("f001.bmp");
const scrambled = await stimulus("s001.bmp");
plotImages([famous, scrambled], {
  titles: [
    `Famous face: ${famous.width} x ${famous.height} pixels`,
    `Scrambled face: ${scrambled.width} x ${scrambled.height} pixels`,
  ],
});

// %%
import { stackImages } from "tsrsa";

for (const picture of [famous, scrambled]) {
  const { data: values, shape } = stackImages([picture]);
  const range = [Math.min(...values), Math.max(...values)];
  console.log(
    `an array of shape (${shape.slice(1).join(", ")}), values ${range.join(" to ")}`,
  );
}

// %% [markdown]
// As far as their pixels go, how different are these two? A common measure is 1 − *r*, with Pearson's *r* over the 20,736
// pixels: 0 for pictures that are equal up to brightness and contrast, 1 for unrelated ones, 2 for a picture and its
// negative. By hand (MNE-RSA's tutorial prints 0.4176835093510478 for the real pair):

// %% [markdown] tags=["slide","slide-only"]
// ## How different are two pictures?
//
// 1 − *r* over their pixels: 0 for pictures that are equal up to brightness and contrast, 1 for unrelated ones, 2 for a picture
// and its negative.

// %% tags=["slide"]
import { pearson, report } from "tsrsa";

const byHand = 1 - pearson(famous.data, scrambled.data);
report("1 − r of f001 and s001", byHand);

// %%
import { claim } from "tsrsa";

if (located.kind === "real")
  claim(
    "it is the number of MNE-RSA's tutorial",
    Math.abs(byHand - 0.4176835093510478) < 1e-12,
  );

// %% [markdown]
// ## 2. All pairs of pictures: an RDM
//
// Now the same for all 450: that makes 101,025 pairs, the upper triangle of a *representational dissimilarity matrix*
// (RDM). The rows carry the file names as labels. Everything that follows is matched by these labels. The metric is 1 − *r*
// unless another is asked for.
//
// The file names come with the network's embeddings (next section), in order.

// %% [markdown] tags=["slide","slide-only"]
// ## All pairs: an RDM
//
// - 450 pictures, 101,025 pairs.
// - Rows carry the file names. Whatever follows is matched by them.
// - Symmetric, and its diagonal says nothing: half of it is all there is.

// %%
import { asStrings, computeRdm, plotRdms, readNpzArray } from "tsrsa";

const npz = `${located.folder}/stimuli/facenet_embeddings.npz`;
const files = asStrings(await readNpzArray(npz, "filenames"));
const pixels = stackImages(await Promise.all(files.map(stimulus)));
console.log(`pixels: ${pixels.shape.join(" × ")}`);
const pixelRdm = computeRdm(pixels, { items: files, name: "pixels" });
const kinds: Record<string, string> = {
  ...{ f: "famous", s: "scrambled", u: "unfamiliar" },
};
const categories = (item: string) => kinds[item[0]];
plotRdms(pixelRdm, { categories, range: "robust" });

// %%
claim(
  "for the pair of section 1 the RDM has what we computed by hand",
  Math.abs(pixelRdm.between("f001.bmp", "s001.bmp") - byHand) < 1e-12,
);

// %% [markdown]
// **A question to ponder:** why is the diagonal of such a matrix zero? (It is not drawn here.)
//
// *Answer:* it holds the dissimilarity of each picture with itself. A picture correlates perfectly with itself, *r* = 1, and
// 1 − 1 = 0. That says nothing about the pictures, which is why comparisons of RDMs leave it out; drawn, a line of zeros
// would only eat up the colours. The matrix is also symmetric, so half of it says everything: that half, in a list, is
// its *condensed* form, which this library computes with. There and back:

// %%
import { mean, rdmFromSquare } from "tsrsa";

const square = pixelRdm.toSquare();
const { nItems, condensed } = pixelRdm;
console.log(`square: ${nItems} × ${nItems}, condensed: ${condensed.length}`);
const shape = [nItems, nItems];
const back = rdmFromSquare({ data: square, shape }, { items: files });
claim(
  "the square form and back is the same RDM",
  back.condensed.every((value, at) => value === condensed[at]),
);

// %%
/** Mean dissimilarity of two kinds of pictures, in words: "ff", "fu" … */
const meanOf = (two: string) => {
  const [a, b] = two;
  const some = files.flatMap((one, i) =>
    files
      .slice(i + 1)
      .filter((other) =>
        [one[0] + other[0], other[0] + one[0]].includes(a + b),
      )
      .map((other) => pixelRdm.between(one, other)),
  );
  return mean(some);
};
for (const two of ["ff", "uu", "fu", "ss", "fs"])
  report(`mean 1 − r of pixels, ${two}`, meanOf(two));

// %%
const toFaces = ["ff", "fu", "uu"].map((two) => meanOf(two));
claim(
  "scrambled faces are less like each other than faces are like faces",
  meanOf("ss") > Math.max(...toFaces),
);
claim(
  "scrambled faces are less like faces than faces are like faces",
  meanOf("fs") > Math.max(...toFaces),
);
const famousAlike = meanOf("ff") < meanOf("uu");
console.log(
  famousAlike
    ? "Famous faces are a little more alike than unfamiliar ones here."
    : "Famous faces are not more alike than unfamiliar ones here.",
);

// %% [markdown]
// (*f* famous, *u* unfamiliar, *s* scrambled.) In the real pictures the famous faces are a little more alike than the others:
// press photographs resemble each other. Whether that is so in the pictures at hand is computed above.

// %% tags=["setup:correlation"]
import { check } from "tsrsa/course";

// %% [markdown] tags=["slide","exercise:correlation"]
// ### Exercise 1: back to a correlation (1 minute)
//
// What is Pearson's *r* of the pictures `f001.bmp` and `s001.bmp`? Get it from `pixelRdm`, which holds 1 − *r*.

// %% [markdown] tags=["hint:correlation"]
// `pixelRdm.between("f001.bmp", "s001.bmp")` is the dissimilarity of the two.

// %% tags=["exercise:correlation"]
const rOfTwo = 1 - pixelRdm.between("f001.bmp", "s001.bmp"); // blank: r, from pixelRdm
check("01/correlation", rOfTwo, { rdm: pixelRdm });

// %% [markdown] tags=["explanation:correlation"]
// An RDM can be turned back into what it was made from, as far as that was a number for each pair.

// %% [markdown] tags=["instructor:correlation"]
// Ask what a dissimilarity of 2 would look like (a picture and its negative).

// %% [markdown]
// ## 3. A second idea: what a face network sees
//
// A network trained to tell people apart turns each picture into 512 numbers, its *embedding*. Two photographs of one
// person get similar embeddings, whatever the light. Its RDM is a different idea of which pictures are alike.

// %% [markdown] tags=["slide","slide-only"]
// ## A second idea: what a face network sees
//
// 512 numbers a picture; two photographs of one person are close, whatever the light.

// %%
import { asMatrix, rsa } from "tsrsa";

const embeddings = asMatrix(await readNpzArray(npz, "embeddings"));
console.log(`embeddings: ${embeddings.shape.join(" × ")}`);
const networkRdm = computeRdm(embeddings, { items: files, name: "FaceNet" });
plotRdms([pixelRdm, networkRdm], {
  categories: categories,
  scale: "each",
});

// %%
const agreement = rsa(pixelRdm, networkRdm).single();
report("Spearman's ρ of the two models", agreement);
claim(
  "the two ideas agree to some extent, but far from fully (ρ from 0.05 to 0.8)",
  agreement > 0.05 && agreement < 0.8,
);

// %% [markdown]
// Both tell faces from mosaics. That they do not agree fully is what lets us ask which of them the brain follows.
//
// Twelve of the pictures, laid out by their pixels: **drag one**, and the RDM and its agreement with both ideas follow.
// Click a cell of the RDM to see its two pictures. Can you lay them out so that the network agrees more than the pixels?

// %% [markdown] tags=["slide","slide-only"]
// ## Twelve of the pictures, laid out by their pixels
//
// In the notebook: drag one. Can the network agree more than the pixels?

// %%
import { liveMds, subset as subsetOf } from "tsrsa";

const twelve = ["f", "u", "s"].flatMap((kind) =>
  files.filter((file) => file.startsWith(kind)).slice(0, 4),
);
const twelveImages = await Promise.all(twelve.map(stimulus));
const ofTwelve = [pixelRdm, networkRdm].map((rdm) => subsetOf(rdm, twelve));
liveMds(ofTwelve[0], ofTwelve, {
  images: twelveImages,
  categories: categories,
});

// %% [markdown]
// ## 4. The recording
//
// One participant's epochs: stretches of MEG around the moment a picture appeared. Only what describes them is read now.
// The numbers are read when they are needed, and only the channels and times that are asked for: the real file has
// 749 MB.

// %%
import { readEpochs } from "tsrsa";

const epochs = await readEpochs(`${located.folder}/sub-02/sub-02-epo.fif`);
epochs;

// %% [markdown]
// Each epoch has a row of metadata: the trigger code and the file that was shown. As a danfojs DataFrame it can be looked
// at, filtered and counted.

// %%
import { Table, toDataFrame } from "tsrsa";

const metadata = await toDataFrame(epochs.metadata ?? new Table({}));
metadata.head(8);

// %%
const shown = metadata.query(metadata.column("file").eq("f001.bmp"));
console.log(`f001.bmp was shown ${shown.shape[0]} times`);
metadata.groupby(["trigger"]).count();

// %% [markdown]
// A first neural RDM: the gradiometers from 0.1 s up to and including 0.2 s, one row per epoch.

// %% [markdown] tags=["slide","slide-only"]
// ## A row for each epoch: no partner for the models
//
// Most pictures were shown twice, some epochs are gone, and the rows are in the order of the experiment.

// %%
const early = epochs.pick("grad").crop({ tminS: 0.1, tmaxS: 0.2 });
const perEpoch = computeRdm(await early.read(), { name: "every epoch" });
plotRdms(perEpoch, { range: "robust" });

// %% [markdown]
// This cannot be compared with the models. Most pictures were shown twice, and some epochs were dropped, so it has more rows
// than there are pictures. And the rows are in the order of the experiment. Lining up two matrices by position would go
// wrong silently, so the library refuses:

// %% [markdown] tags=["slide","slide-only"]
// ## What cannot be matched is refused
//
// Two matrices lined up by position would go wrong, and nothing would tell.

// %% tags=["slide"]
try {
  rsa(perEpoch, pixelRdm);
} catch (error) {
  console.log((error as Error).message);
}

// %%
claim(
  "there are 879 epochs for 450 pictures",
  perEpoch.nItems === 879 && files.length === 450,
);

// %% [markdown]
// ## 5. One row per picture
//
// `rdmEpochs` averages the epochs that belong together before it compares them. Told nothing, it takes the type of event:

// %% [markdown] tags=["slide","slide-only"]
// ## Epochs that belong together are averaged
//
// Told nothing, `rdmEpochs` takes the type of event.

// %%
import { rdmEpochs } from "tsrsa";

const window = { tminS: 0.1, tmaxS: 0.2 };
const perEvent = await rdmEpochs(epochs, window).first();
report("types of events", perEvent.nItems);
plotRdms(perEvent, { itemLabels: true, panelPx: 420, widthPx: 760 });

// %% [markdown]
// What we want is a row per picture. The metadata column `file` says which picture each epoch shows, so that is the label:

// %% [markdown] tags=["slide","slide-only"]
// ## One row for each picture

// %% tags=["slide"]
const byFile = { ...window, labels: "file" };
const neural = await rdmEpochs(epochs, byFile).first();
const first = neural.items?.slice(0, 3).join(", ");
console.log(`${neural.nItems} items, the first ${first}`);
plotRdms(neural, { categories: categories, range: "robust" });

// %% [markdown]
// What if a picture had been lost altogether? Take away both epochs of f001 and join what is left to the 450 files:

// %%
import { alignByLabel } from "tsrsa";

const withoutF001 = epochs.where((row) => row.file !== "f001.bmp");
try {
  alignByLabel(withoutF001.column("file"), files);
} catch (error) {
  console.log((error as Error).message);
}

// %% [markdown]
// The error names the picture. Nothing shifts by one row behind your back.
//
// ## 6. Which model does the brain follow?
//
// Spearman's rank correlation of the neural RDM with each model, in this one window over all good MEG channels.
// Magnetometers (tesla) and gradiometers (tesla per metre) go into one pattern here, as in MNE-RSA's tutorial; the
// gradiometers' numbers are larger and decide. A noise covariance would put both on one scale. (On the real data MNE-RSA
// prints 0.07869920694906636 for the pixels and 0.07529582461337744 for FaceNet.)

// %% [markdown] tags=["slide","slide-only"]
// ## Which model does the brain follow, 0.1 to 0.2 s?

// %% tags=["slide"]
const inWindow = rsa(neural, [pixelRdm, networkRdm], { metric: "spearman" });
report("ρ with pixels, 0.1 to 0.2 s", inWindow.score(0, "pixels"));
report("ρ with FaceNet, 0.1 to 0.2 s", inWindow.score(0, "FaceNet"));

// %% [markdown] tags=["slide","exercise:by-hand"]
// ### Exercise 2: RSA by hand (5 minutes)
//
// A colleague sends you her RDM of the same MEG, `theirs`. Get Spearman's correlation of it and `pixelRdm` without
// `rsa`, in a
// line or three. `reorder`, `spearman` and the property `condensed` of an RDM are all you need.

// %% tags=["setup:by-hand"]
import { reorder, spearman } from "tsrsa";

const theirs = reorder(neural, [...files].reverse());

// %% [markdown] tags=["hint:by-hand"]
// Look at `theirs.items?.slice(0, 5)` and at `pixelRdm.items?.slice(0, 5)`.

// %% [markdown] tags=["hint:by-hand"]
// `reorder(theirs, …)` gives the same RDM with its items in the order you name.

// %% tags=["exercise:by-hand"]
// blank begin: ownRho, Spearman's correlation of theirs and pixelRdm
const inOrder = reorder(theirs, pixelRdm.items ?? []);
const ownRho = spearman(inOrder.condensed, pixelRdm.condensed);
// blank end
check("01/by-hand", ownRho, {
  ...{ neural: theirs, pixels: pixelRdm, network: networkRdm },
});

// %% [markdown] tags=["explanation:by-hand"]
// She had sorted her pictures the other way round. By position ρ is another number, and nothing tells you. So `rsa`
// matches by
// label.

// %% [markdown] tags=["instructor:by-hand"]
// Let two neighbours compare their ρ before they press Check: two different numbers start the discussion.

// %% [markdown] tags=["slide","exercise:faces-only"]
// ### Exercise 3: only faces or mosaics? (design) (8 minutes)
//
// All models tell faces from mosaics, so a high score may say no more than that. Does the MEG follow the **pixels
// among faces
// alone**? Compute Spearman's ρ of `neural` and `pixelRdm` for the pictures whose name does not begin with *s*.

// %% tags=["setup:faces-only"]
import { subset } from "tsrsa";

// %% [markdown] tags=["hint:faces-only"]
// `files.filter(…)` chooses the names, `subset(rdm, names)` takes an RDM down to them.

// %% [markdown] tags=["hint:faces-only"]
// Take both RDMs down to the same names. `rsa(…).single()` is the score.

// %% tags=["exercise:faces-only"]
// blank begin: rhoOfFaces, of neural and pixelRdm, among faces alone
const faces = files.filter((file) => !file.startsWith("s"));
const ofFaces = rsa(subset(neural, faces), subset(pixelRdm, faces));
const rhoOfFaces = ofFaces.single();
// blank end
check("01/faces-only", rhoOfFaces, {
  ...{ neural: neural, pixels: pixelRdm, network: networkRdm },
});

// %% [markdown] tags=["explanation:faces-only"]
// What is left is about faces; what is gone was the difference of faces and mosaics. Which of the two a study is
// about should
// be said before it is computed.

// %% tags=["explanation:faces-only"]
import { plotModelComparison } from "tsrsa";

plotModelComparison(
  {
    models: [
      { name: "all pictures", mean: inWindow.score(0, "pixels") },
      { name: "faces alone", mean: rhoOfFaces },
    ],
  },
  { label: "Spearman's ρ with the pixels", errorBars: "none" },
);

// %% [markdown] tags=["instructor:faces-only"]
// Discuss which comparison would answer whose question: pixels among faces, or all pictures.

// %% [markdown]
// ## 7. Sliding along time
//
// Now the gradiometers over the left back of the head, −0.1 to 1 s, and a window of ±0.1 s that slides sample by sample.
// The RDMs are computed one by one, when asked for.

// %%
import { vectorviewSelection } from "tsrsa";

const there = new Set(epochs.channelNames);
const back24 = vectorviewSelection("Left-occipital").filter((name) =>
  there.has(name),
);
const occipital = epochs
  .pick(back24)
  .pick("grad")
  .crop({ tminS: -0.1, tmaxS: 1 });
console.log(`${occipital.channelNames.length} channels`);
const sliding = { labels: "file", temporalRadiusS: 0.1 };
const sequence = rdmEpochs(occipital, sliding);
sequence;

// %% [markdown] tags=["slide","slide-only"]
// ## Sliding along time
//
// A window of ±0.1 s, over the gradiometers at the left back of the head: an RDM for each sample.

// %%
const rdms = await sequence.toArray();
const tenth = (_: unknown, at: number) => at % 10 === 0;
const times = sequence.centres.map(({ timeS }) => timeS);
plotRdms(rdms.filter(tenth), {
  titles: times.filter(tenth).map((timeS) => `t=${timeS.toFixed(2)}`),
  range: "robust",
});

// %% [markdown] tags=["exercise:samples"]
// ### Exercise 4: how wide is a window? (2 minutes)
//
// A window of ±0.1 s slides along the samples. How many samples does it hold? `sfreqHz` is how many there are in a
// second.

// %% tags=["setup:samples"]
const { sfreqHz } = occipital.info;

// %% [markdown] tags=["hint:samples"]
// How many samples are 0.1 s?

// %% [markdown] tags=["hint:samples"]
// As many to the left as to the right, and one in the middle.

// %% tags=["exercise:samples"]
const nSamples = 2 * Math.round(0.1 * sfreqHz) + 1; // blank: samples in a window of ±0.1 s
check("01/samples", nSamples, { sfreqHz: sfreqHz, radiusS: 0.1 });

// %% [markdown] tags=["explanation:samples"]
// The first and last window need as many samples on either side: so there are that many fewer windows than samples.

// %% [markdown]
// ## 8. When the brain follows which model
//
// `rsaEpochs` does both steps at once, for both models, on all cores: it computes the RDM of every window and compares it
// with each model.

// %% [markdown] tags=["slide","slide-only"]
// ## When the brain follows which model

// %%
import { plotTimeCourse, rsaEpochs } from "tsrsa";

const models = [pixelRdm, networkRdm];
const scores = await rsaEpochs(occipital, models, sliding);
plotTimeCourse(scores.timeSeries(), {
  title: "Left occipital gradiometers",
  yLabel: "Spearman's ρ",
  yRange: [-0.05, 0.25],
});

// %%
const [pixelPeak, networkPeak] = scores.modelNames.map((name) =>
  scores.peak(name),
);
for (const [m, { timeS, score }] of [pixelPeak, networkPeak].entries())
  report(`peak of ${scores.modelNames[m]}`, { timeS, score });
report("windows", times.length);
const atOnset = scores.timeSeries().map(({ times, values }) => {
  const zero = times.findIndex((timeS) => timeS >= 0);
  return values[zero];
});
report("ρ of pixels at time 0", atOnset[0]);
claim(
  "first the MEG resembles the pixels, then the network",
  pixelPeak.timeS < networkPeak.timeS - 0.05,
);

// %% [markdown] tags=["slide","slide-only"]
// ## What such a curve says, and what it does not
//
// - Early the response follows what the picture looks like, later what kind of face it is.
// - A window reaches 0.1 s to either side: onsets cannot be read off to better than that.
// - Small correlations: noise limits what any model could reach. How far, the *noise ceiling* tells.
// - One person, and sensors, not yet cortex.

// %% [markdown]
// The curve of a window centred on 0 s already rises: it reaches from −0.1 to **+0.1 s**, into the response. What begins at a
// time *t* shows from *t* − 0.1 s on, smaller. So onsets cannot be read off such a curve to better than the window; take a
// narrower one to date them.
//
// Early on the response follows what the picture looks like point by point, and later what kind of face it is. That the
// correlations are small does not make them unimportant: the noise in the MEG limits what any model could reach. How far it
// limits them is what the *noise ceiling* tells, in a later notebook.
//
// Sensors over one part of the head also pick up fields from elsewhere, so "left occipital sensors" is not yet "left
// occipital cortex": that takes a source estimate (notebook `06-source-level-meg`).

// %% [markdown]
// ## 9. From one person to a group
//
// One person has no error band, and says little about people. The folder holds the scores of sixteen, one file each: all
// sensors together, with both models. (MNE-RSA made them; notebook 07 tests them at length.) `stackScores` puts people
// together **by name**, people, models and sensors, and refuses scores of other times or comparisons: rows that only lie
// at the same place of a file need not be the same thing.

// %%
import { listFiles, readEvokeds, SensorScores, stackScores } from "tsrsa";

const groupFolder = `${located.folder}/group_analysis`;
const groupFiles = await listFiles(groupFolder, /^sub-\d+-rsa-ave\.fif$/);
const scoresOfPerson = async (file: string) => {
  const evokeds = await readEvokeds(`${groupFolder}/${file}`);
  return new SensorScores({
    scores: Float64Array.from(evokeds.flatMap((one) => [...one.data.data])),
    modelNames: evokeds.map(({ comment }) => comment),
    channels: evokeds[0].info.channels.map(({ name }) => name),
    times: evokeds[0].times,
    ...{ rsaMetric: "spearman", nItems: files.length },
  });
};

// %%
const group = stackScores(await Promise.all(groupFiles.map(scoresOfPerson)), {
  names: groupFiles.map((file) => file.slice(0, "sub-00".length)),
});
group;

// %% [markdown]
// The mean of the people, with the interval in which the mean of *all* people may lie, and below it the times at which a
// cluster test over time finds the mean above 0:

// %%
import { permutationClusterTest } from "tsrsa";

const ofGroup = await group.timeSeries();
const tests = await Promise.all(
  group.modelNames.map((model) =>
    permutationClusterTest(group.observations(model), {
      tail: "greater",
      permutations: 1000,
    }),
  ),
);

// %%
plotTimeCourse(
  ofGroup.map((series, m) => ({
    ...series,
    significant: tests[m].spans(group.times),
  })),
  {
    ...{ title: `Mean of ${group.people.length} people` },
    ...{ yLabel: "Spearman's ρ", significanceLabel: tests[0].method },
  },
);

// %%
for (const model of group.modelNames) {
  const { timeS, score } = group.mean().peak(model);
  report(`peak of the mean of people, ${model}`, { timeS, score });
}
claim("there are sixteen people", group.people.length === 16);

// %% [markdown] tags=["exercise:own-peaks"]
// ### Exercise 5: everybody's own peak (6 minutes)
//
// A paper says: "each person's peak, 16 people". Its bars are the mean of everybody's **own** highest score, whenever
// that was. How much higher is that for *pixels* than the highest point of the **mean curve**?

// %% [markdown] tags=["hint:own-peaks"]
// `group.person("sub-02").peak("pixels").score` is the highest score of one person, `group.people` are their names.

// %% [markdown] tags=["hint:own-peaks"]
// `group.mean()` are scores, too: they have a peak. Which of the two numbers is higher?

// %% tags=["exercise:own-peaks"]
// blank begin: higher, from group
const ownPeaks = group.people.map(
  (who) => group.person(who).peak("pixels").score,
);
const higher = mean(ownPeaks) - group.mean().peak("pixels").score;
// blank end
check("01/own-peaks", higher, { group: group, model: "pixels" });

// %% [markdown] tags=["explanation:own-peaks"]
// It is never below 0. Everybody's own peak is at another time, and is the highest of many scores: chance is in it, always
// upwards. A model that explains nothing has a peak above 0 as well. So a group is tested at times chosen beforehand, or at
// all of them with a cluster test, as above; *when* the peak is, with its error, says `peakLatency`.

// %% tags=["explanation:own-peaks"]
const peakOfMean = group.mean().peak("pixels");
const placeOfPeak = group.times.indexOf(peakOfMean.timeS);
const atOneTime = group.people.map(
  (who) => group.person(who).series("pixels").values[placeOfPeak],
);
plotModelComparison(
  {
    models: [
      { name: "each at their own peak", scores: ownPeaks },
      { name: "all at the peak of the mean", scores: atOneTime },
    ],
  },
  { label: "Spearman's ρ with the pixels" },
);

// %% [markdown] tags=["instructor:own-peaks"]
// Ask for the mean of own peaks *before* stimulus onset, or of a shuffled model: it is above 0, too. Which of the two bars would
// a reviewer accept, and with which test?

// %% [markdown]
// **Next:** the same in fMRI, in every place of the brain, in `02-nifti-searchlight`.

// %% [markdown] tags=["slide"]
// ## To take away
//
// - Rows are matched by label. Where they cannot be, the library refuses.
// - The brain follows the pixels first, and what the face network sees later: *when* is what MEG is for.
// - A model that tells two kinds apart scores whenever the brain does. Look within one kind as well.
//
// ## To discuss
//
// 1. What would the curve of a model look like that the eye alone explains, with no brain behind it?
// 2. A window reaches 0.1 s to either side. What can, and what cannot, be said about *when* something begins?
// 3. The two models agree with each other. How could one ask what FaceNet explains beyond the pixels?
//
// ## To read on
//
// - Cichy, R. M., Pantazis, D. & Oliva, A. (2014). Resolving human object recognition in space and time. *Nature
//   Neuroscience* 17, 455–462. [doi:10.1038/nn.3635](https://doi.org/10.1038/nn.3635)
// - Gramfort, A. and others (2013). MEG and EEG data analysis with MNE-Python. *Frontiers in Neuroscience* 7, 267.
//   [doi:10.3389/fnins.2013.00267](https://doi.org/10.3389/fnins.2013.00267)
// - Schroff, F., Kalenichenko, D. & Philbin, J. (2015). FaceNet: a unified embedding for face recognition and clustering.
//   *CVPR*. [doi:10.1109/CVPR.2015.7298682](https://doi.org/10.1109/CVPR.2015.7298682)
// - Wakeman, D. G. & Henson, R. N. (2015). A multi-subject, multi-modal human neuroimaging dataset. *Scientific Data* 2,
//   150001. [doi:10.1038/sdata.2015.1](https://doi.org/10.1038/sdata.2015.1)
