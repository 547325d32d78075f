import { figureTable, numberOf, shortNumber } from "./figure-table.ts";

/** MIME type by which a figure hands over the values behind it. */
export const figureMime = "application/vnd.tsrsa.figure+json";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** An RDM in a picture: where it is drawn, its items in the order drawn, and its dissimilarities (condensed). */
export interface RdmPanel extends Box {
  readonly name: string;
  readonly items: readonly string[];
  readonly condensed: readonly number[];
}

/**
 * The RDMs in a picture by the values that came with it; none unless both say the same: as many large square pictures as
 * RDMs, and a pair for each two items in order.
 */
export function rdmPanels(svg: string, figure: unknown): RdmPanel[] {
  const { names, rows } = figureTable(figure);
  if (names.join() !== "rdm,name,item1,item2,dissimilarity") return [];
  const numbers = [...new Set(rows.map(([rdm]) => rdm))];
  const rdms = numbers.map((number) => readRdm(rows.filter(([rdm]) => rdm === number)));
  const boxes = largestSquares(svg);
  if (boxes.length !== rdms.length || rdms.some((rdm) => rdm === undefined)) return [];
  return boxes.flatMap((box, i) => {
    const rdm = rdms[i];
    return rdm === undefined ? [] : [{ ...box, ...rdm }];
  });
}

/** What stands at a place of the picture, in the picture's own units; undefined off the panels and on a diagonal. */
export function pairAt(panels: readonly RdmPanel[], x: number, y: number): string | undefined {
  const panel = panels.find(
    (box) => isInside(x - box.x, box.side) && isInside(y - box.y, box.side),
  );
  if (panel === undefined) return undefined;
  const { items, condensed, side } = panel;
  const [row, column] = [y - panel.y, x - panel.x].map((at) =>
    Math.floor((at / side) * items.length),
  );
  if (row === column) return undefined;
  const [i, j] = row < column ? [row, column] : [column, row];
  const value = condensed[i * items.length - (i * (i + 1)) / 2 + (j - i - 1)];
  return `${items[row]} – ${items[column]}: ${shortNumber(value)}`;
}

function isInside(at: number, side: number): boolean {
  return at >= 0 && at < side;
}

function readRdm(
  rows: readonly (readonly string[])[],
): Pick<RdmPanel, "name" | "items" | "condensed"> | undefined {
  const [[, name = "", first = ""] = []] = rows;
  const nItems = (1 + Math.sqrt(1 + 8 * rows.length)) / 2;
  const items = [first, ...rows.slice(0, nItems - 1).map(([, , , item2 = ""]) => item2)];
  let at = 0;
  // Labels may be the same; the order of the rows may not be another.
  for (let i = 0; i < nItems; i++)
    for (let j = i + 1; j < nItems; j++, at++)
      if (rows[at]?.[2] !== items[i] || rows[at]?.[3] !== items[j]) return undefined;
  if (at !== rows.length) return undefined;
  const numbers = rows.map(([, , , , value]) => numberOf(value));
  return { name, items, condensed: numbers };
}

/** The panels are the largest pictures in the picture; what is smaller is a bar, a swatch or an icon. */
function largestSquares(svg: string): Box[] {
  const boxes = [...svg.matchAll(/<image\b([^>]*?)\/?>/g)].map(([, attributes]) => ({
    x: attribute(attributes, "x"),
    y: attribute(attributes, "y"),
    side: attribute(attributes, "width"),
    height: attribute(attributes, "height"),
  }));
  const largest = Math.max(0, ...boxes.map(({ side }) => side));
  return boxes
    .filter(({ side, height }) => side === largest && height === largest)
    .map(({ x, y, side }) => ({ x, y, side }));
}

function attribute(text: string, name: string): number {
  return Number(new RegExp(`\\s${name}="([^"]*)"`).exec(text)?.[1] ?? NaN);
}
