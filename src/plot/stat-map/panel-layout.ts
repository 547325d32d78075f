import { InvalidArgument } from "../../core/errors.ts";
import type { Cut } from "./cuts.ts";
import { sizeMm, views, type Box } from "./views.ts";

/** Where a cut lies on the page, in pixels. */
export interface Panel {
  readonly cut: Cut;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Middle line of the label, the same for all of a row. */
  readonly labelY: number;
  /** Where it stands in its row: the sides of the head are named at the ends of long rows alone. */
  readonly first: boolean;
  readonly last: boolean;
}

/** All cuts on the page. */
export interface PanelLayout {
  readonly panels: readonly Panel[];
  readonly pxPerMm: number;
  /** Labels have room for the unit. */
  readonly withUnit: boolean;
  /** The black ground under all panels. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const PAD = 6;
/** Room for the labels under a row. */
const LABEL_PX = 17;
/** Panels are no higher than this, however wide the figure is. */
/** In a figure of the usual width; in a wider one panels grow with it. */
const HIGHEST_PANEL = 290;
const USUAL_WIDTH = 760;
const SMALLEST_PANEL = 44;
/** From this width on, labels say mm. */
const WITH_UNIT = 88;
/** Rows are broken where panels would become narrower than this. */
const NARROW = 84;

/** Cuts in rows, all at one scale, as large as the width allows. Throws `InvalidArgument` when there is no room. */
export function layOutPanels(
  wanted: readonly (readonly Cut[])[],
  box: Box,
  { left, top, widthPx }: { left: number; top: number; widthPx: number },
): PanelLayout {
  const rows = wanted.flatMap((row) => broken(row, widthPx));
  const highest = Math.max(...rows.flat().map(({ axis }) => sizeMm(views[axis], box)[1]));
  const widest = Math.min(...rows.map((row) => scaleOf(row, box, widthPx)));
  const pxPerMm = Math.min((HIGHEST_PANEL * Math.max(1, widthPx / USUAL_WIDTH)) / highest, widest);
  const panels: Panel[] = [];
  let [y, right] = [top + PAD, left];
  for (const row of rows) {
    let x = left + PAD;
    const sizes = row.map(({ axis }) => sizeMm(views[axis], box).map((mm) => mm * pxPerMm));
    const height = Math.max(...sizes.map((size) => size[1]));
    row.forEach((cut, i) => {
      const [width, own] = sizes[i];
      const ends = {
        first: row.length <= 3 || i === 0,
        last: row.length <= 3 || i === row.length - 1,
      };
      const place = { left: x, top: y + (height - own) / 2, width, height: own };
      panels.push({ cut, ...place, ...ends, labelY: y + height + LABEL_PX / 2 + 1 });
      x += width + PAD;
    });
    right = Math.max(right, x);
    y += height + LABEL_PX + PAD;
  }
  const narrowest = Math.min(...panels.map(({ width }) => width));
  if (narrowest < SMALLEST_PANEL)
    throw new InvalidArgument(
      "widthPx",
      widthPx,
      `cuts would be ${Math.floor(narrowest)} pixels wide; make the figure wider, or take fewer cuts`,
    );
  const withUnit = narrowest >= WITH_UNIT;
  return {
    panels: centred(panels, rows, right),
    pxPerMm,
    withUnit,
    left,
    top,
    width: right - left,
    height: y - top,
  };
}

/** Rows of at most as many cuts as have room. */
function broken(row: readonly Cut[], widthPx: number): Cut[][] {
  const most = Math.max(1, Math.floor((widthPx - PAD) / (NARROW + PAD)));
  const perRow = Math.ceil(row.length / Math.ceil(row.length / most));
  const parts: Cut[][] = [];
  for (let at = 0; at < row.length; at += perRow) parts.push(row.slice(at, at + perRow));
  return parts;
}

function scaleOf(row: readonly Cut[], box: Box, widthPx: number): number {
  const mm = row.reduce((sum, { axis }) => sum + sizeMm(views[axis], box)[0], 0);
  return (widthPx - (row.length + 1) * PAD) / mm;
}

/** Rows that are shorter than the longest stand in the middle. */
function centred(panels: readonly Panel[], rows: readonly Cut[][], right: number): Panel[] {
  let first = 0;
  return rows.flatMap(({ length }) => {
    const row = panels.slice(first, first + length);
    first += length;
    const last = row[row.length - 1];
    const shift = (right - PAD - last.left - last.width) / 2;
    return row.map((panel) => ({ ...panel, left: panel.left + shift }));
  });
}
