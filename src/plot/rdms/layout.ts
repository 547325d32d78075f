import { InvalidArgument } from "../../core/errors.ts";
import { textWidth } from "../text/text-width.ts";
import { wrapAtMost } from "../text/wrap-text.ts";
import { iconColumns } from "./icons.ts";

/** Text of figures, in pixels. None is smaller than 11. */
export const textPx = { label: 11, title: 13, stripTitle: 12 } as const;

const MARGIN = 10;
const GAP_X = 14;
const GAP_Y = 12;
const SMALLEST_PANEL = 32;
const BAND_NAME = 18;
const LONGEST_LABEL = 110;
/** In a figure of one panel there is more room. */
const LONGEST_ALONE = 170;
/** Thickness of a category band, and its distance from the panel. */
export const band = { thickness: 7, gap: 2 } as const;

/** What needs room. */
export interface Contents {
  readonly titles: readonly string[];
  /** A second, smaller line under each title, such as its range; empty for none. */
  readonly notes: readonly string[];
  readonly nItems: readonly number[];
  readonly items: readonly (readonly string[] | undefined)[];
  readonly columns: number | undefined;
  readonly widthPx: number;
  readonly panelPx: number;
  /** Room for the colour bar right of the panels; 0 for none. */
  readonly barPx: number;
  readonly hasBands: boolean;
  /** Names of categories are written beside the bands of a panel of this size. */
  readonly bandNames: (panelPx: number) => boolean;
  readonly itemLabels: boolean | undefined;
  /** Room for a title over all panels. */
  readonly topPx?: number;
  /** Icons stand beside the panels, instead of labels. */
  readonly icons?: boolean;
}

/** Where one panel lies, in pixels. */
export interface PanelPlace {
  readonly left: number;
  readonly top: number;
  readonly titleLines: readonly string[];
  readonly noteLines: readonly string[];
}

/** Where everything lies, in pixels. */
export interface Layout {
  readonly panelPx: number;
  readonly panels: readonly PanelPlace[];
  readonly titlePx: number;
  readonly itemLabels: boolean;
  readonly bandNames: boolean;
  readonly longestLabelPx: number;
  /** Left and right end and lowest line of the grid of panels. */
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly widthPx: number;
}

/** Panels in rows, as large as the width allows. Throws `InvalidArgument` when they would be too small to see. */
export function layOut(contents: Contents): Layout {
  const n = contents.titles.length;
  const columns = Math.min(n, contents.columns ?? defaultColumns(n));
  const bare = panelSize(contents, columns, 0);
  const icons = contents.icons === true;
  const labelPx = longestLabel(contents);
  const itemLabels =
    !icons && (contents.itemLabels ?? labelsFit(contents, panelSize(contents, columns, labelPx)));
  const bandNames =
    !icons && !itemLabels && contents.hasBands && contents.bandNames(bare - BAND_NAME);
  const sides = icons
    ? iconsPx(contents, columns)
    : itemLabels
      ? labelPx
      : bandNames
        ? BAND_NAME
        : 0;
  const panelPx = panelSize(contents, columns, sides);
  if (panelPx < SMALLEST_PANEL)
    throw new InvalidArgument(
      "columns",
      columns,
      `${n} panels would be ${Math.floor(panelPx)} pixels wide; take fewer columns or a larger widthPx`,
    );
  return arrange(contents, { columns, panelPx, sides, itemLabels, bandNames });
}

/** Room for icons; the panel they stand beside is smaller for it, so that the second look is the right one. */
function iconsPx(contents: Contents, columns: number): number {
  const most = Math.max(...contents.nItems);
  const first = iconColumns(most, panelSize(contents, columns, 0)).widthPx;
  return iconColumns(most, panelSize(contents, columns, first)).widthPx + 4;
}

function arrange(
  contents: Contents,
  {
    columns,
    panelPx,
    sides,
    itemLabels,
    bandNames,
  }: { columns: number; panelPx: number; sides: number; itemLabels: boolean; bandNames: boolean },
): Layout {
  const n = contents.titles.length;
  const aside = sides + bandPx(contents);
  const titlePx = columns > 4 ? textPx.stripTitle : textPx.title;
  const lines = contents.titles.map((title) =>
    wrapAtMost(title, panelPx + GAP_X - 6, titleStyle(titlePx, columns), 2),
  );
  const notes = contents.notes.map((note) =>
    wrapAtMost(note, panelPx + GAP_X - 6, { sizePx: textPx.label }, 3),
  );
  const titleHeights = mostLines(lines) * (titlePx + 3) + mostLines(notes) * (textPx.label + 3);
  const titleHeight = titleHeights === 0 ? 0 : titleHeights + 3;
  const pitchX = aside + panelPx + GAP_X;
  const pitchY = titleHeight + panelPx + aside + GAP_Y;
  const above = MARGIN + (contents.topPx ?? 0);
  const panels = lines.map((titleLines, i) => ({
    left: MARGIN + (i % columns) * pitchX + aside,
    top: above + Math.floor(i / columns) * pitchY + titleHeight,
    titleLines,
    noteLines: notes[i],
  }));
  const right = MARGIN + columns * pitchX - GAP_X;
  return {
    panelPx,
    panels,
    titlePx,
    itemLabels,
    bandNames,
    longestLabelPx: mostLabel(contents),
    left: MARGIN,
    right,
    bottom: above + Math.ceil(n / columns) * pitchY - GAP_Y,
    widthPx: Math.ceil(right + contents.barPx + MARGIN),
  };
}

/** How titles are set: bold where there is room. */
export function titleStyle(sizePx: number, columns: number): { sizePx: number; bold: boolean } {
  return { sizePx, bold: columns <= 4 };
}

function mostLines(texts: readonly (readonly string[])[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

function panelSize(contents: Contents, columns: number, sides: number): number {
  const free = contents.widthPx - 2 * MARGIN - contents.barPx - (columns - 1) * GAP_X;
  return Math.min(contents.panelPx, Math.floor(free / columns - sides - bandPx(contents)));
}

function bandPx({ hasBands }: Contents): number {
  return hasBands ? band.thickness + band.gap : 0;
}

/** Up to four in a row; more in as many equal rows as make the whole about twice as wide as high. */
export function defaultColumns(n: number): number {
  if (n <= 4) return n;
  const rows = Math.ceil(n / Math.ceil(Math.sqrt(2 * n)));
  return Math.ceil(n / rows);
}

function labelsFit(contents: Contents, panelPx: number): boolean {
  if (contents.items.every((items) => items === undefined)) return false;
  return panelPx >= 100 && contents.nItems.every((n) => panelPx / n >= textPx.label + 2);
}

function mostLabel({ titles }: Contents): number {
  return titles.length === 1 ? LONGEST_ALONE : LONGEST_LABEL;
}

function longestLabel(contents: Contents): number {
  const { items } = contents;
  const widths = items
    .flatMap((labels) => labels ?? [])
    .map((label) => textWidth(label, { sizePx: textPx.label }));
  return (
    Math.min(
      mostLabel(contents),
      widths.reduce((most, width) => Math.max(most, width), 0),
    ) + 5
  );
}
