import type * as Plot from "@observablehq/plot";
import { drawPlot } from "../draw/draw-plot.ts";
import { joinShapes, shapeMarks, type Shapes } from "../draw/shapes.ts";
import { curveMarks } from "./curve-marks.ts";
import type { Frame } from "./frame.ts";
import type { TimeCourse } from "./series.ts";

/** Curves in their frame, and what else is drawn, as an SVG document. */
export function drawCurves(
  all: readonly TimeCourse[],
  frame: Frame,
  { shapes, peaks }: { readonly shapes: readonly Shapes[]; readonly peaks: boolean },
  size: { readonly widthPx: number; readonly heightPx: number; readonly altText: string },
): string {
  const marks = [...curveMarks(all, frame, peaks), ...shapeMarks(joinShapes(shapes))];
  return drawPlot({ ...axes(frame, size.heightPx), marks }, size);
}

function axes(frame: Frame, heightPx: number): Plot.PlotOptions {
  return {
    marginLeft: frame.left,
    marginRight: frame.widthPx - frame.right,
    marginTop: frame.top,
    marginBottom: heightPx - frame.bottom,
    x: { domain: [...frame.timeDomain], axis: null },
    y: {
      domain: [...frame.valueDomain],
      range: frame.valueDomain.map(frame.yOf),
      axis: null,
    },
  };
}
