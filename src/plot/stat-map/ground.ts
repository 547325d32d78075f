import { noShapes, type Shapes } from "../draw/shapes.ts";
import { dataUrl } from "../png/data-url.ts";
import { encodePalettePng } from "../png/palette-png.ts";
import type { PanelLayout } from "./panel-layout.ts";

/** The black ground under all panels: a picture, since boxes are drawn over pictures. */
export function blackGround({ left, top, width, height }: PanelLayout): Shapes {
  const src = dataUrl("image/png", encodePalettePng(new Uint8Array(1), 1, 1, [[0, 0, 0]]));
  return { ...noShapes(), images: [{ left, top, width, height, src }] };
}
