import {
  asMatrix,
  asStrings,
  readImage,
  readNpzArray,
  stackImages,
} from "../../../src/io/index.ts";
import {
  rdmEpochs,
  readEpochs,
  rsaEpochs,
  vectorviewSelection,
  type Epochs,
} from "../../../src/meg/index.ts";
import { plotRdms, plotTimeCourse } from "../../../src/plot/index.ts";
import { computeRdm, type Rdm } from "../../../src/rdm/index.ts";
import { rsa } from "../../../src/rsa/index.ts";
import type { PublishedFigure, Reproduced } from "./published.ts";

/** RSA of MEG sensors with pixels and with a network, as MNE-RSA's first tutorial has it. */
export const mneRsaTutorial: PublishedFigure = {
  name: "mne-rsa-tutorial-1",
  title: "MEG of 450 faces against their pixels and FaceNet's embeddings (MNE-RSA, tutorial 1)",
  citation:
    "van Vliet, M. et al. MNE-RSA, tutorial 1. Data: Wakeman, D. G. & Henson, R. N. (2015). Scientific Data 2:150001. doi:10.1038/sdata.2015.1",
  dataSet: "meg-faces",
  needs: "stimuli/*.bmp, stimuli/facenet_embeddings.npz and sub-02/sub-02-epo.fif",
  reproduce,
};

/** Dissimilarities that are equal but for rounding may rank either way; over 101,025 pairs that moves ρ by less. */
const nearTies = 1e-6;

async function reproduce(folder: string): Promise<Reproduced> {
  const { files, pixels, network } = await modelsOf(folder);
  const models = [pixels, network];
  const epochs = await readEpochs(`${folder}/sub-02/sub-02-epo.fif`);
  const window = { tminS: 0.1, tmaxS: 0.2, labels: "file", onProgress: false } as const;
  const neural = await rdmEpochs(epochs, window).first();
  const inWindow = rsa(neural, models);
  const scores = await rsaEpochs(occipital(epochs), models, {
    labels: "file",
    temporalRadiusS: 0.1,
    onProgress: false,
  });
  const exactly = (what: string, expected: string, computed: number, tolerance = 0) => ({
    ...{ what, expected, computed, tolerance },
  });
  const comparisons = [
    exactly("pictures", "450", files.length),
    exactly(
      "1 − r of the pixels of f001 and s001",
      "0.4176835093510478",
      pixels.between("f001.bmp", "s001.bmp"),
      1e-14,
    ),
    exactly("epochs", "879", epochs.length),
    exactly(
      "ρ of MEG and pixels, 0.1 to 0.2 s",
      "0.07869920694906636",
      inWindow.score(0, "pixels"),
      nearTies,
    ),
    exactly(
      "ρ of MEG and FaceNet, 0.1 to 0.2 s",
      "0.07529582461337744",
      inWindow.score(0, "FaceNet"),
      nearTies,
    ),
    exactly("windows of ±0.1 s", "199", scores.times.length),
    ...scores.modelNames.map((name) => ({
      what: `peak of ${name}, left occipital gradiometers, s`,
      computed: scores.peak(name).timeS,
    })),
  ];
  const course = plotTimeCourse(scores.timeSeries(), {
    title: "Left occipital gradiometers",
    yLabel: "Spearman's ρ",
    yRange: [-0.05, 0.25],
  });
  const rdms = plotRdms([...models, neural], {
    categories: categoryOf,
    scale: "each",
    range: "robust",
    titles: ["pixels", "FaceNet", "MEG, 0.1 to 0.2 s"],
  });
  return {
    comparisons,
    figures: new Map([
      ["mne-rsa-tutorial-1-rdms", rdms],
      ["mne-rsa-tutorial-1-time-course", course],
    ]),
  };
}

async function modelsOf(folder: string): Promise<{ files: string[]; pixels: Rdm; network: Rdm }> {
  const npz = `${folder}/stimuli/facenet_embeddings.npz`;
  const items = asStrings(await readNpzArray(npz, "filenames"));
  const pictures = await Promise.all(items.map((file) => readImage(`${folder}/stimuli/${file}`)));
  const embeddings = asMatrix(await readNpzArray(npz, "embeddings"));
  return {
    files: items,
    pixels: computeRdm(stackImages(pictures), { items, name: "pixels" }),
    network: computeRdm(embeddings, { items, name: "FaceNet" }),
  };
}

function occipital(epochs: Epochs): Epochs {
  const there = new Set(epochs.channelNames);
  return epochs
    .pick(vectorviewSelection("Left-occipital").filter((name) => there.has(name)))
    .pick("grad")
    .crop({ tminS: -0.1, tmaxS: 1 });
}

function categoryOf(file: string): string {
  return (
    new Map(Object.entries({ f: "famous", s: "scrambled", u: "unfamiliar" })).get(file[0]) ?? ""
  );
}
