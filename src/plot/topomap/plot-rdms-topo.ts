import { DuplicateItem, InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { either, finite, oneOf, range, texts, whole } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { nearestTime } from "../../core/times.ts";
import { recordingOf, type SensorSource } from "../../meg/sensors/sensor-source.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { Table } from "../../table/index.ts";
import { sequentialPalettes } from "../colour/palette.ts";
import { assembleFigure, MARGIN } from "../draw/assemble.ts";
import { barLabel, barShapes, barTicks, barWidth } from "../draw/colour-bar.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import type { Figure } from "../figure.ts";
import { rdmViewerHtml } from "../rdm-viewer/viewer-html.ts";
import { viewerScene } from "../rdm-viewer/viewer-scene.ts";
import type { Range } from "../rdms/colour-range.ts";
import { colourScale } from "../rdms/colour-scale.ts";
import { inOneOrder } from "../rdms/item-order.ts";
import type { PlotRdmsOptions } from "../rdms/options.ts";
import { barImage, hatchImage, panelImage } from "../rdms/panel-image.ts";
import { metricLabel } from "../rdms/rdm-panels.ts";
import { rdmsTable } from "../rdms/rdms-table.ts";
import { refuseOtherItems } from "../rdms/same-items.ts";
import { missingSentences, origins, span } from "../rdms/words.ts";
import { capital } from "../text/capital.ts";
import { cutText } from "../text/wrap-text.ts";
import { layOutOnHead, type OnHead } from "./rdms-on-head.ts";
import { knownSensors } from "./sensor-values.ts";

/** How RDMs are drawn on the head. */
export interface PlotRdmsTopoOptions extends Pick<
  PlotRdmsOptions,
  "order" | "palette" | "label" | "title" | "caption" | "showCaption" | "widthPx"
> {
  /** Name of the sensor of each RDM. Default: what the RDMs of `rdmEpochs` say of themselves. */
  readonly channels?: readonly string[];
  /** Which time, in seconds, where the RDMs are of several: the nearest there is. */
  readonly timeS?: number;
  /** Lowest and highest value of the one scale, or `robust`: the 1st and 99th percentile of what is drawn. */
  readonly range?: Range | "robust";
  /** Write the names of the sensors. Default: where there is room. */
  readonly names?: boolean;
  /** Sensors whose RDM has a thick frame, for example those of a cluster. */
  readonly mark?: readonly string[];
  /** What the thick frames are. Default: `marked sensors`. */
  readonly markLabel?: string;
  /** Side of the RDM that is shown large in a page. Default: 300. */
  readonly panelPx?: number;
}

const plotRdmsTopoNames: OptionNames<PlotRdmsTopoOptions> = {
  channels: texts,
  timeS: finite,
  range: either(range, oneOf(["robust"])),
  names: true,
  mark: texts,
  markLabel: true,
  order: either(texts, oneOf(["first"])),
  palette: oneOf(sequentialPalettes),
  label: true,
  title: true,
  caption: true,
  showCaption: true,
  widthPx: whole(200),
  panelPx: whole(32),
};

/**
 * The RDM of every sensor, small and at its place on the head (from above, the nose on top), in one colour scale. In a
 * notebook or a page a click on one shows it large, with the pair and value under the pointer. Of several sensors at one
 * place, as a planar pair, the RDMs stand beside each other.
 *
 * @param rdms - one a sensor, of the same items: `rdmEpochs` with `spatialRadiusM`, at one time or with `timeS`.
 * @param source - where the sensors are: info, epochs, evokeds, or channels.
 * @throws `ItemMismatch` for sensors that the source lacks and for other items; `InvalidArgument` for RDMs that do not say
 *   their sensor, several times without `timeS`, sensors without a place, of several types or too near to each other;
 *   `DuplicateItem`, `ShapeMismatch`.
 *
 * @example
 * import { plotRdmsTopo, Rdm } from "tsrsa";
 * const channels = [["Cz", 0, 0], ["Fz", 0, 0.05], ["Oz", 0, -0.08]].map(([name, x, y]) => ({
 *   name: String(name), type: "eeg", position: [Number(x), Number(y), 0.09] as const,
 * }));
 * const rdms = channels.map((_, at) => new Rdm([0.1 * at, 0.5, 0.9], { items: ["cat", "dog", "car"] }));
 * plotRdmsTopo(rdms, channels, { channels: ["Cz", "Fz", "Oz"] }).toCsv().split("\n")[4]; // "Fz,cat,dog,0.1"
 */
export function plotRdmsTopo(
  rdms: RdmInput,
  source: SensorSource,
  options: PlotRdmsTopoOptions = {},
): Figure {
  checkOptions(options, plotRdmsTopoNames);
  const given = oneTime(named(toRdms(rdms), options.channels), options.timeS);
  const twice = given.names.filter((name, at) => given.names.indexOf(name) !== at);
  if (twice.length > 0) throw new DuplicateItem(twice, "give one RDM a sensor");
  refuseOtherItems(given.rdms);
  const { rdms: all, sentences } = inOneOrder(given.rdms, options.order ?? "first");
  const sensors = knownSensors(given.names, recordingOf(source).channels);
  const mark = markOf(options.mark, given.names);
  const { palette = "viridis", widthPx = 760, title } = options;
  const label = options.label ?? metricLabel(all);
  const bar = { src: barImage(palette), label: barLabel(label, 160) };
  const width = barWidth({ ...bar, ticks: barTicks(0, 0.001, 160) });
  const top = MARGIN + (title === undefined ? 0 : 24);
  const onHead = layOutOnHead(sensors, {
    left: MARGIN,
    top,
    widthPx: widthPx - 2 * MARGIN - width,
    names: options.names,
  });
  const scale = colourScale(all, { range: options.range, scale: "shared" }, onHead.sidePx);
  const { shared } = scale;
  const ticks = barTicks(...(shared ?? [0, 1]), 160);
  const placed = { ...bar, ticks, left: onHead.right, top: top + 20, height: 160 };
  const pictures = pictureShapes(all, onHead, { range: shared, palette }, mark);
  const missing = all.some(({ condensed }) => !condensed.every(Number.isFinite));
  const said = { all, onHead, label, shared, sentences, options, time: given.time };
  const caption = options.caption ?? captionOf(said);
  const figure = assembleFigure({
    widthPx: Math.max(onHead.right + barWidth(placed) + MARGIN, 200),
    bottom: onHead.bottom,
    shapes: [
      pictures,
      ...(shared === undefined ? [] : [barShapes(placed)]),
      heading(title, onHead.right),
    ],
    under: onHead.outlines,
    swatches: missing ? [{ text: "missing", src: hatchImage(11) }] : [],
    caption,
    showCaption: options.showCaption ?? true,
    altText: `Representational dissimilarity matrices of ${sensors.length} sensors at their places on the head${given.time}: ${label}, ${shared === undefined ? "no finite value" : `colours from ${span(shared)}`}.`,
    data: () => topoTable(all, given.names),
    html: (made, pngUrl) =>
      rdmViewerHtml(
        viewerScene(all, { names: given.names, range: shared, palette }),
        {
          by: "place",
          title: "",
          label,
          hint: "Click on a small RDM, or choose its sensor, to see it large.",
          start: 0,
          sizePx: options.panelPx ?? 300,
          spots: onHead.spots,
        },
        made,
        pngUrl,
      ),
  });
  return figure;
}

interface Named {
  readonly rdms: readonly Rdm[];
  readonly names: readonly string[];
}

function named(rdms: readonly Rdm[], channels: readonly string[] | undefined): Named {
  if (channels !== undefined && channels.length !== rdms.length)
    throw new ShapeMismatch(`${rdms.length} channels, one an RDM`, `${channels.length}`);
  const names = rdms.map(({ meta }, at) => channels?.[at] ?? meta["channel"]);
  const at = names.findIndex((name) => typeof name !== "string");
  if (at < 0) return { rdms, names: names.map(String) };
  throw new InvalidArgument(
    "channels",
    undefined,
    `RDM ${at + 1} does not say its sensor, as those of rdmEpochs with spatialRadiusM do; name the sensor of each RDM`,
  );
}

function oneTime({ rdms, names }: Named, timeS: number | undefined): Named & { time: string } {
  const times = rdms.map(({ meta }) => meta["timeS"]);
  const known = [...new Set(times)].filter((time) => typeof time === "number");
  if (timeS === undefined) {
    if (known.length <= 1) return { rdms, names, time: timeWords(known[0]) };
    throw new InvalidArgument(
      "timeS",
      undefined,
      `the RDMs are of ${known.length} times: choose one`,
    );
  }
  if (known.length === 0)
    throw new InvalidArgument("timeS", timeS, "the RDMs do not say their times; leave it out");
  const wanted = known[nearestTime(known, timeS)];
  const kept = Array.from(rdms.keys()).filter((at) => times[at] === wanted);
  const of = <T>(list: readonly T[]) => kept.map((at) => list[at]);
  return { rdms: of(rdms), names: of(names), time: timeWords(wanted) };
}

function timeWords(timeS: number | undefined): string {
  return timeS === undefined ? "" : ` at ${timeS.toFixed(3).replace("-", "−")} s`;
}

function markOf(
  mark: readonly string[] | undefined,
  names: readonly string[],
): ReadonlySet<string> {
  const unknown = mark?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0)
    throw new InvalidArgument("mark", unknown.join(", "), "mark sensors that have an RDM");
  return new Set(mark);
}

function pictureShapes(
  rdms: readonly Rdm[],
  { spots, sidePx, labels }: OnHead,
  colours: Parameters<typeof panelImage>[2],
  mark: ReadonlySet<string>,
): Shapes {
  const shapes = noShapes();
  spots.forEach(({ left, top, side, name }, at) => {
    const box = { left, top, width: side, height: side };
    shapes.images.push({ ...box, src: panelImage(rdms[at], sidePx, colours) });
    shapes.boxes.push({ ...box, stroke: "#999" });
    if (mark.has(name)) shapes.lines.push(...thickFrame(box));
  });
  shapes.texts.push(...labels);
  return shapes;
}

function thickFrame({
  left,
  top,
  width,
  height,
}: {
  left: number;
  top: number;
  width: number;
  height: number;
}) {
  const [x1, y1, x2, y2] = [left - 1, top - 1, left + width + 1, top + height + 1];
  const line = { colour: "#d62728", widthPx: 2.5 };
  return [
    { x1, y1, x2, y2: y1, ...line },
    { x1, y1: y2, x2, y2, ...line },
    { x1, y1, x2: x1, y2, ...line },
    { x1: x2, y1, x2, y2, ...line },
  ];
}

function heading(title: string | undefined, right: number): Shapes {
  const shapes = noShapes();
  if (title === undefined) return shapes;
  const style = { sizePx: 14, bold: true } as const;
  const text = cutText(title, right - MARGIN, style);
  shapes.texts.push({ x: (MARGIN + right) / 2, y: 16, text, ...style, anchor: "middle" });
  return shapes;
}

function captionOf({
  all,
  onHead,
  label,
  shared,
  sentences,
  options,
  time,
}: {
  readonly all: readonly Rdm[];
  readonly onHead: OnHead;
  readonly label: string;
  readonly shared: Range | undefined;
  readonly sentences: readonly string[];
  readonly options: PlotRdmsTopoOptions;
  readonly time: string;
}): string {
  const origin =
    options.range === undefined ? "found" : options.range === "robust" ? "robust" : "given";
  const scale =
    shared === undefined
      ? "No value is finite"
      : `One colour scale for all, ${span(shared)} (${origins[origin]})`;
  const marked = options.mark !== undefined && options.mark.length > 0;
  return [
    `${capital(label)} between ${all[0].nItems} items${time}, the RDM of each of ${all.length} sensors at its place on the head, seen from above, the nose on top.`,
    ...(onHead.nShared > 0
      ? [
          `At ${onHead.nShared} places there are several sensors, whose RDMs stand beside each other.`,
        ]
      : []),
    ...sentences,
    `${scale}; the diagonal is masked.`,
    ...missingSentences({ rdms: all, shared }),
    ...(all[0].nItems > 2 * onHead.sidePx
      ? ["Each pixel is the mean over the cells it covers."]
      : []),
    ...(marked ? [`Thick frames: ${options.markLabel ?? "marked sensors"}.`] : []),
  ].join(" ");
}

function topoTable(rdms: readonly Rdm[], names: readonly string[]): Table {
  const table = rdmsTable(rdms, names);
  return new Table({
    channel: table.column("name"),
    item1: table.column("item1"),
    item2: table.column("item2"),
    dissimilarity: table.column("dissimilarity"),
  });
}
