import { InvalidArgument } from "../../core/errors.ts";
import {
  callback,
  either,
  finite,
  numbers,
  oneOf,
  range,
  texts,
  whole,
} from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { nearestTime } from "../../core/times.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import { placeOfHighest } from "../../stats/place-of-highest.ts";
import { Table } from "../../table/index.ts";
import { sequentialPalettes } from "../colour/palette.ts";
import { Figure } from "../figure.ts";
import type { Range } from "../rdms/colour-range.ts";
import { colourScale } from "../rdms/colour-scale.ts";
import { inOneOrder } from "../rdms/item-order.ts";
import type { PlotRdmsOptions } from "../rdms/options.ts";
import { metricLabel, rdmPanels } from "../rdms/rdm-panels.ts";
import { rdmsTable } from "../rdms/rdms-table.ts";
import { rdmViewerHtml } from "../rdm-viewer/viewer-html.ts";
import { sideFor, viewerScene } from "../rdm-viewer/viewer-scene.ts";
import { checkTimeCourse, type TimeCourse } from "../time-course/series.ts";
import { framesOf, framesShown, type Frames } from "./frames.ts";
import { cursorCurve } from "./score-curve.ts";
import { drawStrip } from "./strip.ts";
import { movieAltText, movieCaption } from "./words.ts";

/** How a movie of RDMs is drawn. */
export interface PlotRdmMovieOptions extends Pick<
  PlotRdmsOptions,
  "order" | "categories" | "palette" | "label" | "title" | "caption" | "showCaption" | "widthPx"
> {
  /** The time of each RDM, in seconds, ascending. Default: what the RDMs of `rdmEpochs` say of themselves. */
  readonly timesS?: ArrayLike<number>;
  /** Curves under the RDMs, with a cursor at the time that is shown: `scores.timeSeries()`. */
  readonly scores?: TimeCourse | readonly TimeCourse[];
  /** What the curves are. Default: `RSA score`. */
  readonly scoreLabel?: string;
  /** The time to begin with. Default: the highest value of the first curve, else the first time. */
  readonly atS?: number;
  /** How many RDMs the still picture shows at most, evenly apart. Default: 10. */
  readonly frames?: number;
  /** Lowest and highest value of the one scale, or `robust`: the 1st and 99th percentile of what is drawn at all times. */
  readonly range?: Range | "robust";
  /** Side of the RDM that is shown large. Default: 340. */
  readonly panelPx?: number;
}

const plotRdmMovieNames: OptionNames<PlotRdmMovieOptions> = {
  timesS: numbers,
  scores: true,
  scoreLabel: true,
  atS: finite,
  frames: whole(1),
  range: either(range, oneOf(["robust"])),
  order: either(texts, oneOf(["first"])),
  categories: either(texts, callback),
  palette: oneOf(sequentialPalettes),
  label: true,
  title: true,
  caption: true,
  showCaption: true,
  widthPx: true,
  panelPx: whole(32),
};

/**
 * RDMs over time as a movie: in a notebook or a page one large RDM with a slider, arrow keys and a button that plays, the
 * pair and value under the pointer, and scores over time with a cursor. All times have one colour scale. As SVG and PNG,
 * in print and wherever scripts are stripped, it is a strip of RDMs evenly apart, over the same curves. Nothing is loaded.
 *
 * @param rdms - one a time, of the same items: `await rdmEpochs(epochs, { temporalRadiusS }).toArray()`.
 * @throws `ItemMismatch`, `ShapeMismatch` for RDMs of different items and times of another number; `InvalidArgument` for
 *   times that do not ascend or are not known, RDMs of several sensors or metrics, and curves that have no value.
 *
 * @example
 * import { plotRdmMovie, Rdm } from "tsrsa";
 * const items = ["cat", "dog", "car"];
 * const rdms = [0.1, 0.5, 0.9].map((d, at) => new Rdm([d, 1, 1], { items, meta: { timeS: at / 10 } }));
 * const figure = plotRdmMovie(rdms);
 * (await figure.html())?.includes("<img"); // true
 */
export function plotRdmMovie(rdms: RdmInput, options: PlotRdmMovieOptions = {}): Figure {
  checkOptions(options, plotRdmMovieNames);
  const ordered = inOneOrder(toRdms(rdms), options.order ?? "first");
  const frames = framesOf(ordered.rdms, options.timesS);
  const { widthPx = 760, panelPx = 340, scoreLabel = "RSA score", palette = "viridis" } = options;
  const label = options.label ?? metricLabel(frames.rdms);
  const curves = curvesOf(options.scores);
  const scaleAt = (px: number) => colourScale(frames.rdms, { ...options, scale: "shared" }, px);
  const shown = framesShown(frames, options.frames ?? 10);
  const strip = rdmPanels(
    { rdms: shown.map((at) => frames.rdms[at]), sentences: [] },
    {
      ...stripOptions(options),
      range: options.range,
      titles: shown.map((at) => frames.names[at]),
      label,
      itemLabels: false,
      columns: columnsFor(widthPx, shown.length),
      widthPx,
    },
    (px) => narrowed(scaleAt(px), shown.length),
  );
  const { shared } = strip.said;
  const said = {
    frames,
    shown,
    label,
    shared,
    origin: strip.said.origin,
    order: ordered.sentences,
    averaged:
      strip.said.averaged ||
      sideFor(frames.rdms[0].nItems, frames.rdms.length) < frames.rdms[0].nItems,
    curves,
    scoreLabel,
  };
  const caption = options.caption ?? movieCaption(said);
  const altText = movieAltText(said);
  const still = drawStrip(strip, curves, {
    timesS: shown.map((at) => frames.timesS[at]),
    widthPx,
    scoreLabel,
    caption: (options.showCaption ?? true) ? caption : "",
    altText,
  });
  const start = startOf(frames, curves, options.atS);
  return new Figure({
    ...still,
    altText,
    caption,
    data: () => movieTable(frames),
    html: (figure, pngUrl) =>
      rdmViewerHtml(
        viewerScene(frames.rdms, { names: frames.names, range: shared, palette }),
        {
          by: "time",
          title: options.title ?? "",
          label,
          hint: "Move the slider, or press the arrow keys on it.",
          start,
          sizePx: panelPx,
          curve:
            curves.length === 0
              ? undefined
              : cursorCurve(curves, frames.timesS, { widthPx, scoreLabel }),
        },
        figure,
        pngUrl,
      ),
  });
}

/** Up to five in a row, fewer where their times would not fit over them. */
function columnsFor(widthPx: number, n: number): number {
  return Math.min(n, Math.max(1, Math.min(5, Math.floor((widthPx - 90) / 110))));
}

function stripOptions({ categories, palette, title }: PlotRdmMovieOptions): PlotRdmsOptions {
  return { categories, palette, title };
}

/** The scale of all RDMs for those that are shown. */
function narrowed(
  scale: ReturnType<typeof colourScale>,
  n: number,
): ReturnType<typeof colourScale> {
  return { ...scale, ranges: scale.ranges.slice(0, n) };
}

function curvesOf(scores: PlotRdmMovieOptions["scores"]): readonly TimeCourse[] {
  if (scores === undefined) return [];
  const all = Array.isArray(scores) ? (scores as readonly TimeCourse[]) : [scores as TimeCourse];
  if (all.length === 0 || all.length > 8)
    throw new InvalidArgument("scores", `${all.length} curves`, "give 1 to 8 of them, or none");
  all.forEach(checkTimeCourse);
  return all;
}

function startOf(
  { timesS }: Frames,
  curves: readonly TimeCourse[],
  atS: number | undefined,
): number {
  if (atS !== undefined) return nearestTime(timesS, atS);
  if (curves.length === 0) return 0;
  const { times, values } = curves[0];
  return nearestTime(timesS, times[placeOfHighest(values)]);
}

function movieTable({ rdms, timesS, names }: Frames): Table {
  const table = rdmsTable(rdms, names);
  const column = (name: string) => table.column(name);
  return new Table({
    time_s: Array.from(column("rdm"), (at) => timesS[Number(at) - 1]),
    item1: column("item1"),
    item2: column("item2"),
    dissimilarity: column("dissimilarity"),
  });
}
