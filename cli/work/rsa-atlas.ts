import { formatCsv } from "../../src/io/csv/format-csv.ts";
import { readNifti } from "../../src/io/nifti/index.ts";
import { writeText } from "../../src/core/write-text.ts";
import { readAtlas, rsaAtlas, type RsaAtlasOptions } from "../../src/mri/index.ts";
import { metricNames } from "../../src/rdm/metrics/index.ts";
import { comparisonNames } from "../../src/rsa/comparisons/registry.ts";
import { checkOutput } from "../check-output.ts";
import { nameOption } from "../option-values.ts";
import { foldsOption, readItems, readLabels } from "../read-column.ts";
import { readModels } from "../read-rdm.ts";
import { UsageError } from "../usage-error.ts";

/** The options of `tsrsa rsa-atlas`. */
export interface RsaAtlasArguments {
  readonly atlas: string;
  readonly model: readonly string[];
  readonly out: string;
  readonly names?: string;
  readonly labels?: string;
  readonly items?: string;
  readonly common?: true;
  readonly metric: string;
  readonly rsaMetric: string;
  readonly brainMask?: string;
  readonly folds?: string;
  readonly leastVoxels?: number;
  readonly nearest?: true;
  readonly ignoreNan?: true;
  readonly json?: true;
}

/** RSA of regions; writes a table of regions and models, and prints the best region of each. */
export async function runRsaAtlas(file: string, options: RsaAtlasArguments): Promise<void> {
  const analysis = await analysisOf(options);
  await checkOutput(options.out, [file, options]);
  const items = options.items === undefined ? undefined : await readItems("--items", options.items);
  const models = await readModels(options.model, items);
  const atlas = await readAtlas(options.atlas, { names: options.names });
  const scores = await rsaAtlas(file, atlas, models, analysis);
  const table = scores.toTable();
  const columns = new Map(table.names.map((name) => [name, table.column(name) as string[]]));
  await writeText(options.out, formatCsv(table.names, columns));
  if (options.json === true) {
    console.log(JSON.stringify({ out: options.out, rows: table.rows(), absent: scores.absent }));
    return;
  }
  scores.modelNames.forEach((model, m) => {
    const known = scores.regions.filter((region) => !Number.isNaN(region.scores[m]));
    const [best] = [...known].sort((a, b) => b.scores[m] - a.scores[m]);
    console.log(
      best === undefined
        ? `${model}: no score anywhere`
        : `${model}: highest ${scores.rsaMetric} ${best.scores[m]} in ${best.name}, ${best.voxels.length} voxels`,
    );
  });
  console.log(`${options.out}: ${scores.regions.length} regions`);
  if (scores.absent.length > 0) console.log(`note: no voxel of ${scores.absent.join(", ")}`);
}

async function analysisOf(options: RsaAtlasArguments): Promise<RsaAtlasOptions> {
  if ((options.labels === undefined) !== (options.items === undefined))
    throw new UsageError("--labels and --items, the labels of the models' rows, go together");
  return {
    metric: nameOption("--metric", [...metricNames, "crossnobis" as const])(options.metric),
    rsaMetric: nameOption("--rsa-metric", comparisonNames)(options.rsaMetric),
    labels: options.labels === undefined ? undefined : await readLabels("--labels", options.labels),
    items: options.common === true ? "common" : "all",
    brainMask: options.brainMask === undefined ? undefined : await readNifti(options.brainMask),
    ignoreNan: options.ignoreNan,
    leastVoxels: options.leastVoxels,
    resample: options.nearest === true ? "nearest" : "refuse",
    ...(await foldsOption(options.folds)),
  };
}
