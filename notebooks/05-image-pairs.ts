// %% [markdown]
// # Two pictures: how differently will the brain respond?
//
// People looked at thousands of photographs in a 7-tesla scanner (the Natural Scenes Dataset, in the layout of the
// Algonauts 2023 challenge). For any two pictures we can compute how dissimilar the responses to them are. Can a model
// predict that number from the two pictures alone?
//
// An exploratory study tried, with two networks. Its first results looked splendid. Late it found why: it had divided
// *pairs* into training and test, so that nearly every picture of a test pair had been seen in training, with another
// partner. Divided by *picture*, the models explained next to nothing. We repeat the study, show the two ways of
// dividing side by side, and then do what it proposed for the future.
//
// By default this runs on demo data: drawn scenes and made-up responses in the layout of the real files, with a planted
// effect. They are no measurement.
//
// **Where the real data are:** access is by agreement. Accept the terms of the Natural Scenes Dataset, ask for the
// challenge data (`npx tsrsa data list` has the form), unpack `subj01` … into one folder, and pass it:
// `npx tsrsa run notebooks/05-image-pairs -p data=FOLDER`. The study used 500 pictures, 10 rounds and 512 units
// (`-p nImages=500 -p epochs=10 -p hiddenUnits=512 -p testShare=0.2`: 400 for training, 79,800 pairs); the defaults below
// are smaller so that the page takes minutes and not hours.

// %% [markdown] tags=["about"]
// **After this you can** see a leak in a split and prove it with random numbers, compare models of pairs, and test
// them by
// exchanging pictures.
//
// **You need** notebook 00, and an idea of what training and test are. **Time**: 90 minutes with its four exercises;
// it runs in
// two to four minutes (`-p networks=false`: one) and 1.5 GB of memory. **Data**: made on your machine in seconds
// (demo); the
// real ones come by agreement, 748 MB a hemisphere.

// %% tags=["parameters"]
// "demo", or the folder with subj01, subj02 …
let data = "demo";
// Pictures used of each participant: 200 make 19,900 pairs.
let nImages = 200;
// Share of the pictures (or pairs) that is for the test.
let testShare = 0.35;
// Whether networks are trained; without them sections 7 and 8 are short.
let networks = true;
// Rounds and units of the perceptrons, rounds of the CNNs.
let epochs = 6;
let hiddenUnits = 64;
let cnnEpochs = 6;

// %%
import { canTrainNetworks } from "tsrsa";
import { locateData } from "tsrsa/data";

const { folder, ...located } = await locateData("algonauts2023", data);
const training = networks && (await canTrainNetworks());
console.log(
  training
    ? "Networks are trained below, by TensorFlow.js."
    : "No networks below: switched off, or TensorFlow.js is not installed.",
);
located;

// %% [markdown]
// ## The plan
//
// What is predicted from what, and where pictures are set aside:

// %%
import { plotDiagram } from "tsrsa";

const box = (name: string, note: string, column: number, row: number) => ({
  ...{ name, note, column, row },
});
const boxes = [
  box("pictures", "photographs", 0, 0),
  box("responses", "7 T, two hemispheres", 0, 1),
  box("embeddings", "CLIP", 1, 0),
  box("RDMs", "1 − r, Euclidean", 1, 1),
  box("pairs", "divided by picture", 2, 0.5),
  box("model", "CNN, MLP, SVR …", 3, 0.5),
  box("scores", "R², Spearman's ρ", 4, 0.5),
];

// %%
plotDiagram(boxes, {
  arrows: [
    ["pictures", "embeddings"],
    ["responses", "RDMs"],
    ["embeddings", "pairs"],
    ["RDMs", "pairs"],
    ["pairs", "model"],
    ["model", "scores"],
  ],
  caption: "From pictures and responses to scores.",
});

// %% [markdown]
// ## 1. Pictures and responses
//
// One file a hemisphere, pictures × vertices of the cortex. The real ones have 748 MB each; only the rows and columns
// that are asked for are read. Regions are found by name, left and right side by side. Each vertex is standardised over
// the pictures, so that all weigh the same.

// %%
import { openAlgonautsSubject, plotImages, Table } from "tsrsa";

const subject = await openAlgonautsSubject(`${folder}/subj01`);
const names = subject.images.slice(0, nImages).map(({ name }) => name);
// The number of a picture is the same for all participants: it is the label.
const labelOf = (name: string) => name.replace(/^train-\d+_/, "");
const items = names.map(labelOf);
new Table({
  participant: [subject.name],
  pictures: [subject.images.length],
  "used here": [names.length],
  "vertices, left": [subject.vertices.lh],
  "vertices, right": [subject.vertices.rh],
  "of these in V1": [subject.rois.get("V1") ?? 0],
});

// %%
const pictures = await subject.readImages(names);
plotImages(pictures.slice(0, 16), {
  ...{ titles: items.slice(0, 16), columns: 8, imagePx: 84 },
});

// %% [markdown]
// ## 2. What is to be predicted: RDMs in two metrics
//
// 1 − Pearson's correlation compares the pattern over vertices: 0 the same, 1 unrelated, 2 opposite. The Euclidean
// distance also sees how strong the responses are. V1 is early visual cortex; "all" is every vertex of the file.

// %%
import { computeRdm, standardizeColumns, type AlgonautsSubject } from "tsrsa";

type Metric = "correlation" | "euclidean";
const metrics: Metric[] = ["correlation", "euclidean"];
const words = { correlation: "1 − Pearson", euclidean: "Euclidean" };
async function brainRdm(
  from: AlgonautsSubject,
  roi: string,
  metric: Metric,
  images = names,
) {
  const { data: responses } = await from.readResponses({ roi, images });
  const name = `${roi}, ${words[metric]}`;
  const how = { metric, items: images.map(labelOf), name };
  return computeRdm(standardizeColumns(responses), how);
}

// %%
import { display, plotRdms } from "tsrsa";

const rdms = {
  V1: {
    correlation: await brainRdm(subject, "V1", "correlation"),
    euclidean: await brainRdm(subject, "V1", "euclidean"),
  },
  all: {
    correlation: await brainRdm(subject, "all", "correlation"),
    euclidean: await brainRdm(subject, "all", "euclidean"),
  },
};

// %%
for (const metric of metrics)
  await display(
    plotRdms([rdms.V1[metric], rdms.all[metric]], {
      ...{ columns: 2, scale: "each" },
    }),
  );

// %%
import { claim, mean, median } from "tsrsa";

const four = [rdms.V1, rdms.all].flatMap((of) => metrics.map((m) => of[m]));
const extent = four.map(({ name, condensed }) => ({
  RDM: name ?? "",
  min: condensed.reduce((a, b) => Math.min(a, b)),
  median: median(condensed),
  mean: mean(condensed),
  max: condensed.reduce((a, b) => Math.max(a, b)),
}));
new Table({
  RDM: extent.map(({ RDM }) => RDM),
  min: extent.map(({ min }) => min),
  mean: extent.map((row) => row.mean),
  max: extent.map(({ max }) => max),
});

// %% [markdown]
// (The study, on real data: 0.288 to 1.630 in V1 and 0.356 to 1.524 over all regions, with 1 − Pearson.) Stripes across
// an RDM are pictures that are unlike *all* others. Keep them in mind: a model that has seen such a picture can remember
// it.
//
// ## 3. How the values are distributed

// %%
import { plotDistribution } from "tsrsa";

for (const metric of metrics)
  await display(
    plotDistribution(
      { V1: rdms.V1[metric].condensed, all: rdms.all[metric].condensed },
      { label: words[metric] },
    ),
  );
const [r1, e1, rAll, eAll] = extent;

// %%
claim(
  "1 − Pearson lies around 1, in V1 and over all (median between 0.9 and 1.1)",
  [r1, rAll].every((row) => row.median > 0.9 && row.median < 1.1),
);
claim(
  "Euclidean distances grow with the number of vertices",
  eAll.median > e1.median,
);
claim(
  "Euclidean distances have their longer tail to the right",
  [e1, eAll].every((row) => row.max - row.median > row.median - row.min),
);

// %% [markdown]
// 1 around which 1 − Pearson lies means *unrelated*: most pairs of pictures evoke patterns that have nothing to do with each
// other. The tail of the Euclidean distances are pictures with strong responses.
//
// ## 4. Extreme pairs
//
// The study's two tables: the lowest and the largest value of each metric, and for the correlation the one nearest to 1, in
// V1 and over the whole cortex. Each row below is a pair. Do the two look as alike as the brain finds them?

// %%
import { extremePairs, type Rdm } from "tsrsa";

const byName = new Map(items.map((name, at) => [name, pictures[at]]));
const rowsOf = (of: Record<Metric, Rdm>) => {
  const [r, e] = metrics.map((m) => extremePairs(of[m], { count: 1 }));
  return [
    { kind: "1 − Pearson, lowest", pair: r.mostSimilar[0] },
    { kind: "1 − Pearson, nearest 1", pair: r.nearest[0] },
    { kind: "1 − Pearson, largest", pair: r.mostDissimilar[0] },
    { kind: "Euclidean, lowest", pair: e.mostSimilar[0] },
    { kind: "Euclidean, largest", pair: e.mostDissimilar[0] },
  ];
};

// %%
for (const [roi, of] of Object.entries(rdms)) {
  const rows = rowsOf(of);
  const both = rows.flatMap(({ pair: { a, b } }) => [a, b]);
  const images = both.flatMap((name) => byName.get(name) ?? []);
  const titles = rows.flatMap(({ kind, pair: { a, b, dissimilarity } }) => [
    `${kind}: ${dissimilarity.toFixed(2)} (${a})`,
    `and ${b}`,
  ]);
  const caption = `${roi}: each row is a pair.`;
  const look = { titles, columns: 2, imagePx: 110, widthPx: 420, caption };
  await display(plotImages(images, look));
}

// %% [markdown]
// ## 5. What a model sees: embeddings of CLIP
//
// CLIP, a network trained on pictures with their captions, turns each picture into numbers: 768 in its last *visual*
// layer, 512 after they are *projected* to where text is, too. If there is no file of them yet they are computed by an
// ONNX model. (The demo has stand-ins.)

// %%
import {
  asMatrix,
  asStrings,
  clipEmbeddings,
  listFiles,
  readNpzArray,
} from "tsrsa";

async function loadEmbeddings() {
  const inside = await listFiles(folder, /^embeddings$/);
  if (inside.length === 0) {
    const clip = await locateData("clip-vit-b32", "real");
    const model = `${clip.folder}/vision_model.onnx`;
    return { labels: items, ...(await clipEmbeddings(pictures, model)) };
  }
  const path = `${folder}/embeddings/clip-vit-base-patch32.npz`;
  return {
    labels: asStrings(await readNpzArray(path, "filenames")),
    projected: asMatrix(await readNpzArray(path, "projected")),
    visual: asMatrix(await readNpzArray(path, "visual")),
  };
}
const { labels, projected, visual } = await loadEmbeddings();

// %%
import { report, spearman, subset } from "tsrsa";

const embeddings = { projected, visual };
const plain = Object.entries(embeddings).flatMap(([layer, features]) => {
  const whole = computeRdm(features, { items: labels, name: layer });
  const { condensed } = subset(whole, items);
  return four.map((rdm) => ({
    ...{ embedding: layer, brain: rdm.name ?? "" },
    rho: spearman(condensed, rdm.condensed),
  }));
});
new Table({
  embedding: plain.map(({ embedding }) => embedding),
  brain: plain.map(({ brain }) => brain),
  "Spearman's ρ": plain.map(({ rho }) => rho),
});

// %%
const rhoOf = (brain: string) =>
  Math.max(
    ...plain.filter((row) => row.brain === brain).map(({ rho }) => rho),
  );
report("ρ with the whole cortex, 1 − Pearson", rhoOf("all, 1 − Pearson"));
report("ρ with the whole cortex, Euclidean", rhoOf("all, Euclidean"));
claim(
  "with nothing learned, embeddings already tell something about responses (ρ above 0 for 1 − Pearson)",
  rhoOf("all, 1 − Pearson") > 0.05,
);

// %% [markdown]
// (The study, on real data and over all regions: ρ of 0.288 with 1 − Pearson and 0.162 with Euclidean distances.) Every
// model below must beat that.
//
// ## 6. The leak
//
// Two ways to set a share of the data aside:
// - **by picture**: some pictures are for the test. Training pairs consist of training pictures, test pairs of test
//   pictures; mixed pairs are left out.
// - **by pair**: some pairs are for the test, whatever pictures they contain. The library calls this `pairs-leaky`, and
//   warns.

// %%
import { pairDataset, type MatrixLike, type PairSplit } from "tsrsa";

const divided = (rdm: Rdm, features: MatrixLike, split: PairSplit) =>
  pairDataset(rdm, features, { items: labels, split, testShare, seed: 1 });
const honest = divided(rdms.V1.euclidean, projected, "images");
const leaky = divided(rdms.V1.euclidean, projected, "pairs-leaky");
await display(honest);
leaky;

// %% [markdown]
// The same model, the same data, two splits. Kernel ridge regression learns a smooth function of both embeddings.

// %%
import { plotPredictions, trainPairModel } from "tsrsa";

const honestKernel = await trainPairModel(honest, { model: "kernel-ridge" });
const leakyKernel = await trainPairModel(leaky, { model: "kernel-ridge" });
plotPredictions(
  { "by pair (leaky)": leakyKernel, "by picture": honestKernel },
  { label: "distance in V1" },
);

// %%
report("kernel ridge, by pair (leaky), R²", leakyKernel.r2);
report("kernel ridge, by picture, R²", honestKernel.r2);
claim(
  "the same model looks far better when the split leaks (R² higher by more than 0.2)",
  leakyKernel.r2 > honestKernel.r2 + 0.2,
);

// %% tags=["setup:test-pairs"]
import { check } from "tsrsa/course";

const nTest = honest.folds[0].testImages.length;

// %% [markdown] tags=["exercise:test-pairs"]
// ### Exercise 1: how many test pairs? (2 minutes)
//
// By picture, `nTest` of the pictures are for the test. How many **test pairs** do they make?

// %% [markdown] tags=["hint:test-pairs"]
// Pairs of two test pictures, each once.

// %% [markdown] tags=["hint:test-pairs"]
// *n* things make *n* (*n* − 1) / 2 pairs.

// %% tags=["exercise:test-pairs"]
const nTestPairs = (nTest * (nTest - 1)) / 2; // blank: the number of test pairs, from nTest
check("05/test-pairs", nTestPairs, {
  ...{ nTest: nTest, nImages: names.length },
});

// %% [markdown] tags=["explanation:test-pairs"]
// Pairs of a test picture with a training picture are in neither part. That is the price of an honest split: many
// pairs are
// left out.

// %% [markdown] tags=["exercise:leak"]
// ### Exercise 2: how much was seen? (6 minutes)
//
// Of the leaky split: which share of the test pairs have **both** their pictures in training pairs as well?
// `leakyFold.test`
// has the pairs (`i` and `j` are the numbers of their pictures), `leakyFold.trainImages` the numbers of the pictures
// in
// training pairs.

// %% tags=["setup:leak"]
const [leakyFold] = leaky.folds;

// %% [markdown] tags=["hint:leak"]
// `new Set(leakyFold.trainImages)` knows quickly whether it has a number: `.has(…)`.

// %% [markdown] tags=["hint:leak"]
// Count the places `at` for which it has both `test.i[at]` and `test.j[at]`, and divide by `test.i.length`.

// %% tags=["exercise:leak"]
// blank begin: seenShare, the share of test pairs with both seen
const seen = new Set(leakyFold.trainImages);
const { i: ofFirst, j: ofSecond } = leakyFold.test;
const bothSeen = ofFirst.filter(
  (picture, at) => seen.has(picture) && seen.has(ofSecond[at]),
);
const seenShare = bothSeen.length / ofFirst.length;
// blank end
check("05/leak", seenShare, { dataset: leaky });

// %% [markdown] tags=["explanation:leak"]
// All, or nearly all. With dozens of partners for each picture, a random choice of pairs cannot keep a picture out of
// training.

// %% tags=["explanation:leak"]
import { plotModelComparison as plotShares } from "tsrsa";

const models2 = [
  { name: "by pair (leaky)", mean: seenShare },
  { name: "by picture", mean: 0 },
];
plotShares(
  { models: models2 },
  { label: "test pairs with both pictures seen", errorBars: "none" },
);

// %% [markdown] tags=["instructor:leak"]
// Let the room guess before they compute. Most guess the training share.

// %% [markdown]
// Back to the two clouds of predictions above. By pair: a success to be proud of. By picture: what it is worth on pictures
// that the model has not seen. What was learned by pair? Not how pictures look to V1, but *which pictures have strong responses*: a property of each picture that shows
// in all its pairs.
//
// The proof: give the model random numbers instead of embeddings. They hold nothing about the pictures but their
// identity.

// %%
import { random } from "tsrsa";

const stream = random(7);
const noise = labels.map(() =>
  Array.from({ length: 512 }, () => stream.normal()),
);
const withNoise = (split: PairSplit) =>
  trainPairModel(divided(rdms.V1.euclidean, noise, split), {
    ...{ model: "ridge", alpha: 1000 },
  });

// %%
const leakyNoise = await withNoise("pairs-leaky");
const honestNoise = await withNoise("images");
plotPredictions(
  {
    "random, by pair (leaky)": leakyNoise,
    "random, by picture": honestNoise,
  },
  { label: "distance in V1" },
);

// %%
report("random numbers, by pair (leaky), R²", leakyNoise.r2);
report("random numbers, by picture, R²", honestNoise.r2);
claim(
  "a linear model on random numbers 'explains' more than a tenth of the variance when the split leaks",
  leakyNoise.r2 > 0.1,
);
claim("and nothing when it does not (R² below 0.05)", honestNoise.r2 < 0.05);

// %% [markdown]
// No score of a leaky split says anything about pictures.
//
// ## 7. First model: a Siamese network on the pictures
//
// Both pictures, grey, 128 × 128 and scaled to the range of their values, go through the same two convolutional layers; the
// differences of the two codes give the prediction. The loss is α (1 − correlation) + (1 − α) mean squared error, α = 0.5.
// The last unit is linear, or a sigmoid × 2 (here scaled to the range of the training data: 1 − Pearson lies from 0 to 2).

// %%
const siamese = [
  box("picture a", "grey, 128 × 128", 0, 0),
  box("picture b", "grey, 128 × 128", 0, 1),
  box("convolutions", "two, the same for both", 1, 0.5),
  box("codes", "one a picture", 2, 0.5),
  box("difference", "of the codes", 3, 0.5),
  box("1 − Pearson", "linear or sigmoid", 4, 0.5),
];

// %%
plotDiagram(siamese, {
  arrows: [
    ["picture a", "convolutions"],
    ["picture b", "convolutions"],
    ["convolutions", "codes"],
    ["codes", "difference"],
    ["difference", "1 − Pearson"],
  ],
  caption: "The Siamese network.",
});

// %%
import { resizeImage, stackImages, type PairResult } from "tsrsa";

const greyPictures = await subject.readImages(names, { grey: true });
const size = { widthPx: 128, heightPx: 128 };
const grey = stackImages(
  greyPictures.map((image) => resizeImage(image, size)),
);
async function trainCnn(split: PairSplit, output: "linear" | "sigmoid") {
  const how = { items, split, testShare, seed: 1 };
  const pairs = pairDataset(rdms.V1.correlation, grey, how);
  const rounds = { epochs: cnnEpochs };
  return trainPairModel(pairs, { model: "siamese-cnn", output, ...rounds });
}

// %%
const cnn: Record<string, PairResult> = {};
if (training) {
  cnn["linear, by picture"] = await trainCnn("images", "linear");
  cnn["sigmoid, by picture"] = await trainCnn("images", "sigmoid");
  cnn["linear, leaky"] = await trainCnn("pairs-leaky", "linear");
  cnn["sigmoid, leaky"] = await trainCnn("pairs-leaky", "sigmoid");
}

// %%
import { plotTraining } from "tsrsa";

function scoreTable(results: Record<string, PairResult>) {
  const rows = Object.values(results);
  return new Table({
    model: Object.keys(results),
    "R² of test pairs": rows.map(({ r2 }) => r2),
    "ρ of test pairs": rows.map((row) => row.spearman),
    "R² of training pairs": rows.map(({ folds }) => folds[0].trainScores.r2),
  });
}
if (training) await display(scoreTable(cnn));
if (training) await display(plotTraining(cnn));

// %%
import { renamed } from "tsrsa";

if (training) {
  const { folds } = cnn["linear, by picture"].dataset;
  const tested = Array.from(folds[0].testImages, (at) => items[at]);
  const predicted = (name: string) =>
    renamed(subset(cnn[`${name}, by picture`].predictedRdm(), tested), name);
  const truth = renamed(subset(rdms.V1.correlation, tested), "measured");
  const matrices = [truth, predicted("linear"), predicted("sigmoid")];
  await display(plotRdms(matrices, { scale: "each" }));
}

// %%
if (training) {
  const [linear, sigmoid] = Object.values(cnn);
  const bestOfBoth = Math.max(linear.r2, sigmoid.r2);
  report("best CNN by picture, R²", bestOfBoth);
  claim(
    "by picture, no CNN explains a tenth of the variance",
    bestOfBoth < 0.1,
  );
}

// %% [markdown]
// (The study's CNN, by picture: R² of −0.004 with a linear unit and −0.11 with the sigmoid.) A few hundred pictures are far
// too few to learn from pixels what to look at.
//
// ## 8. Second model: a perceptron on embeddings
//
// The embeddings of both pictures one after the other, 0 to 3 hidden layers, mean squared error; on **all regions**, for
// every combination of embedding and metric, leaked and honest side by side. This is the study's main table. Beside it, what
// it wanted and could not run: linear **support vector regression** (SVR).

// %%
const mlp = [
  box("picture a", "CLIP: 512 or 768 numbers", 0, 0),
  box("picture b", "CLIP: 512 or 768 numbers", 0, 1),
  box("a, then b", "1024 or 1536", 1, 0.5),
  box("0 to 3 hidden layers", `${hiddenUnits} units each`, 2, 0.5),
  box("dissimilarity", "one linear unit", 3, 0.5),
];

// %%
plotDiagram(mlp, {
  arrows: [
    ["picture a", "a, then b"],
    ["picture b", "a, then b"],
    ["a, then b", "0 to 3 hidden layers"],
    ["0 to 3 hidden layers", "dissimilarity"],
  ],
  caption: "The perceptron.",
});

// %%
import { progress, type PairModelOptions } from "tsrsa";

const sizes = { hiddenUnits, epochs, batchSize: 256, learningRate: 0.003 };
const depths = training ? [0, 1, 2, 3] : [];
const models: { name: string; options: PairModelOptions }[] = [
  { name: "SVR", options: { model: "svr", rounds: 20 } },
];
for (const hiddenLayers of depths)
  models.push({
    name: `${hiddenLayers} hidden`,
    options: { model: "mlp", ...sizes, hiddenLayers },
  });
const sets = (split: PairSplit) =>
  metrics.flatMap((metric) => [
    divided(rdms.all[metric], projected, split),
    divided(rdms.all[metric], visual, split),
  ]);

// %%
async function trainAll(split: PairSplit) {
  const line = progress(`models, ${split}`, 4 * models.length);
  const rows: PairResult[][] = models.map(() => []);
  for (const [column, set] of sets(split).entries())
    for (const [row, { options }] of models.entries()) {
      const quiet = { ...options, onProgress: false };
      rows[row].push(await trainPairModel(set, quiet));
      line.update(column * models.length + row + 1);
    }
  line.finish();
  return rows;
}
const leaked = await trainAll("pairs-leaky");
const fair = await trainAll("images");

// %%
import { plotHeatmap } from "tsrsa";

const panel = (name: string, values: number[][]) => ({
  ...{ name, values, rows: models.map((model) => model.name) },
  columns: ["1−r, proj.", "1−r, visual", "Eucl., proj.", "Eucl., visual"],
});
const drawn = { decimals: 2, columns: 2 };
const r2Of = (rows: PairResult[][]) =>
  rows.map((row) => row.map(({ r2 }) => r2));
const rhosOf = (rows: PairResult[][]) =>
  rows.map((row) => row.map((one) => one.spearman));

// %%
await display(
  plotHeatmap(
    [panel("by pair (leaky)", r2Of(leaked)), panel("by picture", r2Of(fair))],
    { ...drawn, label: "R², all regions", range: [-0.5, 1] },
  ),
);
plotHeatmap(
  [
    panel("by pair (leaky)", rhosOf(leaked)),
    panel("by picture", rhosOf(fair)),
  ],
  { ...drawn, label: "Spearman's ρ, all regions", range: [-0.2, 1] },
);

// %%
const best = (rows: PairResult[][]) => Math.max(...r2Of(rows).flat());
const bestRho = Math.max(...rhosOf(fair).flat());
report("best R², by pair (leaky)", best(leaked));
report("best R², by picture", best(fair));
report("best ρ, by picture", bestRho);
claim(
  "the best model looks better in R² when the split leaks",
  best(leaked) > best(fair),
);

// %%
console.log(
  bestRho > best(fair)
    ? "By picture, order is predicted better than amount."
    : "By picture, order is not predicted better than amount here.",
);
const [, linear, ...deeper] = r2Of(leaked);
if (training)
  console.log(
    deeper.every((row) => row.every((r2, c) => r2 > linear[c]))
      ? "Leaky, R² jumps up with the first hidden layer, in every column."
      : "Leaky, R² does not rise with a hidden layer in every column here.",
  );

// %% [markdown]
// Units are there to remember: which picture has strong responses, and which two go together. By picture, what was remembered
// does not carry over. (The study found R² below 0 there.)
//
// ## 9. What the study proposed: symmetric models, and learning a space
//
// Concatenation makes (a, b) and (b, a) two different questions, though the answer is one. Three ways out: learn both
// orders; features that do not change when a and b are swapped (|a − b| and a · b); or map each picture into a space in
// which distance *is* the prediction (contrastive). From here on the target is 1 − Pearson in V1 and the split is by picture.

// %%
const target = divided(rdms.V1.correlation, projected, "images");
const variants: Record<string, PairModelOptions> = {
  "distance of embeddings": { model: "distance" },
  "ridge, concatenated": { model: "ridge" },
  "ridge, both orders": { model: "ridge", combination: "both-orders" },
  "ridge, |a − b| and a · b": { model: "ridge", combination: "symmetric" },
  SVR: { model: "svr", rounds: 20 },
  "kernel ridge, concatenated": { model: "kernel-ridge" },
  "kernel ridge, symmetric": { model: "kernel-ridge", symmetric: true },
};

// %%
const deep = { model: "mlp", ...sizes };
if (training)
  Object.assign(variants, {
    "perceptron, concatenated": deep,
    "perceptron, both orders": { ...deep, combination: "both-orders" },
    "perceptron, |a − b| and a · b": { ...deep, combination: "symmetric" },
    "contrastive space": { model: "contrastive" },
  });

// %%
const compared: Record<string, PairResult> = {};
for (const [name, options] of Object.entries(variants))
  compared[name] = await trainPairModel(target, {
    ...{ ...options, onProgress: false },
  });
await display(scoreTable(compared));
const rho = (name: string) => compared[name].spearman;
claim(
  "models that compare a with b order pairs better than a linear one on a, then b",
  rho("ridge, |a − b| and a · b") > rho("ridge, concatenated") &&
    rho("kernel ridge, symmetric") > rho("ridge, concatenated"),
);

// %%
const plainRho = rho("distance of embeddings");
const gains = Object.keys(variants).map((name) => rho(name) - plainRho);
report("ρ of the plain distance", plainRho);
report("the most that any model adds to it", Math.max(...gains));

// %% [markdown]
// A linear model on concatenated embeddings cannot say "alike": it adds something for a and something for b. The plain
// distance learns next to nothing, and the last number above says how far the best of the others comes beyond it. (It is
// the best of many, chosen by its score; that alone makes it look better than it is.)

// %% [markdown] tags=["exercise:symmetric"]
// ### Exercise 3: one question, one answer (6 minutes)
//
// Write a function `pairFeatures` of two embeddings (lists of numbers of one length) that gives a list of numbers, **does
// not
// change** when the two are swapped, and lets a linear model say “these two are alike”.

// %% [markdown] tags=["hint:symmetric"]
// `a.map((value, at) => …)` goes through both.

// %% [markdown] tags=["hint:symmetric"]
// Which function of a difference forgets its sign?

// %% tags=["exercise:symmetric"]
// blank begin: pairFeatures, a function of two lists
const pairFeatures = (a: number[], b: number[]) =>
  a.map((value, at) => Math.abs(value - b[at]));
// blank end
check("05/symmetric", pairFeatures, {});

// %% [markdown] tags=["explanation:symmetric"]
// A sum is symmetric too, but cannot say “alike”: 1 + 3 and 2 + 2 are the same to it.

// %% [markdown] tags=["instructor:symmetric"]
// The sum is the interesting wrong answer. Ask for two pairs of pictures that it cannot tell apart.

// %% [markdown]
// ## 10. Is it more than chance?
//
// Pairs share pictures, so they are not independent, and an ordinary test would find almost anything significant. We
// permute *pictures*: predictions are compared with the responses to other pictures of the test set.

// %%
import { pairPermutationTest } from "tsrsa";

const winner = compared["kernel ridge, symmetric"];
const how = { nPermutations: 1000, seed: 1 };
const permutation = await pairPermutationTest(winner, how);
report("kernel ridge by picture, ρ", permutation.spearman);
report("its p, pictures permuted", permutation.pValue);
claim("kernel ridge is better than chance", permutation.pValue < 0.05);
plotDistribution(
  { "pictures permuted": permutation.null },
  { label: "Spearman's ρ", lines: { found: permutation.spearman } },
);

// %% [markdown] tags=["exercise:units"]
// ### Exercise 4: what is exchanged? (design) (2 minutes)
//
// For the p value above, something was exchanged `nPermutations` times. How many **independent** things were there to
// exchange? `ofTest` has some numbers to choose from.

// %% tags=["setup:units"]
const [{ testImages: ofTestPart, test: pairsOfTest }] = target.folds;
const ofTest = {
  nTestImages: ofTestPart.length,
  nTestPairs: pairsOfTest.target.length,
  nPermutations: how.nPermutations,
};

// %% [markdown] tags=["hint:units"]
// What was divided into training and test?

// %% [markdown] tags=["hint:units"]
// Two pairs that share a picture are not independent.

// %% tags=["exercise:units"]
const nUnits = ofTest.nTestImages; // blank: how many independent things
check("05/units", nUnits, ofTest);

// %% [markdown] tags=["explanation:units"]
// Pictures. There are many more pairs, and a test that took them for independent would find nearly anything
// significant.

// %% [markdown]
// Next to each other, what was measured and what was predicted for the test pictures:

// %%
const tested = Array.from(target.folds[0].testImages, (at) => items[at]);
plotRdms(
  [
    renamed(subset(rdms.V1.correlation, tested), "measured"),
    subset(winner.predictedRdm(), tested),
  ],
  { columns: 2, scale: "each" },
);

// %% [markdown]
// ## 11. Which regions can be predicted?
//
// The same model, the plain distance, cross-validated: every picture is in the test once. Single regions first, then whole
// streams, which contain them.

// %%
const known = (rois: string[]) =>
  rois.filter((roi) => (subject.rois.get(roi) ?? 0) > 1);
const regions = known("V1 V2 V3 hV4 EBA FFA-1 PPA".split(" "));
const streams = known("early ventral lateral parietal".split(" "));

// %%
async function foldScores(rois: string[], features: MatrixLike) {
  const columns: number[][] = [];
  for (const roi of rois) {
    const rdm = await brainRdm(subject, roi, "correlation");
    const cut = { items: labels, nFolds: 4, seed: 1 };
    const { folds } = await trainPairModel(pairDataset(rdm, features, cut), {
      ...{ model: "distance", onProgress: false },
    });
    columns.push(folds.map((fold) => fold.spearman));
  }
  return columns[0].map((_, fold) => columns.map((column) => column[fold]));
}

// %%
import { plotProfiles } from "tsrsa";

for (const rois of [regions, streams]) {
  const profiles = [];
  for (const [name, features] of Object.entries(embeddings))
    profiles.push({ name, subjects: await foldScores(rois, features) });
  await display(
    plotProfiles(profiles, {
      ...{ steps: rois, label: "Spearman's ρ of test pairs" },
      ...{ errorLabel: "± 1 SEM over folds", circles: "folds" },
    }),
  );
}

// %% [markdown]
// ## 12. Several participants: how much could be predicted?
//
// Pictures that all participants saw give the same RDM from several brains. How well one brain's RDM follows from the
// mean of the others is what a perfect model of the *common* part could reach: the noise ceiling. And a model trained on
// one brain can be tested on another, on pictures neither it nor that brain's data were used for.

// %%
const others = await listFiles(folder, /^subj0\d$/);
const people: AlgonautsSubject[] = [];
for (const name of others)
  people.push(await openAlgonautsSubject(`${folder}/${name}`));
const namesOf = people.map(
  ({ images }) => new Map(images.map(({ name }) => [labelOf(name), name])),
);
const shared = items.filter((item) => namesOf.every((of) => of.has(item)));
console.log(
  `${people.length} participants, ${shared.length} pictures that all saw`,
);
const enough = people.length > 1 && shared.length >= 20;

// %%
const common: Rdm[] = [];
for (const [at, person] of enough ? people.entries() : []) {
  const images = shared.map((item) => namesOf[at].get(item) ?? "");
  common.push(await brainRdm(person, "all", "correlation", images));
}
const testImages = shared.filter((_, at) => at % 3 === 0);
const setsOf = common.map((rdm) =>
  pairDataset(rdm, projected, { items: labels, testImages }),
);

// %%
import { noiseCeiling, predictPairs, scorePairs } from "tsrsa";

const acrossPeople = [];
if (enough) {
  const { folds } = await trainPairModel(setsOf[0], {
    ...{ model: "kernel-ridge", symmetric: true },
  });
  for (const { features, folds: own } of setsOf) {
    const { test } = own[0];
    const predicted = predictPairs(folds[0].model, features, test);
    acrossPeople.push(scorePairs(test.target, predicted));
  }
}
// %%
new Table({
  "trained on": acrossPeople.map(() => people[0].name),
  "tested on": acrossPeople.map((_, at) => people[at].name),
  "R²": acrossPeople.map(({ r2 }) => r2),
  "Spearman's ρ": acrossPeople.map((score) => score.spearman),
});

// %%
if (enough) {
  const { lower, upper } = await noiseCeiling(common, {
    method: "spearman",
  });
  report("noise ceiling over participants", { lower, upper });
  const toOthers = acrossPeople.slice(1).map((score) => score.spearman);
  claim(
    "what was learned on one brain holds for others",
    Math.min(...toOthers) > 0,
  );
  claim("but stays below the noise ceiling", Math.max(...toOthers) < lower);
}

// %% [markdown]
// The brains share more than these models catch. Repeating sections 2 to 11 for each participant is a loop over `people`.
// Two proposals of the study are not here: other pretrained networks than CLIP (any file of embeddings with `filenames` can
// take the place of CLIP's), and VGG16's 200,704 numbers a picture, which is too wide for any of these models and would be
// reduced first.
//
// ## 13. What to take home
//
// - Whatever a pair, a trial or a patch consists of: **divide that**, not what it is combined into. `pairDataset` does so
//   unless told otherwise.
// - Try your pipeline on random numbers. If it succeeds, it leaks.
// - Compare with the simplest thing that could work (here: the distance of two embeddings), and with the ceiling.

// %% [markdown]
// ## To discuss
//
// 1. Which splits that you have seen in papers would be called *leaky* here? What is their "picture"?
// 2. The leaky model is not worthless: what *has* it learned, and for whom might that be useful?
// 3. The plain distance of embeddings has nothing to learn. If the best model is hardly better, what follows for the next
//    study?
//
// ## To read on
//
// - Allen, E. J. and others (2022). A massive 7T fMRI dataset to bridge cognitive neuroscience and artificial intelligence.
//   *Nature Neuroscience* 25, 116–126. [doi:10.1038/s41593-021-00962-x](https://doi.org/10.1038/s41593-021-00962-x)
// - Gifford, A. T. and others (2023). The Algonauts Project 2023 challenge.
//   [doi:10.48550/arXiv.2301.03198](https://doi.org/10.48550/arXiv.2301.03198)
// - Kapoor, S. & Narayanan, A. (2023). Leakage and the reproducibility crisis in machine-learning-based science. *Patterns*
//   4, 100804. [doi:10.1016/j.patter.2023.100804](https://doi.org/10.1016/j.patter.2023.100804)
// - Radford, A. and others (2021). Learning transferable visual models from natural language supervision.
//   [doi:10.48550/arXiv.2103.00020](https://doi.org/10.48550/arXiv.2103.00020)
