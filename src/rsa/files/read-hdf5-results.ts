import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { sizeOf, type Matrix } from "../../core/matrix.ts";
import { openHdf5, readRdmsGroup, type Hdf5File } from "../../io/hdf5/index.ts";
import { asMatrix, asStrings } from "../../io/npy/npy-array.ts";
import { allRdms } from "../../rdm/hdf5/read-hdf5-rdms.ts";
import { meanOfKnown } from "../../stats/known-scores.ts";
import type { Comparison } from "../comparisons/comparison.ts";
import { compareMethodNames } from "../comparisons/registry.ts";
import { pairComparisonOf } from "../comparisons/resolve.ts";
import type { EvalSamples, NoiseCeiling } from "../eval/eval-parts.ts";
import { EvalResult } from "../eval-result.ts";
import {
  fixedModel,
  interpolatedModel,
  selectModel,
  weightedModel,
  type RsaModel,
} from "../models/rsa-model.ts";
import { toolboxKinds, toolboxModels, writtenByUs, type ToolboxKind } from "./toolbox-layout.ts";
import { variancesOf } from "./toolbox-variances.ts";

/** What a file of results holds. */
export interface Hdf5Results {
  readonly result: EvalResult;
  /** The models that were evaluated, where the file has their RDMs; undefined in the place of one without. */
  readonly models: readonly (RsaModel | undefined)[];
}

/**
 * Read a result that rsatoolbox saved (`Result.save`, HDF5): scores, means, standard errors, noise ceiling, tests and
 * models. What such a file does not hold (draws, fitted weights, seeds) is not there, and `notes` say so.
 *
 * Standard errors are those the result had before it was saved; rsatoolbox corrects those of `eval_fixed` anew when it
 * loads them, for the smaller of RDMs and items.
 *
 * @throws FileFormatError for a file of another kind, or one whose parts do not fit; MissingFile.
 * @example
 * import { evalFixed, hdf5ResultsBytes, Rdm, readHdf5Results } from "tsrsa";
 * const subjects = [[1, 2, 3], [1, 3, 2], [2, 3, 4]].map((d) => new Rdm(d));
 * const model = new Rdm([1, 2, 3], { name: "size" });
 * const file = await hdf5ResultsBytes(await evalFixed(model, subjects, { onProgress: false }), { models: [model] });
 * (await readHdf5Results(file)).result.means[0].toFixed(3); // '0.833'
 */
export async function readHdf5Results(input: FileInput): Promise<Hdf5Results> {
  const file = await openHdf5(input);
  try {
    return await resultsOf(file);
  } finally {
    await file.close();
  }
}

async function resultsOf(file: Hdf5File): Promise<Hdf5Results> {
  const how = await kindOf(file);
  const comparison = await comparisonIn(file);
  const samples = samplesOf(
    await numbersAt(file, "/evaluations"),
    await numbersAt(file, "/noise_ceiling"),
    how,
    file.name,
  );
  const found = await modelsOf(file, samples.scores.shape[1]);
  const said = await Promise.all(["n_rdm", "n_pattern", "dof"].map((name) => numberAt(file, name)));
  const nRdms = said[0] ?? (how.kind === "fixed" ? samples.scores.shape[2] : NaN);
  const nItems = said[1] ?? found.find(({ model }) => model)?.model?.rdms[0].nItems ?? NaN;
  const covariances = await numbersAt(file, "/variances", true);
  const { attributes } = await file.describe("/");
  const isOurs = attributes.includes(writtenByUs.name);
  const counts = { nRdms, nItems, dof: said[2] ?? 1, isOurs, samples, file: file.name };
  const variances = covariances && variancesOf(covariances, how, counts);
  return {
    models: found.map(({ model }) => model),
    result: new EvalResult({
      ...{ kind: how.kind, method: comparison.name, comparison, nRdms, nItems, samples },
      ...(how.resampled === undefined ? {} : { resampled: how.resampled }),
      models: found.map(({ name }) => name),
      variances,
      notes: [
        "Read from a file in rsatoolbox's layout: draws, folds and fitted weights are not in it.",
        ...(covariances !== undefined && variances === undefined ? [uncounted] : []),
      ],
    }),
  };
}

const uncounted =
  "Its variances are not read, and there are no standard errors: n_rdm and n_pattern do not say of how many they are (two or more); write them into the file.";

async function textAt(file: Hdf5File, group: string, name: string): Promise<string> {
  const { attributes } = await file.describe(group);
  const found = attributes.includes(name) ? await file.attribute(group, name) : undefined;
  const text = found?.kind === "string" ? asStrings(found).at(0) : undefined;
  if (text !== undefined) return text;
  throw new FileFormatError(file.name, `${group}: ${name}`, "a text", "none", {
    advice: "give a file that rsatoolbox's Result.save wrote; read other HDF5 files with openHdf5",
  });
}

async function kindOf(file: Hdf5File): Promise<ToolboxKind> {
  const cvMethod = await textAt(file, "/", "cv_method");
  const found = toolboxKinds.find((one) => one.cvMethod === cvMethod);
  if (found !== undefined) return found;
  const names = toolboxKinds.map((one) => one.cvMethod).join(", ");
  throw new FileFormatError(file.name, "cv_method", names, cvMethod);
}

async function comparisonIn(file: Hdf5File): Promise<Comparison> {
  const method = await textAt(file, "/", "method");
  const found = compareMethodNames.find((name) => name === method);
  if (found !== undefined) return pairComparisonOf(found);
  throw new FileFormatError(file.name, "method", compareMethodNames.join(", "), method);
}

function numbersAt(file: Hdf5File, path: string): Promise<Matrix<Float64Array>>;
function numbersAt(
  file: Hdf5File,
  path: string,
  mayLack: true,
): Promise<Matrix<Float64Array> | undefined>;
async function numbersAt(
  file: Hdf5File,
  path: string,
  mayLack = false,
): Promise<Matrix<Float64Array> | undefined> {
  const there = (await file.has(path)) && (await file.describe(path)).kind === "dataset";
  if (there) {
    const { data, shape } = asMatrix(await file.read(path));
    return { data: Float64Array.from(data, Number), shape };
  }
  if (mayLack) return undefined;
  throw new FileFormatError(file.name, path, "numbers", "none", {
    advice: "give a file that rsatoolbox's Result.save wrote",
  });
}

async function numberAt(file: Hdf5File, name: string): Promise<number | undefined> {
  return (await numbersAt(file, `/${name}`, true))?.data.at(0);
}

/** Scores as ours, nSamples × nModels × nValues, and ceilings. */
function samplesOf(
  { data, shape }: Matrix<Float64Array>,
  ceiling: Matrix<Float64Array>,
  { kind }: ToolboxKind,
  file: string,
): EvalSamples {
  const [nSamples, nModels, ...axes] = shape;
  if (nModels === undefined || nSamples === 0 || nModels === 0)
    throw new FileFormatError(file, "evaluations", "samples × models", shape.join(" × "));
  const scores = valuesOf(data, nSamples * nModels, axes, kind === "dual bootstrap");
  const nValues = scores.length / (nSamples * nModels);
  const rows = (m: number): Float64Array =>
    Float64Array.from({ length: nSamples }, (_, s) => {
      const from = (s * nModels + m) * nValues;
      return meanOfKnown(scores.subarray(from, from + nValues));
    });
  return {
    scores: { data: scores, shape: [nSamples, nModels, nValues] },
    means: Float64Array.from({ length: nModels }, (_, m) => meanOfKnown(rows(m))),
    ...ceilingsOf(ceiling, nSamples, kind, file),
  };
}

/** What follows on the first axes: of a dual bootstrap the mean for each of its three, else all, repeats before folds. */
function valuesOf(
  data: Float64Array,
  rows: number,
  axes: readonly number[],
  isDual: boolean,
): Float64Array {
  const inner = sizeOf(axes);
  if (isDual && axes.at(-1) === 3)
    return Float64Array.from({ length: rows * 3 }, (_, at) => {
      const from = Math.floor(at / 3) * inner;
      return meanOfKnown(data.subarray(from, from + inner).filter((_v, k) => k % 3 === at % 3));
    });
  const [nFolds, nRepeats] = axes;
  if (axes.length !== 2) return data;
  return data.map((_, at) => {
    const [row, value] = [Math.floor(at / inner), at % inner];
    return data[row * inner + (value % nFolds) * nRepeats + Math.floor(value / nFolds)];
  });
}

function ceilingsOf(
  { data, shape }: Matrix<Float64Array>,
  nSamples: number,
  kind: ToolboxKind["kind"],
  file: string,
): { ceiling: NoiseCeiling | undefined; ceilings: Matrix<Float64Array> | undefined } {
  const [two, ...axes] = shape;
  const isOfSamples = kind !== "fixed" && kind !== "cross-validation" && axes.length > 0;
  if (two !== 2 || (isOfSamples && axes[0] !== nSamples))
    throw new FileFormatError(
      file,
      "noise_ceiling",
      `lower and upper bound${isOfSamples ? ` × ${nSamples} samples` : ""}`,
      shape.join(" × "),
    );
  const half = data.length / 2;
  const ceiling = {
    lower: meanOfKnown(data.subarray(0, half)),
    upper: meanOfKnown(data.subarray(half)),
  };
  if (Number.isNaN(ceiling.lower)) return { ceiling: undefined, ceilings: undefined };
  if (!isOfSamples) return { ceiling, ceilings: undefined };
  const values = valuesOf(data, 2 * nSamples, axes.slice(1), kind === "dual bootstrap");
  const nValues = values.length / (2 * nSamples);
  return { ceiling, ceilings: { data: values, shape: [2, nSamples, nValues] } };
}

interface NamedModel {
  readonly name: string;
  readonly model: RsaModel | undefined;
}

async function modelsOf(file: Hdf5File, nModels: number): Promise<NamedModel[]> {
  const found: NamedModel[] = [];
  for (let at = 0; at < nModels; at++) {
    const group = `/models/model_${at}`;
    if (!(await file.has(group)))
      throw new FileFormatError(file.name, group, `one of ${nModels} models`, "nothing");
    const [name, type] = [
      await textAt(file, group, "name"),
      await textAt(file, group, "type"),
    ] as const;
    const rdm = `${group}/rdm`;
    const hasRdms =
      Object.hasOwn(toolboxModels, type) && (await file.has(`${rdm}/dissimilarities`));
    const rdms = hasRdms ? await allRdms(await readRdmsGroup(file, rdm)) : [];
    const model = rdms.length === 0 ? undefined : makers[toolboxModels[type]](rdms, { name });
    found.push({ name, model });
  }
  return found;
}

const makers = {
  fixed: fixedModel,
  select: selectModel,
  weighted: weightedModel,
  interpolated: interpolatedModel,
} as const;
