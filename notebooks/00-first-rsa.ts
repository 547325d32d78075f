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

// %% [markdown] tags=["slide","slide-only"]
// # A first RSA
//
// Words that prepare for words: does the EEG tell *dog – cat* from *dog – sofa*?

// %% [markdown] tags=["slide","slide-only"]
// ## The question
//
// - Pairs of words, one pair at a time: *dog – cat*, *dog – sofa*.
// - The second word is easier to take in when the first has prepared for it.
// - About 0.4 s after an unexpected word the EEG has a larger wave, the **N400**.
//
// Are two trials of one kind more alike in the EEG than two trials of different kinds?

// %% [markdown] tags=["slide","slide-only"]
// ## Representational similarity analysis, in four steps
//
// 1. The dissimilarity of every two trials in the EEG: the data's **RDM**.
// 2. The dissimilarities that an idea predicts: a **model RDM**.
// 3. Do the two agree? Correlate them, window by window.
// 4. Could so much agreement be chance?

// %% [markdown] tags=["about"]
// **After this you can** say what an RDM is, make one from data and one from an idea, compare the two over time, and
// ask
// whether their agreement is chance.
//
// **You need** a little TypeScript (constants, functions, `map`), and to know what a correlation is. **Time**: 45
// minutes with
// its five exercises; it runs in about 5 s and 250 MB of memory. **Data**: 1.6 MB, fetched; or demo data, made in a
// second.

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

// %% [markdown] tags=["slide","slide-only"]
// ## 200 trials, and what is known of each
//
// `label`: 6 related, 7 not. `FAS`: the share of people to whom the second word comes to mind.

// %% tags=["slide"]
epochs.metadata;

// %% [markdown]
// ## Two ideas, as model RDMs
//
// *Related or not*: two trials differ by 1 when one is related and the other is not, else by 0. *Association strength*:
// two trials differ by the difference of their FAS. Both are differences of a single number, and the metric for that is
// `cityblock`: the sum of absolute differences, here of one. (1 − correlation, the usual one, needs several numbers an
// item.) Both RDMs carry the cues as labels. That is what they are matched by later; never by their position.

// %% [markdown] tags=["slide","slide-only"]
// ## Two ideas, as model RDMs
//
// - *Related or not*: 1 when one trial is related and the other is not, else 0.
// - *Association strength*: how much the two differ in FAS.
// - The cues are the labels: RDMs are matched by them, never by position.

// %% tags=["slide"]
import { computeRdm, plotRdms } from "tsrsa";

const cues = epochs.column("cue").map(String);
const modelOf = (name: string, column: string) => {
  const numbers = epochs.column(column).map((value) => [Number(value)]);
  return computeRdm(numbers, { metric: "cityblock", items: cues, name });
};
const related = modelOf("related or not", "label");
const strength = modelOf("association strength", "FAS");

// %% [markdown] tags=["slide","slide-only"]
// ## Sorted by kind: four blocks, and a graded square

// %%
const kinds = epochs.column("label").map((label) => (label === 6 ? 0 : 1));
const kindOf = (cue: string) => kinds[cues.indexOf(cue)];
const order = [...cues].sort((a, b) => kindOf(a) - kindOf(b));
const categories = (cue: string) => ["related", "unrelated"][kindOf(cue)];
plotRdms([related, strength], { scale: "each", categories, order });

// %% [markdown]
// Sorted by kind, the first model is four blocks. The second is graded where words are related.

// %% [markdown] tags=["slide","exercise:pairs"]
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

// %% [markdown] tags=["slide","slide-only"]
// ## The brain's RDM, 0.3 to 0.5 s
//
// Single trials are noisy, and so is their RDM.

// %% tags=["slide"]
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
// What do its numbers mean? Here are twelve of the trials, laid out by that RDM: the more alike, the closer. **Drag one**
// (or choose it with Tab and push it with the arrow keys): its row and its column of the RDM change with it, and so does
// the agreement with each idea. A click on a cell names its two trials. How do the trials have to lie for *related or
// not* to fit well? (Where nothing can be dragged, as in a printed page, it is a still picture.)

// %% [markdown] tags=["slide","slide-only"]
// ## Twelve trials, laid out by that RDM
//
// In the notebook: drag one. How do they have to lie for *related or not* to fit well?

// %%
import { liveMds, subset } from "tsrsa";

const twelve = [...order.slice(0, 6), ...order.slice(-6)];
const ofTwelve = [related, strength].map((model) => subset(model, twelve));
liveMds(subset(n400, twelve), ofTwelve, { categories: categories });

// %% [markdown] tags=["slide","exercise:gap"]
// ### Exercise 2: a difference you can compute (8 minutes)
//
// Does the N400 window hold what *related or not* predicts? Take the mean dissimilarity of all pairs of trials of
// **different** kinds, and subtract the mean of all pairs of **one** kind. `n400.between(a, b)` gives the
// dissimilarity of two
// cues, and `kindOf(cue)` the kind of one.

// %% tags=["setup:gap"]
import { mean } from "tsrsa";

const cuesOfRdm = n400.items ?? [];

// %% [markdown] tags=["hint:gap"]
// Two loops: over `cuesOfRdm.entries()`, and over `cuesOfRdm.slice(i + 1)`. So each pair comes once.

// %% [markdown] tags=["hint:gap"]
// Put each dissimilarity on one of two lists, and subtract the `mean` of one from that of the other.

// %% tags=["exercise:gap"]
// blank begin: gap, mean of different kinds less mean of one kind
const ofOne: number[] = [];
const ofTwo: number[] = [];
for (const [i, a] of cuesOfRdm.entries())
  for (const b of cuesOfRdm.slice(i + 1))
    (kindOf(a) === kindOf(b) ? ofOne : ofTwo).push(n400.between(a, b));
const gap = mean(ofTwo) - mean(ofOne);
// blank end
check("00/gap", gap, { rdm: n400, kindOf: kindOf });

// %% [markdown] tags=["explanation:gap"]
// The difference is above 0, as the model says, and small against the scatter of single pairs. Correlation of the two
// RDMs
// asks the same question of all pairs at once.

// %% tags=["explanation:gap"]
import { plotDistribution as plotTwo } from "tsrsa";

plotTwo(
  { "one kind": ofOne, "different kinds": ofTwo },
  { label: "1 − r of two trials, 0.3 to 0.5 s" },
);

// %% [markdown] tags=["instructor:gap"]
// Who loops over the whole square gets the same difference unless the diagonal is in it: ask why. Who sorts the kinds
// first has matched by position, and gets a number near 0.

// %% [markdown]
// ## RSA over time
//
// `rsaEpochs` slides a window of ±0.1 s along the epoch and gives Spearman's rank correlation with each model.

// %% [markdown] tags=["slide","slide-only"]
// ## RSA over time

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

// %% [markdown] tags=["slide","exercise:peak"]
// ### Exercise 3: when? (reading a figure) (2 minutes)
//
// At what time does the curve of **association strength** have its peak? Read it off the figure, to about 20 ms, and
// write it
// in **milliseconds**.

// %% [markdown] tags=["hint:peak"]
// The axis of time is in seconds. 0.1 s are 100 ms.

// %% tags=["exercise:peak"]
const peakMs = 1000 * peaks[1].timeS; // blank: the time in ms, read off the figure
check("00/peak", peakMs, { scores: scores });

// %% [markdown] tags=["explanation:peak"]
// The N400 has its name from its time: a negative wave, about 400 ms after the word.

// %% [markdown] tags=["instructor:peak"]
// Some write seconds. The check says so; let them find the factor.

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

// %% [markdown] tags=["slide","slide-only"]
// ## Could it be chance?
//
// - 19,900 pairs, but each trial is in 199 of them: pairs are not independent.
// - What can be exchanged are the 200 trials.
// - The **Mantel test** deals the labels out anew, many times, and counts how often the agreement is as large.

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

// %% [markdown] tags=["slide","exercise:p-value"]
// ### Exercise 4: a p value by hand (4 minutes)
//
// `drawn` has the correlations under all the orders of the labels that were drawn, and the given one is **among them**.
// What is p, the share that is at least as large as `found`?

// %% tags=["setup:p-value"]
const drawn: number[] = [...tests[1].nullDistribution];
const found: number = tests[1].score;

// %% [markdown] tags=["hint:p-value"]
// `drawn.filter(…).length` counts.

// %% [markdown] tags=["hint:p-value"]
// The given order does as well as itself: it counts, so p is never 0.

// %% tags=["exercise:p-value"]
// blank begin: p, the share of orders that do as well
const asLarge = drawn.filter((score) => score >= found - 1e-12);
const p = asLarge.length / drawn.length;
// blank end
check("00/p-value", p, { scores: drawn, score: found });

// %% [markdown] tags=["explanation:p-value"]
// It is what `mantelTest` says. p = 0 would claim that no order could ever do as well; but one did, the one that
// happened.
// (1e-12 is there because two ways of adding up the same numbers may differ in the last digit.)

// %% [markdown] tags=["instructor:p-value"]
// The usual mistake is `>`: it gives p = 0. Ask for the probability that the true order comes up by chance.

// %% [markdown] tags=["slide","exercise:orders"]
// ### Exercise 5: how many orders? (design) (2 minutes)
//
// You want to be able to report *p* < 0.001. How many orders, the given one among them, must be gone through **at
// least**, so
// that the smallest possible p is below 0.001?

// %% [markdown] tags=["hint:orders"]
// With *n* orders, of which only the given one does as well, p = 1 / *n*.

// %% tags=["exercise:orders"]
const nOrders = Math.floor(1 / 0.001) + 1; // blank: the smallest number of orders
check("00/orders", nOrders, { level: 0.001 });

// %% [markdown] tags=["explanation:orders"]
// With 1,000 orders the smallest p is exactly 0.001, which is not below it. More orders do not make p smaller; they
// make it
// more exact.

// %% [markdown]
// The graded model does a little better than the yes-or-no one: the EEG seems to carry how strongly the words are
// associated, not only whether they are. Whether that difference is more than chance is a question of its own, and whether
// it holds for other people cannot be asked of one person.
//
// **Next:** the same steps on 306 MEG sensors and pictures of faces, in `01-sensor-level-meg`.

// %% [markdown] tags=["slide"]
// ## To take away
//
// - An RDM holds one dissimilarity for each pair of items. An idea becomes one, and so does a recording.
// - Two RDMs are compared pair by pair, matched by label.
// - Pairs share items, so items are what a test exchanges.
//
// ## To discuss
//
// 1. Which other ideas could give an RDM that is like *association strength*? How would you tell them apart?
// 2. One person, 200 trials: what can be said of other people, and what of other words?
// 3. Would it be fair to move the window to where the curve is highest, and test there?
//
// ## To read on
//
// - Kriegeskorte, N., Mur, M. & Bandettini, P. (2008). Representational similarity analysis: connecting the branches of
//   systems neuroscience. *Frontiers in Systems Neuroscience* 2, 4. [doi:10.3389/neuro.06.004.2008](https://doi.org/10.3389/neuro.06.004.2008)
// - Kutas, M. & Federmeier, K. D. (2011). Thirty years and counting: finding meaning in the N400 component of the
//   event-related brain potential. *Annual Review of Psychology* 62, 621–647.
//   [doi:10.1146/annurev.psych.093008.131123](https://doi.org/10.1146/annurev.psych.093008.131123)
// - Nili, H. and others (2014). A toolbox for representational similarity analysis. *PLoS Computational Biology* 10,
//   e1003553. [doi:10.1371/journal.pcbi.1003553](https://doi.org/10.1371/journal.pcbi.1003553)
