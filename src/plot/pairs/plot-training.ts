import { record, thing } from "../../core/gate/kinds.ts";
import { observablePlot } from "#platform/observable-plot";
import { InvalidArgument } from "../../core/errors.ts";
import type { PairResult } from "../../pairs/index.ts";
import { Table } from "../../table/index.ts";
import { categoryColours } from "../colour/palette.ts";
import type { Figure } from "../figure.ts";
import { plotFigure } from "../plot-figure.ts";

interface Step {
  readonly result: string;
  readonly fold: number;
  readonly epoch: number;
  readonly part: "training" | "held out";
  readonly loss: number;
}

/** Results by name, as `trainPairModel` gives them. */
export const pairResults = record(thing("a result of trainPairModel", "folds", "dataset"));

/**
 * Draw how the loss of networks fell while they were trained: one panel a result, with the loss of the pairs that were
 * learned and of those that were held out to know when to stop.
 *
 * Throws `InvalidArgument` when no result was trained step by step.
 *
 * @param results - by name.
 * @example
 * import { plotTraining } from "tsrsa";
 * const figureOf = (result: Parameters<typeof plotTraining>[0][string]) => plotTraining({ network: result });
 */
export function plotTraining(results: Readonly<Record<string, PairResult>>): Figure {
  pairResults(results, "results");
  const steps = Object.entries(results).flatMap(([name, result]) => stepsOf(name, result));
  if (steps.length === 0)
    throw new InvalidArgument("results", "none with a training history", "give trained networks");
  const names = [...new Set(steps.map(({ result }) => result))];
  const columns = Math.min(2, names.length);
  const nRows = Math.ceil(names.length / columns);
  const place = ({ result }: { readonly result: string }) => names.indexOf(result);
  const facets = {
    fx: (of: { readonly result: string }) => place(of) % columns,
    fy: (of: { readonly result: string }) => Math.floor(place(of) / columns),
  };
  const titles = observablePlot().text(
    names.map((result) => ({ result })),
    { text: "result", ...facets, frameAnchor: "top", dy: -12, fontWeight: "bold", fontSize: 12 },
  );
  const lastEpoch = Math.max(...steps.map(({ epoch }) => epoch));
  const lines = observablePlot().line(steps, {
    ...{ x: "epoch", y: "loss", ...facets, strokeWidth: 1.8 },
    z: ({ fold, part }: Step) => `${fold} ${part}`,
    stroke: ({ part }: Step) => (part === "training" ? categoryColours[0] : categoryColours[1]),
  });
  const dots = observablePlot().dot(steps, {
    ...{ x: "epoch", y: "loss", ...facets, r: 2.5 },
    fill: ({ part }: Step) => (part === "training" ? categoryColours[0] : categoryColours[1]),
  });
  const last = steps.filter(
    ({ result, fold, part, epoch }) =>
      fold === 1 &&
      !steps.some((s) => s.result === result && s.fold === 1 && s.part === part && s.epoch > epoch),
  );
  // The higher of two ends is named above, the lower below, so that the names do not meet.
  const isHigher = (end: Step) =>
    last.every((other) => other.result !== end.result || other.loss <= end.loss);
  const nameEnds = (ends: readonly Step[], dy: number) =>
    observablePlot().text(ends, {
      ...{ x: "epoch", y: "loss", ...facets, text: "part", dx: 6, dy, textAnchor: "start" },
      fill: ({ part }: Step) => (part === "training" ? categoryColours[0] : categoryColours[1]),
    });
  const words = [
    nameEnds(last.filter(isHigher), -6),
    nameEnds(
      last.filter((end) => !isHigher(end)),
      6,
    ),
  ];
  return plotFigure(
    {
      width: 80 + 320 * columns,
      height: 80 + 200 * nRows,
      marginLeft: 56,
      marginRight: 64,
      marginTop: 34,
      marginBottom: 46,
      fx: { axis: null, padding: 0.28 },
      fy: { axis: null, padding: 0.28 },
      x: {
        ...{ label: "Epoch", labelAnchor: "center", labelArrow: "none", tickFormat: "d" },
        ticks: wholeTicks(lastEpoch),
      },
      y: { label: "Loss", labelAnchor: "center", labelArrow: "none", grid: true, zero: true },
      marks: [lines, dots, titles, ...words],
    },
    {
      altText: `Loss by epoch of ${names.join(", ")}, for training pairs and for pairs held out.`,
      caption:
        "Loss by epoch. Held out: pairs that were not learned from; the weights of their lowest loss are kept.",
      data: new Table({
        result: steps.map(({ result }) => result),
        fold: steps.map(({ fold }) => fold),
        epoch: steps.map(({ epoch }) => epoch),
        part: steps.map(({ part }) => part),
        loss: steps.map(({ loss }) => loss),
      }),
    },
  );
}

/** At most five epochs that have a tick: there is no half an epoch. */
function wholeTicks(last: number): number[] {
  const step = Math.max(1, Math.ceil(last / 5));
  return Array.from({ length: Math.floor(last / step) }, (_, at) => (at + 1) * step);
}

function stepsOf(result: string, { folds }: PairResult): Step[] {
  return folds.flatMap(({ history }, at) =>
    history.flatMap(({ epoch, trainLoss, validationLoss }) => {
      const common = { result, fold: at + 1, epoch };
      const training: Step = { ...common, part: "training", loss: trainLoss };
      const heldOut: Step = { ...common, part: "held out", loss: validationLoss };
      return Number.isFinite(validationLoss) ? [training, heldOut] : [training];
    }),
  );
}
