// %% [markdown]
// # A first RSA, on a real recording
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
// 3. correlate the two, window by window.
//
// It takes a second, on a real file.

// %% tags=["parameters"]
// "real" fetches the recording (1.6 MB, checked by its SHA-256), "demo" makes a stand-in, a path is a folder you have.
let data = "real";

// %%
import {
  computeRdm,
  plotRdms,
  plotTimeCourse,
  rdmEpochs,
  readEpochs,
  reorder,
  report,
  rsaEpochs,
} from "tsrsa";
import { locateData } from "tsrsa/data";

const located = await locateData("eeg-priming", data, { orDemo: true });
console.log(located.note);
const epochs = await readEpochs(`${located.folder}/subject04-epo.fif`);
epochs;

// %% [markdown]
// ## What was shown
//
// Each epoch carries a row of metadata: the first word (`cue`) and the second (`association`), whether they are related
// (`label` 6) or not (7), and `FAS`, the share of people to whom the second word comes to mind when they hear the first.
// Every cue was shown once, so each epoch is an item of its own and the cue is its label.

// %%
epochs.metadata;

// %% [markdown]
// ## Two ideas, as model RDMs
//
// *Related or not*: two trials differ by 1 when one is related and the other is not, else by 0. *Association strength*:
// two trials differ by the difference of their FAS. Both RDMs carry the cues as labels. That is what they are matched by
// later; never by their position.

// %%
const cues = epochs.column("cue").map(String);
const numbers = (column: string) => epochs.column(column).map((value) => [Number(value)]);
const related = computeRdm(numbers("label"), {
  metric: "cityblock",
  items: cues,
  name: "related or not",
});
const strength = computeRdm(numbers("FAS"), {
  metric: "cityblock",
  items: cues,
  name: "association strength",
});

const kinds = epochs.column("label").map((label) => (label === 6 ? "related" : "unrelated"));
const byKind = [...kinds.keys()]
  .sort((a, b) => kinds[a].localeCompare(kinds[b]) || a - b)
  .map((at) => cues[at]);
const kindOf = new Map(cues.map((cue, at) => [cue, kinds[at]]));
const categories = byKind.map((cue) => kindOf.get(cue) ?? "");
plotRdms([reorder(related, byKind), reorder(strength, byKind)], { scale: "each", categories });

// %% [markdown]
// ## The brain's RDM in one window
//
// From 0.3 to 0.5 s after the second word, over all 32 electrodes: 1 − Pearson's *r* between the trials' voltages.

// %%
const window = await rdmEpochs(epochs, { labels: "cue", tminS: 0.3, tmaxS: 0.5 }).first();
plotRdms(reorder(window, byKind), { titles: ["EEG, 0.3 to 0.5 s"], categories: categories });

// %% [markdown]
// One window is hard to read by eye: single trials are noisy. But there are 19,900 pairs.
//
// ## RSA over time
//
// `rsaEpochs` slides a window of ±0.1 s along the epoch and gives Spearman's rank correlation with each model.

// %%
const scores = await rsaEpochs(epochs, [related, strength], {
  labels: "cue",
  temporalRadiusS: 0.1,
});
plotTimeCourse(scores.timeSeries(), {
  title: "When the EEG tells related words from unrelated ones",
});

// %%
for (const model of scores.modelNames) {
  const { timeS, score } = scores.peak(model);
  report(
    `peak of ${model}`,
    { timeS, score },
    `${model}: highest at ${timeS.toFixed(2)} s, ρ = ${score}`,
  );
}

// %% [markdown]
// Before the effect the scores stay near zero. They rise from 0.2 s on (each window reaches 0.1 s to either side) and peak
// shortly after 0.4 s: the N400, found as a *representational* effect. The graded model does a little better than the
// yes-or-no one: the EEG carries how strongly the words are associated, not only whether they are.
//
// The correlations are small, as they are in most RSA of single trials: each trial is noisy, and the models say nothing
// about all else that differs between words. What makes them believable is that nearly twenty thousand pairs go into
// each, that they are flat before the effect can have begun, and that they peak when the N400 does.
