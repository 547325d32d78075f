import { deflate } from "#platform/png";
import type { Rdm } from "../../rdm/rdm.ts";
import { paletteColours, type SequentialPalette } from "../colour/palette.ts";
import { base64 } from "../png/data-url.ts";
import type { Range } from "../rdms/colour-range.ts";
import { panelPixels } from "../rdms/panel-pixels.ts";

/** More numbers than this are averaged to fewer: a page is no place for 50 MB. */
const MOST_NUMBERS = 1_200_000;
/** Largest side of a picture, in cells. */
const MOST_CELLS = 340;
const N_COLOURS = 253;

/** RDMs of which a page shows one at a time, as its script takes them. */
export interface ViewerScene {
  readonly names: readonly string[];
  /** Labels of the cells; null where a cell is the mean of several. */
  readonly items: readonly string[] | null;
  /** Cells along each side. */
  readonly side: number;
  readonly range: Range;
  readonly colours: readonly string[];
  /** Of each RDM the upper triangle with the diagonal, float32, packed; infinite where it is masked. */
  readonly data: string;
}

/** What the RDMs are called, and how their values become colours. */
export interface SceneOptions {
  readonly names: readonly string[];
  readonly range: Range | undefined;
  readonly palette: SequentialPalette;
}

/** Numbers for a page: every dissimilarity where there is room, else means over cells. RDMs are of the same items. */
export function viewerScene(
  rdms: readonly Rdm[],
  { names, range, palette }: SceneOptions,
): ViewerScene {
  const [{ nItems, items }] = rdms;
  const side = sideFor(nItems, rdms.length);
  const perRdm = (side * (side + 1)) / 2;
  const all = new Float32Array(perRdm * rdms.length);
  rdms.forEach((rdm, at) => all.set(upperTriangle(rdm, side), at * perRdm));
  const labels = items ?? Array.from({ length: nItems }, (_, at) => String(at + 1));
  return {
    names,
    items: side === nItems ? labels : null,
    side,
    range: range ?? [0, 1],
    colours: paletteColours(palette, N_COLOURS).map((rgb) => rgb.slice(0, 3).join()),
    data: base64(deflate(new Uint8Array(all.buffer))),
  };
}

/** How many cells along each side so many RDMs have room for. */
export function sideFor(nItems: number, nRdms: number): number {
  const room = Math.floor((Math.sqrt(1 + (8 * MOST_NUMBERS) / nRdms) - 1) / 2);
  return Math.max(1, Math.min(nItems, MOST_CELLS, room));
}

function upperTriangle(rdm: Rdm, side: number): Float64Array {
  const { values } = panelPixels(rdm, side);
  const upper = new Float64Array((side * (side + 1)) / 2);
  for (let row = 0, to = 0; row < side; row++)
    for (let column = row; column < side; column++) upper[to++] = values[row * side + column];
  return upper;
}
