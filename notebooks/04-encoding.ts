// %% [markdown]
// # Encoding: which part of a picture does a voxel answer to?
//
// RSA asks whether a region and a model find the same things alike. An *encoding model* asks about one voxel: from the
// picture that was shown, can its response be predicted, and from which pixels? Miyawaki and others (2008) showed people
// small random pictures of 10 × 10 pixels, 440 of them, and recorded their visual cortex.
//
// This notebook follows nilearn's example "Encoding models for visual stimuli from Miyawaki et al. 2008" step by step,
// with its numbers: the same four voxels, the same cut, the same marked pixel. Then it asks what the example leaves open:
// how much could be predicted at all, how sure we are, and what goes wrong when training and test are not kept apart.
//
// By default it runs on demo data in the tree of the real archive, with a planted visual cortex, in which the four voxels
// have the place they have there.
//
// **The real data:** `npx tsrsa data fetch miyawaki2008` (161 MB), then `-p data=real`; or pass your folder with `func`,
// `label` and `mask`. The archive's address asks for consent and could not be reached where this was written, so the
// notebook has **not been run on it** yet: only on a twin of its layout.

// %% [markdown] tags=["about"]
// **After this you can** predict voxels from pictures by ridge regression, read a receptive field, and keep training
// and test
// apart in time series.
//
// **You need** to know what a regression is; notebook 00 is not needed. **Time**: 75 minutes with its four exercises;
// it runs in
// about 30 s and 750 MB of memory. **Data**: made on your machine in seconds (demo); the real ones are 161 MB.

// %% tags=["parameters"]
// "demo", "real" (fetched), or the folder of the real data.
let data = "demo";
// How often responses are shuffled in section 9.
let permutations = 200;

// %%
import { locateData } from "tsrsa/data";

const located = await locateData("miyawaki2008", data);
const file = (path: string) => `${located.folder}/${path}`;
located;

// %% [markdown]
// ## 1. Responses: twenty runs of random pictures
//
// The archive has 20 runs of random pictures and 12 of figures (shapes and letters). We take the random ones, and of each
// volume the voxels in the mask. Each run is cleaned by itself: its straight line is subtracted (*detrend*), and each
// time course divided by its standard deviation (*standardise*). Of `standardize` there have been four meanings in
// nilearn; `"zscore"` is that of the published example.

// %%
import { listFiles, NiftiMasker, readNifti, report } from "tsrsa";

const runFiles = await listFiles(file("func"), /random_run\d+\.nii\.gz$/);
const mask = await readNifti(file("mask/mask.nii.gz"));
const masker = new NiftiMasker(mask, {
  detrend: true,
  standardize: "zscore",
});
const cleaned = await masker.transformRuns(
  runFiles.map((name) => file(`func/${name}`)),
);
report("voxels in the mask", masker.nVoxels);
console.log(`${cleaned.length} runs of ${cleaned[0].shape[0]} volumes`);

// %% [markdown]
// ## 2. Stimuli: one picture a volume
//
// A label file has one line a volume, with 100 numbers: 1 where the picture flickered, 0 where it was dark, and −1
// everywhere during rest. The pixels stand column by column (`order="F"` in the example); we lay them out row by row, so
// that feature 10 · *row* + *column* is the pixel we see there.

// %%
import { readLines, takeColumns } from "tsrsa";

const side = 10;
const places = Array.from({ length: side * side }, (_, at) => at);
const rowByRow = places.map(
  (at) => Math.floor(at / side) + side * (at % side),
);
async function stimuliOf(run: string) {
  const path = file(`label/${run.replace(".nii.gz", "_label.csv")}`);
  const lines = await readLines(path);
  return takeColumns(
    lines.map((line) => line.split(",").map(Number)),
    rowByRow,
  );
}
const shown = await Promise.all(runFiles.map(stimuliOf));

// %%
import { plotImages, type PixelImage } from "tsrsa";

const pictureOf = (run: number, stimulus: number): PixelImage => {
  const from = (stimulus - 1) * side * side;
  const pixels = shown[run - 1].data.subarray(from, from + side * side);
  const data = Uint8Array.from(pixels, (on) => (on < 0 ? 128 : 255 * on));
  return { width: side, height: side, channels: 1, data };
};
plotImages([pictureOf(1, 125), pictureOf(3, 102)], {
  titles: ["Run 1, stimulus 125", "Run 3, stimulus 102"],
  imagePx: 200,
});

// %% tags=["setup:pixel"]
import { check } from "tsrsa/course";

// %% [markdown] tags=["exercise:pixel"]
// ### Exercise 1: which feature? (2 minutes)
//
// The pictures are 10 pixels wide, and laid out row by row. Which number has the feature for the pixel in **row 4,
// column 2**?
// Rows, columns and features all count from 0.

// %% [markdown] tags=["hint:pixel"]
// How many pixels are there in the rows above?

// %% tags=["exercise:pixel"]
const feature = side * 4 + 2; // blank: the number of the feature
check("04/pixel", feature, { side: side, row: 4, column: 2 });

// %% [markdown] tags=["explanation:pixel"]
// In the file the pixels stand column by column, and it would be another number. Swapped axes give a receptive field
// that is
// mirrored at the diagonal, and looks as good as the right one.

// %% [markdown] tags=["instructor:pixel"]
// Ask what the receptive fields would look like with rows and columns swapped, and who would notice.

// %% [markdown]
// ## 3. Pairing them, two volumes apart
//
// Blood is slow: what a voxel shows now is its answer to the picture of about 4 s ago. So each response is paired with the
// stimulus two volumes before it, *within its run*; the first two responses and the last two stimuli of every run have no
// partner. Without this shift nothing is found. For each volume there are now 100 pixels and a response of every voxel:

// %%
import { claim, pairRuns } from "tsrsa";

const { stimuli, responses, runs } = pairRuns(shown, cleaned, {
  delayVolumes: 2,
});
console.log(`responses: ${responses.shape.join(" volumes × ")} voxels`);
console.log(`stimuli: ${stimuli.shape.join(" volumes × ")} pixels`);
claim(
  "as in the example, there are 2860 volumes and 100 pixels",
  stimuli.shape.join() === "2860,100" && responses.shape[0] === 2860,
);

// %% [markdown] tags=["exercise:delay"]
// ### Exercise 2: how slow is blood? (1 minute)
//
// Responses are paired with the picture two volumes before. A volume takes 2 s. How many **seconds** before the
// response was
// the picture shown?

// %% [markdown] tags=["hint:delay"]
// Two volumes, 2 s each.

// %% tags=["exercise:delay"]
const delayS = 2 * 2; // blank: the delay in seconds
check("04/delay", delayS, { delayVolumes: 2, volumeS: 2 });

// %% [markdown] tags=["explanation:delay"]
// The response of blood to a moment of activity is largest 4 to 6 s later.

// %% [markdown]
// (The real mask has 5,438 voxels; the demo's is a part of such a brain.)
//
// ## 4. How well can each voxel be predicted?
//
// Ridge regression: 100 weights a voxel, kept small by a penalty (α = 100). Trained on nine tenths of the volumes, tested
// on the last tenth, ten times over. With 20 runs each tenth is exactly two runs. The score is *R²*, the share of the
// variance in the left-out volumes that was predicted; below 0 is worse than predicting the mean.

// %%
import { crossValidateRidge, plotDistribution } from "tsrsa";

const alpha = 100;
const scores = await crossValidateRidge(stimuli, responses, {
  alpha,
  folds: 10,
});
// A voxel that is constant throughout has no R².
const r2 = scores.meanR2.map((score) => (Number.isNaN(score) ? 0 : score));
plotDistribution({ "all voxels": r2 }, { label: "cross-validated R²" });

// %%
const seeing = [...r2.keys()].filter((voxel) => r2[voxel] > 0.1);
report("voxels with R² above 0.1", seeing.length);
report("voxels with R² above 0", r2.filter((score) => score > 0).length);
report("best R²", Math.max(...r2));
claim(
  "some voxels are predicted well (R² above 0.2), others not at all",
  Math.max(...r2) > 0.2 && Math.min(...r2) < 0,
);

// %% [markdown]
// R² a little below 0 is what a voxel that sees nothing gets. How many see something is asked in section 9; on the brain,
// negative values are left out, as in the example (threshold 10⁻⁶), and we look at its cut, 8 mm below the origin.

// %%
import { plotStatMap } from "tsrsa";

const map = masker.inverseTransform(r2.map((score) => Math.max(0, score)));
const background = await readNifti(file("bg.nii.gz"));
const look = {
  background,
  threshold: 1e-6,
  label: "cross-validated R²",
  cuts: { z: [-8] },
};
const title = "Explained variance per voxel";
plotStatMap(map, { ...look, title });

// %% [markdown]
// ## 5. Four voxels and what they see
//
// The example marks four voxels side by side, (30, 10), (32, 10), (31, 9) and (31, 10) of slice 10, and shows their
// *receptive fields*: the weights of all pixels, by a regression that sets most weights to exactly zero (a lasso along the
// path of least angles, `LassoLarsCV(max_iter=10)`, its penalty chosen by cross-validation). In the columns of the data
// they are voxels 1780, 2131, 1935 and 1951.

// %%
const columns = [1780, 1951, 2131, 1935];
const colours = ["#1f6fd0", "#17963f", "#d6241f", "#d13fa8"];
const voxels = columns.map((column) => masker.voxelOf(column));
claim(
  "the mask has the four voxels in the columns of the example",
  voxels.join(" ") === "30,10,10 31,10,10 32,10,10 31,9,10",
);
const markers = voxels.map((voxel, at) => ({
  voxel,
  colour: colours[at],
  sizePx: 12,
}));
const near = { ...look, markers, widthPx: 1500 };
plotStatMap(map, { ...near, title: "The four voxels" });

// %%
import { plotReceptiveFields, receptiveField } from "tsrsa";

const ofFour = takeColumns(responses, columns);
const { fields } = await receptiveField(stimuli, ofFour, {
  shape: [side, side],
  normalize: "per-fold",
});
plotReceptiveFields(fields, {
  titles: columns.map((column) => `voxel ${column}`),
  palette: ["blues", "greens", "reds", "rdpu"],
  colours,
  ground: "black",
  markedPixels: [4, 2],
  label: "weight",
});

// %% [markdown]
// Weights below 0.1 are hidden, and the colours reach from 0 to 0.75. The same pixel, row 4 and column 2, is framed in all
// four, so that one sees the fields move.

// %%
const fieldOf = (field: number) =>
  fields.data.subarray(field * side * side, (field + 1) * side * side);
const peaks = columns.map((_, field) => {
  const weights = fieldOf(field);
  const at = weights.indexOf(Math.max(...weights));
  return [Math.floor(at / side), at % side];
});
const apart = (a: number, b: number) =>
  Math.hypot(peaks[a][0] - peaks[b][0], peaks[a][1] - peaks[b][1]);
peaks.forEach(([row, column], field) =>
  report(`peak of voxel ${columns[field]}`, { row, column }),
);

// %%
const small = columns.map(
  (_, field) => fieldOf(field).filter((weight) => weight >= 0.1).length,
);
claim(
  "each of the four answers to a small part of the picture (at most 20 pixels)",
  small.every((pixels) => pixels > 0 && pixels <= 20),
);
claim(
  "voxels that touch answer to parts that touch (peaks at most 3 pixels apart)",
  [apart(0, 1), apart(1, 2), apart(1, 3)].every((pixels) => pixels <= 3),
);
claim(
  "voxel 1780 sees the marked pixel best or next to it",
  Math.hypot(peaks[0][0] - 4, peaks[0][1] - 2) < 1.5,
);

// %% [markdown]
// That is *retinotopy*, the map of the picture on the cortex, found here from random dots by regression.
//
// Prediction and measurement of voxel 1780 in a run that the model had not seen:

// %%
import { crossValidatedPredictions, plotTimeCourse } from "tsrsa";
import type { Matrix } from "tsrsa";

const predictions = await crossValidatedPredictions(stimuli, ofFour, {
  alpha,
  folds: 10,
});
const rows = [...runs.keys()].filter((row) => runs[row] === 0);
const courseOf = (name: string, from: Matrix) => ({
  name,
  times: rows.map((row) => 2 * row),
  values: rows.map((row) => from.data[4 * row]),
});

// %%
plotTimeCourse(
  [courseOf("measured", ofFour), courseOf("predicted", predictions)],
  {
    yLabel: "response, in SD",
    peaks: false,
    title: "Voxel 1780 in the first run",
    caption: "The model was trained on 18 other runs. A volume takes 2 s.",
  },
);

// %% [markdown]
// ## 6. What the word "standardise" does
//
// Later versions of nilearn divide by *n* − 1 instead of *n*, and standardise the pixels before the lasso. The first
// changes next to nothing; the second changes the units of the weights, and with them what the published threshold of
// 0.1 means: a pixel that is on half of the time has a standard deviation of ½.

// %%
import { toDataFrame } from "tsrsa";

const later = await receptiveField(stimuli, ofFour, {
  shape: [side, side],
  era: "0.13",
});
await toDataFrame(
  peaks.map(([row, column], field) => ({
    voxel: columns[field],
    pixel: `row ${row}, column ${column}`,
    "weight per pixel": fields.data[(field * side + row) * side + column],
    "weight per SD of a pixel":
      later.fields.data[(field * side + row) * side + column],
  })),
);

// %% [markdown]
// ## 7. One penalty for all, or each its own
//
// α = 100 is a guess. Chosen for each voxel, within the training volumes of every fold (so that the score stays honest):

// %%
import { leaveOneRunOut, mean } from "tsrsa";

const alphas = [10, 100, 1000];
const byTwoRuns = leaveOneRunOut(runs.map((run) => Math.floor(run / 2)));
const chosen = await crossValidateRidge(stimuli, responses, {
  alpha: alphas,
  folds: byTwoRuns,
});
const meanIn = (scores: ArrayLike<number>, voxels: readonly number[]) =>
  mean(voxels.map((voxel) => scores[voxel]));
const withOne = meanIn(r2, seeing);
const withOwn = meanIn(chosen.meanR2, seeing);
report("mean R² where R² is above 0.1, alpha 100", withOne);
report("mean R² of the same voxels, alpha of their own", withOwn);

// %%
import { plotModelComparison } from "tsrsa";

const counts = alphas.map((one) => ({
  name: `alpha ${one}`,
  mean: seeing.filter((voxel) => chosen.alpha.data[voxel] === one).length,
}));
plotModelComparison(
  { models: counts },
  {
    label: "voxels with R² above 0.1",
    errorBars: "none",
    caption: "How many voxels chose which penalty in the first fold.",
  },
);

// %%
claim(
  "a penalty of its own changes the mean R² of these voxels by less than 0.02",
  Math.abs(withOwn - withOne) < 0.02,
);

// %% [markdown] tags=["exercise:r2-by-hand"]
// ### Exercise 3: R² by hand (6 minutes)
//
// `ofRun` has what was measured in voxel 1780 in the first run, and what was predicted. Compute R²: 1 less the mean
// squared
// difference of the two, divided by the mean squared difference of what was measured **from its mean**. `mean` is all
// you
// need.

// %% tags=["setup:r2-by-hand"]
const ofRun = {
  measured: courseOf("measured", ofFour).values,
  predicted: courseOf("predicted", predictions).values,
};

// %% [markdown] tags=["hint:r2-by-hand"]
// `ofRun.measured.map((value, at) => (value - ofRun.predicted[at]) ** 2)` are the squares of what is left over.

// %% [markdown] tags=["hint:r2-by-hand"]
// The other squares are of `value - middle`, where `middle` is the mean of what was measured.

// %% tags=["exercise:r2-by-hand"]
// blank begin: r2ByHand, the R² of voxel 1780 in the first run
const { measured, predicted } = ofRun;
const middle = mean(measured);
const left = measured.map((value, at) => (value - predicted[at]) ** 2);
const there = measured.map((value) => (value - middle) ** 2);
const r2ByHand = 1 - mean(left) / mean(there);
// blank end
check("04/r2-by-hand", r2ByHand, ofRun);

// %% [markdown] tags=["explanation:r2-by-hand"]
// The same as `r2Score` gives. Pearson's *r* would be higher: it does not mind a prediction of the wrong size.

// %% [markdown] tags=["instructor:r2-by-hand"]
// Who divides by the squares of the values themselves forgot the mean; here that makes little difference. Say when it
// would.

// %% [markdown]
// ## 8. How much could be predicted at all?
//
// Nobody predicts noise. The runs of figures show the same pictures again and again: what is the same in all repeats is
// *explainable*, the rest is not, by any model. For every figure that occurs in all figure runs, we take the mean response
// to it in each run; these are repeats.

// %%
const figureFiles = await listFiles(file("func"), /figure_run\d+\.nii\.gz$/);
const figureResponses = await masker.transformRuns(
  figureFiles.map((name) => file(`func/${name}`)),
);
const figureStimuli = await Promise.all(figureFiles.map(stimuliOf));
const figureRuns = figureStimuli.map((stimuli, run) =>
  pairRuns([stimuli], [figureResponses[run]], { delayVolumes: 2 }),
);

// %%
const figures = figureRuns.map(({ stimuli: { data, shape } }) =>
  Array.from({ length: shape[0] }, (_, row) =>
    data.subarray(row * shape[1], (row + 1) * shape[1]).join(""),
  ),
);
const inAll = [...new Set(figures[0])].filter(
  (name) =>
    !name.startsWith("-1") && figures.every((run) => run.includes(name)),
);
report("figures that are in all runs", inAll.length);

// %%
import { alignByLabel, averageByLabel, explainableVariance } from "tsrsa";

const repeats = figureRuns.map(({ responses }, run) =>
  averageByLabel(
    responses,
    alignByLabel(figures[run], inAll, { unknown: "drop" }),
  ),
);
const { explainableVariance: explainable } = explainableVariance(repeats);
const others = [...r2.keys()].filter((voxel) => r2[voxel] <= 0.1);
const known = (voxels: readonly number[]) =>
  voxels.map((voxel) => explainable[voxel]).filter((v) => !Number.isNaN(v));
plotDistribution(
  { "R² above 0.1": known(seeing), "all others": known(others) },
  { label: "explainable variance of the mean response to a figure" },
);

// %%
report("mean explainable variance, R² above 0.1", mean(known(seeing)));
report("mean explainable variance, all others", mean(known(others)));
claim(
  "voxels that are predicted have more explainable variance than the others",
  mean(known(seeing)) > mean(known(others)) + 0.1,
);

// %% [markdown]
// ## 9. Which voxels are predicted beyond chance?
//
// With thousands of voxels some look predicted by luck. We shuffle the predictions in blocks of ten volumes within runs
// (single volumes would not do: the signal is slow, and so is the noise), and accept five false discoveries in a hundred.

// %%
import { scoreSignificance } from "tsrsa";

const allPredictions = await crossValidatedPredictions(stimuli, responses, {
  alpha,
  folds: 10,
});
const significance = await scoreSignificance(responses, allPredictions, {
  ...{ runs, permutations, seed: 4 },
});
const { nSignificant, significant } = significance.fdr;
report("voxels predicted beyond chance", nSignificant);
report(
  "share of the mask predicted beyond chance",
  nSignificant / masker.nVoxels,
);
console.log(significance.method);

// %%
const blind = [...r2.keys()].filter((voxel) => !significant[voxel]);
claim(
  "not all voxels of the mask are predicted, and more than a hundred are",
  blind.length > 0 && nSignificant > 100,
);
claim(
  "all voxels with R² above 0.1 are among them",
  seeing.every((voxel) => significant[voxel]),
);

// %% [markdown]
// ## 10. What leaks when folds cut runs
//
// A picture is on for three volumes. If volumes are dealt to the folds at random, a test volume's two neighbours, with the
// same picture and nearly the same noise, are in the training set. The model then looks better than it is, even where
// there is nothing to see.

// %%
import { random } from "tsrsa";

const deal = random(1).permutation(stimuli.shape[0]);
const dealt = leaveOneRunOut(deal.map((place) => place % 10));
const leaky = await crossValidateRidge(stimuli, responses, {
  alpha,
  folds: dealt,
});
const whole = meanIn(r2, blind);
const cut = meanIn(leaky.meanR2, blind);
report("mean R² of voxels not beyond chance, runs kept whole", whole);
report("mean R² of the same, volumes dealt at random", cut);

// %%
plotDistribution(
  {
    "runs kept whole": blind.map((voxel) => r2[voxel]),
    "volumes dealt at random": blind.map((voxel) => leaky.meanR2[voxel]),
  },
  { label: "R² of voxels not predicted beyond chance" },
);

// %%
claim(
  "dealing volumes at random raises R² where nothing is seen",
  cut > whole,
);

// %% [markdown] tags=["exercise:folds"]
// ### Exercise 4: folds that do not leak (design) (4 minutes)
//
// Make `tenFolds`: for each volume the number of its fold, **ten** folds of equal size, so that **no run is cut**.
// `runs` has
// the run of each volume, from 0 to 19.

// %% [markdown] tags=["hint:folds"]
// There are 20 runs, so each fold has two.

// %% [markdown] tags=["hint:folds"]
// `runs.map((run) => …)`; `Math.floor` gives the whole part of a division.

// %% tags=["exercise:folds"]
const tenFolds = runs.map((run) => Math.floor(run / 2)); // blank: the fold of each volume
check("04/folds", tenFolds, { runs: runs });

// %% [markdown] tags=["explanation:folds"]
// Whatever shares noise stays together. Here that is a run; elsewhere a session, or a person.

// %% tags=["explanation:folds"]
import { plotImages as drawFolds } from "tsrsa";

const foldsDrawn = Uint8Array.from(tenFolds, (fold) => 25 * fold);
drawFolds([{ width: 143, height: 20, channels: 1, data: foldsDrawn }], {
  titles: ["The fold of each volume: a row is a run"],
  imagePx: 420,
  caption: "Two neighbouring runs have one grey: no run is cut.",
});

// %% [markdown] tags=["instructor:folds"]
// `at % 10` is the usual answer. It is section 10 in one line: let them compute its R² in blind voxels.

// %% [markdown]
// ## What we found
//
// - The response of a voxel of visual cortex can be predicted from 100 pixels, four seconds before.
// - Its weights are a receptive field: a small part of the picture, close to that of the voxels that touch it.
// - What can be reached is bounded by noise, which repeats of one picture tell.
// - Units decide what thresholds mean, and folds that cut runs flatter every model.
//
// **See also:** the other way round, from responses to the picture, is *decoding*: nilearn's example "Reconstruction of
// visual stimuli from Miyawaki et al. 2008".

// %% [markdown]
// ## To discuss
//
// 1. A voxel has an R² of 0.05, far beyond chance. What is it good for, and for what not?
// 2. Penalty, delay, threshold: which of them may be chosen by looking at the test volumes?
// 3. RSA and encoding models are given the same data. Which question can only one of them answer?
//
// ## To read on
//
// - Efron, B. and others (2004). Least angle regression. *Annals of Statistics* 32, 407–499.
//   [doi:10.1214/009053604000000067](https://doi.org/10.1214/009053604000000067)
// - Miyawaki, Y. and others (2008). Visual image reconstruction from human brain activity using a combination of multiscale
//   local image decoders. *Neuron* 60, 915–929. [doi:10.1016/j.neuron.2008.11.004](https://doi.org/10.1016/j.neuron.2008.11.004)
// - Naselaris, T. and others (2011). Encoding and decoding in fMRI. *NeuroImage* 56, 400–410.
//   [doi:10.1016/j.neuroimage.2010.07.073](https://doi.org/10.1016/j.neuroimage.2010.07.073)
