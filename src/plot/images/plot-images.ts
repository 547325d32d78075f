import { listOf } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { Table } from "../../table/index.ts";
import { captionShapes } from "../draw/caption.ts";
import { drawShapes, joinShapes, noShapes, type Shapes } from "../draw/shapes.ts";
import { Figure } from "../figure.ts";
import { wrapAtMost } from "../text/wrap-text.ts";
import { imageUrl, type PixelImage, anImage } from "./image-url.ts";

/** How images are shown. */
export interface PlotImagesOptions {
  /** One title an image. Default: their names. */
  readonly titles?: readonly string[];
  /** Images in a row. Default: as many as fit, at most 8. */
  readonly columns?: number;
  /** Largest side of an image. Default: 140. */
  readonly imagePx?: number;
  /** Largest width of the whole figure. Default: 760. */
  readonly widthPx?: number;
  /** Words under the figure. Default: none. */
  readonly caption?: string;
}

const MARGIN = 10;
const GAP = 12;
const TITLE = { sizePx: 11 };
const LINE = 14;

const plotImagesNames: OptionNames<PlotImagesOptions> = {
  titles: true,
  columns: true,
  imagePx: true,
  widthPx: true,
  caption: true,
};

/**
 * Show images side by side with their names below, in rows, each at its own proportions and averaged over area to at
 * most two pixels a shown pixel.
 *
 * Throws `InvalidArgument` without images or room, `ShapeMismatch` when titles or pixels do not fit.
 *
 * @example
 * import { plotImages } from "tsrsa";
 * const grey = { width: 2, height: 1, channels: 1 as const, data: Uint8Array.of(0, 255), name: "two pixels" };
 * plotImages([grey]).altText; // "1 image: two pixels."
 */
export function plotImages(images: readonly PixelImage[], options: PlotImagesOptions = {}): Figure {
  listOf(anImage)(images, "images");
  checkOptions(options, plotImagesNames);
  if (images.length === 0) throw new InvalidArgument("images", "none", "give at least one");
  const titles = options.titles ?? images.map(({ name }) => name ?? "");
  if (titles.length !== images.length)
    throw new ShapeMismatch(
      `${images.length} titles, one per image`,
      `${titles.length}`,
      "give one title per image",
    );
  const { columns, side } = gridOf(images.length, options);
  const shapes = noShapes();
  const bottom = addRows(shapes, { images, titles, columns, side });
  const widthPx = 2 * MARGIN + columns * (side + GAP) - GAP;
  const across = { left: MARGIN, right: widthPx - MARGIN };
  const words = captionShapes(options.caption ?? "", { ...across, top: bottom + 6 });
  const heightPx = Math.ceil(bottom + (words.height === 0 ? 0 : words.height + 6) + MARGIN);
  const size = { widthPx, heightPx, altText: altTextOf(titles) };
  return new Figure({
    ...size,
    svg: drawShapes(joinShapes([shapes, words.shapes]), size),
    caption: options.caption ?? "",
    data: () => imagesTable(images, titles),
  });
}

function gridOf(n: number, options: PlotImagesOptions): { columns: number; side: number } {
  const { widthPx = 760, imagePx = 140, columns } = options;
  const fit = Math.max(1, Math.floor((widthPx - 2 * MARGIN + GAP) / (imagePx + GAP)));
  const wanted = Math.min(n, columns ?? Math.min(8, fit));
  const side = Math.min(imagePx, Math.floor((widthPx - 2 * MARGIN + GAP) / wanted - GAP));
  if (!Number.isInteger(wanted) || wanted < 1 || !(side >= 16))
    throw new InvalidArgument(
      "columns",
      columns ?? wanted,
      "give a whole number that leaves each image 16 pixels or more",
    );
  return { columns: wanted, side };
}

interface Rows {
  readonly images: readonly PixelImage[];
  readonly titles: readonly string[];
  readonly columns: number;
  readonly side: number;
}

/** Row by row, as high as its highest image and its longest title; tells where the last one ends. */
function addRows(shapes: Shapes, { images, titles, columns, side }: Rows): number {
  let top = MARGIN;
  for (let first = 0; first < images.length; first += columns) {
    const row = images.slice(first, first + columns);
    const sizes = row.map((image) => fitInside(image, side));
    const rowHeight = Math.max(...sizes.map(({ height }) => height));
    const lines = row.map((_, i) => wrapAtMost(titles[first + i], side + GAP - 6, TITLE, 2));
    row.forEach((image, i) => {
      const middle = MARGIN + i * (side + GAP) + side / 2;
      const { width, height } = sizes[i];
      const place = {
        left: middle - width / 2,
        top: top + (rowHeight - height) / 2,
        width,
        height,
      };
      shapes.images.push({ ...place, src: imageUrl(image, side) });
      // White pixels at an edge would run into the page.
      shapes.boxes.push({ ...place, stroke: "#98a2b3" });
      lines[i].forEach((text, line) => {
        const y = top + rowHeight + 4 + (line + 0.5) * LINE;
        shapes.texts.push({ x: middle, y, text, ...TITLE, anchor: "middle" });
      });
    });
    const most = Math.max(...lines.map(({ length }) => length));
    top += rowHeight + (most === 0 ? 0 : 4 + most * LINE) + GAP;
  }
  return top - GAP;
}

function fitInside({ width, height }: PixelImage, side: number): { width: number; height: number } {
  const scale = side / Math.max(width, height);
  return { width: width * scale, height: height * scale };
}

function altTextOf(titles: readonly string[]): string {
  const named = titles.filter((title) => title !== "");
  const list =
    named.length === 0 ? "" : `: ${named.slice(0, 12).join(", ")}${named.length > 12 ? " …" : ""}`;
  return `${titles.length} image${titles.length === 1 ? "" : "s"}${list}.`;
}

function imagesTable(images: readonly PixelImage[], titles: readonly string[]): Table {
  return new Table({
    title: titles,
    width: images.map(({ width }) => width),
    height: images.map(({ height }) => height),
    channels: images.map(({ channels }) => channels),
  });
}
