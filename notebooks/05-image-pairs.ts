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
// `npx tsrsa run notebooks/05-image-pairs -p data=FOLDER`.

// %% tags=["parameters"]
// "demo", or the folder with subj01, subj02 …
let data = "demo";
// How many pictures of each participant are used: 200 make 19,900 pairs.
let nImages = 200;
// Rounds and units of the perceptrons, rounds of the CNNs; the study used 10 and 512.
let epochs = 6;
let hiddenUnits = 64;
let cnnEpochs = 6;

// %%
import {
  asMatrix,
  asStrings,
  canTrainNetworks,
  clipEmbeddings,
  computeRdm,
  display,
  extremePairs,
  noiseCeiling,
  openAlgonautsSubject,
  pairDataset,
  pairPermutationTest,
  plotDistribution,
  plotHeatmap,
  plotImages,
  plotPredictions,
  plotProfiles,
  plotRdms,
  plotTraining,
  predictPairs,
  progress,
  random,
  readNpz,
  renamed,
  report,
  resizeImage,
  scorePairs,
  spearman,
  stackImages,
  standardizeColumns,
  subset,
  Table,
  trainPairModel,
  type AlgonautsSubject,
  type NamedPair,
  type PairModelOptions,
  type PairResult,
  type PairSplit,
  type Rdm,
} from "tsrsa";
import { locateData } from "tsrsa/data";
import { existsSync } from "node:fs";

const { folder, note } = await locateData("algonauts2023", data);
console.log(note);
const networks = await canTrainNetworks();
console.log(
  networks
    ? "TensorFlow.js is installed: networks are trained below."
    : "TensorFlow.js is an optional package and not installed here: networks are left out below, and kernel ridge regression stands in for them. The last line of this page says how to install it.",
);

// %% [markdown]
// ## 1. Pictures and responses
//
// One file a hemisphere, pictures × vertices of the cortex. The real ones have 748 MB each; only the rows and columns
// that are asked for are read. Regions are found by name. Each vertex is standardised over the pictures, so that all
// weigh the same.

// %%
const subject = await openAlgonautsSubject(`${folder}/subj01`);
const shown = subject.images.slice(0, nImages);
const names = shown.map(({ name }) => name);
// The number of a picture is the same for all participants.
const nsdNames = shown.map(({ nsd }) => nsdName(nsd));
function nsdName(nsd: number): string {
  return `nsd-${String(nsd).padStart(5, "0")}`;
}
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
const byName = new Map(nsdNames.map((name, at) => [name, pictures[at]]));
plotImages(pictures.slice(0, 16), { titles: nsdNames.slice(0, 16), columns: 8, imagePx: 84 });

// %% [markdown]
// ## 2. What is to be predicted: RDMs in two metrics
//
// 1 − Pearson's correlation compares the pattern over vertices: 0 the same, 1 unrelated, 2 opposite. The Euclidean
// distance also sees how strong the responses are. V1 is early visual cortex; "all" is every vertex of the file.

// %%
type Metric = "correlation" | "euclidean";
const metrics: readonly Metric[] = ["correlation", "euclidean"];
const metricLabel = { correlation: "1 − Pearson", euclidean: "Euclidean" };

async function brainRdm(from: AlgonautsSubject, roi: string, metric: Metric, images: string[]) {
  const { data: responses } = await from.readResponses({ roi, images });
  const items = images.map((name) => name.replace(/^train-\d+_/, ""));
  return computeRdm(standardizeColumns(responses), {
    metric,
    items,
    name: `${roi}, ${metricLabel[metric]}`,
    meta: { subject: from.name, roi },
  });
}

const rdms = new Map<string, Rdm>();
for (const roi of ["V1", "all"])
  for (const metric of metrics)
    rdms.set(`${roi} ${metric}`, await brainRdm(subject, roi, metric, names));
const rdmOf = (roi: string, metric: Metric): Rdm => {
  const found = rdms.get(`${roi} ${metric}`);
  if (found === undefined) throw new Error(`no RDM of ${roi}`);
  return found;
};
await display(plotRdms([rdmOf("V1", "correlation"), rdmOf("all", "correlation")], { columns: 2 }));
await display(
  plotRdms([rdmOf("V1", "euclidean"), rdmOf("all", "euclidean")], { columns: 2, scale: "each" }),
);

// %%
const all = [...rdms.values()];
const range = (rdm: Rdm) => ({
  min: rdm.condensed.reduce((a, b) => Math.min(a, b)),
  max: rdm.condensed.reduce((a, b) => Math.max(a, b)),
  mean: rdm.condensed.reduce((a, b) => a + b) / rdm.condensed.length,
});
for (const rdm of all)
  report(
    `range of ${rdm.name}`,
    range(rdm),
    `${rdm.name}: ${range(rdm).min.toFixed(3)} to ${range(rdm).max.toFixed(3)}`,
  );
new Table({
  RDM: all.map(({ name }) => name ?? ""),
  min: all.map((rdm) => range(rdm).min),
  max: all.map((rdm) => range(rdm).max),
  mean: all.map((rdm) => range(rdm).mean),
});

// %% [markdown]
// (The study, on real data: 0.288 to 1.630 in V1 and 0.356 to 1.524 over all regions, with 1 − Pearson.) Stripes across
// an RDM are pictures that are unlike *all* others. Keep them in mind: a model that has seen such a picture can remember
// it.
//
// ## 3. How the values are distributed

// %%
await display(
  plotDistribution(
    { V1: rdmOf("V1", "correlation").condensed, all: rdmOf("all", "correlation").condensed },
    { label: "1 − Pearson", lines: { unrelated: 1 } },
  ),
);
plotDistribution(
  { V1: rdmOf("V1", "euclidean").condensed, all: rdmOf("all", "euclidean").condensed },
  { label: "Euclidean distance" },
);

// %% [markdown]
// 1 − Pearson lies around 1: most pairs of pictures evoke patterns that have nothing to do with each other. Euclidean
// distances grow with the number of vertices, and have a long tail of pictures with strong responses.
//
// ## 4. Extreme pairs
//
// The most alike, the least alike and the nearest to 1, in V1 and over all regions. Do the pairs in a row look as alike
// as the brain finds them?

// %%
async function showPairs(kind: string, pairs: readonly NamedPair[]) {
  const images = pairs.flatMap(({ a, b }) => [byName.get(a), byName.get(b)]);
  const titles = pairs.flatMap(({ a, b, dissimilarity }) => [
    `${a}: ${dissimilarity.toFixed(3)}`,
    b,
  ]);
  await display(
    plotImages(
      images.filter((image) => image !== undefined),
      { titles, columns: 6, imagePx: 100, caption: kind },
    ),
  );
}
for (const roi of ["V1", "all"]) {
  const extreme = extremePairs(rdmOf(roi, "correlation"));
  await showPairs(`${roi}: the most similar pairs`, extreme.mostSimilar);
  await showPairs(`${roi}: the most dissimilar pairs`, extreme.mostDissimilar);
  await showPairs(`${roi}: pairs nearest to 1`, extreme.nearest);
}

// %% [markdown]
// ## 5. What a model sees: embeddings of CLIP
//
// CLIP, a network trained on pictures with their captions, turns each picture into numbers: 768 in its last *visual*
// layer, 512 after they are *projected* to where text is, too. If there is no file of them yet they are computed by an
// ONNX model. (The demo has stand-ins.)

// %%
const embeddingPath = `${folder}/embeddings/clip-vit-base-patch32.npz`;
const layers = ["projected", "visual"] as const;
type Layer = (typeof layers)[number];
const { labels, embeddings } = await loadEmbeddings();

async function loadEmbeddings() {
  if (existsSync(embeddingPath)) {
    const file = await readNpz(embeddingPath);
    const array = (name: string) => {
      const found = file.get(name);
      if (found === undefined) throw new Error(`${embeddingPath} has no array ${name}`);
      return found;
    };
    const of = (layer: Layer) => asMatrix(array(layer));
    return {
      labels: asStrings(array("filenames")),
      embeddings: { projected: of("projected"), visual: of("visual") },
    };
  }
  const clip = await locateData("clip-vit-b32", "real");
  return {
    labels: nsdNames,
    embeddings: await clipEmbeddings(pictures, `${clip.folder}/vision_model.onnx`),
  };
}

const embeddingRdm = (layer: Layer) =>
  subset(computeRdm(embeddings[layer], { items: labels, name: layer }), nsdNames);
const plain = layers.flatMap((layer) =>
  all.map((rdm) => ({ layer, rdm, rho: spearman(embeddingRdm(layer).condensed, rdm.condensed) })),
);
new Table({
  embedding: plain.map(({ layer }) => layer),
  brain: plain.map(({ rdm }) => rdm.name ?? ""),
  "Spearman's ρ": plain.map(({ rho }) => rho),
});

// %% [markdown]
// With nothing learned at all, the distance of two embeddings already tells something about the distance of two
// responses. Every model below must beat that.
//
// ## 6. The leak
//
// Two ways to set a third of the data aside:
// - **by picture**: 35 % of the pictures are for the test. Training pairs consist of training pictures, test pairs of test
//   pictures; mixed pairs are left out.
// - **by pair**: 35 % of the pairs are for the test, whatever pictures they contain. The library calls this
//   `pairs-leaky`, and warns.

// %%
const dataset = (rdm: Rdm, layer: Layer, split: PairSplit) =>
  pairDataset(rdm, embeddings[layer], { items: labels, split, seed: 1 });
const honest = dataset(rdmOf("V1", "euclidean"), "projected", "images");
const leaky = dataset(rdmOf("V1", "euclidean"), "projected", "pairs-leaky");
await display(honest);
await display(leaky);

// %% [markdown]
// The same model, the same data, two splits. Kernel ridge regression learns a smooth function of both embeddings.

// %%
const kernel = { model: "kernel-ridge" } as const;
const honestKernel = await trainPairModel(honest, kernel);
const leakyKernel = await trainPairModel(leaky, kernel);
report("kernel ridge, by pair (leaky)", { r2: leakyKernel.r2, spearman: leakyKernel.spearman });
report("kernel ridge, by picture", { r2: honestKernel.r2, spearman: honestKernel.spearman });
plotPredictions(
  { "by pair (leaky)": leakyKernel, "by picture": honestKernel },
  { label: "distance in V1" },
);

// %% [markdown]
// Left, a success to be proud of; right, what it is worth on pictures the model has not seen. What was learned on the
// left? Not how pictures look to V1, but *which pictures have strong responses*: a property of each picture that shows
// in all its pairs.
//
// The proof: give the model random numbers instead of embeddings. They hold nothing about the pictures but their
// identity.

// %%
const stream = random(7);
const noise = {
  data: Float64Array.from({ length: labels.length * 512 }, () => stream.normal()),
  shape: [labels.length, 512],
};
const withNoise = (split: PairSplit) =>
  trainPairModel(pairDataset(rdmOf("V1", "euclidean"), noise, { items: labels, split, seed: 1 }), {
    model: "ridge",
    alpha: 1000,
  });
const leakyNoise = await withNoise("pairs-leaky");
const honestNoise = await withNoise("images");
report("random numbers, by pair (leaky)", { r2: leakyNoise.r2, spearman: leakyNoise.spearman });
report("random numbers, by picture", { r2: honestNoise.r2, spearman: honestNoise.spearman });
plotPredictions(
  { "random, by pair (leaky)": leakyNoise, "random, by picture": honestNoise },
  { label: "distance in V1" },
);

// %% [markdown]
// A *linear* model on *random numbers* "explains" a good part of the variance when the split leaks, and nothing when it
// does not. No score of a leaky split says anything about pictures.
//
// ## 7. First model: a Siamese network on the pictures
//
// Both pictures, grey and 128 × 128, go through the same two convolutional layers; the differences of the two codes give
// the prediction. The loss is α (1 − correlation) + (1 − α) mean squared error. The last unit is linear, or a sigmoid
// that keeps predictions within the range of the training data.

// %%
const grey = stackImages(
  (await subject.readImages(names, { grey: true })).map((image) =>
    resizeImage(image, { widthPx: 128, heightPx: 128 }),
  ),
);
const cnnResults: Record<string, PairResult> = {};
if (networks) {
  for (const split of ["images", "pairs-leaky"] as const) {
    const pairs = pairDataset(rdmOf("V1", "correlation"), grey, {
      items: nsdNames,
      split,
      seed: 1,
    });
    for (const output of ["linear", "sigmoid"] as const) {
      const title = `${output}, ${split === "images" ? "by picture" : "leaky"}`;
      cnnResults[title] = await trainPairModel(pairs, {
        model: "siamese-cnn",
        output,
        epochs: cnnEpochs,
      });
      report(`CNN, ${title}`, { r2: cnnResults[title].r2, spearman: cnnResults[title].spearman });
    }
  }
  await display(scoreTable(cnnResults));
  await display(
    plotTraining({
      "linear, by picture": cnnResults["linear, by picture"],
      "linear, leaky": cnnResults["linear, leaky"],
    }),
  );
} else console.log("No networks here: TensorFlow.js is not installed.");

function scoreTable(results: Readonly<Record<string, PairResult>>): Table {
  const rows = Object.values(results);
  return new Table({
    model: Object.keys(results),
    "R² of test pairs": rows.map(({ r2 }) => r2),
    "ρ of test pairs": rows.map((result) => result.spearman),
    "R² of training pairs": rows.map(({ folds }) => folds[0].trainScores.r2),
    epochs: rows.map(({ folds }) => folds[0].history.length),
  });
}

// %% [markdown]
// On pictures it has not seen, the CNN predicts hardly better than the mean (R² near or below 0). A few hundred pictures
// are far too few to learn from pixels what to look at. With the leak it looks better, if only a little: a small CNN is
// not good at remembering.

// %%
if (networks)
  await display(
    plotPredictions(
      {
        "CNN, leaky": cnnResults["linear, leaky"],
        "CNN, by picture": cnnResults["linear, by picture"],
      },
      { label: "1 − Pearson in V1" },
    ),
  );

// %% [markdown]
// ## 8. Second model: a perceptron on embeddings
//
// The embeddings of both pictures one after the other, 0 to 3 hidden layers, mean squared error; every combination of
// layers, metric and embedding, with both splits. This is the study's main table.

// %%
const grid: { name: string; options: PairModelOptions }[] = networks
  ? [0, 1, 2, 3].map((hiddenLayers) => ({
      name: `${hiddenLayers} hidden`,
      options: {
        model: "mlp",
        hiddenLayers,
        hiddenUnits,
        epochs,
        batchSize: 64,
      },
    }))
  : [
      { name: "ridge", options: { model: "ridge" } },
      { name: "kernel ridge", options: { model: "kernel-ridge" } },
    ];
const columns = metrics.flatMap((metric) => layers.map((layer) => ({ metric, layer })));
const shortLabel = { correlation: "1−r", euclidean: "Eucl." };
const columnNames = columns.map(({ metric, layer }) => `${shortLabel[metric]} ${layer}`);
const scores: Record<PairSplit, PairResult[][]> = { images: [], "pairs-leaky": [] };
const line = progress("models of the grid", 2 * grid.length * columns.length);
let nTrained = 0;
for (const split of ["images", "pairs-leaky"] as const) {
  const sets = columns.map(({ metric, layer }) => dataset(rdmOf("V1", metric), layer, split));
  for (const { options } of grid) {
    const row: PairResult[] = [];
    for (const set of sets) {
      row.push(await trainPairModel(set, { ...options, onProgress: false }));
      line.update(++nTrained);
    }
    scores[split].push(row);
  }
}
line.finish();
const heatmapOf = (split: PairSplit, of: (result: PairResult) => number) => ({
  name: split === "images" ? "by picture" : "by pair (leaky)",
  rows: grid.map(({ name }) => name),
  columns: columnNames,
  values: scores[split].map((row) => row.map(of)),
});
await display(
  plotHeatmap([heatmapOf("pairs-leaky", ({ r2 }) => r2), heatmapOf("images", ({ r2 }) => r2)], {
    label: "R² of test pairs in V1",
    decimals: 2,
    range: [-0.5, 1],
    columns: 2,
  }),
);
plotHeatmap([heatmapOf("pairs-leaky", (r) => r.spearman), heatmapOf("images", (r) => r.spearman)], {
  label: "Spearman's ρ of test pairs in V1",
  decimals: 2,
  range: [-0.2, 1],
  columns: 2,
});

// %%
const best = (split: PairSplit) => scores[split].flat().reduce((a, b) => (b.r2 > a.r2 ? b : a));
report("best R2, by pair (leaky)", best("pairs-leaky").r2);
report("best R2, by picture", best("images").r2);

// %% [markdown]
// Leaky, R² jumps up with the first hidden layer: units are there to remember. By picture it is at or below 0, whatever
// the number of layers: what was remembered does not carry over. (The study found R² below 0 there, and a rank correlation of 0.288 at best.) Order is
// predicted better than amount: ρ can be well above 0 where R² is not.
//
// ## 9. What the study proposed: symmetric models, and learning a space
//
// Concatenation makes (a, b) and (b, a) two different questions, though the answer is one. Three ways out: learn both
// orders; features that do not change when a and b are swapped (|a − b| and a · b); or map each picture into a space in
// which distance *is* the prediction (contrastive).

// %%
const fair = dataset(rdmOf("V1", "correlation"), "projected", "images");
const variants: [string, PairModelOptions][] = [
  ["distance of embeddings", { model: "distance" }],
  ["ridge, concatenated", { model: "ridge" }],
  ["ridge, both orders", { model: "ridge", combination: "both-orders" }],
  ["ridge, |a − b| and a · b", { model: "ridge", combination: "symmetric" }],
  ["kernel ridge, concatenated", { model: "kernel-ridge" }],
  ["kernel ridge, symmetric", { model: "kernel-ridge", symmetric: true }],
  ...(networks
    ? ([
        ["perceptron, concatenated", { model: "mlp", hiddenUnits, epochs, batchSize: 64 }],
        [
          "perceptron, both orders",
          { model: "mlp", hiddenUnits, epochs, batchSize: 64, combination: "both-orders" },
        ],
        [
          "perceptron, |a − b| and a · b",
          { model: "mlp", hiddenUnits, epochs, batchSize: 64, combination: "symmetric" },
        ],
        ["contrastive space", { model: "contrastive" }],
      ] as [string, PairModelOptions][])
    : []),
];
const compared: Record<string, PairResult> = {};
for (const [name, options] of variants) compared[name] = await trainPairModel(fair, options);
scoreTable(compared);

// %% [markdown]
// A linear model on concatenated embeddings cannot say "alike": it adds something for a and something for b. Models that
// compare the two put pairs in a better order, and symmetry helps. The plain distance, which learns next to nothing, is
// hard to beat by far: there are few pictures to learn from, which a learned space feels most.
//
// ## 10. Is it more than chance?
//
// Pairs share pictures, so they are not independent, and an ordinary test would find almost anything significant. We
// permute *pictures*: predictions are compared with the responses to other pictures of the test set.

// %%
const winner = compared["kernel ridge, symmetric"];
const permutation = await pairPermutationTest(winner, { nPermutations: 1000, seed: 1 });
report("permutation test, kernel ridge by picture", {
  spearman: permutation.spearman,
  p: permutation.pValue,
});
plotDistribution(
  { "pictures permuted": permutation.null },
  { label: "Spearman's ρ", lines: { found: permutation.spearman } },
);

// %% [markdown]
// Next to each other, what was measured and what was predicted for the test pictures:

// %%
const tested = Array.from(fair.folds[0].testImages, (at) => fair.items[at]);
plotRdms(
  [
    renamed(subset(rdmOf("V1", "correlation"), tested), "measured"),
    subset(winner.predictedRdm(), tested),
  ],
  { columns: 2, scale: "each" },
);

// %% [markdown]
// ## 11. Which regions can be predicted?
//
// The same model, cross-validated: every picture is in the test once. Early visual areas follow simple properties of the
// picture, later ones what is on it.

// %%
const regions = [
  "V1",
  "V2",
  "V3",
  "hV4",
  "EBA",
  "FFA-1",
  "PPA",
  "early",
  "ventral",
  "lateral",
  "parietal",
].filter((roi) => (subject.rois.get(roi) ?? 0) > 1);
const regionScores: { roi: string; layer: Layer; values: number[] }[] = [];
for (const layer of layers) {
  for (const roi of regions) {
    const rdm = await brainRdm(subject, roi, "correlation", names);
    const folds = pairDataset(rdm, embeddings[layer], { items: labels, nFolds: 4, seed: 1 });
    const result = await trainPairModel(folds, { model: "distance", onProgress: false });
    regionScores.push({ roi, layer, values: result.folds.map((fold) => fold.spearman) });
  }
}
await display(
  plotProfiles(
    layers.map((layer) => ({
      name: layer,
      subjects: foldsByRegion(regionScores.filter((score) => score.layer === layer)),
    })),
    {
      steps: regions,
      label: "Spearman's ρ of test pairs",
      errorLabel: "± 1 SEM over folds",
      marks: "both",
    },
  ),
);

/** One row a fold, one column a region. */
function foldsByRegion(of: readonly { values: number[] }[]): number[][] {
  return of[0].values.map((_, fold) => of.map(({ values }) => values[fold]));
}

// %% [markdown]
// ## 12. Several participants: how much could be predicted?
//
// Pictures that all participants saw give the same RDM from several brains. How well one brain's RDM follows from the
// mean of the others is what a perfect model of the *common* part could reach: the noise ceiling. And a model trained on
// one brain can be tested on another, on pictures neither it nor that brain's data were used for.

// %%
const subjects: AlgonautsSubject[] = [];
for (let at = 1; at <= 8; at++)
  if (existsSync(`${folder}/subj0${at}/roi_masks`))
    subjects.push(await openAlgonautsSubject(`${folder}/subj0${at}`));
const shared = nsdNames.filter((name) =>
  subjects.every(({ images }) => images.some(({ nsd }) => nsdName(nsd) === name)),
);
console.log(`${subjects.length} participants, ${shared.length} pictures that all of them saw`);
const sharedRdms: Rdm[] = [];
if (subjects.length > 1 && shared.length >= 20) {
  for (const one of subjects) {
    const images = shared.map(
      (name) => one.images.find(({ nsd }) => nsdName(nsd) === name)?.name ?? "",
    );
    sharedRdms.push(await brainRdm(one, "all", "correlation", images));
  }
  const ceiling = await noiseCeiling(sharedRdms, { method: "spearman" });
  report("noise ceiling over participants", { lower: ceiling.lower, upper: ceiling.upper });
  const testImages = shared.filter((_, at) => at % 3 === 0);
  const trained = await trainPairModel(
    pairDataset(sharedRdms[0], embeddings.projected, { items: labels, testImages }),
    { model: "kernel-ridge", symmetric: true },
  );
  const rows = embeddingRows(testImages);
  const { i, j } = everyPair(testImages.length);
  const predicted = predictPairs(trained.folds[0].model, rows, { i, j });
  const across = sharedRdms.map((rdm) => scorePairs(subset(rdm, testImages).condensed, predicted));
  await display(
    new Table({
      "tested on": subjects.map(({ name }) => name),
      "trained on": subjects.map(() => subjects[0].name),
      "R²": across.map(({ r2 }) => r2),
      "Spearman's ρ": across.map((score) => score.spearman),
      "ceiling, lower": subjects.map(() => ceiling.lower),
      "ceiling, upper": subjects.map(() => ceiling.upper),
    }),
  );
} else console.log("Too few participants or common pictures for a ceiling.");

function embeddingRows(wanted: readonly string[]): number[][] {
  const width = embeddings.projected.shape[1];
  return wanted.map((name) => {
    const at = labels.indexOf(name);
    return Array.from(embeddings.projected.data.subarray(at * width, (at + 1) * width));
  });
}

function everyPair(n: number): { i: number[]; j: number[] } {
  const pairs = Array.from({ length: n }, (_, a) =>
    Array.from({ length: n - a - 1 }, (_, k) => [a, a + 1 + k]),
  ).flat();
  return { i: pairs.map(([a]) => a), j: pairs.map(([, b]) => b) };
}

// %% [markdown]
// What the embeddings predict on one participant holds for the others, but lies below the ceiling: the brains share more
// than these models catch.
//
// ## 13. What to take home
//
// - Whatever a pair, a trial or a patch consists of: **divide that**, not what it is combined into. `pairDataset` does so
//   unless told otherwise.
// - Try your pipeline on random numbers. If it succeeds, it leaks.
// - Compare with the simplest thing that could work (here: the distance of two embeddings), and with the ceiling.

// %%
console.log(
  networks
    ? "Networks were trained with TensorFlow.js."
    : await trainPairModel(fair, { model: "mlp" }).then(
        () => "",
        (error: unknown) => `To train the networks too: ${(error as Error).message}`,
      ),
);
