import { largestOf } from "../../core/extremes.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { MARGIN } from "../draw/assemble.ts";
import { textWidth } from "../text/text-width.ts";
import { wrapAtMost } from "../text/wrap-text.ts";
import type { CheckedHeatmap } from "./heatmap.ts";

/** Text sizes of heat maps. */
export const textPx = { label: 11, value: 11, title: 13 } as const;

const GAP_X = 22;
const GAP_Y = 20;
const LONGEST_ROW = 130;
const CELL_HEIGHT = 22;
const TALLEST_NAME = 110;

/** Where the panels of a figure of heat maps lie, in pixels. */
export interface HeatmapLayout {
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly rowPx: number;
  /** Names of columns run upwards because they are too wide. */
  readonly upright: boolean;
  readonly namesPx: number;
  readonly titlePx: number;
  readonly panels: readonly {
    readonly left: number;
    readonly top: number;
    readonly names: boolean;
  }[];
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Panels in rows with cells wide enough for their values. Throws `InvalidArgument` when there is no room. */
export function layOutHeatmaps(
  maps: readonly CheckedHeatmap[],
  sizes: { widthPx: number; barPx: number; valuePx: number; columns: number | undefined },
): HeatmapLayout {
  const { widthPx, barPx, valuePx } = sizes;
  const nColumns = Math.max(...maps.map(({ columns }) => columns.length));
  const rowPx =
    longest(
      maps.flatMap(({ rows }) => rows),
      LONGEST_ROW,
    ) + 6;
  const sameRows = maps.every(({ rows }) => rows.join("\n") === maps[0].rows.join("\n"));
  const perRow =
    sizes.columns ??
    bestPerRow(maps.length, nColumns, { widthPx, barPx, valuePx, rowPx, sameRows });
  const labelled = sameRows ? 1 : perRow;
  const free = widthPx - 2 * MARGIN - barPx - labelled * rowPx - (perRow - 1) * GAP_X;
  const cellWidth = Math.min(64, Math.floor(free / perRow / nColumns));
  if (cellWidth < Math.max(8, valuePx))
    throw new InvalidArgument(
      "widthPx",
      widthPx,
      `${perRow} panels of ${nColumns} columns need more; take fewer panels in a row, fewer decimals, or values: false`,
    );
  const names = maps.flatMap(({ columns }) => columns);
  const upright = longest(names, 1e9) > cellWidth - 4;
  const namesPx = upright ? longest(names, TALLEST_NAME) + 10 : textPx.label + 10;
  const titled = maps.some(({ name }) => name !== "");
  const titlePx = titled ? textPx.title + 8 : 0;
  const tallest = Math.max(...maps.map(({ rows }) => rows.length)) * CELL_HEIGHT;
  const panels = maps.map((_, i) => {
    const column = i % perRow;
    const indent = sameRows ? rowPx : rowPx * (column + 1);
    return {
      left: MARGIN + indent + column * (nColumns * cellWidth + GAP_X),
      top: MARGIN + titlePx + Math.floor(i / perRow) * (tallest + namesPx + titlePx + GAP_Y),
      names: !sameRows || column === 0,
    };
  });
  const rowsOfPanels = Math.ceil(maps.length / perRow);
  return {
    cellWidth,
    cellHeight: CELL_HEIGHT,
    rowPx,
    upright,
    namesPx,
    titlePx,
    panels,
    top: MARGIN + titlePx,
    right: Math.max(...panels.map(({ left }) => left)) + nColumns * cellWidth,
    bottom: MARGIN + rowsOfPanels * (titlePx + tallest + namesPx + GAP_Y) - GAP_Y,
  };
}

/** As many panels in a row as leave cells wide enough for their values. */
function bestPerRow(
  n: number,
  nColumns: number,
  {
    widthPx,
    barPx,
    valuePx,
    rowPx,
    sameRows,
  }: { widthPx: number; barPx: number; valuePx: number; rowPx: number; sameRows: boolean },
): number {
  for (let perRow = Math.min(n, 4); perRow > 1; perRow--) {
    const names = (sameRows ? 1 : perRow) * rowPx;
    const free = widthPx - 2 * MARGIN - barPx - names - (perRow - 1) * GAP_X;
    // Two over two is better than three over one.
    if (n > perRow && n % perRow === 1) continue;
    if (Math.floor(free / perRow / nColumns) >= Math.max(8, valuePx)) return perRow;
  }
  return 1;
}

/** Lines of a panel's title. */
export function titleLines(name: string, widthPx: number): readonly string[] {
  return wrapAtMost(name, widthPx, { sizePx: textPx.title, bold: true }, 1);
}

function longest(texts: readonly string[], most: number): number {
  const widths = texts.map((text) => textWidth(text, { sizePx: textPx.label }));
  return Math.min(most, largestOf(widths));
}
