import type { Rdm } from "../../rdm/rdm.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import { cutText } from "../text/wrap-text.ts";
import { textWidth } from "../text/text-width.ts";
import type { PixelImage } from "../images/image-url.ts";
import { iconShapes } from "./icons.ts";
import { outlinedCells, outlineShapes, type Outline } from "./outline.ts";
import { itemColours, runsOf } from "./categories.ts";
import { band, textPx, type Layout, type PanelPlace } from "./layout.ts";
import { bandImage, panelImage, type PanelColours } from "./panel-image.ts";

/** One panel: picture, frame, title, bands, labels. */
export interface Panel {
  readonly rdm: Rdm;
  readonly place: PanelPlace;
  readonly colours: PanelColours;
  readonly categories: readonly string[] | undefined;
  readonly icons?: readonly PixelImage[];
  readonly outline?: Outline;
}

/** What a panel draws. */
export function panelShapes(
  { rdm, place, colours, categories, icons, outline }: Panel,
  layout: Layout,
  bandColours: ReadonlyMap<string, string>,
): Shapes {
  const shapes = noShapes();
  const { left, top } = place;
  const size = layout.panelPx;
  const box = { left, top, width: size, height: size };
  if (rdm.nItems > 0) shapes.images.push({ ...box, src: panelImage(rdm, size, colours) });
  shapes.boxes.push({ ...box, stroke: "#999" });
  if (outline !== undefined)
    shapes.lines.push(
      ...outlineShapes(outlinedCells(rdm, outline), rdm.nItems, { left, top, sizePx: size }).lines,
    );
  addTitle(shapes, place, layout);
  if (categories !== undefined)
    addBands(shapes, { place, categories, size, bandColours, names: layout.bandNames });
  if (layout.itemLabels && rdm.items !== undefined)
    addLabels(shapes, place, rdm.items, layout, categories !== undefined);
  if (icons !== undefined)
    shapes.images.push(...iconShapes(icons, place, size, awayOf(categories !== undefined)).images);
  return shapes;
}

function addTitle(shapes: Shapes, place: PanelPlace, layout: Layout): void {
  const columns = new Set(layout.panels.map((panel) => panel.left)).size;
  const common = { x: place.left + layout.panelPx / 2, anchor: "middle" as const };
  // From the panel upwards, so that titles of one and of two lines end at the same height.
  let y = place.top - 4;
  const addLine = (text: string, sizePx: number, rest: { bold?: boolean; colour?: string }) => {
    shapes.texts.push({ ...common, ...rest, text, sizePx, y: y - sizePx / 2 });
    y -= sizePx + 3;
  };
  for (const text of place.noteLines.toReversed()) addLine(text, textPx.label, { colour: "#444" });
  for (const text of place.titleLines.toReversed())
    addLine(text, layout.titlePx, { bold: columns <= 4 });
}

interface Bands {
  readonly place: PanelPlace;
  readonly categories: readonly string[];
  readonly size: number;
  readonly bandColours: ReadonlyMap<string, string>;
  readonly names: boolean;
}

function addBands(shapes: Shapes, { place, categories, size, bandColours, names }: Bands): void {
  const colours = itemColours(categories, bandColours);
  const { thickness, gap } = band;
  const beside = { left: place.left - gap - thickness, top: place.top + size + gap };
  shapes.images.push(
    {
      left: beside.left,
      top: place.top,
      width: thickness,
      height: size,
      src: bandImage(colours, size, "down"),
    },
    {
      left: place.left,
      top: beside.top,
      width: size,
      height: thickness,
      src: bandImage(colours, size, "across"),
    },
  );
  if (!names) return;
  for (const run of runsOf(categories)) {
    const middle = ((run.from + run.to) / 2 / categories.length) * size;
    const text = { text: run.category, sizePx: textPx.label, anchor: "middle" as const };
    shapes.texts.push(
      { ...text, x: place.left + middle, y: beside.top + thickness + 9 },
      { ...text, x: beside.left - 9, y: place.top + middle, rotate: -90 },
    );
  }
}

/** Whether every stretch of equal category has room for its name along the panel. */
export function namesFit(categories: readonly string[], sizePx: number): boolean {
  return runsOf(categories).every(
    ({ category, from, to }) =>
      textWidth(category, { sizePx: textPx.label }) + 6 <=
      ((to - from) / categories.length) * sizePx,
  );
}

/** Distance of labels and icons from the panel. */
function awayOf(hasBands: boolean): number {
  return 4 + (hasBands ? band.thickness + band.gap : 0);
}

function addLabels(
  shapes: Shapes,
  { left, top }: PanelPlace,
  items: readonly string[],
  layout: Layout,
  hasBands: boolean,
): void {
  const away = awayOf(hasBands);
  const cell = layout.panelPx / items.length;
  items.forEach((item, i) => {
    const text = cutText(item, layout.longestLabelPx, { sizePx: textPx.label });
    const middle = (i + 0.5) * cell;
    const common = { text, sizePx: textPx.label, anchor: "end" as const };
    shapes.texts.push(
      { ...common, x: left - away, y: top + middle },
      { ...common, x: left + middle, y: top + layout.panelPx + away, rotate: -90 },
    );
  });
}
