import { join } from "node:path";
import { locateData } from "../../../data-fetch/index.ts";
import {
  asMatrix,
  asStrings,
  listFiles,
  openAlgonautsSubject,
  readNpzArray,
  resizeImage,
  stackImages,
  type AlgonautsSubject,
} from "../../../src/io/index.ts";
import {
  canTrainNetworks,
  clipEmbeddings,
  pairDataset,
  standardizeColumns,
  trainPairModel,
} from "../../../src/pairs/index.ts";
import { plotDistribution, plotRdms } from "../../../src/plot/index.ts";
import { computeRdm, subset, type Rdm } from "../../../src/rdm/index.ts";
import { spearman } from "../../../src/stats/index.ts";
import type { Comparison, PublishedFigure, Reproduced } from "./published.ts";

/** Dissimilarities of responses to pairs of pictures, and what predicts them. */
export const nsdImagePairs: PublishedFigure = {
  name: "nsd-image-pairs",
  title: "Dissimilarity of the responses to two natural scenes, and what predicts it",
  citation:
    "Report on dissimilarities of image pairs. Data: Allen, E. J. et al. (2022). Nature Neuroscience 25:116. doi:10.1038/s41593-021-00962-x",
  dataSet: "algonauts2023",
  needs: "subj01 of the Algonauts 2023 challenge",
  note: "The report does not say which 500 pictures it took: the first 500 are taken here. Networks begin at random: their scores may differ by 0.1.",
  reproduce: (folder) => reproduceImagePairs(folder),
};

/** How much of the study is done again; its own numbers by default. */
export interface ImagePairsSize {
  readonly nImages?: number;
  readonly epochs?: number;
}

/** The numbers of the report from one participant's files. */
export async function reproduceImagePairs(
  folder: string,
  { nImages = 500, epochs = 10 }: ImagePairsSize = {},
): Promise<Reproduced> {
  const subject = await openAlgonautsSubject(join(folder, "subj01"));
  const images = subject.images.slice(0, nImages).map(({ name }) => name);
  const rdms = await brainRdms(subject, images);
  const comparisons = [
    { what: "pictures", expected: "500", computed: images.length },
    ...extentRows(rdms),
    ...(await embeddingRows(folder, subject, images, rdms)),
    ...(await networkRows(subject, images, rdms.v1, epochs)),
  ];
  const { v1, all } = rdms;
  const distribution = plotDistribution(
    { V1: v1.condensed, "all regions": all.condensed },
    { label: "1 − Pearson" },
  );
  return {
    comparisons,
    figures: new Map([
      ["nsd-image-pairs-rdms", plotRdms([v1, all], { scale: "each", columns: 2 })],
      ["nsd-image-pairs-distributions", distribution],
    ]),
  };
}

interface BrainRdms {
  readonly v1: Rdm;
  readonly all: Rdm;
  readonly allEuclidean: Rdm;
}

/** Standardised over pictures, as in the report. */
async function brainRdms(subject: AlgonautsSubject, images: readonly string[]): Promise<BrainRdms> {
  const standardized = async (roi: string) =>
    standardizeColumns((await subject.readResponses({ roi, images })).data);
  const all = await standardized("all");
  const named = (name: string) => ({ items: images, name });
  return {
    v1: computeRdm(await standardized("V1"), named("V1")),
    all: computeRdm(all, named("all regions")),
    allEuclidean: computeRdm(all, { ...named("all regions"), metric: "euclidean" }),
  };
}

function extentRows({ v1, all }: BrainRdms): Comparison[] {
  const lowest = ({ condensed }: Rdm) => condensed.reduce((a, b) => Math.min(a, b), Infinity);
  const largest = ({ condensed }: Rdm) => condensed.reduce((a, b) => Math.max(a, b), -Infinity);
  return [
    { what: "V1, lowest 1 − r", expected: "0.288", computed: lowest(v1) },
    { what: "V1, largest 1 − r", expected: "1.630", computed: largest(v1) },
    { what: "all regions, lowest 1 − r", expected: "0.356", computed: lowest(all) },
    { what: "all regions, largest 1 − r", expected: "1.524", computed: largest(all) },
  ];
}

/** The better of CLIP's two layers, in each metric. */
async function embeddingRows(
  folder: string,
  subject: AlgonautsSubject,
  images: readonly string[],
  { all, allEuclidean }: BrainRdms,
): Promise<Comparison[]> {
  const rows = [
    { what: "ρ of embeddings and all regions, 1 − r", expected: "0.288", brain: all },
    { what: "ρ of embeddings and all regions, Euclidean", expected: "0.162", brain: allEuclidean },
  ];
  try {
    const embeddings = await embeddingRdms(folder, subject, images);
    return rows.map(({ what, expected, brain }) => {
      const rhos = embeddings.map((rdm) => spearman(rdm.condensed, brain.condensed));
      return { what, expected, computed: Math.max(...rhos) };
    });
  } catch (error) {
    const missing = `embeddings of CLIP: ${(error as Error).message}`;
    return rows.map(({ what, expected }) => ({ what, expected, computed: undefined, missing }));
  }
}

async function embeddingRdms(
  folder: string,
  subject: AlgonautsSubject,
  images: readonly string[],
): Promise<Rdm[]> {
  if ((await listFiles(folder, /^embeddings$/)).length === 0) {
    const clip = await locateData("clip-vit-b32", "real");
    const pictures = await subject.readImages(images);
    const found = await clipEmbeddings(pictures, join(clip.folder, "vision_model.onnx"));
    return [found.projected, found.visual].map((rows) => computeRdm(rows, { items: images }));
  }
  const path = join(folder, "embeddings/clip-vit-base-patch32.npz");
  const items = asStrings(await readNpzArray(path, "filenames"));
  const wanted = images.map(numberOf);
  const layers = [];
  for (const layer of ["projected", "visual"])
    layers.push(subset(computeRdm(asMatrix(await readNpzArray(path, layer)), { items }), wanted));
  return layers;
}

/** A picture's number is its label: it is the same for all participants. */
function numberOf(name: string): string {
  return name.replace(/^train-\d+_/, "");
}

/** Siamese networks on grey pictures, divided by picture: a fifth is for the test. */
async function networkRows(
  subject: AlgonautsSubject,
  images: readonly string[],
  v1: Rdm,
  epochs: number,
): Promise<Comparison[]> {
  const rows = [
    { what: "R² of the Siamese CNN, linear", expected: "-0.004", output: "linear" },
    { what: "R² of the Siamese CNN, sigmoid × 2", expected: "-0.11", output: "sigmoid" },
  ] as const;
  if (!(await canTrainNetworks())) {
    const missing = "TensorFlow.js is not installed; npm ci in tsrsa's repository brings it";
    return rows.map(({ what, expected }) => ({ what, expected, computed: undefined, missing }));
  }
  const size = { widthPx: 128, heightPx: 128 };
  const grey = await subject.readImages(images, { grey: true });
  const pixels = stackImages(grey.map((image) => resizeImage(image, size)));
  const pairs = pairDataset(v1, pixels, { items: images, testShare: 0.2, seed: 1 });
  const found: Comparison[] = [];
  for (const { what, expected, output } of rows) {
    const { r2 } = await trainPairModel(pairs, { model: "siamese-cnn", output, epochs });
    found.push({ what, expected, computed: r2, tolerance: 0.1 });
  }
  return found;
}
