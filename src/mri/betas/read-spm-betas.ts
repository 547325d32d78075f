import { fileExists } from "#platform/files";
import { checkedFolder } from "../../core/gate/path.ts";
import { texts } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { FileFormatError, InvalidArgument, MissingFile } from "../../core/errors.ts";
import { pauses, type JobOptions } from "../../core/job.ts";
import { readNifti } from "../../io/nifti/index.ts";
import type { Patterns, RunResiduals } from "../glm/index.ts";
import type { Volume } from "../grid.ts";
import { readSpmDesign, type SpmColumn, type SpmDesign } from "./spm-design.ts";
import { stackPatterns } from "./stacked-patterns.ts";

/** Which betas of SPM. */
export interface ReadSpmBetasOptions {
  /** Conditions, by the names that SPM has. Default: all, without parametric modulators. */
  readonly conditions?: readonly string[];
  /** The voxels wanted. Default: those of `mask.nii` in the folder. */
  readonly mask?: Volume;
}

const optionNames: OptionNames<ReadSpmBetasOptions> = { conditions: texts, mask: true };

const extensions = ["nii", "nii.gz", "img"];

/**
 * Patterns of the conditions of every run from a first-level folder of SPM: `SPM.mat` says what each `beta_NNNN` is of.
 * Of conditions with several basis functions the first counts; parametric modulators count when they are named. What
 * `rdmNifti` and `rsaNifti` take, with `labels: betas.items` and `folds: betas.runs`.
 *
 * `betas.residuals()` reads `Res_NNNN`, which SPM leaves when asked (`spm_write_residuals(SPM, NaN)`); their degrees of
 * freedom are those of SPM, in proportion to the volumes of each run.
 *
 * @param folder - with SPM.mat in it.
 * @throws MissingFile for an image that is not there; FileFormatError for an SPM.mat without names of columns;
 *   InvalidArgument for a condition that it does not have.
 * @example
 * import { readSpmBetas, rsaNifti, type Rdm } from "tsrsa";
 * async function search(folder: string, model: Rdm) {
 *   const betas = await readSpmBetas(folder);
 *   const noise = { residuals: await betas.residuals() };
 *   return rsaNifti(betas, model, { labels: betas.items, folds: betas.runs, metric: "crossnobis", noise });
 * }
 */
export async function readSpmBetas(
  folder: string,
  options: ReadSpmBetasOptions = {},
): Promise<Patterns> {
  checkOptions(options, optionNames);
  const root = checkedFolder(folder).replace(/(?<=.)[\\/]+$/, "");
  const design = await readSpmDesign(`${root}/SPM.mat`);
  const columns = chosen(design.columns, options.conditions);
  const files = await Promise.all(
    columns.map(async ({ number, condition, run }) => ({
      path: await imageOf(
        root,
        "beta",
        number,
        "it is the beta of a condition; copy the folder again",
      ),
      item: condition,
      run,
    })),
  );
  return stackPatterns(files, {
    mask: options.mask ?? (await ownMask(root)),
    notes: leftOut(design.columns, columns),
    residuals: (voxels, job) => readResiduals(root, design, voxels, job),
  });
}

function chosen(columns: readonly SpmColumn[], asked: readonly string[] | undefined): SpmColumn[] {
  const first = columns.filter(({ basis }) => basis === 1);
  if (asked === undefined) return first.filter(({ isModulator }) => !isModulator);
  const known = [...new Set(first.map(({ condition }) => condition))];
  for (const name of asked)
    if (!known.includes(name))
      throw new InvalidArgument("conditions", name, `there are ${known.slice(0, 40).join(", ")}`);
  return first.filter(({ condition }) => asked.includes(condition));
}

function leftOut(all: readonly SpmColumn[], taken: readonly SpmColumn[]): string[] {
  const left = all.filter(({ basis, isModulator }) => basis === 1 && isModulator).length;
  const hasThem = taken.some(({ isModulator }) => isModulator);
  return left > 0 && !hasThem ? [`${left} betas of parametric modulators were left out`] : [];
}

async function imageOf(root: string, kind: string, number: number, why: string): Promise<string> {
  const stem = `${root}/${kind}_${String(number).padStart(4, "0")}`;
  for (const extension of extensions)
    if (await fileExists(`${stem}.${extension}`)) return `${stem}.${extension}`;
  throw new MissingFile(`${stem}.nii`, why);
}

async function ownMask(root: string): Promise<Volume | undefined> {
  for (const extension of extensions) {
    const path = `${root}/mask.${extension}`;
    if (await fileExists(path)) return readNifti(path);
  }
  return undefined;
}

async function readResiduals(
  root: string,
  { nVolumes, dof }: SpmDesign,
  voxels: Int32Array,
  job: JobOptions,
): Promise<RunResiduals[]> {
  const total = nVolumes.reduce((sum, n) => sum + n, 0);
  if (total === 0 || dof === undefined)
    throw new FileFormatError(
      `${root}/SPM.mat`,
      "SPM.nscan",
      "volumes of each run and xX.erdf",
      "none",
      {
        advice: "give the SPM.mat of an estimated model",
      },
    );
  const pause = pauses(job.signal, "reading residuals");
  const all: RunResiduals[] = [];
  let before = 0;
  for (const [run, n] of nVolumes.entries()) {
    const data = new Float64Array(n * voxels.length);
    for (let t = 0; t < n; t++) {
      const path = await imageOf(
        root,
        "Res",
        before + t + 1,
        "SPM removes residuals; have them written with spm_write_residuals(SPM, NaN)",
      );
      const volume = await readNifti(path);
      voxels.forEach((voxel, v) => (data[t * voxels.length + v] = volume.data[voxel]));
      if (pause.due()) await pause.turn();
    }
    before += n;
    all.push({
      data,
      shape: [n, voxels.length],
      run: String(run + 1),
      dof: (dof * n) / total,
      voxels,
    });
  }
  return all;
}
