import { limit, oneOf, text, texts } from "../../core/gate/kinds.ts";
import { checkedFolder } from "../../core/gate/path.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, MissingFile, ShapeMismatch } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import { Table } from "../../table/table.ts";
import { Patterns } from "../glm/index.ts";
import { gridOf, type Volume } from "../grid.ts";
import { makeMask, maskFor } from "../masks.ts";
import { arrayOf, findGlmSingle } from "./glm-single-file.ts";

/** How betas of GLMsingle are read. */
export interface ReadGlmSingleOptions {
  /**
   * The voxels, and where they lie. Of results of a whole volume those not 0 are taken; results of a list of voxels were
   * made of these, in the order of `voxelOrder`.
   */
  readonly mask: Volume;
  /** Names of the conditions, in the order of the columns of the design. Default: their numbers, from 1. */
  readonly items?: readonly string[];
  /** Which of the outputs. Default `TYPED_FITHRF_GLMDENOISE_RR`. */
  readonly output?: string;
  /** How voxels of a list were counted: as numpy does (`C`), or as MATLAB does (`F`). Default: of its program. */
  readonly voxelOrder?: "C" | "F";
  /** See {@link readNpyObject}; large results need more than the default. */
  readonly maxBytes?: number;
}

const optionNames: OptionNames<ReadGlmSingleOptions> = {
  mask: true,
  items: texts,
  output: text,
  voxelOrder: oneOf(["C", "F"]),
  maxBytes: limit,
};

/**
 * Patterns of single trials from the output folder of GLMsingle, of its Python (`.npy`, `.hdf5`) or MATLAB (`.mat`)
 * version: betas, and from `DESIGNINFO` the condition and run of each trial. Betas are percent signal change.
 *
 * @param folder - with DESIGNINFO and TYPED_… in it.
 * @throws MissingFile, FileFormatError naming what a file lacks; ShapeMismatch for betas of other trials than the
 *   design or of other voxels than the mask.
 * @example
 * import { readGlmSingle, readNifti } from "tsrsa";
 * async function trials(folder: string, items: string[]) {
 *   return readGlmSingle(folder, { mask: await readNifti("mask.nii.gz"), items });
 * }
 */
export async function readGlmSingle(
  folder: string,
  options: ReadGlmSingleOptions,
): Promise<Patterns> {
  checkOptions(options, optionNames);
  const root = checkedFolder(folder).replace(/(?<=.)[\\/]+$/, "");
  const { output = "TYPED_FITHRF_GLMDENOISE_RR", maxBytes, mask } = options;
  if (mask === undefined) throw new InvalidArgument("mask", mask, "say where the voxels lie");
  const file = await findGlmSingle(root, output);
  const design = await findGlmSingle(root, "DESIGNINFO");
  const betas = await arrayOf(file, ["betasmd", "modelmd"], maxBytes);
  const base = design.kind === "mat" ? 1 : 0;
  const order = Array.from((await arrayOf(design, ["stimorder"])).data, (n) => n - base);
  const counts = Array.from((await arrayOf(design, ["numtrialrun"])).data);
  const nTrials = betas.shape.at(-1) ?? 0;
  checkTrials(nTrials, order, counts);
  const { voxels, row } = voxelsOf(
    betas,
    mask,
    options.voxelOrder ?? (file.kind === "mat" ? "F" : "C"),
  );
  const values = order.map((_, trial) => row.map((at) => betas.data[at * nTrials + trial]));
  return new Patterns({
    values: values.map((list) => Float64Array.from(list)),
    table: tableOf(order, counts, options.items),
    voxels,
    header: gridOf(mask),
    notes: [],
    residuals: () =>
      Promise.reject(
        new MissingFile(
          `of residuals in ${root}`,
          "GLMsingle writes none; noise needs a model fitted here",
        ),
      ),
  });
}

function checkTrials(nTrials: number, order: readonly number[], counts: readonly number[]): void {
  const inRuns = counts.reduce((sum, n) => sum + n, 0);
  if (order.length === nTrials && inRuns === nTrials) return;
  throw new ShapeMismatch(
    `betas of ${order.length} trials, as the design has (${inRuns} in runs)`,
    `${nTrials} betas a voxel`,
    "betas and DESIGNINFO are of different analyses",
  );
}

/** Which voxels, ascending, and the row of each among the betas. */
function voxelsOf({ shape }: Matrix, mask: Volume, order: "C" | "F") {
  const grid = gridOf(mask);
  const inside = maskFor(grid, makeMask(mask), "mask").data;
  const voxels = Int32Array.from(inside.keys()).filter((v) => inside[v] === 1);
  const [nx, ny, nz] = grid.shape;
  const own = shape.slice(0, -1).filter((n) => n !== 1);
  const isVolume = shape.length === 4 && [nx, ny, nz].every((n, axis) => n === shape[axis]);
  if (isVolume) return { voxels, row: Array.from(voxels) };
  const n = own.reduce((product, length) => product * length, 1);
  if (own.length > 1 || n !== voxels.length)
    throw new ShapeMismatch(
      `betas of ${nx} × ${ny} × ${nz} voxels, or of the ${voxels.length} of the mask`,
      `shape (${shape.join(", ")})`,
      "give the mask that the analysis was made in",
    );
  const rows = Array.from(voxels.keys());
  if (order === "C") return { voxels, row: rows };
  const place = (v: number) =>
    Math.floor(v / (ny * nz)) + nx * (Math.floor(v / nz) % ny) + nx * ny * (v % nz);
  const sorted = [...rows].sort((a, b) => place(voxels[a]) - place(voxels[b]));
  const row = new Array<number>(n);
  sorted.forEach((at, position) => (row[at] = position));
  return { voxels, row };
}

function tableOf(
  order: readonly number[],
  counts: readonly number[],
  items: readonly string[] | undefined,
): Table {
  const names = order.map((condition) => {
    const name = items === undefined ? String(condition + 1) : items.at(condition);
    if (condition >= 0 && name !== undefined) return name;
    throw new ShapeMismatch(
      `names of at least ${condition + 1} conditions`,
      `${items?.length} items`,
      "give a name for each column of the design",
    );
  });
  const runs = counts.flatMap((n, run) => Array<string>(n).fill(String(run + 1)));
  const trials = counts.flatMap((n) => Array.from({ length: n }, (_, at) => at + 1));
  return new Table({ item: names, run: runs, trial: trials });
}
