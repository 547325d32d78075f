import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { random, type Random } from "../../../src/core/random.ts";
import { writePng } from "../../../src/io/image/index.ts";
import { writeNpy, writeNpz } from "../../../src/io/npy/index.ts";
import { embedScenes, projectedLength, visualLength } from "./embeddings.ts";
import { mappingFile } from "./mapping-file.ts";
import { mappingOf, maskOf, regionFamilies } from "./regions.ts";
import { codeOf, drawGain, respond, type ImageGain, type SceneCode } from "./responses.ts";
import { drawScene, type Scene } from "./scenes.ts";

const nVertices = { lh: 600, rh: 620 } as const;
/** Images of the first participant, images that all saw, and images of each other participant. */
const nFirst = 200;
const nShared = 120;
const nOwn = 30;
const nOthers = 3;

/** An image of the common pool: its scene, its number, and what it does to everyone. */
interface PoolImage {
  readonly nsd: number;
  readonly scene: Scene;
  readonly code: SceneCode;
  readonly common: ImageGain;
}

/**
 * Demo data in the layout of the Algonauts 2023 challenge: four participants, 200 drawn images for the first and 150
 * for the others, 120 of them the same. Beside the participants, stand-ins for CLIP's embeddings. What differs from
 * the real folders: 600 and 620 vertices (real: about 20,000), images of 128 × 128 pixels (real: 425), no test split,
 * no masks in fsaverage space.
 */
export async function makeAlgonauts2023(folder: string, seed = 5): Promise<void> {
  const pool = drawPool(random(seed));
  await writeEmbeddings(join(folder, "embeddings", "clip-vit-base-patch32.npz"), pool, seed);
  for (let subject = 0; subject <= nOthers; subject++) {
    const images = imagesOf(subject, pool);
    const path = join(folder, `subj0${subject + 1}`);
    await writeImages(join(path, "training_split", "training_images"), images);
    await writeMasks(join(path, "roi_masks"));
    await writeResponses(
      join(path, "training_split", "training_fmri"),
      images,
      random(seed + 10 + subject),
    );
  }
}

function drawPool(stream: Random): PoolImage[] {
  const n = nFirst + nOthers * nOwn;
  const numbers = new Set<number>();
  while (numbers.size < n) numbers.add(1 + stream.integer(73_000));
  return [...numbers].map((nsd) => {
    const scene = drawScene(stream);
    return { nsd, scene, code: codeOf(scene), common: drawGain(stream) };
  });
}

/** The images of a participant, by number, as the challenge has them. */
function imagesOf(subject: number, pool: readonly PoolImage[]): PoolImage[] {
  const own = nFirst + (subject - 1) * nOwn;
  const images =
    subject === 0
      ? pool.slice(0, nFirst)
      : [...pool.slice(0, nShared), ...pool.slice(own, own + nOwn)];
  return images.sort((a, b) => a.nsd - b.nsd);
}

async function writeEmbeddings(path: string, pool: readonly PoolImage[], seed: number) {
  const codes = pool.map(({ code }) => code);
  const layer = (
    nFeatures: number,
    own: { kind: number; low: number; own: number },
    at: number,
  ) => {
    const data = embedScenes(codes, nFeatures, own, random(seed + at));
    return { data, shape: [pool.length, nFeatures] };
  };
  await writeNpz(path, {
    filenames: pool.map(({ nsd }) => nsdName(nsd)),
    projected: layer(projectedLength, { kind: 0.9, low: 0.45, own: 0.55 }, 1),
    visual: layer(visualLength, { kind: 0.7, low: 0.6, own: 0.7 }, 2),
  });
}

async function writeImages(folder: string, images: readonly PoolImage[]): Promise<void> {
  for (const [row, { nsd, scene }] of images.entries()) {
    const number = String(row + 1).padStart(4, "0");
    await writePng(join(folder, `train-${number}_${nsdName(nsd)}.png`), scene.pixels);
  }
}

async function writeMasks(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const family of regionFamilies) {
    await writeFile(join(folder, `mapping_${family.family}.npy`), mappingFile(mappingOf(family)));
    for (const side of ["lh", "rh"] as const) {
      const path = join(folder, `${side}.${family.family}_challenge_space.npy`);
      await writeNpy(path, maskOf(family, nVertices[side]));
    }
  }
}

async function writeResponses(
  folder: string,
  images: readonly PoolImage[],
  stream: Random,
): Promise<void> {
  const codes = images.map(({ code }) => code);
  const gains = images.map(({ common }) => drawGain(stream, common));
  for (const side of ["lh", "rh"] as const) {
    const data = respond(codes, gains, nVertices[side], stream);
    const shape = [images.length, nVertices[side]];
    await writeNpy(join(folder, `${side}_training_fmri.npy`), { data, shape });
  }
}

function nsdName(nsd: number): string {
  return `nsd-${String(nsd).padStart(5, "0")}`;
}
