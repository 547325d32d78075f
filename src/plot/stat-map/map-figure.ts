import { InvalidArgument } from "../../core/errors.ts";
import type { FigureReading } from "../reading.ts";
import { captionShapes } from "../draw/caption.ts";
import { barShapes, barWidth } from "../draw/colour-bar.ts";
import { drawShapes, joinShapes, noShapes, type Shapes } from "../draw/shapes.ts";
import { Figure } from "../figure.ts";
import { wrapAtMost } from "../text/wrap-text.ts";
import { mapBar } from "./map-bar.ts";
import { mapTable } from "./map-table.ts";
import type { MapFigureOptions } from "./options.ts";
import type { Prepared } from "./prepare.ts";
import { mapAltText, mapCaption, type SaidOfMap } from "./words.ts";

const MARGIN = 10;
const TITLE = { sizePx: 13, bold: true };

/** The picture of a map without title, bar and words: shapes below `top`, and where they end. */
export interface Painted {
  readonly shapes: readonly Shapes[];
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Places of the voxels that were drawn. */
  readonly drawn: ReadonlySet<number>;
  /** How places of the picture read. */
  readonly reading?: FigureReading;
  /** How the map is looked at, as a sentence. */
  readonly how: string;
}

/** What paints into the room it is given. */
export type Paint = (room: { left: number; top: number; widthPx: number }) => Painted;

/** Title, picture, colour bar and words in one figure. */
export function mapFigure(
  prepared: Prepared,
  options: MapFigureOptions,
  paint: Paint,
  html?: (figure: Figure, pngUrl: string) => string,
): Figure {
  const { widthPx = 760, label = "value", title } = options;
  if (!Number.isFinite(widthPx) || widthPx < 200)
    throw new InvalidArgument("widthPx", widthPx, "give at least 200 pixels");
  const { colours, shown, summary, flip } = prepared;
  const titleLines = wrapAtMost(title ?? "", widthPx - 2 * MARGIN, TITLE, 2);
  const top = MARGIN + titleLines.length * 18;
  // A map of one value, such as a mask, needs no scale.
  const withBar = !summary.isFlat || colours.given;
  const barPx = withBar ? barWidth(mapBar(colours, label, { left: 0, top: 0, height: 150 })) : 0;
  const painted = paint({ left: MARGIN, top, widthPx: widthPx - 2 * MARGIN - barPx });
  const end = painted.left + painted.width;
  const bar = mapBar(colours, label, { left: end, top, height: painted.height });
  const said: SaidOfMap = { label, title, shown, summary, colours, flip, how: painted.how };
  const caption = options.caption ?? mapCaption(said);
  const right = Math.ceil(Math.max(end + (withBar ? barWidth(bar) : 0), 200));
  const words = captionShapes((options.showCaption ?? true) ? caption : "", {
    left: MARGIN,
    right,
    top: top + painted.height + 8,
  });
  const size = {
    widthPx: right + MARGIN,
    heightPx: Math.ceil(
      top + painted.height + (words.height === 0 ? 0 : words.height + 8) + MARGIN,
    ),
    altText: mapAltText(said),
  };
  const shapes = [titleShapes(titleLines), ...painted.shapes, words.shapes];
  if (withBar) shapes.push(barShapes(bar));
  return new Figure({
    ...size,
    svg: drawShapes(joinShapes(shapes), size),
    caption,
    data: () => mapTable(shown.map, painted.drawn),
    html,
    reading: painted.reading,
  });
}

function titleShapes(lines: readonly string[]): Shapes {
  const shapes = noShapes();
  lines.forEach((text, i) =>
    shapes.texts.push({ x: MARGIN, y: MARGIN + 6 + i * 18, text, ...TITLE }),
  );
  return shapes;
}
