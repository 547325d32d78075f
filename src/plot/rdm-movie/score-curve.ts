import { noShapes } from "../draw/shapes.ts";
import { dataUrl } from "../png/data-url.ts";
import type { ViewerCurve } from "../rdm-viewer/viewer-html.ts";
import { drawCurves } from "../time-course/draw-curves.ts";
import { frameOf, NAME_PITCH, type Frame } from "../time-course/frame.ts";
import { axisWords, barShapes, nameShapes } from "../time-course/frame-shapes.ts";
import type { TimeCourse } from "../time-course/series.ts";
import { timeCourseAltText } from "../time-course/words.ts";

/** Height of the curves under RDMs, more where more curves need names. */
function curveHeight(curves: readonly TimeCourse[]): number {
  return Math.max(190, 80 + NAME_PITCH * curves.length);
}

/** Where curves lie below so many pixels. */
export function curveFrame(curves: readonly TimeCourse[], widthPx: number, abovePx: number): Frame {
  const heightPx = abovePx + curveHeight(curves);
  return frameOf(curves, {
    widthPx,
    heightPx,
    titlePx: abovePx,
    peakLabels: [],
    yRange: undefined,
  });
}

/** Names of axes and curves, and bars of significance. */
export function curveShapes(curves: readonly TimeCourse[], frame: Frame, scoreLabel: string) {
  return [
    axisWords(frame, scoreLabel, undefined),
    barShapes(curves, frame),
    nameShapes(curves, frame),
  ];
}

/** The curves as a picture of its own, and where the time of each RDM is in it. */
export function cursorCurve(
  curves: readonly TimeCourse[],
  timesS: Float64Array,
  { widthPx, scoreLabel }: { readonly widthPx: number; readonly scoreLabel: string },
): ViewerCurve {
  const frame = curveFrame(curves, widthPx, 0);
  const size = {
    widthPx,
    heightPx: frame.heightPx,
    altText: timeCourseAltText(curves, scoreLabel),
  };
  const shapes = curveShapes(curves, frame, scoreLabel);
  const svg = drawCurves(curves, frame, { shapes, peaks: false }, size);
  return {
    src: dataUrl("image/svg+xml", new TextEncoder().encode(svg)),
    widthPx,
    heightPx: frame.heightPx,
    x: Array.from(timesS, (time) => Math.min(frame.right, Math.max(frame.left, frame.xOf(time)))),
    top: frame.top,
    bottom: frame.bottom,
  };
}

/** A tick under the curves at each time of which an RDM stands above them. */
export function shownTicks(frame: Frame, times: readonly number[]) {
  const shapes = noShapes();
  for (const time of times) {
    const x = frame.xOf(time);
    if (x < frame.left || x > frame.right) continue;
    shapes.polygons.push({
      points: [
        [x, frame.top + 8],
        [x - 4, frame.top],
        [x + 4, frame.top],
      ],
      fill: "#777",
    });
  }
  return shapes;
}
