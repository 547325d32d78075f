import { takeColumns, type Matrix } from "../../../src/core/index.ts";
import { crossValidateRidge, pairRuns, receptiveField } from "../../../src/encoding/index.ts";
import { listFiles, readLines, readNifti } from "../../../src/io/index.ts";
import { NiftiMasker } from "../../../src/mri/index.ts";
import { plotReceptiveFields, plotStatMap } from "../../../src/plot/index.ts";
import type { Comparison, PublishedFigure, Reproduced } from "./published.ts";

/** Which pixels a voxel answers to: nilearn's encoding example. */
export const miyawakiEncoding: PublishedFigure = {
  name: "miyawaki2008-encoding",
  title: "Responses of visual cortex predicted from 100 pixels (nilearn's encoding example)",
  citation: "Miyawaki, Y. et al. (2008). Neuron 60, 915–929. doi:10.1016/j.neuron.2008.11.004",
  dataSet: "miyawaki2008",
  needs: "func, label, mask and bg.nii.gz of the archive",
  note: "The example prints sizes and shows its scores as pictures: look at the figures (--out) for those.",
  reproduce,
};

/** The voxels that the example marks, and their columns in the data. */
const marked = [
  { voxel: [30, 10, 10], column: 1780, colour: "#1f6fd0", palette: "blues" },
  { voxel: [31, 10, 10], column: 1951, colour: "#17963f", palette: "greens" },
  { voxel: [32, 10, 10], column: 2131, colour: "#d6241f", palette: "reds" },
  { voxel: [31, 9, 10], column: 1935, colour: "#d13fa8", palette: "rdpu" },
] as const;
const side = 10;
const quiet = { onProgress: false } as const;

async function reproduce(folder: string): Promise<Reproduced> {
  const { masker, stimuli, responses } = await pairedRuns(folder);
  const scores = await crossValidateRidge(stimuli, responses, { alpha: 100, folds: 10, ...quiet });
  const r2 = scores.meanR2.map((score) => (Number.isNaN(score) ? 0 : Math.max(0, score)));
  const columns = marked.map(({ column }) => column);
  const { fields } = await receptiveField(stimuli, takeColumns(responses, columns), {
    shape: [side, side],
    normalize: "per-fold",
    ...quiet,
  });
  const map = masker.inverseTransform(r2);
  const drawn = plotStatMap(map, {
    background: await readNifti(`${folder}/bg.nii.gz`),
    threshold: 1e-6,
    cuts: { z: [-8] },
    label: "cross-validated R²",
    title: "Explained variance per voxel",
    markers: marked.map(({ voxel, colour }) => ({ voxel, colour, sizePx: 14 })),
  });
  return {
    comparisons: rowsOf(masker, { stimuli, responses }, r2),
    figures: new Map([
      ["miyawaki2008-encoding-map", drawn],
      ["miyawaki2008-encoding-fields", drawFields(fields)],
    ]),
  };
}

async function pairedRuns(folder: string) {
  const masker = new NiftiMasker(await readNifti(`${folder}/mask/mask.nii.gz`), {
    detrend: true,
    standardize: "zscore",
  });
  const runs = await listFiles(`${folder}/func`, /random_run\d+\.nii\.gz$/);
  const cleaned = await masker.transformRuns(runs.map((name) => `${folder}/func/${name}`));
  const shown = await Promise.all(
    runs.map((name) => stimuliOf(`${folder}/label/${name.replace(".nii.gz", "_label.csv")}`)),
  );
  return { masker, ...pairRuns(shown, cleaned, { delayVolumes: 2 }) };
}

/** Pixels stand column by column in the file; here they go row by row. */
async function stimuliOf(path: string): Promise<Matrix> {
  const rows = (await readLines(path)).map((line) => line.split(",").map(Number));
  const rowByRow = Array.from(
    { length: side * side },
    (_, at) => Math.floor(at / side) + side * (at % side),
  );
  return takeColumns(rows, rowByRow);
}

function rowsOf(
  masker: NiftiMasker,
  { stimuli, responses }: { stimuli: Matrix; responses: Matrix },
  r2: Float64Array,
): Comparison[] {
  const columnOf = new Map(
    Array.from({ length: masker.nVoxels }, (_, at) => [masker.voxelOf(at).join(", "), at]),
  );
  return [
    { what: "volumes", expected: "2860", computed: responses.shape[0] },
    { what: "voxels in the mask", expected: "5438", computed: responses.shape[1] },
    { what: "pixels", expected: "100", computed: stimuli.shape[1] },
    ...marked.map(({ voxel, column }) => ({
      what: `column of voxel (${voxel.join(", ")})`,
      expected: String(column),
      computed: columnOf.get(voxel.join(", ")),
      missing: columnOf.has(voxel.join(", ")) ? undefined : "the mask does not hold it",
    })),
    { what: "voxels with R² above 0", computed: r2.filter((score) => score > 0).length },
    { what: "highest R²", computed: r2.reduce((a, b) => Math.max(a, b), 0) },
  ];
}

function drawFields(fields: Matrix) {
  return plotReceptiveFields(fields, {
    titles: marked.map(({ column }) => `voxel ${column}`),
    palette: marked.map(({ palette }) => palette),
    colours: marked.map(({ colour }) => colour),
    ground: "black",
    markedPixels: [4, 2],
    label: "weight",
  });
}
