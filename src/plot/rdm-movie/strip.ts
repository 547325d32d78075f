import { captionShapes } from "../draw/caption.ts";
import { drawShapes, joinShapes } from "../draw/shapes.ts";
import { swatchShapes } from "../draw/swatches.ts";
import type { Panels } from "../rdms/rdm-panels.ts";
import { drawCurves } from "../time-course/draw-curves.ts";
import type { TimeCourse } from "../time-course/series.ts";
import { curveFrame, curveShapes, shownTicks } from "./score-curve.ts";

/** The still form of a movie: a strip of RDMs, under it the curves and the words. */
export function drawStrip(
  { layout, shapes, swatches }: Panels,
  curves: readonly TimeCourse[],
  words: {
    readonly timesS: readonly number[];
    readonly widthPx: number;
    readonly scoreLabel: string;
    readonly caption: string;
    readonly altText: string;
  },
): { readonly svg: string; readonly widthPx: number; readonly heightPx: number } {
  const widthPx = Math.max(layout.widthPx, curves.length === 0 ? 0 : words.widthPx);
  const across = { left: layout.left, right: widthPx - layout.left };
  const legend = swatchShapes(swatches, { ...across, top: layout.bottom + 8 });
  const under = layout.bottom + (legend.height === 0 ? 0 : legend.height + 8);
  const frame =
    curves.length === 0 ? undefined : curveFrame(curves, widthPx, Math.ceil(under + 14));
  const bottom = frame === undefined ? under + 10 : frame.heightPx + 4;
  const caption = captionShapes(words.caption, { ...across, top: bottom });
  const heightPx = Math.ceil(bottom + (caption.height === 0 ? 0 : caption.height + 10));
  const size = { widthPx, heightPx, altText: words.altText };
  const all = [...shapes, legend.shapes, caption.shapes];
  if (frame === undefined) return { ...size, svg: drawShapes(joinShapes(all), size) };
  const around = [...curveShapes(curves, frame, words.scoreLabel), shownTicks(frame, words.timesS)];
  return {
    ...size,
    svg: drawCurves(curves, frame, { shapes: [...all, ...around], peaks: false }, size),
  };
}
