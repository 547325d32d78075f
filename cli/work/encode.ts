import { asMatrix } from "../../src/io/npy/npy-array.ts";
import { readNpy } from "../../src/io/npy/parse-npy.ts";
import { readNifti, writeNifti } from "../../src/io/nifti/index.ts";
import { crossValidateRidge } from "../../src/encoding/cross-validate-ridge.ts";
import type { EncodingScores } from "../../src/encoding/encoding-scores.ts";
import { pairRuns } from "../../src/encoding/pair-runs.ts";
import { leaveOneRunOut } from "../../src/encoding/segments.ts";
import { ShapeMismatch } from "../../src/core/errors.ts";
import { toRows, type Matrix } from "../../src/core/matrix.ts";
import { NiftiMasker, type MaskedRun } from "../../src/mri/masker/index.ts";
import { checkOutput } from "../check-output.ts";
import { nameOption, numberOption } from "../option-values.ts";

/** The options of `tsrsa encode`. */
export interface EncodeArguments {
  readonly stimuli: readonly string[];
  readonly mask: string;
  readonly out: string;
  readonly alpha: string;
  readonly folds: string;
  readonly standardize: string;
  readonly detrend: boolean;
  readonly delay: number;
  readonly clip?: true;
  readonly jobs: number;
  readonly json?: true;
}

/** Ridge regression of every voxel on stimuli, its R² as a map. */
export async function runEncode(
  images: readonly string[],
  options: EncodeArguments,
): Promise<void> {
  const standardize = nameOption("--standardize", [
    "zscore",
    "zscore-sample",
    "psc",
    "none",
    "seed",
    "0.13",
  ] as const)(options.standardize);
  const alphas = options.alpha.split(",").map(numberOption("--alpha"));
  const nFolds = options.folds === "runs" ? undefined : numberOption("--folds")(options.folds);
  await checkOutput(options.out, [images, options]);
  const mask = await readNifti(options.mask);
  const masker = new NiftiMasker(mask, { detrend: options.detrend, standardize });
  const stimuli = await Promise.all(options.stimuli.map(readStimuli));
  const runs = await masker.transformRuns(images);
  const paired = pairRuns(stimuliOfRuns(stimuli, runs), runs, { delayVolumes: options.delay });
  const scores = await crossValidateRidge(paired.stimuli, paired.responses, {
    alpha: alphas.length === 1 ? alphas[0] : alphas,
    folds: nFolds ?? leaveOneRunOut(paired.runs),
    jobs: options.jobs,
  });
  const r2 = scores.meanR2.map((value) => (options.clip === true ? Math.max(0, value) : value));
  await writeNifti(options.out, masker.inverseTransform(r2));
  print(scores, masker, runs, paired.stimuli, options);
}

async function readStimuli(path: string): Promise<Matrix<Float64Array>> {
  return toRows(asMatrix(await readNpy(path)));
}

/** One matrix a run: as given, or one for all runs cut where they end. Throws `ShapeMismatch`. */
function stimuliOfRuns(
  stimuli: readonly Matrix<Float64Array>[],
  runs: readonly MaskedRun[],
): readonly Matrix<Float64Array>[] {
  if (stimuli.length !== 1 || runs.length === 1) return stimuli;
  const [{ data, shape }] = stimuli;
  const lengths = runs.map((run) => run.shape[0]);
  const total = lengths.reduce((sum, n) => sum + n, 0);
  if (shape[0] !== total)
    throw new ShapeMismatch(
      `${total} rows of stimuli, one for each volume of the ${runs.length} runs`,
      `${shape[0]}`,
      "give a row for every volume, or one file a run",
    );
  let row = 0;
  return lengths.map((n) => {
    const part = data.subarray(row * shape[1], (row + n) * shape[1]);
    row += n;
    return { data: part, shape: [n, shape[1]] };
  });
}

function print(
  { meanR2, flat, r2 }: EncodingScores,
  masker: NiftiMasker,
  runs: readonly MaskedRun[],
  stimuli: Matrix,
  { out, json }: EncodeArguments,
): void {
  const best = meanR2.reduce(
    (most, score, at) => (score > meanR2[most] || Number.isNaN(meanR2[most]) ? at : most),
    0,
  );
  const flatVoxels = new Set([...flat, ...runs.flatMap((run) => Array.from(run.flat))]).size;
  const nNonFinite = runs.reduce((sum, run) => sum + run.nNonFinite, 0);
  const peak = { r2: meanR2[best], voxel: masker.voxelOf(best), mm: masker.mmOf(best) };
  const [nVolumes, nFeatures] = stimuli.shape;
  const nVoxels = masker.nVoxels;
  if (json === true) {
    const counts = { nVoxels, nVolumes, nFeatures, nFolds: r2.shape[0], flatVoxels, nNonFinite };
    console.log(JSON.stringify({ out, ...counts, peak }));
    return;
  }
  if (flatVoxels > 0)
    console.log(
      `${flatVoxels} voxels are constant or a straight line in a run, which then does not count (NaN if in all)`,
    );
  if (nNonFinite > 0) console.log(`${nNonFinite} values were not finite and became 0`);
  console.log(
    `highest R² ${peak.r2.toFixed(4)} in voxel (${peak.voxel.join(", ")}), ${peak.mm.map((x) => x.toFixed(1)).join(", ")} mm`,
  );
  console.log(
    `${out}: ${nVoxels} voxels, ${nVolumes} volumes, ${nFeatures} features, ${r2.shape[0]} folds`,
  );
}
