// %% [markdown]
// # A first RSA: words that prepare for words
//
// Someone reads pairs of words, one pair at a time: *dog – cat*, *dog – sofa*. The second word of a pair is easier to
// take in when the first has prepared for it. About 0.4 s after it appears, the EEG shows whether it was: a wave called
// the **N400** is larger for unexpected words.
//
// Representational similarity analysis (RSA) asks this question in its own way. Every pair of trials has a
// *dissimilarity* in the EEG. If the brain tells related from unrelated word pairs, two trials of the same kind should
// look alike, and two of different kinds should not. So we
//
// 1. compute the dissimilarity of every two trials in the EEG, in a short window that slides along time: the data's
//    **RDM** (representational dissimilarity matrix),
// 2. write down which dissimilarities each of two ideas predicts: the **model RDMs**,
// 3. correlate the two, window by window,
// 4. and ask whether so much agreement could be chance.
//
// The recording is one person's, of 200 trials (1.6 MB); it is fetched when this runs. Where it cannot be, **demo data**
// take its place: the same file with invented numbers and a planted effect. Which of the two you see is said below, and
// at the foot of every figure.

// %% tags=["parameters"]
// "real" fetches the recording and checks its SHA-256; "demo" makes a
// stand-in; a path is a folder that you have.
let data = "real";

// %%
import { locateData } from "tsrsa/data";

const located = await locateData("eeg-priming", data, { orDemo: true });
located;

// %%
import { readEpochs } from "tsrsa";

const epochs = await readEpochs(`${located.folder}/subject04-epo.fif`);
epochs;

// %% [markdown]
// ## What was shown
//
// Each epoch (the stretch of EEG around one trial) carries a row of metadata: the first word (`cue`) and the second
// (`association`), whether they are related (`label` 6) or not (7), and `FAS`, the *forward association strength*: the
// share of people to whom the second word comes to mind when they hear the first. Every cue was shown once, so each
// epoch is an item of its own and the cue is its label.

// %%
epochs.metadata;

// %% [markdown]
// ## Two ideas, as model RDMs
//
// *Related or not*: two trials differ by 1 when one is related and the other is not, else by 0. *Association strength*:
// two trials differ by the difference of their FAS. Both are differences of a single number, and the metric for that is
// `cityblock`: the sum of absolute differences, here of one. (1 − correlation, the usual one, needs several numbers an
// item.) Both RDMs carry the cues as labels. That is what they are matched by later; never by their position.

// %%
import { computeRdm, plotRdms } from "tsrsa";

const cues = epochs.column("cue").map(String);
const modelOf = (name: string, column: string) => {
  const numbers = epochs.column(column).map((value) => [Number(value)]);
  return computeRdm(numbers, { metric: "cityblock", items: cues, name });
};
const related = modelOf("related or not", "label");
const strength = modelOf("association strength", "FAS");

// %%
const kinds = epochs.column("label").map((label) => (label === 6 ? 0 : 1));
const kindOf = (cue: string) => kinds[cues.indexOf(cue)];
const order = [...cues].sort((a, b) => kindOf(a) - kindOf(b));
const categories = (cue: string) => ["related", "unrelated"][kindOf(cue)];
plotRdms([related, strength], { scale: "each", categories, order });

// %% [markdown]
// Sorted by kind, the first model is four blocks. The second is graded where words are related.

// %% [markdown] tags=["exercise:pairs"]
// ### Exercise 1: how many pairs? (1 minute)
//
// An RDM holds one number for each pair of trials. How many is that, for the trials of `related`? Work it out from
// `related.nItems`, and run the cell.

// %% tags=["setup:pairs"]
import { check } from "tsrsa/course";

// %% [markdown] tags=["hint:pairs"]
// Each of the trials can be paired with all trials but itself.

// %% [markdown] tags=["hint:pairs"]
// A pair *a, b* is the same as *b, a*: count it once.

// %% tags=["exercise:pairs"]
const nPairs = (related.nItems * (related.nItems - 1)) / 2; // blank: the number of pairs, from related.nItems
check("00/pairs", nPairs, { rdm: related });

// %% [markdown] tags=["explanation:pairs"]
// Each of the 200 trials has 199 partners, and each pair was counted from both its ends: 200 × 199 / 2 = 19,900.
// The square on the screen has 40,000 cells; the two halves say the same, and the diagonal says nothing.

// %% [markdown] tags=["instructor:pairs"]
// Let two neighbours draw the RDM of three items before they write anything.

// %% [markdown]
// ## The brain's RDM in one window
//
// From 0.3 to 0.5 s after the second word, over all 32 electrodes: 1 − Pearson's *r* between the trials' voltages. Where
// the N400 is, was known before we looked; a window chosen because it looks good would prove nothing.

// %%
import { rdmEpochs } from "tsrsa";

const sequence = rdmEpochs(epochs, { labels: "cue", tminS: 0.3, tmaxS: 0.5 });
const n400 = await sequence.first();
plotRdms(n400, {
  titles: ["EEG, 0.3 to 0.5 s"],
  categories: categories,
  order: order,
  range: "robust",
});

// %% [markdown]
// Hardly anything to be seen: single trials are noisy, and so is their RDM.
//
// ## RSA over time
//
// `rsaEpochs` slides a window of ±0.1 s along the epoch and gives Spearman's rank correlation with each model.

// %%
import { claim, plotTimeCourse, report, rsaEpochs } from "tsrsa";

const scores = await rsaEpochs(epochs, [related, strength], {
  labels: "cue",
  temporalRadiusS: 0.1,
});
plotTimeCourse(scores.timeSeries(), {
  title: "When the EEG tells related words from unrelated ones",
  yLabel: "Spearman's ρ",
});

// %%
const peaks = scores.modelNames.map((model) => scores.peak(model));
peaks.forEach(({ timeS, score }, m) =>
  report(`peak of ${scores.modelNames[m]}`, { timeS, score }),
);

const early = scores
  .timeSeries()
  .map(({ times, values }) => values.filter((_, at) => times[at] < 0.2));
claim(
  "before 0.2 s no score is above half its peak",
  early.every((values, m) => Math.max(...values) < peaks[m].score / 2),
);
claim(
  "both models peak between 0.3 and 0.5 s",
  peaks.every(({ timeS }) => timeS >= 0.3 && timeS <= 0.5),
);

// %% [markdown]
// Each window reaches 0.1 s to either side, so a score at 0.2 s has seen the EEG up to 0.3 s: the effect itself starts
// later than the curve. The peak is the N400, found as a *representational* effect.
//
// ## Could it be chance?
//
// The correlations are small, as they are in most RSA of single trials: each trial is noisy, and the models say nothing
// about all else that differs between words. 19,900 pairs go into each of them, but that does not make them certain: the
// pairs share trials (each trial is in 199 of them), so they are not independent, and a textbook p value of a correlation
// of 19,900 numbers would be far too small. What *can* be exchanged are the 200 trials. The **Mantel test** deals the
// labels out to the trials anew, many times, and counts how often the agreement is as large as ours.

// %%
import { mantelTest } from "tsrsa";

const permutations = 2000;
const tests = [];
for (const model of [related, strength])
  tests.push(await mantelTest(n400, model, { permutations }));
tests.forEach(({ score, pValue }, m) =>
  report(`${scores.modelNames[m]}, 0.3 to 0.5 s`, { score, p: pValue }),
);
console.log(tests[0].method);

// %%
import { plotDistribution } from "tsrsa";

plotDistribution(
  { "labels dealt anew": tests[1].nullDistribution },
  {
    label: "Spearman's ρ with association strength",
    lines: { "as they were": tests[1].score },
  },
);

// %%
claim(
  "neither agreement is chance (p < 0.01 in the window chosen before)",
  tests.every(({ pValue }) => pValue < 0.01),
);
claim(
  "association strength agrees better than related or not, in the window and at the peak",
  tests[1].score > tests[0].score && peaks[1].score > peaks[0].score,
);

// %% [markdown]
// The graded model does a little better than the yes-or-no one: the EEG seems to carry how strongly the words are
// associated, not only whether they are. Whether that difference is more than chance is a question of its own, and whether
// it holds for other people cannot be asked of one person.
//
// **Next:** the same steps on 306 MEG sensors and pictures of faces, in `01-sensor-level-meg`.
