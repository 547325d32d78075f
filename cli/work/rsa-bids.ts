import { bidsLabel, bidsLabels } from "../../src/io/bids/bids-label.ts";
import { writeBidsMap } from "../../src/io/bids/index.ts";
import { checkDerivative } from "../../src/io/bids/write-derivative.ts";
import { readNifti } from "../../src/io/nifti/index.ts";
import { rsaNifti, trialBetas, type RsaMaps } from "../../src/mri/index.ts";
import type { Rdm } from "../../src/rdm/rdm.ts";
import { metricNames } from "../../src/rdm/metrics/index.ts";
import { comparisonNames } from "../../src/rsa/comparisons/registry.ts";
import { openBidsOf, peopleOf, refuseVertices, type PersonRuns } from "./bids-runs.ts";
import { nameOption } from "../option-values.ts";
import { readItems } from "../read-column.ts";
import { readModels } from "../read-rdm.ts";
import { shown } from "../shown.ts";
import { UsageError } from "../usage-error.ts";
import type { RsaNiftiArguments } from "./rsa-nifti.ts";

/** From runs of a data set to maps with sidecars: a pattern for every trial, then RSA around every voxel, a person after the other. */
export async function runRsaBids(options: RsaNiftiArguments): Promise<void> {
  if (options.items === undefined)
    throw new UsageError("--bids needs --items, the labels of the models' rows");
  if (options.labels !== undefined || options.folds !== undefined)
    throw new UsageError("with --bids labels are items of the events, folds are runs");
  const data = await openBidsOf(options.bids ?? "", options);
  const items = await readItems("--items", options.items);
  const models = await readModels(options.model, items);
  const written: string[] = [];
  for await (const person of peopleOf(data, options)) {
    const started = new Date();
    refuseVertices(person, "rsa-nifti", "use rsa-surface");
    await checkOutputs(person, models, options);
    const { maps, analysis } = await analyse(person, models, options);
    written.push(
      ...(await writeBidsMap(
        options.out,
        Object.fromEntries(maps.maps().map((map) => [map.name, map])),
        {
          entities: { ...person.entities, stat: bidsLabel(maps.record.rsaMetric) },
          ...{ data, sources: sourcesOf(person, options), function: "rsaNifti", started },
          options: {
            ...analysis,
            strategy: options.strategy,
            models: maps.modelNames,
            ...maps.record,
            readS: undefined,
            scoreS: undefined,
          },
          description: `RSA of ${maps.record.metric} RDMs in spheres, ${maps.record.rsaMetric} with the model`,
          overwrite: options.overwrite === true,
        },
      )),
    );
    if (options.json !== true) for (const note of maps.notes) console.log(`note: ${shown(note)}`);
  }
  if (options.json === true) console.log(JSON.stringify({ written }));
  else for (const path of written) console.log(shown(path));
}

/** What a map is made of: files of the runs, models, masks of the command. */
function sourcesOf({ sources }: PersonRuns, options: RsaNiftiArguments): string[] {
  const masks = [options.roiMask, options.brainMask].filter((path) => path !== undefined);
  return [...new Set([...sources, ...options.model, ...masks])];
}

/** Look, before hours of work, whether maps can be written after it. */
async function checkOutputs(
  { entities }: PersonRuns,
  models: readonly Rdm[],
  { out, rsaMetric, overwrite }: RsaNiftiArguments,
): Promise<void> {
  const labels = bidsLabels(models.map(({ name }) => name ?? ""));
  for (const desc of labels)
    await checkDerivative(
      out,
      { extension: ".nii.gz", suffix: "statmap" },
      {
        entities: { ...entities, desc, stat: bidsLabel(rsaMetric) },
        overwrite: overwrite === true,
      },
    );
}

async function analyse(
  { runs, mask }: PersonRuns,
  models: readonly Rdm[],
  options: RsaNiftiArguments,
): Promise<{ maps: RsaMaps; analysis: Record<string, unknown> }> {
  const model = {
    method: "lss" as const,
    ...(options.item !== undefined && { item: options.item }),
    ...(options.highPass !== undefined && { highPassHz: options.highPass }),
  };
  const betas = await trialBetas(runs, { ...model, ...(mask !== undefined && { mask }) });
  const metric = nameOption("--metric", [...metricNames, "crossnobis" as const])(options.metric);
  const rsaMetric = nameOption("--rsa-metric", comparisonNames)(options.rsaMetric);
  const maps = await rsaNifti(betas, models, {
    ...{ metric, rsaMetric, labels: betas.items, ignoreNan: options.ignoreNan, jobs: options.jobs },
    items: options.common === true ? "common" : "all",
    radiusMm: options.radiusMm,
    every: options.every,
    roiMask: options.roiMask === undefined ? undefined : await readNifti(options.roiMask),
    brainMask: options.brainMask === undefined ? undefined : await readNifti(options.brainMask),
    ...(metric === "crossnobis" && {
      folds: betas.runs,
      noise: { residuals: await betas.residuals() },
    }),
  });
  return { maps, analysis: { ...model, patterns: "trialBetas", trials: betas.nVolumes } };
}
