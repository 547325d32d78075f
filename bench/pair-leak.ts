// The leak of a split by pair on real data: 92 images, human IT (mean of 15 subjects), and three things a model may see
// of an image: a thumbnail, random numbers, and which image it is. Real data are not part of the repository; they are
// looked for in ../shared/real-data. Run: node -C tsrsa-source bench/pair-leak.ts (Node 24), or through the test runner.
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  asMatrix,
  canTrainNetworks,
  pairDataset,
  random,
  Rdm,
  readImage,
  readNpy,
  resizeImage,
  stackImages,
  trainPairModel,
  type Matrix,
  type PairModelOptions,
} from "../src/index.ts";

const folder = join(import.meta.dirname, "../../shared/real-data/algonauts2019-92");
const n = 92;

/** Scores of one model with both splits, means over three splits. */
export interface LeakRow {
  readonly seen: string;
  readonly model: string;
  readonly leaky: number;
  readonly honest: number;
  readonly leakyRho: number;
  readonly honestRho: number;
}

const perceptron = { model: "mlp", hiddenLayers: 2, hiddenUnits: 256, epochs: 40 } as const;

/** Undefined where the real data are not there. */
export async function pairLeak(): Promise<LeakRow[] | undefined> {
  if (!existsSync(folder)) return undefined;
  const rdm = await meanItRdm();
  const networks = await canTrainNetworks();
  const models: [string, PairModelOptions][] = [
    ["distance", { model: "distance" }],
    ["ridge", { model: "ridge", alpha: 100 }],
    ["kernel ridge", { model: "kernel-ridge", alpha: 0.1, symmetric: true }],
    ...(networks ? [["perceptron", perceptron] satisfies [string, PairModelOptions]] : []),
  ];
  const rows: LeakRow[] = [];
  for (const [seen, features] of Object.entries({
    thumbnail: await thumbnails(),
    "random numbers": noise(),
  })) {
    for (const [model, options] of models)
      rows.push({ seen, model, ...(await bothSplits(rdm, features, options)) });
  }
  return rows;
}

async function meanItRdm(): Promise<Rdm> {
  const { data, shape } = asMatrix(await readNpy(join(folder, "fmri_IT_RDMs.npy")));
  const condensed: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      let sum = 0;
      for (let s = 0; s < shape[0]; s++) sum += data[(s * n + i) * n + j] / shape[0];
      condensed.push(sum);
    }
  }
  return new Rdm(condensed, { metric: "correlation", name: "human IT" });
}

async function thumbnails(): Promise<Matrix> {
  const images = await Promise.all(
    Array.from({ length: n }, (_, at) =>
      readImage(join(folder, "images", `92images_${String(at + 1).padStart(5, "0")}.jpg`)),
    ),
  );
  return stackImages(images.map((image) => resizeImage(image, { widthPx: 12, heightPx: 12 })));
}

function noise(): Matrix {
  const stream = random(1);
  return { data: Float64Array.from({ length: n * 256 }, () => stream.normal()), shape: [n, 256] };
}

async function bothSplits(rdm: Rdm, features: Matrix, options: PairModelOptions) {
  const scores = { leaky: 0, honest: 0, leakyRho: 0, honestRho: 0 };
  for (const seed of [1, 2, 3]) {
    for (const split of ["pairs-leaky", "images"] as const) {
      const dataset = pairDataset(rdm, features, { split, seed });
      const { r2, spearman } = await trainPairModel(dataset, { ...options, onProgress: false });
      const name = split === "images" ? "honest" : "leaky";
      scores[name] += r2 / 3;
      scores[`${name}Rho`] += spearman / 3;
    }
  }
  return scores;
}

if (process.argv[1]?.endsWith("pair-leak.ts") === true) {
  const rows = await pairLeak();
  if (rows === undefined) console.log(`skipped: no real data in ${folder}`);
  else console.table(rows);
}
