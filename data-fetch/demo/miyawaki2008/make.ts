import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { random } from "../../../src/core/random.ts";
import { writeNifti, type NiftiWriteOptions } from "../../../src/io/nifti/index.ts";
import { anatomyOf } from "../haxby-like/anatomy.ts";
import { anatomicalGrid } from "../haxby-like/grids.ts";
import { drawHead } from "../haxby-like/head.ts";
import { boldOf } from "./bold.ts";
import { drawVisualBrain, type VisualBrain } from "./brain.ts";
import { figureRun, labelCsv, randomRun, repetitionTimeS } from "./design.ts";
import { affine, nVoxels, shape } from "./grid.ts";
import { areas } from "./retinotopy.ts";

/** How many runs of each kind there are. */
export interface RunCounts {
  readonly random: number;
  readonly figure: number;
}

const ofArchive: RunCounts = { random: 20, figure: 12 };
const nBands = 11;

/**
 * Demo data in the layout of the archive of Miyawaki and others (2008): `func` (20 runs of random pictures, 12 of
 * figures), `label`, `mask` (the whole mask and 38 masks of areas and of distances from the middle of the picture) and
 * `bg.nii.gz`. Planted: voxels of visual cortex answer to their place of the picture about two volumes later.
 */
export async function makeMiyawaki(
  folder: string,
  seed = 8,
  counts: RunCounts = ofArchive,
): Promise<void> {
  const draw = random(seed);
  const head = drawHead(draw, 1);
  const brain = drawVisualBrain(head);
  for (const made of ["func", "label", "mask"])
    await mkdir(join(folder, made), { recursive: true });
  const runs = [
    ...Array.from({ length: counts.figure }, (_, at) => figureRun(at + 1, draw)),
    ...Array.from({ length: counts.random }, (_, at) => randomRun(at + 1, draw)),
  ];
  for (const run of runs) {
    const bold = boldOf(brain, run, draw);
    const scaling = { slope: 3, intercept: 1000 };
    const path = join(folder, `func/data_${run.name}.nii.gz`);
    await write(path, bold, run.nVolumes, { datatype: "int16", scaling });
    await writeFile(join(folder, `label/data_${run.name}_label.csv`), labelCsv(run));
  }
  await writeMasks(folder, brain);
  const { shape: bgShape, affine: bgAffine } = anatomicalGrid;
  const bg = { data: anatomyOf(head, draw), shape: bgShape, affine: bgAffine };
  await writeNifti(join(folder, "bg.nii.gz"), bg, { datatype: "int16" });
}

async function writeMasks(folder: string, brain: VisualBrain): Promise<void> {
  const writeMask = (name: string, inside: (at: number) => boolean) => {
    const data = new Float64Array(nVoxels);
    brain.voxels.forEach((voxel, at) => (data[voxel] = inside(at) ? 1 : 0));
    return write(join(folder, `mask/${name}.nii.gz`), data, 1, { datatype: "uint8" });
  };
  await writeMask("mask", () => true);
  for (const side of ["LH", "RH"] as const) {
    for (const area of areas)
      await writeMask(`${side}${area}`, (at) => {
        const field = brain.fields[at];
        return field?.hemisphere === side && field.area === area;
      });
    for (let band = 0; band < nBands; band++)
      await writeMask(`${side}lag${band}to${band + 1}`, (at) => {
        const field = brain.fields[at];
        return field?.hemisphere === side && Math.floor(2 * field.eccentricity) === band;
      });
  }
}

async function write(
  path: string,
  data: Float64Array,
  nVolumes: number,
  options: NiftiWriteOptions,
): Promise<void> {
  const image = {
    data,
    affine,
    shape: nVolumes === 1 ? shape : [...shape, nVolumes],
    zooms: nVolumes === 1 ? [3, 3, 3] : [3, 3, 3, repetitionTimeS],
    description: "demo data made by tsrsa: no measurement",
  };
  await writeNifti(path, image, options);
}
