import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import { imageFor, imageUrl, type PixelImage } from "../images/image-url.ts";
import { textWidth } from "../text/text-width.ts";
import { cutText } from "../text/wrap-text.ts";
import type { PlotMdsOptions } from "./options.ts";

/** An item at its place, in pixels. */
export interface PlacedItem {
  readonly x: number;
  readonly y: number;
  readonly label: string | undefined;
  readonly colour: string;
}

const DOT = 4.5;
const TEXT = { sizePx: 11 };
const LONGEST = 120;

/** One image for each item. Throws `ShapeMismatch`, or `InvalidArgument` for an RDM without labels. */
export function imagesOf(
  rdm: Rdm,
  images: PlotMdsOptions["images"],
): readonly PixelImage[] | undefined {
  if (images === undefined) return undefined;
  if (typeof images === "function") {
    if (rdm.items !== undefined) return rdm.items.map((item) => imageFor(item, images));
    throw new InvalidArgument(
      "images",
      "a function of the item's label",
      "this RDM has no labels; give one image per item, in order",
    );
  }
  if (images.length === rdm.nItems) return images;
  throw new ShapeMismatch(
    `${rdm.nItems} images, one per item`,
    `${images.length}`,
    "give one image per item in the RDM's order, or a function of the item's label",
  );
}

/** Images at their places, each framed in its colour; those further down the picture cover those above. */
export function imageMarks(
  items: readonly PlacedItem[],
  images: readonly PixelImage[],
  sidePx: number,
): Shapes {
  const shapes = noShapes();
  const order = items.map((_, i) => i).sort((a, b) => items[a].y - items[b].y);
  for (const i of order) {
    const { x, y, colour } = items[i];
    const { width, height } = images[i];
    const scale = sidePx / Math.max(width, height);
    const size = { width: width * scale, height: height * scale };
    const place = { left: x - size.width / 2, top: y - size.height / 2, ...size };
    shapes.images.push({ ...place, src: imageUrl(images[i], sidePx) });
    // A bar below the image in its category's colour: boxes lie over images, so it must not hide any.
    if (colour !== "none")
      shapes.boxes.push({
        left: place.left,
        top: place.top + size.height,
        width: size.width,
        height: 2.5,
        fill: colour,
      });
  }
  return shapes;
}

/** Dots at their places. */
export function dotMarks(items: readonly PlacedItem[]): Shapes {
  const shapes = noShapes();
  for (const { x, y, colour } of items)
    shapes.dots.push({
      x,
      y,
      radiusPx: DOT,
      fill: colour === "none" ? "#0072b2" : colour,
      stroke: "#fff",
    });
  return shapes;
}

/** Labels beside their dots, on the side where they hide least; tells how many found no place. */
export function labelMarks(
  items: readonly PlacedItem[],
  area: { left: number; right: number },
): { shapes: Shapes; hidden: number } {
  const shapes = noShapes();
  const taken: { left: number; right: number; y: number }[] = items.map(({ x, y }) => ({
    left: x - DOT,
    right: x + DOT,
    y,
  }));
  let hidden = 0;
  for (const { x, y, label } of items) {
    if (label === undefined) continue;
    const text = cutText(label, LONGEST, TEXT);
    const width = textWidth(text, TEXT);
    const places = [
      { left: x + 7, y },
      { left: x - 7 - width, y },
      { left: x - width / 2, y: y - 12 },
      { left: x - width / 2, y: y + 12 },
    ];
    const free = places.find(
      (place) =>
        place.left >= area.left &&
        place.left + width <= area.right &&
        taken.every(
          (box) =>
            Math.abs(box.y - place.y) >= 11 ||
            box.right <= place.left ||
            box.left >= place.left + width,
        ),
    );
    if (free === undefined) {
      hidden++;
      continue;
    }
    taken.push({ left: free.left, right: free.left + width, y: free.y });
    shapes.texts.push({ x: free.left, y: free.y, text, ...TEXT, halo: true });
  }
  return { shapes, hidden };
}
