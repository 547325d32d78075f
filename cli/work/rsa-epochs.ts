import { formatCsv } from "../../src/io/csv/format-csv.ts";
import type { Picks } from "../../src/meg/pick-channels.ts";
import { readEpochs } from "../../src/meg/read-epochs.ts";
import { rsaEpochs } from "../../src/meg/rsa-epochs.ts";
import type { SensorScores } from "../../src/meg/sensor-scores.ts";
import { metricNames } from "../../src/rdm/metrics/index.ts";
import { comparisonNames } from "../../src/rsa/comparisons/registry.ts";
import { writeText } from "../../src/core/write-text.ts";
import { checkOutput } from "../check-output.ts";
import { engineOf, type EngineArguments } from "../engine-option.ts";
import { nameOption } from "../option-values.ts";
import { readItems } from "../read-column.ts";
import { readModels } from "../read-rdm.ts";

/** The options of `tsrsa rsa-epochs`. */
export interface RsaEpochsArguments extends EngineArguments {
  readonly model: readonly string[];
  readonly items: string;
  readonly labelColumn: string;
  readonly out: string;
  readonly picks: string;
  readonly tmin?: number;
  readonly tmax?: number;
  readonly temporalRadius?: number;
  readonly spatialRadius?: number;
  readonly metric: string;
  readonly rsaMetric: string;
  readonly every?: number;
  readonly ignoreNan?: true;
  readonly folds?: number;
  readonly jobs: number;
  readonly json?: true;
}

/** RSA of a recording with models; writes the scores as a table and prints each model's peak. */
export async function runRsaEpochs(file: string, options: RsaEpochsArguments): Promise<void> {
  const metric = nameOption("--metric", metricNames)(options.metric);
  const rsaMetric = nameOption("--rsa-metric", comparisonNames)(options.rsaMetric);
  await checkOutput(options.out, [file, options]);
  const items = await readItems("--items", options.items);
  const models = await readModels(options.model, items);
  const scores = await rsaEpochs(await readEpochs(file), models, {
    labels: options.labelColumn,
    picks: picksOf(options.picks),
    tminS: options.tmin,
    tmaxS: options.tmax,
    temporalRadiusS: options.temporalRadius,
    spatialRadiusM: options.spatialRadius,
    metric,
    rsaMetric,
    every: options.every,
    ignoreNan: options.ignoreNan,
    nFolds: options.folds,
    jobs: options.jobs,
    engine: engineOf(options, options.out),
  });
  await writeText(options.out, csvOf(scores));
  printPeaks(scores, options);
}

function picksOf(text: string): Picks {
  const names = text.split(",").map((name) => name.trim());
  return names.length === 1 ? names[0] : names;
}

function csvOf(scores: SensorScores): string {
  const table = scores.toTable();
  return formatCsv(
    table.names,
    new Map(table.names.map((name) => [name, table.column(name) as (string | number | null)[]])),
  );
}

function printPeaks(scores: SensorScores, { out, json }: RsaEpochsArguments): void {
  const peaks = scores.modelNames.map((model) => ({ model, ...scores.peak(model) }));
  if (json === true) {
    console.log(
      JSON.stringify({
        out,
        rsaMetric: scores.rsaMetric,
        nItems: scores.nItems,
        nTimes: scores.times.length,
        nChannels: scores.channels.length,
        peaks,
      }),
    );
    return;
  }
  for (const { model, score, timeS, channel } of peaks) {
    const place = scores.channels.length > 1 ? ` in ${channel}` : "";
    console.log(`${model}: highest ${scores.rsaMetric} ${score} at ${timeS.toFixed(3)} s${place}`);
  }
  console.log(
    `${out}: ${scores.times.length} times × ${scores.channels.length} places, ${scores.nItems} items`,
  );
}
