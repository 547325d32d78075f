import { pairResults } from "./plot-training.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { observablePlot } from "#platform/observable-plot";
import type { PairResult } from "../../pairs/index.ts";
import { Table } from "../../table/index.ts";
import { categoryColours } from "../colour/palette.ts";
import type { Figure } from "../figure.ts";
import { plotFigure } from "../plot-figure.ts";

/** How predictions are drawn. */
export interface PlotPredictionsOptions {
  /** What was predicted. Default: `dissimilarity`. */
  readonly label?: string;
  /** Width of one panel. Default: 330. */
  readonly panelPx?: number;
  /** Points drawn of each result at most; the caption says when some are left out. Default: 3000. */
  readonly maxPoints?: number;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
}

interface Point {
  readonly panel: string;
  readonly truth: number;
  readonly predicted: number;
}

const plotPredictionsNames: OptionNames<PlotPredictionsOptions> = {
  label: true,
  panelPx: true,
  maxPoints: true,
  caption: true,
};

/**
 * Draw predicted against true dissimilarities of the test pairs, one panel a result, side by side with the same axes:
 * a leaked and an honest split, for example. The grey line is where both are equal; R² and Spearman's ρ stand above.
 *
 * @param results - by name.
 * @example
 * import { pairDataset, plotPredictions, Rdm, trainPairModel } from "tsrsa";
 * const features = Array.from({ length: 12 }, (_, at) => [at, at % 3]);
 * const rdm = new Rdm(Float64Array.from({ length: 66 }, (_, at) => at % 7));
 * const result = await trainPairModel(pairDataset(rdm, features), { model: "distance", metric: "euclidean", onProgress: false });
 * plotPredictions({ "by image": result }).data.names; // [ 'result', 'true', 'predicted' ]
 */
export function plotPredictions(
  results: Readonly<Record<string, PairResult>>,
  options: PlotPredictionsOptions = {},
): Figure {
  pairResults(results, "results");
  checkOptions(options, plotPredictionsNames);
  const { label = "dissimilarity", panelPx = 330, maxPoints = 3000 } = options;
  const panels = Object.entries(results);
  const titles = panels.map(([name, result]) => titleOf(name, result));
  const points = panels.flatMap(([, result], at) => pointsOf(titles[at], result));
  const drawn = panels.flatMap(([, result], at) =>
    thinned(pointsOf(titles[at], result), maxPoints),
  );
  const range = rangeOf(points);
  const caption = options.caption ?? captionOf(drawn.length, points.length);
  return plotFigure(
    {
      width: 70 + panels.length * panelPx,
      height: panelPx + 60,
      marginLeft: 60,
      marginTop: 34,
      marginBottom: 46,
      fx: { domain: titles, label: null, padding: 0.08 },
      x: { domain: range, label: `True ${label}`, labelAnchor: "center", labelArrow: "none" },
      y: {
        domain: range,
        label: `Predicted ${label}`,
        labelAnchor: "center",
        labelArrow: "none",
        grid: true,
      },
      marks: [
        observablePlot().link([0], {
          ...{ x1: range[0], x2: range[1], y1: range[0], y2: range[1] },
          stroke: "#999",
        }),
        observablePlot().dot(drawn, {
          ...{ x: "truth", y: "predicted", fx: "panel", r: 1.6, fillOpacity: 0.35 },
          fill: categoryColours[0],
        }),
      ],
    },
    {
      altText: `Predicted against true ${label} of test pairs. ${titles.join("; ")}.`,
      caption,
      data: new Table({
        result: points.map(({ panel }) => panel),
        true: points.map(({ truth }) => truth),
        predicted: points.map(({ predicted }) => predicted),
      }),
    },
  );
}

function titleOf(name: string, { r2, spearman }: PairResult): string {
  return `${name}: R² = ${signed(r2)}, ρ = ${signed(spearman)}`;
}

function signed(value: number): string {
  return value.toFixed(2).replace("-", "−");
}

function pointsOf(panel: string, { dataset, folds }: PairResult): Point[] {
  return dataset.folds.flatMap(({ test }, fold) =>
    Array.from(test.target, (truth, at) => ({
      panel,
      truth,
      predicted: folds[fold].predicted[at],
    })),
  );
}

function thinned(points: readonly Point[], most: number): Point[] {
  const step = Math.max(1, Math.ceil(points.length / most));
  return points.filter((_, at) => at % step === 0);
}

/** From the lowest to the highest true value, a tenth more on either side: wild predictions are cut off. */
function rangeOf(points: readonly Point[]): [number, number] {
  const [low, high] = points.reduce(
    ([least, most], { truth }) => [Math.min(least, truth), Math.max(most, truth)],
    [Infinity, -Infinity],
  );
  const edge = 0.1 * (high - low || 1);
  return [low - edge, high + edge];
}

function captionOf(nDrawn: number, nPoints: number): string {
  const thin = nDrawn < nPoints ? ` ${nDrawn} of ${nPoints} pairs are drawn.` : "";
  return `Each dot is one test pair; on the grey line the prediction is right.${thin}`;
}
