import { observablePlot } from "#platform/observable-plot";
import type * as Plot from "@observablehq/plot";
import { ticks } from "../draw/ticks.ts";
import { colourOf, dashOf } from "./curve-colour.ts";
import type { Frame } from "./frame.ts";
import { samplesOf, type TimeCourse } from "./series.ts";
import { shownPeak, withinRange } from "./within-range.ts";

/** Axes, lines at zero, shaded bounds, curves and the dots of their peaks. */
export function curveMarks(
  all: readonly TimeCourse[],
  frame: Frame,
  peaks: boolean,
): Plot.Markish[] {
  const { timeDomain, valueDomain } = frame;
  const [lowest, highest] = valueDomain.map(frame.yOf);
  const yTicks = ticks(...valueDomain, Math.max(1, Math.min(6, (lowest - highest) / 36)));
  const xTicks = ticks(...timeDomain, Math.max(3, (frame.right - frame.left) / 70));
  const yText = new Map(yTicks.map(({ value, label }) => [value, label]));
  const xText = new Map(xTicks.map(({ value, label }) => [value, label]));
  return [
    observablePlot().gridY([...yText.keys()], { stroke: "#000", strokeOpacity: 0.08 }),
    observablePlot().axisY([...yText.keys()], {
      label: null,
      tickFormat: (value: number) => yText.get(value) ?? "",
    }),
    observablePlot().axisX([...xText.keys()], {
      label: null,
      tickFormat: (value: number) => xText.get(value) ?? "",
    }),
    ...(valueDomain[0] <= 0 && valueDomain[1] >= 0
      ? [observablePlot().ruleY([0], { stroke: "#777", strokeWidth: 1 })]
      : []),
    ...(timeDomain[0] <= 0 && timeDomain[1] >= 0
      ? [observablePlot().ruleX([0], { stroke: "#777", strokeDasharray: "3,3" })]
      : []),
    ...all.flatMap((series, at) => bandMark(series, colourOf(at), frame)),
    ...all.map((series, at) => curveMark(series, at, frame)),
    ...(peaks ? all.map((series, at) => peakMark(series, colourOf(at), frame)) : []),
  ];
}

function bandMark(series: TimeCourse, colour: string, { yRange }: Frame): Plot.Markish[] {
  if (series.lower === undefined) return [];
  const channels = { x: "time", y1: "lower", y2: "upper" };
  const samples = withinRange(samplesOf(series), yRange);
  return [observablePlot().areaY(samples, { ...channels, fill: colour, fillOpacity: 0.18 })];
}

function curveMark(series: TimeCourse, at: number, { yRange }: Frame): Plot.Markish {
  return observablePlot().lineY(withinRange(samplesOf(series), yRange), {
    x: "time",
    y: "value",
    stroke: colourOf(at),
    strokeWidth: 1.8,
    strokeLinejoin: "round",
    strokeDasharray: dashOf(at),
  });
}

function peakMark(series: TimeCourse, colour: string, { yRange }: Frame): Plot.Markish {
  const peak = shownPeak(series, yRange);
  return observablePlot().dot(peak === undefined ? [] : [peak], {
    x: "time",
    y: "value",
    r: 3.5,
    fill: colour,
    stroke: "#fff",
  });
}
