// %% [markdown]
// # From sensors to the cortex: RSA at source level
//
// "Left occipital sensors" are not yet "left occipital cortex": each sensor picks up fields from all over the brain. With
// the shape of the head, and a rule for what is left open, currents on the cortex can be estimated from the sensors. Then
// RSA can ask *where* the brain follows an idea of the pictures, and when.
//
// This notebook follows the second tutorial of MNE-RSA step by step: an inverse operator, estimates of each epoch, a
// searchlight of 2 cm and ±50 ms along the cortex, and pictures of it over time. By default it runs on demo data: the
// same folders, files and formats, made on your machine in seconds, with a planted effect. Nothing below knows the
// difference.
//
// **The real data:** `npx tsrsa data fetch meg-faces` fetches, checks and unpacks the `rsa-data.zip` of MNE-RSA's tutorials,
// and `npx tsrsa run notebooks/06-source-level-meg -p data=real` runs on them. If you have them already, pass their folder:
// `-p data=PATH/data`.

// %% [markdown] tags=["about"]
// **After this you can** estimate currents on the cortex from epochs, choose their orientation and regularisation, score
// models in regions and in patches along the cortex, and draw the scores on it.
//
// **You need** notebook 01. **Time**: 60 minutes with its five exercises; it runs in about 25 s and 1.2 GB of memory.
// **Data**: made on your machine in a few seconds (demo); the real ones are 1.1 GB and take some minutes.

// %% tags=["parameters"]
// "demo", "real" (fetched), or the folder of the real data.
let data = "demo";

// %%
import { locateData } from "tsrsa/data";

const located = await locateData("meg-faces", data);
located;

// %% [markdown]
// ## 1. The cortex of one person
//
// FreeSurfer made it from an MRI: a mesh of triangles for each half, and a *parcellation*, which gives every vertex the name
// of its region. Here it is inflated, so that the sulci (dark) can be seen, with the borders of the regions.

// %%
import { readParcels } from "tsrsa";
import { readFreesurferCurv, readFreesurferGeometry } from "tsrsa/io";

const anatomy = `${located.folder}/freesurfer/sub-02`;
const halves = async <T>(read: (hemi: "lh" | "rh") => Promise<T>) => ({
  left: await read("lh"),
  right: await read("rh"),
});
const surf = (hemi: string, what: string) =>
  `${anatomy}/surf/${hemi}.${what}`;
const shapes = {
  surfaces: await halves((hemi) =>
    readFreesurferGeometry(surf(hemi, "inflated")),
  ),
  curvature: await halves((hemi) => readFreesurferCurv(surf(hemi, "curv"))),
};

// %%
const parcels = await readParcels({
  left: `${anatomy}/label/lh.aparc.annot`,
  right: `${anatomy}/label/rh.aparc.annot`,
});
const cortex = { ...shapes, parcels: parcels };

// %% [markdown]
// We look at eleven regions of the left half, from the back of the head to the temporal lobe: those of MNE-RSA's tutorial. A
// region is a label: a name, a half, and its vertices.

// %%
import { report } from "tsrsa";

const names = [
  ..."bankssts cuneus fusiform inferiorparietal inferiortemporal".split(" "),
  ..."lateraloccipital lingual middletemporal pericalcarine".split(" "),
  ...["superiorparietal", "supramarginal"],
];
console.log(names.join(", "));

// %%
const { left } = parcels;
const labelOf = (name: string) => ({
  name: name,
  hemisphere: "left" as const,
  vertices: Array.from(left?.labels ?? []).flatMap((place, vertex) =>
    left?.entries[place]?.name === name ? [vertex] : [],
  ),
});
const regions = names.map(labelOf);
report(
  "vertices of the regions",
  regions.flatMap((one) => one.vertices).length,
);

// %%
import { claim, plotSurfaceMap } from "tsrsa";

claim(
  "every region has vertices",
  regions.every(({ vertices }) => vertices.length > 0),
);
const inRegions = new Float64Array(left?.labels.length ?? 0).fill(NaN);
for (const [at, { vertices }] of regions.entries())
  for (const vertex of vertices) inRegions[vertex] = at + 1;
plotSurfaceMap(
  { left: inRegions },
  {
    ...{ ...cortex, scale: "sequential", palette: "viridis" },
    ...{ label: "number of the region", title: "Eleven regions" },
    views: ["lateral", "medial", "ventral"],
  },
);

// %% [markdown]
// ## 2. Epochs of pictures seen for the first time
//
// Famous faces and scrambled ones, each at its first showing: one epoch a picture. They begin 0.05 s before the first window
// of section 5 is centred, and end 0.05 s after the last.

// %%
import { readEpochs } from "tsrsa";

const all = await readEpochs(`${located.folder}/sub-02/sub-02-epo.fif`);
const events = all.eventNames;
const epochs = all
  .where((_, at) =>
    ["face/famous/first", "scrambled/first"].includes(events[at]),
  )
  .crop({ tminS: -0.05, tmaxS: 0.55 });
const shown = epochs.column("file").map(String);
const items = [...new Set(shown)].sort();
console.log(`${epochs.length} epochs of ${items.length} pictures`);
claim(
  "each of the 297 pictures was shown once",
  epochs.length === 297 && items.length === 297,
);

// %% [markdown]
// ## 3. From sensors to sources
//
// More sources than sensors: infinitely many currents explain the same field. The *minimum norm* is the
// smallest of them. The *inverse operator* holds what is needed: how sources are seen by sensors, how noisy these are, and
// how much deep sources are helped (Hämäläinen & Ilmoniemi, 1994).

// %%
import { applyInverse, readInverse } from "tsrsa";

const inverse = await readInverse(`${located.folder}/sub-02/sub-02-inv.fif`);
report("channels of the operator", inverse.channels.length);
report("sources", inverse.nSources);
const estimates = await applyInverse(epochs, inverse, {
  ...{ method: "dSPM", lambda2: 1 / 9, orientation: "normal" },
});
estimates;

// %% [markdown]
// `orientation: "normal"` keeps the part of the current perpendicular to the cortex, positive outwards: that is how its
// neurons stand. MNE-RSA's tutorial gives no `pick_ori`, and so takes the default of MNE: the *length* of the three
// currents of a source, which is never negative (here `orientation: "length"`). We part from it: signed estimates are linear,
// so to average epochs and to estimate may be done in either order. Lengths are not; that is exercise 2.

// %%
import { SourceEstimates } from "tsrsa";

const [, nSources, nTimes] = estimates.data.shape;
const sums = new Float64Array(nSources * nTimes);
estimates.data.data.forEach((value, at) => {
  sums[at % sums.length] += value / estimates.length;
});
const average = new SourceEstimates({
  ...estimates,
  data: { data: sums, shape: [1, nSources, nTimes] },
});
plotSurfaceMap(average, {
  ...{ ...shapes, atS: 0.1, threshold: 0.2 },
  ...{ label: "mean dSPM", title: "Average of all pictures, 0.1 s" },
  views: ["lateral", "medial"],
});

// %% tags=["setup:features"]
import { check } from "tsrsa/course";

// %% [markdown] tags=["exercise:features"]
// ### Exercise 1: how many numbers describe a picture? (2 minutes)
//
// A patch of the searchlight has `nNear` sources, and its window ±0.05 s of samples, `sfreqHz` of them in a second. How many
// numbers are compared between two pictures?

// %% tags=["setup:features"]
const { sfreqHz } = epochs.info;
const nNear = 12;

// %% [markdown] tags=["hint:features"]
// How many samples are 0.05 s? As many to the left as to the right, and one in the middle.

// %% [markdown] tags=["hint:features"]
// Each source has a number at each sample.

// %% tags=["exercise:features"]
const nFeatures = nNear * (2 * Math.round(0.05 * sfreqHz) + 1); // blank: from nNear and sfreqHz
check("06/features", nFeatures, {
  ...{ nNear: nNear, sfreqHz: sfreqHz, radiusS: 0.05 },
});

// %% [markdown] tags=["explanation:features"]
// Neighbouring sources and samples say nearly the same, so these are far fewer *independent* numbers.

// %% [markdown] tags=["exercise:length"]
// ### Exercise 2: lengths do not average (5 minutes)
//
// `currents` are the three currents of one source at one time, in three epochs. What is the **length of their average**, as
// one gets it by averaging first?

// %% tags=["setup:length"]
const currents = [
  [3, 0, 4],
  [-2, 1, -5],
  [2, 2, 4],
];

// %% [markdown] tags=["hint:length"]
// Average each of the three directions over the epochs.

// %% [markdown] tags=["hint:length"]
// `Math.hypot(x, y, z)` is the length of a vector.

// %% tags=["exercise:length"]
// blank begin: lengthOfMean, from currents
const meanAlong = [0, 1, 2].map(
  (k) => currents.reduce((sum, one) => sum + one[k], 0) / currents.length,
);
const lengthOfMean = Math.hypot(...meanAlong);
// blank end
check("06/length", lengthOfMean, { currents: currents });

// %% [markdown] tags=["explanation:length"]
// The mean of the lengths is more than twice as large: currents that point here and there cancel in the average, their
// lengths do not. So noise looks like activity in lengths of single epochs, and RDMs of lengths answer another
// question.

// %% [markdown] tags=["exercise:regularise"]
// ### Exercise 3: how much to regularise (4 minutes)
//
// `lambda2` is 1/SNR². The 1/9 above supposes a signal-to-noise ratio of 3, customary for averages. An average of `nEpochs`
// epochs has an SNR of 3. Noise falls with the root of the number of epochs. What is `lambda2` for a **single** epoch?

// %% tags=["setup:regularise"]
const nEpochs = 36;

// %% [markdown] tags=["hint:regularise"]
// Averaging n epochs divides the noise by √n.

// %% [markdown] tags=["hint:regularise"]
// The SNR of one epoch is 3/√n.

// %% tags=["exercise:regularise"]
const lambda2 = 1 / (3 / Math.sqrt(nEpochs)) ** 2; // blank: lambda2 of one epoch
check("06/regularise", lambda2, { nEpochs: nEpochs, snr: 3 });

// %% [markdown] tags=["explanation:regularise"]
// MNE-RSA's tutorial takes 1/9 all the same, as we do above: RDMs of estimates average over sources and samples too. Try 1
// and see what changes.

// %% [markdown]
// ## 4. The two models
//
// As in notebook 01: 1 − *r* of the pixels, and of the embeddings of a face network, for the 297 pictures.

// %%
import { asMatrix, asStrings, computeRdm, readImage } from "tsrsa";
import { readNpzArray, stackImages, subset } from "tsrsa";

const npz = `${located.folder}/stimuli/facenet_embeddings.npz`;
const files = asStrings(await readNpzArray(npz, "filenames"));
const pictures = await Promise.all(
  items.map((file) => readImage(`${located.folder}/stimuli/${file}`)),
);
const embeddings = asMatrix(await readNpzArray(npz, "embeddings"));
const models = [
  computeRdm(stackImages(pictures), { items: items, name: "pixels" }),
  subset(computeRdm(embeddings, { items: files, name: "FaceNet" }), items),
];
console.log(`${models[0].condensed.length} pairs`);

// %%
claim(
  "there are 43,956 pairs, as in MNE-RSA's tutorial",
  models.every(({ condensed }) => condensed.length === 43_956),
);

// %% [markdown]
// ## 5. Regions over time
//
// All sources of a region together, in windows of ±50 ms that slide sample by sample. Estimates are joined with the models by
// the name of the picture.

// %%
import { display, plotTimeCourse, rsaStcsRois } from "tsrsa";

const windows = { temporalRadiusS: 0.05, tminS: 0, tmaxS: 0.5 };
const inTime = { labels: shown, ...windows };
const ofRegions = await rsaStcsRois(estimates, models, regions, inTime);
for (const region of ["pericalcarine", "fusiform"])
  await display(
    plotTimeCourse(
      ["pixels", "FaceNet"].map((model) => ofRegions.series(model, region)),
      {
        ...{ title: `Left ${region}`, yLabel: "Spearman's ρ" },
        ...{ yRange: [-0.03, 0.12] },
      },
    ),
  );

// %% [markdown] tags=["exercise:region"]
// ### Exercise 4: which region? (3 minutes)
//
// In which of the eleven regions does *FaceNet* score highest, at whatever time? `ofRegions.series(model, region).values` are
// the scores of a region over time, `names` the regions.

// %% [markdown] tags=["hint:region"]
// Compute the highest score of each region first.

// %% [markdown] tags=["hint:region"]
// `ofRegions.peak("FaceNet").place` says it, too.

// %% tags=["exercise:region"]
// blank begin: bestRegion for FaceNet, one of names
const highest = names.map((region) =>
  Math.max(...ofRegions.series("FaceNet", region).values),
);
const bestRegion = names[highest.indexOf(Math.max(...highest))];
// blank end
check("06/region", bestRegion, { names: names, scores: ofRegions });

// %% [markdown] tags=["explanation:region"]
// The best of eleven is a choice made after looking. That it is the best in sixteen people would be a finding: notebook 07.

// %% [markdown]
// ## 6. A searchlight along the cortex
//
// Regions have borders that somebody drew. A searchlight asks the same around every source: all sources nearer than 2 cm
// *along the cortex*, as an ant would walk. Two banks of a sulcus are near each other through the air and far on foot.

// %%
import { geodesicDistances, readSourceSpaces } from "tsrsa";

const spaces = await readSourceSpaces(`${anatomy}/bem/sub-02-oct5-src.fif`);
const [space] = spaces;
const [centre] = space.vertices.filter((vertex) =>
  labelOf("pericalcarine").vertices.includes(vertex),
);
const mesh = {
  points: space.points,
  triangles: space.triangles ?? space.points,
};
const [reach] = await geodesicDistances(mesh, [centre], { limit: 0.02 });
const sources = new Set(space.vertices);
const alongCortex = reach.points.filter((vertex) => sources.has(vertex));
report("sources nearer than 2 cm along the cortex", alongCortex.length);

// %% [markdown] tags=["exercise:air"]
// ### Exercise 5: through the air (6 minutes)
//
// How many sources of this half (`space.vertices`) are nearer than 2 cm to the vertex `centre` **in a straight line**, itself
// among them? `space.points.data` has x, y and z of every vertex one after the other, in metres.

// %% [markdown] tags=["hint:air"]
// The place of vertex v is `points[3 * v]`, `points[3 * v + 1]`, `points[3 * v + 2]`.

// %% [markdown] tags=["hint:air"]
// `space.vertices.filter((vertex) => …).length` counts those that are near.

// %% tags=["exercise:air"]
// blank begin: nThroughAir, from space and centre
const points = space.points.data;
const nThroughAir = space.vertices.filter((vertex) => {
  const steps = [0, 1, 2].map(
    (k) => points[3 * vertex + k] - points[3 * centre + k],
  );
  return Math.hypot(...steps) < 0.02;
}).length;
// blank end
check("06/air", nThroughAir, { space: space, centre: centre, radiusM: 0.02 });

// %% [markdown] tags=["explanation:air"]
// It cannot be fewer than along the cortex: no way is shorter than a straight line. What is more belongs to other banks, and a
// patch that holds them mixes what the cortex keeps apart.

// %% [markdown]
// Now every source of the eleven regions in turn, with all of its windows and both models.

// %%
import { rsaStcs } from "tsrsa";

const scores = await rsaStcs(estimates, models, {
  ...{ ...inTime, sourceSpaces: spaces, spatialRadiusM: 0.02 },
  sources: regions,
});
scores;

// %%
const regionOf = (place: string) => {
  const vertex = Number(place.split(" ")[1]);
  return left?.entries[left.labels[vertex]]?.name ?? "none";
};
const peaks = models.map((_, m) => scores.peak(scores.modelNames[m]));
for (const [m, { score, timeS, place }] of peaks.entries()) {
  const model = scores.modelNames[m];
  report(`peak of ${model}`, { timeS: timeS, score: score });
  report(`region of the peak of ${model}`, regionOf(place));
}

// %%
if (located.kind === "demo") {
  claim(
    "the pixels are followed first, at the back of the brain",
    peaks[0].timeS < peaks[1].timeS - 0.05 &&
      ["pericalcarine", "cuneus", "lateraloccipital"].includes(
        regionOf(peaks[0].place),
      ),
  );
  claim(
    "FaceNet is followed later, below",
    ["fusiform", "inferiortemporal"].includes(regionOf(peaks[1].place)),
  );
}

// %% [markdown]
// ## 7. The cortex over time
//
// The map has the sources that were centres. `spread: "nearest"` gives each of them the cortex around it, no farther than one
// and a half times the way between sources: colour ends beside the places that were scored.

// %% [markdown]
// A strip of pictures: one scale for all of them, so that they can be compared. What lies below the threshold shows the cortex.

// %%
const strip = async (model: string, view: "medial" | "ventral") => {
  const map = scores.toEstimates(model);
  for (const atS of [0.06, 0.12, 0.2, 0.28, 0.4])
    await display(
      plotSurfaceMap(map, {
        ...{ ...shapes, atS: atS, views: [view], spread: "nearest" },
        ...{ scale: "sequential", range: [0, 0.1], threshold: 0.02 },
        ...{ label: "ρ", title: `${model}, ${atS} s` },
        ...{ widthPx: 340, showCaption: false },
      }),
    );
};
await strip("pixels", "medial");

// %%
await strip("FaceNet", "ventral");

// %% [markdown]
// The same to be played with: drag the cortex or turn it with the arrow keys, move the time, click for score and region.

// %%
import { viewSurfaceMap } from "tsrsa";

viewSurfaceMap(scores.toEstimates("FaceNet"), {
  ...{ ...cortex, views: ["ventral"], spread: "nearest" },
  ...{ scale: "sequential", range: [0, 0.1], threshold: 0.02 },
  ...{ label: "ρ", title: "FaceNet over time" },
});

// %% [markdown]
// These are pictures of an *estimate*. The minimum norm is smooth: a small source becomes a patch of centimetres, and a deep one
// appears nearer to the surface. A peak in a region says that the pattern of the sensors fits it best, not that nothing
// else contributed.
//
// To carry the map to the next notebook, or to MNE-Python, write it: `writeStc("sub-02-rsa-pixels", scores.toEstimates("pixels"))`.
//
// **Next:** sixteen people, in `07-group-statistics`.

// %% [markdown]
// ## To take away
//
// - An estimate is a choice: operator, method, `lambda2`, orientation. Say which.
// - Signed currents average as the sensors do; lengths do not.
// - Sources are named by half and vertex; labels, estimates and source spaces are joined by these names.
// - Patches along the cortex keep apart what only the air brings together.
//
// ## To discuss
//
// 1. Could RSA in "fusiform" come out high because of a source in the cuneus? How would one find out?
// 2. The operator is linear. What can an RDM of all sources tell that one of all sensors cannot?
// 3. What changes when patches have 3 cm in place of 2? When the window is ±0.1 s?
//
// ## To read on
//
// - Hämäläinen, M. S. & Ilmoniemi, R. J. (1994). Interpreting magnetic fields of the brain: minimum norm estimates. *Medical &
//   Biological Engineering & Computing* 32, 35–42. [doi:10.1007/BF02512476](https://doi.org/10.1007/BF02512476)
// - Dale, A. M. and others (2000). Dynamic statistical parametric mapping. *Neuron* 26, 55–67.
//   [doi:10.1016/S0896-6273(00)81138-1](https://doi.org/10.1016/S0896-6273%2800%2981138-1)
// - Su, L., Fonteneau, E., Marslen-Wilson, W. & Kriegeskorte, N. (2012). Spatiotemporal searchlight representational
//   similarity analysis in EMEG source space. *PRNI*. [doi:10.1109/PRNI.2012.26](https://doi.org/10.1109/PRNI.2012.26)
// - Desikan, R. S. and others (2006). An automated labeling system for subdividing the human cerebral cortex on MRI scans into
//   gyral based regions of interest. *NeuroImage* 31, 968–980.
//   [doi:10.1016/j.neuroimage.2006.01.021](https://doi.org/10.1016/j.neuroimage.2006.01.021)
