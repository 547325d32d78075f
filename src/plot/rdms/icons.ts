import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import { imageFor, imageUrl, type PixelImage } from "../images/image-url.ts";
import type { PlotRdmsOptions } from "./options.ts";

const SMALLEST = 13;
const LARGEST = 30;
const MOST_COLUMNS = 8;

/** Icons of one size in as many columns as keep each beside its cell. */
export interface IconColumns {
  readonly sidePx: number;
  readonly columns: number;
  readonly widthPx: number;
}

/** How icons of `n` items stand beside a panel. Throws `InvalidArgument` when there are too many to see. */
export function iconColumns(n: number, panelPx: number): IconColumns {
  const cell = panelPx / Math.max(1, n);
  const sidePx = Math.min(LARGEST, Math.max(SMALLEST, cell - 1));
  const columns = Math.ceil(sidePx / cell - 1e-9);
  if (columns > MOST_COLUMNS)
    throw new InvalidArgument(
      "icons",
      `${n} items in a panel of ${Math.floor(panelPx)} pixels`,
      "show fewer items or larger panels, or leave the icons out",
    );
  return { sidePx, columns, widthPx: columns * sidePx };
}

/** One icon for each item of an RDM. Throws `ShapeMismatch`, or `InvalidArgument` for an RDM without labels. */
export function iconsOf(
  rdm: Rdm,
  icons: NonNullable<PlotRdmsOptions["icons"]>,
): readonly PixelImage[] {
  if (typeof icons === "function") {
    if (rdm.items !== undefined) return rdm.items.map((item) => imageFor(item, icons));
    throw new InvalidArgument(
      "icons",
      "a function of the item's label",
      "this RDM has no labels; give one image per item, in order",
    );
  }
  if (icons.length === rdm.nItems) return icons;
  throw new ShapeMismatch(
    `${rdm.nItems} icons, one per item`,
    `${icons.length}`,
    "give one image per item in the RDM's order, or a function of the item's label",
  );
}

/** Icons left of a panel and below it, `awayPx` from its edge. */
export function iconShapes(
  icons: readonly PixelImage[],
  { left, top }: { left: number; top: number },
  panelPx: number,
  awayPx: number,
): Shapes {
  const shapes = noShapes();
  const { sidePx, columns } = iconColumns(icons.length, panelPx);
  const cell = panelPx / icons.length;
  icons.forEach((icon, i) => {
    const scale = (sidePx - 1) / Math.max(icon.width, icon.height);
    const [width, height] = [icon.width * scale, icon.height * scale];
    const along = (i + 0.5) * cell;
    const across = awayPx + ((i % columns) + 0.5) * sidePx;
    const src = imageUrl(icon, sidePx);
    shapes.images.push(
      { left: left - across - width / 2, top: top + along - height / 2, width, height, src },
      {
        left: left + along - width / 2,
        top: top + panelPx + across - height / 2,
        width,
        height,
        src,
      },
    );
  });
  return shapes;
}
