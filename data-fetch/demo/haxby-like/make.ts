import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { random } from "../../../src/core/random.ts";
import { writeNpz } from "../../../src/io/npy/index.ts";
import { anatomyOf, functionalHeadOf } from "./anatomy.ts";
import { boldOf } from "./bold.ts";
import { categories, drawDesign, labelsText, repetitionTimeS } from "./design.ts";
import { anatomicalGrid, functionalGrid, type Point } from "./grids.ts";
import { drawHead } from "./head.ts";
import { drawEmbeddings, drawSimilarity, embeddingLength, similarityCsv } from "./models.ts";
import { plantIn } from "./planted.ts";
import { writeImage } from "./write-image.ts";

/** How many subjects are made, as in the real study. */
export const nSubjects = 6;

/**
 * Demo data in the layout of the Haxby 2001 archives: `subj1` … `subj6`, each with `bold.nii.gz` (int16, scaled),
 * `mask4_vt.nii.gz`, `labels.txt` and `anat.nii.gz`. What differs: voxels twice as long, 6 runs of 58 volumes instead
 * of 12 of 121, no volume outside the brain, and all subjects in one space. `models` has what a network and people
 * might say of the categories, `planted` where which code was planted in each subject.
 */
export async function makeHaxbyLike(
  folder: string,
  seed = 11,
  subjects = nSubjects,
): Promise<void> {
  const embeddings = drawEmbeddings(random(seed));
  const similarity = drawSimilarity(embeddings, random(seed + 1));
  await mkdir(join(folder, "models"), { recursive: true });
  await writeNpz(join(folder, "models/network_embeddings.npz"), {
    categories: [...categories],
    embeddings: { data: embeddings, shape: [categories.length, embeddingLength] },
  });
  await writeFile(join(folder, "models/behaviour_similarity.csv"), similarityCsv(similarity));
  for (let subject = 1; subject <= subjects; subject++)
    await writeSubject(folder, `subj${subject}`, embeddings, seed + 10 * subject);
}

async function writeSubject(
  folder: string,
  name: string,
  embeddings: Float32Array,
  seed: number,
): Promise<void> {
  const draw = random(seed);
  const head = drawHead(draw, 1 + 0.015 * clipped(draw.normal()));
  const functional = functionalHeadOf(head);
  const shift: Point = [0, 0, 0].map(() => 2.5 * clipped(draw.normal())) as unknown as Point;
  const brain = plantIn(functional, embeddings, shift, draw);
  const design = drawDesign(draw);
  const path = (file: string) => join(folder, name, file);
  for (const made of [name, "planted"]) await mkdir(join(folder, made), { recursive: true });
  const bold = boldOf(functional, brain, design, draw);
  await writeImage(path("bold.nii.gz"), functionalGrid, bold, {
    datatype: "int16",
    scaling: { slope: 4, intercept: 1000 },
    repetitionTimeS,
  });
  await writeFile(path("labels.txt"), labelsText(design));
  await writeImage(path("mask4_vt.nii.gz"), functionalGrid, brain.ventral, { datatype: "int8" });
  await writeImage(path("anat.nii.gz"), anatomicalGrid, anatomyOf(head, draw), {
    datatype: "int16",
  });
  await writeImage(join(folder, "planted", `${name}.nii.gz`), functionalGrid, brain.regions, {
    datatype: "int8",
  });
}

function clipped(value: number): number {
  return Math.max(-2, Math.min(2, value));
}
