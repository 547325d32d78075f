import { readNifti, writeNifti } from "../../src/io/nifti/index.ts";
import { rsaNifti, type RsaMaps, type RsaNiftiOptions } from "../../src/mri/index.ts";
import { metricNames } from "../../src/rdm/metrics/index.ts";
import { comparisonNames } from "../../src/rsa/comparisons/registry.ts";
import type { BidsModelArguments } from "../bids-options.ts";
import { checkOutput } from "../check-output.ts";
import { engineOf, type EngineArguments } from "../engine-option.ts";
import { nameOption } from "../option-values.ts";
import { foldsOption, readItems, readLabels } from "../read-column.ts";
import { readModels } from "../read-rdm.ts";
import { UsageError } from "../usage-error.ts";

/** The options of `tsrsa rsa-nifti`. */
export interface RsaNiftiArguments extends EngineArguments, BidsModelArguments {
  readonly model: readonly string[];
  readonly out: string;
  readonly labels?: string;
  readonly items?: string;
  readonly common?: true;
  readonly radiusMm?: number;
  readonly metric: string;
  readonly rsaMetric: string;
  readonly roiMask?: string;
  readonly brainMask?: string;
  readonly folds?: string;
  readonly every?: number;
  readonly ignoreNan?: true;
  readonly jobs: number;
  readonly json?: true;
}

/** RSA of a functional image with models; writes a map for each and prints where it peaks. */
export async function runRsaNifti(file: string, options: RsaNiftiArguments): Promise<void> {
  const analysis = await analysisOf(options);
  const items = options.items === undefined ? undefined : await readItems("--items", options.items);
  const models = await readModels(options.model, items);
  const outputs = outputsOf(
    options.out,
    models.map((model) => model.name ?? ""),
  );
  for (const path of outputs) await checkOutput(path, [file, options]);
  const maps = await rsaNifti(file, models, analysis);
  for (const [m, map] of maps.maps().entries()) await writeNifti(outputs[m], map);
  if (options.json === true) printJson(maps, outputs);
  else printPeaks(maps, outputs);
}

async function analysisOf(options: RsaNiftiArguments): Promise<RsaNiftiOptions> {
  if (options.labels !== undefined && options.items === undefined)
    throw new UsageError("--labels needs --items, the labels of the models' rows");
  if (options.labels === undefined && options.items !== undefined)
    throw new UsageError("--items needs --labels, the label of each volume");
  return {
    metric: nameOption("--metric", [...metricNames, "crossnobis" as const])(options.metric),
    rsaMetric: nameOption("--rsa-metric", comparisonNames)(options.rsaMetric),
    labels: options.labels === undefined ? undefined : await readLabels("--labels", options.labels),
    items: options.common === true ? "common" : "all",
    radiusMm: options.radiusMm,
    roiMask: options.roiMask === undefined ? undefined : await readNifti(options.roiMask),
    brainMask: options.brainMask === undefined ? undefined : await readNifti(options.brainMask),
    every: options.every,
    ignoreNan: options.ignoreNan,
    jobs: options.jobs,
    engine: engineOf(options, options.out),
    ...(await foldsOption(options.folds)),
  };
}

/** MAP.nii.gz of one model; MAP_MODEL.nii.gz of several, so that each file is one map. */
function outputsOf(out: string, names: readonly string[]): string[] {
  const extension = /\.nii(\.gz)?$/i.exec(out)?.[0];
  if (extension === undefined)
    throw new UsageError(`--out takes a name that ends in .nii or .nii.gz, not ${out}`);
  if (names.length === 1) return [out];
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined)
    throw new UsageError(`two models are called ${repeated}; their maps would have one name`);
  const stem = out.slice(0, -extension.length);
  return names.map((name) => `${stem}_${name}${extension}`);
}

function printJson(maps: RsaMaps, outputs: readonly string[]): void {
  const models = maps.modelNames.map((model, m) => ({
    model,
    out: outputs[m],
    distribution: maps.distribution().row(m),
    peaks: maps.peaks(model),
  }));
  console.log(JSON.stringify({ models, record: maps.record, notes: maps.notes }));
}

function printPeaks(maps: RsaMaps, outputs: readonly string[]): void {
  const { rsaMetric, nPatches, nItems } = maps.record;
  maps.modelNames.forEach((model, m) => {
    const [peak] = maps.peaks(model, { most: 1 });
    const where =
      peak === undefined
        ? "no score anywhere"
        : `highest ${rsaMetric} ${peak.score} at (${peak.mm.map((v) => v.toFixed(1)).join(", ")}) mm, voxel (${peak.voxel.join(", ")})`;
    console.log(
      `${model}: ${maps.pooled && peak !== undefined ? `${rsaMetric} ${peak.score}` : where}`,
    );
    console.log(
      `${outputs[m]}: ${nPatches} ${nPatches === 1 ? "patch" : "patches"}, ${nItems} items`,
    );
  });
  for (const note of maps.notes) console.log(`note: ${note}`);
}
