import { range } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { captionShapes } from "../draw/caption.ts";
import { Figure } from "../figure.ts";
import { MOST_SERIES } from "./curve-colour.ts";
import { drawCurves } from "./draw-curves.ts";
import { frameOf, NAME_PITCH } from "./frame.ts";
import { axisWords, barShapes, nameShapes } from "./frame-shapes.ts";
import { peakShapes } from "./peak-shapes.ts";
import { checkTimeCourse, type TimeCourse } from "./series.ts";
import { timeCourseTable } from "./time-course-table.ts";
import { shownPeak } from "./within-range.ts";
import { bandWords, peakLabel, timeCourseAltText, timeCourseCaption } from "./words.ts";

/** How time courses are drawn. */
export interface PlotTimeCourseOptions {
  /** What the values are. Default: `RSA score`. */
  readonly yLabel?: string;
  /** Above the figure. */
  readonly title?: string;
  /** Mark and name the highest value of each curve. Default: for up to 5 curves. */
  readonly peaks?: boolean;
  /** Lowest and highest value of the axis, the same for figures to compare; what lies outside is cut and counted. */
  readonly yRange?: readonly [low: number, high: number];
  /** What the shaded bands are. Default: what the series say of them, or `between the lower and the upper bound`. */
  readonly bandLabel?: string;
  /** What the bars are. Default: `times found significant`. */
  readonly significanceLabel?: string;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Width of the figure. Default: 700. */
  readonly widthPx?: number;
  /** Height without the caption. Default: 340, more where more curves need names. */
  readonly heightPx?: number;
}

const plotTimeCourseNames: OptionNames<PlotTimeCourseOptions> = {
  yLabel: true,
  title: true,
  peaks: true,
  yRange: range,
  bandLabel: true,
  significanceLabel: true,
  caption: true,
  showCaption: true,
  widthPx: true,
  heightPx: true,
};

/**
 * Draw scores over time, one curve a model: time in seconds with lines at 0, shaded bounds, significant stretches as
 * bars below, the highest value of each curve named, and each curve named at its end.
 *
 * Throws `ShapeMismatch` when lengths differ, `InvalidArgument` when times do not ascend, when nothing is finite, or
 * when there are more curves than can be told apart.
 *
 * @example
 * import { plotTimeCourse } from "tsrsa";
 * const times = [-0.1, 0, 0.1, 0.2];
 * const figure = plotTimeCourse([{ name: "pixels", times, values: [0, 0.01, 0.087, 0.03] }]);
 * figure.toCsv().split("\n")[3]; // "pixels,0.1,0.087"
 */
export function plotTimeCourse(
  series: TimeCourse | readonly TimeCourse[],
  options: PlotTimeCourseOptions = {},
): Figure {
  checkOptions(options, plotTimeCourseNames);
  const all = Array.isArray(series) ? (series as readonly TimeCourse[]) : [series as TimeCourse];
  if (all.length === 0 || all.length > MOST_SERIES)
    throw new InvalidArgument("series", `${all.length} curves`, `give 1 to ${MOST_SERIES} of them`);
  all.forEach(checkTimeCourse);
  const { yLabel = "RSA score", peaks = all.length <= 5, title } = options;
  const frame = frameOf(all, {
    widthPx: checkedSize("widthPx", options.widthPx ?? 700, 300),
    heightPx: checkedSize(
      "heightPx",
      options.heightPx ?? Math.max(340, 80 + NAME_PITCH * all.length),
      160,
    ),
    titlePx: title === undefined ? 0 : 20,
    peakLabels: all
      .filter((one) => peaks && shownPeak(one, options.yRange) !== undefined)
      .map(peakLabel),
    yRange: options.yRange,
  });
  const caption =
    options.caption ??
    timeCourseCaption(all, {
      yLabel,
      peaks,
      bandLabel: options.bandLabel ?? bandWords(all),
      yRange: options.yRange,
      significanceLabel: options.significanceLabel ?? "times found significant",
    });
  const words = captionShapes((options.showCaption ?? true) ? caption : "", {
    left: 14,
    right: frame.widthPx - 14,
    top: frame.heightPx + 4,
  });
  const under = [axisWords(frame, yLabel, title), barShapes(all, frame), nameShapes(all, frame)];
  const over = [...(peaks ? [peakShapes(all, frame)] : []), words.shapes];
  const size = {
    widthPx: frame.widthPx,
    heightPx: Math.ceil(frame.heightPx + (words.height === 0 ? 0 : words.height + 12)),
    altText: timeCourseAltText(all, yLabel),
  };
  const svg = drawCurves(all, frame, { shapes: [...under, ...over], peaks }, size);
  const { left, right, top, bottom, timeDomain } = frame;
  const [fromS, toS] = timeDomain;
  return new Figure({
    ...size,
    svg,
    caption,
    data: () => timeCourseTable(all),
    reading: { kind: "time", left, right, top, bottom, fromS, toS },
  });
}

function checkedSize(name: string, found: number, least: number): number {
  if (Number.isFinite(found) && found >= least) return Math.round(found);
  throw new InvalidArgument(name, found, `give at least ${least} pixels`);
}
