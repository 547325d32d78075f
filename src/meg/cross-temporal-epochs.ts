import { oneOf, texts, whole } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import { sizeOf } from "../core/matrix.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import type { Rdm } from "../rdm/rdm.ts";
import type { ModelItemOptions } from "../rsa/match-models.ts";
import { TimeTime } from "../rsa/time-time/time-time.ts";
import { featuresOf, takeFeatures } from "../searchlight/take-patch.ts";
import type { Alignment } from "../table/align.ts";
import { alignEpochs, type LabelOptions } from "./align-epochs.ts";
import {
  crossTemporalModel,
  generalisation,
  modelTimes,
  pearsonOfEntries,
  spearmanOfEntries,
  unitPatterns,
  type CrossTemporalEntries,
  type UnitPatterns,
} from "./cross-temporal.ts";
import { anEpochs, type Epochs } from "./epochs.ts";
import { rdmEpochsNames } from "./rdm-epochs.ts";
import { matchEpochs } from "./score-epochs.ts";
import { sensorSearchlight, type SensorSearchlightOptions } from "./sensor-searchlight.ts";
import { radiusInSamples } from "./time-range.ts";

/** What patterns across time take. */
export interface GeneralisationEpochsOptions
  extends
    Pick<
      SensorSearchlightOptions,
      "picks" | "temporalRadiusS" | "noiseCovariance" | "tminS" | "tmaxS"
    >,
    LabelOptions,
    Pick<JobOptions, "signal" | "onProgress"> {
  /** The items in the order wanted; default: the distinct labels. */
  readonly items?: readonly string[];
  /** Only every so manieth window. Default: 1, all. */
  readonly every?: number;
}

const generalisationNames: OptionNames<GeneralisationEpochsOptions> = {
  picks: rdmEpochsNames.picks,
  temporalRadiusS: true,
  noiseCovariance: rdmEpochsNames.noiseCovariance,
  tminS: true,
  tmaxS: true,
  labels: rdmEpochsNames.labels,
  y: true,
  droppedAsNan: true,
  items: texts,
  every: whole(1),
  signal: true,
  onProgress: true,
};

/** What {@link crossTemporalEpochs} takes. */
export interface CrossTemporalEpochsOptions
  extends Omit<GeneralisationEpochsOptions, "items">, ModelItemOptions {
  /** `pearson` (default; in closed form) or `spearman`, which ranks every cell and takes long. */
  readonly rsaMetric?: "pearson" | "spearman";
  /**
   * `off-diagonal` (default): all n (n − 1) entries of different items, as NeuroRA; `symmetrised`: the upper triangle of
   * the mean of D and its transpose, which are other numbers.
   */
  readonly entries?: CrossTemporalEntries;
}

const crossTemporalNames: OptionNames<CrossTemporalEpochsOptions> = {
  ...without(["items"], generalisationNames),
  items: true,
  modelItems: texts,
  rsaMetric: oneOf(["pearson", "spearman"]),
  entries: oneOf(["off-diagonal", "symmetrised"]),
};

/**
 * The cross-temporal RDM against models: D[t, t′](i, j) = 1 − r of the pattern of item i at t and that of item j at t′, and
 * its correlation with each model, for all t and t′: does the geometry that a model predicts hold across time? One matrix a
 * model, rows t, columns t′. Agrees with NeuroRA's `ctRDM`, but that it leaves the diagonal of D as it is.
 *
 * @throws as {@link rsaEpochs}; Cancelled.
 * @example
 * import { crossTemporalEpochs, epochsFromArray, random, Rdm } from "tsrsa";
 * const rng = random(1);
 * const data = { data: Float64Array.from({ length: 4 * 5 * 6 }, () => rng.normal()), shape: [4, 5, 6] };
 * const items = ["a", "b", "c", "d"];
 * const model = new Rdm([1, 2, 3, 4, 5, 6], { items, name: "idea" });
 * const [found] = await crossTemporalEpochs(epochsFromArray(data, { sfreqHz: 100 }), model, { labels: items, onProgress: false });
 * found.scores.length; // 36
 */
export async function crossTemporalEpochs(
  epochs: Epochs,
  models: RdmInput,
  options: CrossTemporalEpochsOptions = {},
): Promise<TimeTime[]> {
  anEpochs(epochs, "epochs");
  checkOptions(options, crossTemporalNames);
  const { rsaMetric = "pearson", entries = "off-diagonal" } = options;
  const { aligned, alignment } = matchEpochs(epochs, toRdms(models, "models"), options);
  const patterns = await windowsOf(epochs, alignment, options);
  const ready = aligned.map(({ condensed }) =>
    crossTemporalModel(condensed, alignment.items.length),
  );
  const ofModels =
    rsaMetric === "pearson" ? patterns.units.map((x) => ready.map((m) => modelTimes(m, x))) : [];
  const all = await eachCell(patterns, options, ready.length, (a, b, m, row) =>
    rsaMetric === "pearson"
      ? pearsonOfEntries(a, b, ready[m], ofModels[row][m], entries)
      : spearmanOfEntries(a, b, ready[m], entries),
  );
  return aligned.map((model, m) =>
    cellsOf(
      all[m],
      patterns,
      `${rsaMetric} with ${nameOf(model, m)}, ${entries}`,
      entries === "symmetrised",
    ),
  );
}

/**
 * Pattern generalisation: the mean of D[t, t′] over different items minus that of the same item, for all t and t′: above 0
 * where items are told apart by patterns that last. `D` is as in {@link crossTemporalEpochs}; no model is needed.
 *
 * The same epochs make both patterns of an item: near the diagonal this is noise that lasts, too.
 *
 * @throws as {@link rdmEpochs}; Cancelled.
 * @example
 * import { epochsFromArray, generalisationEpochs, random } from "tsrsa";
 * const rng = random(1);
 * const data = { data: Float64Array.from({ length: 4 * 5 * 6 }, () => rng.normal()), shape: [4, 5, 6] };
 * const how = { labels: ["a", "b", "c", "d"], onProgress: false } as const;
 * const found = await generalisationEpochs(epochsFromArray(data, { sfreqHz: 100 }), how);
 * found.at(0, 0) > 0; // true
 */
export async function generalisationEpochs(
  epochs: Epochs,
  options: GeneralisationEpochsOptions = {},
): Promise<TimeTime> {
  anEpochs(epochs, "epochs");
  checkOptions(options, generalisationNames);
  const patterns = await windowsOf(epochs, alignEpochs(epochs, options, options.items), options);
  const [scores] = await eachCell(patterns, options, 1, generalisation);
  return cellsOf(scores, patterns, "other items − same item, 1 − r", false, patterns.overlapS);
}

interface Windows {
  readonly units: readonly UnitPatterns[];
  readonly times: Float64Array;
  /** Windows up to this far apart share samples. */
  readonly overlapS: number;
  readonly notes: readonly string[];
}

async function windowsOf(
  epochs: Epochs,
  alignment: Alignment,
  { every, temporalRadiusS = 0, ...where }: Omit<GeneralisationEpochsOptions, "items">,
): Promise<Windows> {
  const { picks, noiseCovariance, tminS, tmaxS } = where;
  const how = {
    picks,
    noiseCovariance,
    tminS,
    tmaxS,
    temporalRadiusS,
    every,
    metric: "correlation",
  } as const;
  const searchlight = sensorSearchlight(epochs, alignment, how);
  const { data, shape, patches } = await searchlight.readPatterns(where.signal);
  const units = Array.from(patches, (patch) => {
    const features = featuresOf(patch, shape, patches.plan);
    return unitPatterns(takeFeatures(data, shape[0], sizeOf(shape.slice(1)), features), shape[0]);
  });
  const { sfreqHz } = epochs.info;
  return {
    units,
    times: searchlight.times,
    overlapS: (2 * radiusInSamples(temporalRadiusS, sfreqHz)) / sfreqHz,
    notes: searchlight.notes,
  };
}

/** Numbers of every cell: one matrix a number. */
async function eachCell(
  { units }: Windows,
  options: Pick<JobOptions, "signal" | "onProgress">,
  nNumbers: number,
  cell: (a: UnitPatterns, b: UnitPatterns, number: number, row: number) => number,
): Promise<Float64Array[]> {
  const n = units.length;
  const all = Array.from({ length: nNumbers }, () => new Float64Array(n * n));
  const line = reporter(options, "time × time", n * n);
  const pause = pauses(options.signal, "time × time");
  for (let at = 0; at < n * n; at++) {
    const [row, column] = [Math.floor(at / n), at % n];
    all.forEach((scores, k) => (scores[at] = cell(units[row], units[column], k, row)));
    if (!pause.due()) continue;
    line.update(at + 1);
    await pause.turn();
  }
  line.update(n * n);
  line.finish();
  return all;
}

function cellsOf(
  scores: Float64Array,
  windows: Windows,
  label: string,
  symmetric: boolean,
  overlapS?: number,
): TimeTime {
  const { times, notes } = windows;
  return new TimeTime({
    scores,
    rowTimes: times,
    columnTimes: times,
    rowName: "epochs",
    columnName: "epochs",
    label,
    symmetric,
    overlapS,
    notes,
  });
}

function nameOf({ name }: Rdm, at: number): string {
  return name ?? `model ${at + 1}`;
}
