import { writeStc } from "../../src/io/stc/index.ts";
import { readEpochs } from "../../src/meg/read-epochs.ts";
import { metricNames } from "../../src/rdm/metrics/index.ts";
import { comparisonNames } from "../../src/rsa/comparisons/registry.ts";
import {
  applyInverse,
  readInverse,
  readSourceEstimates,
  readSourceSpaces,
  rsaStcs,
  type ApplyInverseOptions,
  type SourceEstimates,
  type SourceScores,
} from "../../src/sources/index.ts";
import type { Cell } from "../../src/table/columns.ts";
import { checkOutput } from "../check-output.ts";
import { engineOf, type EngineArguments } from "../engine-option.ts";
import { nameOption } from "../option-values.ts";
import { foldsOption, readColumn, readItems } from "../read-column.ts";
import { readModels } from "../read-rdm.ts";
import { UsageError } from "../usage-error.ts";
import { writeTable } from "../write-table.ts";

/** The options of `tsrsa rsa-stcs`. */
export interface RsaStcsArguments extends EngineArguments {
  readonly model: readonly string[];
  readonly items: string;
  readonly labels: string;
  readonly out: string;
  readonly inverse?: string;
  readonly method: string;
  readonly lambda2?: number;
  readonly orientation: string;
  readonly sourceSpaces?: string;
  readonly spatialRadius?: number;
  readonly temporalRadius?: number;
  readonly tmin?: number;
  readonly tmax?: number;
  readonly metric: string;
  readonly rsaMetric: string;
  readonly folds?: string;
  readonly every?: number;
  readonly ignoreNan?: true;
  readonly jobs: number;
  readonly json?: true;
}

/** RSA of source estimates with models; writes the scores and prints where and when they peak. */
export async function runRsaStcs(
  files: readonly string[],
  options: RsaStcsArguments,
): Promise<void> {
  const metric = nameOption("--metric", [...metricNames, "crossnobis" as const])(options.metric);
  const rsaMetric = nameOption("--rsa-metric", comparisonNames)(options.rsaMetric);
  const asTable = /\.csv$/i.test(options.out);
  if (!asTable && options.spatialRadius === undefined)
    throw new UsageError(
      "a map needs --spatial-radius; without it all sources are pooled: give --out a name that ends in .csv",
    );
  const items = await readItems("--items", options.items);
  const models = await readModels(options.model, items);
  const outputs = asTable ? [options.out] : stemsOf(options.out, models);
  for (const path of outputs.flatMap((name) => (asTable ? [name] : pairOf(name))))
    await checkOutput(path, [files, files.flatMap(pairOf), options]);
  const { estimates, labels } = await estimatesOf(files, options);
  const { sourceSpaces } = options;
  const scores = await rsaStcs(estimates, models, {
    labels,
    metric,
    rsaMetric,
    sourceSpaces: sourceSpaces === undefined ? undefined : await readSourceSpaces(sourceSpaces),
    spatialRadiusM: options.spatialRadius,
    temporalRadiusS: options.temporalRadius,
    tminS: options.tmin,
    tmaxS: options.tmax,
    every: options.every,
    ignoreNan: options.ignoreNan,
    jobs: options.jobs,
    engine: engineOf(options, options.out),
    ...(await foldsOption(options.folds)),
  });
  const written = asTable ? await tableOf(scores, options.out) : await mapsOf(scores, outputs);
  print(scores, written, options.json === true);
}

/** STEM of one model; STEM_MODEL of several. */
function stemsOf(out: string, models: readonly { readonly name?: string }[]): string[] {
  const stem = out.replace(/(-[lr]h)?\.stc$/i, "");
  if (models.length === 1) return [stem];
  const names = models.map(({ name }, at) => name ?? `model ${at + 1}`);
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined)
    throw new UsageError(`two models are called ${repeated}; their maps would have one name`);
  return names.map((name) => `${stem}_${name}`);
}

/** The files of a stem, or of either of them. */
function pairOf(path: string): string[] {
  const stem = path.replace(/-([lr]h|vl|vol)\.(stc|w)$/, "");
  return ["-lh.stc", "-rh.stc", "-vl.stc", "-vol.stc", "-lh.w", "-rh.w"].map(
    (ending) => stem + ending,
  );
}

async function estimatesOf(
  files: readonly string[],
  options: RsaStcsArguments,
): Promise<{ estimates: SourceEstimates; labels: readonly Cell[] }> {
  const { inverse, labels } = options;
  if (inverse === undefined)
    return {
      estimates: await readSourceEstimates(files),
      labels: await readColumn("--labels", labels),
    };
  if (files.length !== 1) throw new UsageError("--inverse takes one file of epochs");
  const epochs = await readEpochs(files[0]);
  const estimates = await applyInverse(epochs, await readInverse(inverse), {
    method: nameOption("--method", methods)(options.method),
    orientation: nameOption("--orientation", orientations)(options.orientation),
    lambda2: options.lambda2,
  });
  const known = labels.includes(":")
    ? await readColumn("--labels", labels)
    : Array.from(epochs.column(labels));
  return { estimates, labels: known };
}

const methods = [
  "MNE",
  "dSPM",
  "sLORETA",
] as const satisfies readonly ApplyInverseOptions["method"][];
const orientations = ["length", "normal", "vector"] as const;

async function mapsOf(scores: SourceScores, stems: readonly string[]): Promise<string[]> {
  const written: string[] = [];
  for (const [m, model] of scores.modelNames.entries()) {
    const { data, kind, vertices, tminS, tstepS } = scores.toEstimates(model);
    const map = { data: data.data, shape: data.shape.slice(1) };
    written.push(...(await writeStc(stems[m], { kind, vertices, tminS, tstepS, data: map })));
  }
  return written;
}

async function tableOf(scores: SourceScores, path: string): Promise<string[]> {
  await writeTable(path, scores.toTable());
  return [path];
}

function print(scores: SourceScores, written: readonly string[], json: boolean): void {
  const peaks = scores.modelNames.map((model) => ({ model, ...scores.peak(model) }));
  const { rsaMetric, nItems, places, times, notes } = scores;
  if (json) {
    const sizes = { nItems, nPlaces: places.length, nTimes: times.length };
    console.log(JSON.stringify({ out: written, rsaMetric, ...sizes, peaks, notes }));
    return;
  }
  for (const { model, score, timeS, place } of peaks)
    console.log(`${model}: highest ${rsaMetric} ${score} at ${place}, ${timeS.toFixed(3)} s`);
  console.log(
    `${written.join(", ")}: ${places.length} places × ${times.length} times, ${nItems} items`,
  );
  for (const note of notes) console.log(`note: ${note}`);
}
