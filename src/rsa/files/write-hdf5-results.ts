import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { list } from "../../core/gate/kinds.ts";
import { jupyterSave } from "../../core/keep.ts";
import type { Matrix } from "../../core/matrix.ts";
import { hdf5Bytes, rdmsGroup, toolboxVersion, writeHdf5 } from "../../io/hdf5/index.ts";
import type { Hdf5Tree } from "../../io/hdf5/write-hdf5.ts";
import { contentOf } from "../../rdm/hdf5/write-hdf5-rdms.ts";
import type { EvalResultParts, EvalVariances } from "../eval/eval-parts.ts";
import { covarianceMatrix, spreadOf } from "../eval/spread.ts";
import { EvalResult } from "../eval-result.ts";
import { asModel, type ModelLike, type RsaModel } from "../models/rsa-model.ts";
import { countOf, toolboxKinds, toolboxModels, writtenByUs } from "./toolbox-layout.ts";
import { covarianceOf } from "./toolbox-variances.ts";

/** What is written beside a result. */
export interface WriteHdf5ResultsOptions {
  /** The models that were evaluated, in the order of the result. Without them the file has their names. */
  readonly models?: readonly ModelLike[];
}

const writeHdf5ResultsNames: OptionNames<WriteHdf5ResultsOptions> = { models: list };

/**
 * Write a result as HDF5 that rsatoolbox loads (`load_results`): scores, covariance, noise ceiling, degrees of freedom
 * and models. Draws, fitted weights and seeds have no place in it; {@link saveResult} keeps them.
 *
 * @throws InvalidArgument for a result that rsatoolbox has no name for (an out-of-bag bootstrap, a comparison of your
 *   own); ShapeMismatch for another number of models; UnknownOption.
 * @example
 * import { writeHdf5Results } from "tsrsa";
 * const save = (result: Parameters<typeof writeHdf5Results>[1]) => writeHdf5Results("result.h5", result);
 */
export async function writeHdf5Results(
  path: string | URL,
  result: EvalResult,
  options: WriteHdf5ResultsOptions = {},
): Promise<void> {
  await writeHdf5(path, treeOf(result, options));
}

/**
 * The bytes of such a file; see {@link writeHdf5Results}.
 *
 * @example
 * import { evalFixed, hdf5ResultsBytes, Rdm, readHdf5Results } from "tsrsa";
 * const subjects = [[1, 2, 3], [1, 3, 2], [2, 3, 4]].map((d) => new Rdm(d));
 * const result = await evalFixed(new Rdm([1, 2, 3], { name: "size" }), subjects, { onProgress: false });
 * (await readHdf5Results(await hdf5ResultsBytes(result))).result.models; // [ "size" ]
 */
export async function hdf5ResultsBytes(
  result: EvalResult,
  options: WriteHdf5ResultsOptions = {},
): Promise<Uint8Array> {
  return hdf5Bytes(treeOf(result, options));
}

function treeOf(result: EvalResult, options: WriteHdf5ResultsOptions): Hdf5Tree {
  checkOptions(options, writeHdf5ResultsNames);
  if (!(result instanceof EvalResult))
    throw new InvalidArgument("result", result, "give what evalFixed or another evaluation found");
  const parts = result[jupyterSave]().data as EvalResultParts;
  const { variances, nRdms, nItems } = parts;
  const how = toolboxKinds.find(
    ({ kind, resampled }) => kind === parts.kind && resampled === parts.resampled,
  );
  if (how === undefined)
    throw new InvalidArgument("result", parts.kind, "rsatoolbox has none such; use saveResult");
  return {
    ...{ rsatoolbox_version: toolboxVersion, [writtenByUs.name]: writtenByUs.value },
    ...{ method: methodOf(parts), cv_method: how.cvMethod },
    ...{ evaluations: evaluationsOf(parts), noise_ceiling: ceilingOf(parts) },
    ...(variances === undefined
      ? {}
      : { variances: variancesToWrite(parts, variances, countOf(how, { nRdms, nItems }, true)) }),
    ...{
      dof: result.dof,
      n_rdm: nRdms,
      n_pattern: nItems,
      models: modelsTree(parts.models, options.models),
    },
  };
}

/** The names that rsatoolbox gives to comparisons. */
const toolboxMethods: Readonly<Record<string, string>> = { "tau-b": "kendall" };
const known = new Set(
  "cosine corr spearman rho-a tau-a tau-b corr_cov cosine_cov neg_riem_dist bures bures_metric".split(
    " ",
  ),
);

function methodOf({ method }: EvalResultParts): string {
  if (known.has(method)) return toolboxMethods[method] ?? method;
  throw new InvalidArgument("result", method, "rsatoolbox has no such comparison; use saveResult");
}

/** Axes after samples and models: none of a bootstrap, folds and repeats of a cross-validation, three of a dual one. */
function evaluationsOf({ kind, samples }: EvalResultParts): Matrix<Float64Array> {
  const { data, shape } = samples.scores;
  const [nSamples, nModels, nValues] = shape;
  if (kind === "bootstrap") return { data, shape: [nSamples, nModels] };
  if (kind === "dual bootstrap") return { data, shape: [nSamples, nModels, 1, 1, nValues] };
  if (kind === "bootstrapped cross-validation")
    return { data, shape: [nSamples, nModels, nValues, 1] };
  return { data, shape };
}

function ceilingOf({ kind, samples }: EvalResultParts): Matrix<Float64Array> {
  const { ceilings, ceiling } = samples;
  if (ceilings === undefined)
    return { data: Float64Array.of(ceiling?.lower ?? NaN, ceiling?.upper ?? NaN), shape: [2] };
  const [two, nSamples, nValues] = ceilings.shape;
  const axes = { bootstrap: [], "dual bootstrap": [1, nValues] }[kind as "bootstrap"] as
    number[] | undefined;
  return { data: ceilings.data, shape: [two, nSamples, ...(axes ?? [nValues])] };
}

/** A covariance that gives the variances; of a dual bootstrap one for each of the three that both sides make one of. */
function variancesToWrite(
  { kind, samples, models }: EvalResultParts,
  variances: EvalVariances,
  n: number,
): Matrix<Float64Array> {
  if (kind !== "dual bootstrap") return covarianceOf(variances, (n - 1) / n);
  const { scores, ceilings } = samples;
  const [nSamples] = scores.shape;
  const column = (values: Float64Array, step: number, from: number, k: number): Float64Array =>
    Float64Array.from({ length: nSamples }, (_, s) => values[(s * step + from) * 3 + k]);
  const three = [0, 1, 2].map((k) => {
    const own = models.map((_, m) => column(scores.data, models.length, m, k));
    const both =
      ceilings === undefined ? [] : [0, nSamples].map((from) => column(ceilings.data, 1, from, k));
    return covarianceOf(
      { ...spreadOf(own, both.at(0)), covariance: covarianceMatrix([...own, ...both]) },
      1,
    );
  });
  const [size] = three[0].shape;
  return {
    data: Float64Array.from(three.flatMap(({ data }) => Array.from(data))),
    shape: [3, size, size],
  };
}

function modelsTree(names: readonly string[], models: readonly ModelLike[] | undefined): Hdf5Tree {
  if (models !== undefined && models.length !== names.length)
    throw new ShapeMismatch(`${names.length} models, as the result has`, `${models.length}`);
  return Object.fromEntries(
    names.map((name, m) => [
      `model_${m}`,
      models === undefined ? { name, type: "Model", rdm: {} } : modelTree(name, asModel(models[m])),
    ]),
  );
}

function modelTree(name: string, { kind, rdms }: RsaModel): Hdf5Tree {
  const [type] = Object.entries(toolboxModels).find(([, own]) => own === kind) ?? ["Model"];
  return { name, type, rdm: rdmsGroup(contentOf(rdms, {})) };
}
