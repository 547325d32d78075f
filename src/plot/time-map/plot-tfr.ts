import { text, thing } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { placeOfName } from "../../core/place-of-name.ts";
import type { TfrScores } from "../../meg/tfr/tfr-scores.ts";
import type { Figure } from "../figure.ts";
import { formatNumber } from "../text/format-number.ts";
import { mapFigure, timeMapNames, type TimeMapOptions } from "./map-figure.ts";
import { timeTicks, zeroPlace } from "./time-ticks.ts";
import { comparisonWords } from "../../rsa/comparisons/comparison-words.ts";

/** How scores over frequency and time are drawn. */
export interface PlotTfrOptions extends TimeMapOptions {
  /** Which model. The only one need not be named. */
  readonly model?: string;
}

const plotTfrNames: OptionNames<PlotTfrOptions> = { ...timeMapNames, model: text };

/** Rows that have room for a label each. */
const MOST_ROWS = 16;

/**
 * Draw the scores of a model at every frequency and time: frequencies upwards, one row each, time to the right. Where zeros
 * beyond the epochs take part in a wavelet the map is hatched.
 *
 * @throws UnknownOption, InvalidArgument.
 * @example
 * import { plotTfr, TfrScores } from "tsrsa";
 * const scores = new TfrScores({ scores: Float64Array.of(0.1, 0.2, 0.3, 0.4), modelNames: ["idea"], freqsHz: Float64Array.of(6, 10), times: Float64Array.of(0, 0.1), edgeS: Float64Array.of(0.05, 0.03), fwhmS: Float64Array.of(0.2, 0.1), dataS: [-0.5, 0.5], rsaMetric: "spearman", power: "total power", nItems: 9, notes: [] });
 * plotTfr(scores).toCsv().split("\n")[1]; // "6,0,0.1"
 */
export function plotTfr(scores: TfrScores, options: PlotTfrOptions = {}): Figure {
  thing("scores, as rsaTfr gives them", "freqsHz", "times", "scores")(scores, "scores");
  checkOptions(options, plotTfrNames);
  const name = scores.modelNames[placeOfName("model", options.model, scores.modelNames)];
  const { freqsHz, times, power } = scores;
  const label = comparisonWords(scores.rsaMetric);
  const width = options.panelPx ?? 380;
  const heightPx = Math.min(width, Math.max(90, 18 * freqsHz.length));
  const hatched = scores.edges();
  const every = Math.ceil(freqsHz.length / MOST_ROWS);
  const rowTicks = Array.from(freqsHz, (freq, at) => ({
    place: freqsHz.length === 1 ? 0 : at / (freqsHz.length - 1),
    label: Number.isNaN(freq) ? "all" : formatNumber(freq),
  })).filter((_, at) => at % every === 0);
  const edges = hatched.includes(1) ? " Hatched: zeros beyond the epochs take part." : "";
  const blur = scores.fwhmS.reduce((a, b) => Math.max(a, b), 0);
  return mapFigure(
    {
      cells: { values: scores.of(name), nRows: freqsHz.length, nColumns: times.length, hatched },
      heightPx,
      columnTicks: timeTicks(times, width),
      rowTicks,
      columnLabel: "time (s)",
      rowLabel: "frequency (Hz)",
      label,
      zeroColumn: zeroPlace(times),
      zeroRow: undefined,
      caption: `${name}: ${label} of RDMs of ${power}, ${scores.nItems} items. Times blur by up to ${formatNumber(blur)} s (at the lowest frequency), also to before 0 s.${edges}`,
      altText: `Scores of ${name} (${label}) at ${freqsHz.length} frequencies and ${times.length} times; highest ${formatNumber(scores.peak(name).score)}.`,
      data: () => scores.toTable(),
    },
    options,
  );
}
