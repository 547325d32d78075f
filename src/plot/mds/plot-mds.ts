import { toRdm, type RdmLike } from "../../rdm/rdm-list.ts";
import { anImage } from "../images/image-url.ts";
import { either, texts, callback, listOf } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { multidimensionalScaling, type Scaling } from "../../stats/index.ts";
import { Table, type Cell } from "../../table/index.ts";
import { assembleFigure, MARGIN } from "../draw/assemble.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import type { Figure } from "../figure.ts";
import { categoriesOf, colourCategories } from "../rdms/categories.ts";
import { dotMarks, imageMarks, imagesOf, labelMarks, type PlacedItem } from "./mds-marks.ts";
import type { PlotMdsOptions } from "./options.ts";

/** More labels than this are not written unless asked for. */
const MOST_LABELS = 60;

const plotMdsNames: OptionNames<PlotMdsOptions> = {
  method: true,
  images: either(listOf(anImage), callback),
  categories: either(texts, callback),
  itemLabels: true,
  title: true,
  imagePx: true,
  caption: true,
  showCaption: true,
  widthPx: true,
};

/**
 * Draw items in the plane, similar ones close together (multidimensional scaling), as dots or as their images, coloured
 * by category. The plane cannot hold all distances: how far they are off (stress) is written beneath. Axes have no
 * meaning and are not drawn; a bar shows how long a dissimilarity is.
 *
 * Throws `ShapeMismatch` when images or categories do not fit, `InvalidArgument` when dissimilarities are missing or
 * negative, or for fewer than three items.
 *
 * @example
 * import { plotMds, Rdm } from "tsrsa";
 * const rdm = new Rdm([0.2, 0.9, 1.1], { items: ["cat", "dog", "car"], metric: "correlation" });
 * const figure = plotMds(rdm);
 * figure.data.names; // [ 'item', 'x', 'y' ]
 */
export function plotMds(rdm: RdmLike, options: PlotMdsOptions = {}): Figure {
  const whole = toRdm(rdm);
  checkOptions(options, plotMdsNames);
  if (whole.nItems < 3)
    throw new InvalidArgument("rdm", `${whole.nItems} items`, "give three or more");
  const { method = "smacof", widthPx = 560, title } = options;
  const scaling = multidimensionalScaling(whole.condensed, { method });
  const images = imagesOf(whole, options.images);
  const categories = options.categories && categoriesOf(whole, options.categories);
  const colours = colourCategories(categories ?? []);
  const markPx = images === undefined ? 12 : sizeOfImages(whole.nItems, options.imagePx, widthPx);
  const field = fieldOf(scaling, widthPx, markPx, title === undefined ? 0 : 24);
  const items = Array.from({ length: whole.nItems }, (_, i): PlacedItem => ({
    x: field.xOf(scaling.coordinates.data[2 * i]),
    y: field.yOf(scaling.coordinates.data[2 * i + 1]),
    label: whole.items?.[i],
    colour: colours.get(categories?.[i] ?? "") ?? "none",
  }));
  const written = options.itemLabels ?? (images === undefined && whole.nItems <= MOST_LABELS);
  const labels = written
    ? labelMarks(items, { left: MARGIN, right: widthPx - MARGIN })
    : { shapes: noShapes(), hidden: 0 };
  const marks = images === undefined ? dotMarks(items) : imageMarks(items, images, markPx);
  const label = whole.metric === undefined ? "dissimilarity" : `dissimilarity (${whole.metric})`;
  return assembleFigure({
    widthPx,
    bottom: field.bottom,
    shapes: [marks, labels.shapes, rulerShapes(field, label), titleShapes(title, widthPx)],
    swatches: Array.from(colours, ([text, fill]) => ({ text, fill })),
    caption: options.caption ?? captionOf(scaling, method, labels.hidden),
    showCaption: options.showCaption ?? true,
    altText: `Multidimensional scaling of ${whole.nItems} items${whole.name === undefined ? "" : ` (${whole.name})`}: ${label}, stress ${scaling.stress.toFixed(3)}.`,
    data: () => mdsTable(whole, scaling, categories),
  });
}

interface Field {
  readonly xOf: (x: number) => number;
  readonly yOf: (y: number) => number;
  readonly bottom: number;
  /** Pixels for a dissimilarity of 1. */
  readonly scale: number;
  readonly left: number;
}

/** The same scale on both axes, or distances would lie. */
function fieldOf(
  { coordinates: { data } }: Scaling,
  widthPx: number,
  markPx: number,
  titlePx: number,
): Field {
  const xs = data.filter((_, k) => k % 2 === 0);
  const ys = data.filter((_, k) => k % 2 === 1);
  const [west, east] = [least(xs), -least(xs.map((x) => -x))];
  const [south, north] = [least(ys), -least(ys.map((y) => -y))];
  const away = MARGIN + markPx / 2 + 6;
  const scale = Math.min(
    (widthPx - 2 * away) / Math.max(east - west, 1e-12),
    (1.3 * widthPx) / Math.max(north - south, 1e-12),
  );
  const left = (widthPx - scale * (east - west)) / 2;
  const top = titlePx + away;
  return {
    xOf: (x) => left + (x - west) * scale,
    yOf: (y) => top + (north - y) * scale,
    bottom: top + (north - south) * scale + markPx / 2 + 34,
    scale,
    left: MARGIN + 4,
  };
}

function least(values: Float64Array): number {
  return values.reduce((low, value) => Math.min(low, value), Infinity);
}

function sizeOfImages(n: number, given: number | undefined, widthPx: number): number {
  if (given === undefined) return Math.min(44, Math.max(16, (0.55 * widthPx) / Math.sqrt(n)));
  if (given >= 8 && given <= widthPx / 2) return given;
  throw new InvalidArgument("imagePx", given, `give 8 to ${Math.floor(widthPx / 2)} pixels`);
}

/** A bar as long as a round dissimilarity. */
function rulerShapes({ scale, left, bottom }: Field, label: string): Shapes {
  const shapes = noShapes();
  const rough = 70 / scale;
  const power = 10 ** Math.floor(Math.log10(rough));
  const value = [1, 2, 5, 10].map((part) => part * power).findLast((round) => round <= rough * 1.3);
  const length = (value ?? power) * scale;
  const y = bottom - 14;
  const line = { colour: "#333", widthPx: 1.4 };
  shapes.lines.push({ x1: left, x2: left + length, y1: y, y2: y, ...line });
  for (const x of [left, left + length])
    shapes.lines.push({ x1: x, x2: x, y1: y - 4, y2: y + 4, ...line });
  const text = `${label} ${Number((value ?? power).toPrecision(1))}`;
  shapes.texts.push({ x: left + length + 8, y, text, sizePx: 11 });
  return shapes;
}

function titleShapes(title: string | undefined, widthPx: number): Shapes {
  const shapes = noShapes();
  if (title !== undefined)
    shapes.texts.push({
      x: widthPx / 2,
      y: MARGIN + 7,
      text: title,
      sizePx: 13,
      anchor: "middle",
      bold: true,
    });
  return shapes;
}

function captionOf({ stress, nIterations }: Scaling, method: string, hidden: number): string {
  const how =
    method === "smacof"
      ? `Metric multidimensional scaling (SMACOF from the classical solution, ${nIterations} rounds)`
      : "Classical multidimensional scaling (Torgerson)";
  const words =
    stress < 0.05
      ? "good"
      : stress < 0.1
        ? "fair"
        : stress < 0.2
          ? "rough"
          : "poor: read distances with care";
  return [
    `${how}. Stress ${stress.toFixed(3)} (${words}).`,
    ...(hidden > 0 ? [`${hidden} labels found no room.`] : []),
  ].join(" ");
}

function mdsTable(
  rdm: Rdm,
  { coordinates }: Scaling,
  categories: readonly string[] | undefined,
): Table {
  const rows = Array.from({ length: rdm.nItems }, (_, i) => i);
  const columns: [string, Cell[]][] = [
    ["item", rows.map((i) => rdm.items?.[i] ?? i)],
    ["x", rows.map((i) => coordinates.data[2 * i])],
    ["y", rows.map((i) => coordinates.data[2 * i + 1])],
  ];
  if (categories !== undefined) columns.push(["category", [...categories]]);
  return new Table(new Map(columns));
}
