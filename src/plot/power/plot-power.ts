import { observablePlot } from "#platform/observable-plot";
import type * as Plot from "@observablehq/plot";
import { InvalidArgument } from "../../core/errors.ts";
import { flag, notNegative, positive, text, thing } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { PowerOfPlan, PowerResult } from "../../simulate/power/power-result.ts";
import { categoryColours } from "../colour/palette.ts";
import type { Figure } from "../figure.ts";
import { plotFigure } from "../plot-figure.ts";

/** How curves of power are drawn. */
export interface PlotPowerOptions {
  /** The power wanted, drawn as a line. Default 0.8. */
  readonly wanted?: number;
  /** Items of the studies shown. Default: the most simulated. */
  readonly nItems?: number;
  /** Runs of the studies shown. Default: the most simulated. */
  readonly nRuns?: number;
  readonly title?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Default 560. */
  readonly widthPx?: number;
  /** Default 340. */
  readonly heightPx?: number;
}

const plotPowerNames: OptionNames<PlotPowerOptions> = {
  wanted: notNegative,
  nItems: positive,
  nRuns: positive,
  title: text,
  showCaption: flag,
  widthPx: true,
  heightPx: true,
};

const isResult = thing("what rsaPower returns", "plans", "sets", "alpha", "curve");

/**
 * Draw power against the number of people, one curve for each effect, with Wilson's intervals, the power wanted and the
 * rate of false alarms that is allowed.
 *
 * @throws InvalidArgument for items or runs that were not simulated; UnknownOption.
 * @example
 * import { plotPower, PowerResult } from "tsrsa";
 * const plans = [4, 8, 16].map((people) => ({ people, items: 8, runs: 2, effect: 1, rejected: 5 * people, undefinedSets: 0 }));
 * const result = new PowerResult({ plans, sets: 100, alpha: 0.05, seed: 0, test: "a t test", notes: [] });
 * plotPower(result).data.column("power"); // [ 0.2, 0.4, 0.8 ]
 */
export function plotPower(result: PowerResult, options: PlotPowerOptions = {}): Figure {
  isResult(result, "result");
  checkOptions(options, plotPowerNames);
  const { wanted = 0.8, nItems, nRuns, title, widthPx = 560, heightPx = 340 } = options;
  const effects = [...new Set(result.plans.map(({ effect }) => effect))].sort((a, b) => b - a);
  if (effects.length > categoryColours.length)
    throw new InvalidArgument(
      "result",
      `${effects.length} effects`,
      "too many colours for a figure",
    );
  const curves = effects.map((effect) =>
    result.curve({
      effect,
      ...(nItems === undefined ? {} : { items: nItems }),
      ...(nRuns === undefined ? {} : { runs: nRuns }),
    }),
  );
  const rows = curves.flat();
  return plotFigure(
    {
      ...{ width: widthPx, height: heightPx, marginRight: 106, marginLeft: 48, marginBottom: 40 },
      marginTop: title === undefined ? 24 : 40,
      x: { label: "People", nice: true, grid: false, ...ticksOf(rows) },
      y: { label: "Power", domain: [0, 1], grid: true },
      marks: marksOf(curves, wanted, result.alpha, title),
    },
    {
      altText: altTextOf(curves, wanted),
      ...(options.showCaption === false ? {} : { caption: captionOf(result, rows[0], wanted) }),
      data: tableOf(rows),
    },
  );
}

function marksOf(
  curves: readonly (readonly PowerOfPlan[])[],
  wanted: number,
  alpha: number,
  title: string | undefined,
): Plot.Markish[] {
  const ends = curves.map((curve, at) => ({
    ...curve[curve.length - 1],
    colour: categoryColours[at],
  }));
  return [
    observablePlot().ruleY([wanted], { stroke: "#777", strokeDasharray: "4,3" }),
    observablePlot().ruleY([alpha], { stroke: "#777", strokeDasharray: "1,3" }),
    ...curves.flatMap((curve, at) => [
      observablePlot().areaY(curve, {
        ...{ x: "people", y1: "lower", y2: "upper" },
        ...{ fill: categoryColours[at], fillOpacity: 0.16 },
      }),
      observablePlot().ruleX(curve, {
        ...{ x: "people", y1: "lower", y2: "upper" },
        ...{ stroke: categoryColours[at], strokeWidth: 1 },
      }),
      observablePlot().lineY(curve, {
        x: "people",
        y: "power",
        stroke: categoryColours[at],
        strokeWidth: 1.8,
      }),
      observablePlot().dot(curve, {
        x: "people",
        y: "power",
        r: 3,
        fill: categoryColours[at],
        stroke: "#fff",
      }),
    ]),
    // Where curves lie upon each other their names are moved apart, and only the colour says whose they are.
    observablePlot().dot(apart(ends), { x: "people", y: "at", dx: 13, r: 3, fill: "colour" }),
    observablePlot().text(apart(ends), {
      ...{ x: "people", y: "at", text: "name", dx: 20, textAnchor: "start", fontSize: 11 },
    }),
    ...(title === undefined
      ? []
      : [
          observablePlot().text([title], {
            frameAnchor: "top",
            dy: -28,
            fontSize: 13,
            fontWeight: "bold",
          }),
        ]),
  ];
}

/** Ticks where people were simulated, unless they are too many. */
function ticksOf(rows: readonly PowerOfPlan[]): { ticks?: number[]; tickFormat: string } {
  const people = [...new Set(rows.map((plan) => plan.people))];
  return { ...(people.length <= 8 ? { ticks: people } : {}), tickFormat: "d" };
}

/** Names of curves at their ends, at least a line of text apart; of equal ones that of the larger effect is above. */
function apart(ends: readonly (PowerOfPlan & { readonly colour: string })[]) {
  const step = 0.055;
  const order = [...ends].sort((a, b) => a.power - b.power || a.effect - b.effect);
  let least = 0;
  const placed = order.map((plan) => {
    const at = Math.max(plan.power, least);
    least = at + step;
    const { people, colour } = plan;
    return { people, colour, at, name: `effect ${Math.round(100 * plan.effect)} %` };
  });
  let most = 1;
  for (const one of placed.toReversed()) {
    one.at = Math.min(one.at, most);
    most = one.at - step;
  }
  return placed;
}

function captionOf(result: PowerResult, { items, runs }: PowerOfPlan, wanted: number): string {
  return `Power by number of people, ${items} items and ${runs} ${runs === 1 ? "run" : "runs"} each: share of ${result.sets} simulated studies in which ${result.test} has p < ${result.alpha}, with Wilson's 95 % interval. Dashed: a power of ${wanted}; dotted: ${result.alpha}, the false alarms allowed. Seed ${result.seed}.`;
}

function altTextOf(curves: readonly (readonly PowerOfPlan[])[], wanted: number): string {
  const said = curves.map((curve) => {
    const enough = curve.find(({ power }) => power >= wanted)?.people;
    const [last] = curve.slice(-1);
    const effect = `effect of ${Math.round(100 * last.effect)} %`;
    return enough === undefined
      ? `${effect}: ${last.power.toFixed(2)} with ${last.people} people`
      : `${effect}: ${wanted} reached with ${enough} people`;
  });
  return `Curves of power over the number of people. ${said.join("; ")}.`;
}

function tableOf(rows: readonly PowerOfPlan[]) {
  return rows.map(({ effect, people, items, runs, power, lower, upper }) => ({
    ...{ effect, people, items, runs, power, lower, upper },
  }));
}
