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

// %% tags=["parameters"]
// "demo", "real" (fetched), or the folder of the real data.
let data = "demo";

// %%
import {
  alignByLabel,
  asMatrix,
  asStrings,
  computeRdm,
  plotImages,
  plotRdms,
  plotTimeCourse,
  rdmEpochs,
  readEpochs,
  readImage,
  readNpz,
  report,
  rsa,
  rsaEpochs,
  stackImages,
  toDataFrame,
  vectorviewSelection,
} from "tsrsa";
import { locateData } from "tsrsa/data";

const located = await locateData("meg-faces", data);
console.log(located.note);

// %% [markdown]
// ## 1. What the pictures look like
//
// Each is 128 pixels wide and 162 high, in 8-bit grey. Here are the first famous face and the first scrambled one.

// %%
const stimulus = (file: string) => readImage(`${located.folder}/stimuli/${file}`);
const famous = await stimulus("f001.bmp");
const scrambled = await stimulus("s001.bmp");
plotImages([famous, scrambled], { titles: ["f001: a famous face", "s001: a scrambled face"] });

// %% [markdown]
// As far as their pixels go, how different are these two? A common measure is 1 − *r*, with Pearson's *r* over the 20,736
// pixels: 0 for pictures that are equal up to brightness and contrast, 1 for unrelated ones, 2 for a picture and its
// negative. (MNE-RSA's tutorial prints 0.4176835093510478 for the real pair.)

// %%
const pair = computeRdm(stackImages([famous, scrambled]), { items: ["f001.bmp", "s001.bmp"] });
report("pixel dissimilarity of f001 and s001", pair.between("f001.bmp", "s001.bmp"));

// %% [markdown]
// ## 2. All pairs of pictures: an RDM
//
// Now the same for all 450: that makes 101,025 pairs, the upper triangle of a *representational dissimilarity matrix*
// (RDM). The rows carry the file names as labels. Everything that follows is matched by these labels.
//
// The file names come with the network's embeddings (next section), in order.

// %%
const embeddingFile = await readNpz(`${located.folder}/stimuli/facenet_embeddings.npz`);
const array = (name: string) => {
  const found = embeddingFile.get(name);
  if (found === undefined) throw new Error(`facenet_embeddings.npz has no array ${name}`);
  return found;
};
const files = asStrings(array("filenames"));
const pixels = stackImages(await Promise.all(files.map(stimulus)));
console.log(`pixels: ${pixels.shape.join(" × ")}`);

// %%
const classNames: Record<string, string> = { f: "famous", s: "scrambled", u: "unfamiliar" };
const categories = files.map((file) => classNames[file[0]]);
const pixelRdm = computeRdm(pixels, { items: files, name: "pixels" });
plotRdms(pixelRdm, { categories });

// %% [markdown]
// The scrambled faces stand out: they are unlike the faces, and unlike each other. The diagonal is not drawn: a picture
// and itself are never compared, and a row of zeros would only eat up the colours.
//
// ## 3. A second idea: what a face network sees
//
// A network trained to tell people apart turns each picture into 512 numbers, its *embedding*. Two photographs of one
// person get similar embeddings, whatever the light. Its RDM is a different idea of which pictures are alike.

// %%
const embeddings = asMatrix(array("embeddings"));
console.log(`embeddings: ${embeddings.shape.join(" × ")}`);
const networkRdm = computeRdm(embeddings, { items: files, name: "FaceNet" });
plotRdms([pixelRdm, networkRdm], { categories: categories });

// %%
report("RSA of the two models", rsa(pixelRdm, networkRdm).single());

// %% [markdown]
// The two ideas agree to some extent (both tell faces from mosaics), but far from fully. That is what lets us ask which
// of them the brain follows.
//
// ## 4. The recording
//
// One participant's epochs: stretches of MEG around the moment a picture appeared. Only what describes them is read now.
// The numbers are read when they are needed, and only the channels and times that are asked for: the real file has
// 749 MB.

// %%
const epochs = await readEpochs(`${located.folder}/sub-02/sub-02-epo.fif`);
epochs;

// %% [markdown]
// Each epoch has a row of metadata: the trigger code and the file that was shown. As a danfojs DataFrame it can be looked
// at, filtered and counted.

// %%
if (epochs.metadata === undefined) throw new Error("these epochs have no metadata");
const metadata = await toDataFrame(epochs.metadata);
metadata.head(8);

// %%
const shown = metadata.query(metadata.column("file").eq("f001.bmp"));
console.log(`f001.bmp was shown ${shown.shape[0]} times`);
metadata.groupby(["trigger"]).count();

// %% [markdown]
// A first neural RDM: the gradiometers between 0.1 and 0.2 s, one row per epoch.

// %%
const gradiometers = await epochs.read({ picks: "grad", tminS: 0.1, tmaxS: 0.2 });
const perEpoch = computeRdm(gradiometers, { name: "every epoch" });
plotRdms(perEpoch);

// %% [markdown]
// This cannot be compared with the models. It has 879 rows, not 450: most pictures were shown twice, and some epochs were
// dropped. And the rows are in the order of the experiment. Lining up two matrices by position would go wrong silently,
// so the library refuses:

// %%
try {
  rsa(perEpoch, pixelRdm);
} catch (error) {
  console.log((error as Error).message);
}

// %% [markdown]
// ## 5. One row per picture
//
// `rdmEpochs` averages the epochs that belong together before it compares them. Told nothing, it takes the type of event,
// of which there are nine:

// %%
const perEvent = await rdmEpochs(epochs, { tminS: 0.1, tmaxS: 0.2 }).first();
plotRdms(perEvent, { itemLabels: true });

// %% [markdown]
// What we want is a row per picture. The metadata column `file` says which picture each epoch shows, so that is the label:

// %%
const neural = await rdmEpochs(epochs, { labels: "file", tminS: 0.1, tmaxS: 0.2 }).first();
console.log(`${neural.nItems} items, the first ${neural.items?.slice(0, 3).join(", ")}`);
plotRdms(neural, { categories: (item: string) => classNames[item[0]] });

// %% [markdown]
// What if a picture had been lost altogether? Take away both epochs of f001 and join what is left to the 450 files:

// %%
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
// Spearman's rank correlation of the neural RDM with each model, in this one window over all good MEG channels. Magnetometers
// (tesla) and gradiometers (tesla per metre) go into one pattern here, as in MNE-RSA's tutorial; the gradiometers' numbers
// are larger and decide. A noise covariance would put both on one scale. (On the real data MNE-RSA prints 0.07869920694906636 for the pixels and 0.07529582461337744 for FaceNet.)

// %%
const inWindow = rsa(neural, [pixelRdm, networkRdm], { metric: "spearman" });
report("RSA with pixels, 0.1 to 0.2 s", inWindow.score(0, "pixels"));
report("RSA with FaceNet, 0.1 to 0.2 s", inWindow.score(0, "FaceNet"));

// %% [markdown]
// ## 7. Sliding along time
//
// Now the 24 gradiometers over the left back of the head, −0.1 to 1 s, and a window of ±0.1 s that slides sample by
// sample. This makes 199 RDMs. They are computed one by one, when asked for.

// %%
const occipital = epochs
  .pick(vectorviewSelection("Left-occipital").filter((name) => epochs.channelNames.includes(name)))
  .pick("grad")
  .crop({ tminS: -0.1, tmaxS: 1 });
console.log(`${occipital.info.channels.length} channels, ${occipital.times.length} samples`);
const sequence = rdmEpochs(occipital, { labels: "file", temporalRadiusS: 0.1 });
sequence;

// %%
const rdms = await sequence.toArray();
plotRdms(
  rdms.filter((_, at) => at % 10 === 0),
  {
    titles: sequence.centres
      .filter((_, at) => at % 10 === 0)
      .map(({ timeS }) => `${timeS.toFixed(2)} s`),
  },
);

// %% [markdown]
// ## 8. When the brain follows which model
//
// `rsaEpochs` does both steps at once, for both models, on all cores: it computes the RDM of every window and compares it
// with each model.

// %%
const scores = await rsaEpochs(occipital, [pixelRdm, networkRdm], {
  labels: "file",
  temporalRadiusS: 0.1,
});
plotTimeCourse(scores.timeSeries(), {
  title: "Left occipital gradiometers",
  yLabel: "Spearman's ρ",
});

// %%
for (const model of scores.modelNames) {
  const { timeS, score } = scores.peak(model);
  report(
    `peak of ${model}`,
    { timeS, score },
    `${model}: highest at ${timeS.toFixed(3)} s, ρ = ${score.toFixed(4)}`,
  );
}

// %% [markdown]
// First the MEG resembles the pixels, then the network: early on the response follows what the picture looks like point
// by point, and from about 0.15 s on it follows what kind of face it is. That the correlations are small does not make
// them unimportant: the noise in the MEG limits what any model could reach. How far it limits them is what the *noise
// ceiling* tells, in a later notebook.
//
// Sensors over one part of the head also pick up fields from elsewhere, so "left occipital sensors" is not yet "left
// occipital cortex".
