import { expect, test } from "vitest";
import { Rdm } from "../../src/index.ts";
import { plotRdms } from "../../src/plot/index.ts";
import type { RdmPanel } from "../../web/output/rdm-panels.ts";
import { pairAt, rdmPanels } from "../../web/output/rdm-panels.ts";

const first = new Rdm([1, 2, 3, 4, NaN, 6], {
  items: ["a", 'b, "c"', "c", "d"],
  metric: "x",
  name: "one",
});
const second = new Rdm([6, 5, 4, 3, 2, 1], {
  items: ["a", 'b, "c"', "c", "d"],
  metric: "x",
  name: "two",
});

function panelsOf(...given: Parameters<typeof plotRdms>): RdmPanel[] {
  const figure = plotRdms(...given);
  return rdmPanels(figure.svg, { csv: figure.toCsv() });
}

/** What stands in a cell, counted from 0, of a panel. */
function at(panels: readonly RdmPanel[], panel: number, row: number, column: number) {
  const { x, y, side, items } = panels[panel];
  const cell = side / items.length;
  return pairAt(panels, x + (column + 0.5) * cell, y + (row + 0.5) * cell);
}

test("each cell of each RDM names its pair and its value, on both sides of the diagonal", () => {
  const panels = panelsOf([first, second]);
  expect(panels.map(({ name, items }) => [name, items.length])).toEqual([
    ["one", 4],
    ["two", 4],
  ]);
  expect(at(panels, 0, 0, 1)).toBe('a – b, "c": 1');
  expect(at(panels, 0, 1, 0)).toBe('b, "c" – a: 1');
  expect(at(panels, 0, 1, 3)).toBe('b, "c" – d: undefined');
  expect(at(panels, 1, 2, 3)).toBe("c – d: 1");
  expect(at(panels, 0, 2, 2)).toBeUndefined();
  expect(pairAt(panels, 0, 0)).toBeUndefined();
});

test("items that are drawn in another order are read in that order", () => {
  const panels = panelsOf(first, { order: ["d", "c", 'b, "c"', "a"] });
  expect(at(panels, 0, 0, 1)).toBe("d – c: 6");
  expect(at(panels, 0, 3, 0)).toBe("a – d: 3");
  for (const [row, a] of panels[0].items.entries())
    for (const [column, b] of panels[0].items.entries())
      if (row !== column) {
        const value = first.between(a, b);
        const shown = Number.isNaN(value) ? "undefined" : String(value);
        expect(at(panels, 0, row, column)).toBe(`${a} – ${b}: ${shown}`);
      }
});

test("categories, icons of a size, scales of their own and many items change nothing", () => {
  const items = Array.from({ length: 60 }, (_, i) => `i${i}`);
  const condensed = Array.from({ length: (60 * 59) / 2 }, (_, i) => i);
  const many = new Rdm(condensed, { items, metric: "x" });
  const panels = panelsOf([many, many], { scale: "each", categories: (item) => item.slice(0, 2) });
  expect(panels).toHaveLength(2);
  expect(at(panels, 1, 10, 50)).toBe(`i10 – i50: ${many.between("i10", "i50")}`);
});

test("a picture whose values are not those of RDMs, or of another number of them, answers nothing", () => {
  const { svg } = plotRdms([first, second]);
  const csv = plotRdms(first).toCsv();
  expect(rdmPanels(svg, { csv })).toEqual([]);
  expect(rdmPanels(svg, undefined)).toEqual([]);
  expect(rdmPanels(svg, { csv: "x,y\n1,2\n" })).toEqual([]);
  expect(rdmPanels("<svg></svg>", { csv })).toEqual([]);
  const swapped = csv.split("\n");
  [swapped[1], swapped[2]] = [swapped[2], swapped[1]];
  expect(rdmPanels(plotRdms(first).svg, { csv: swapped.join("\n") })).toEqual([]);
  expect(rdmPanels(plotRdms(first).svg, { csv: csv.split("\n").slice(0, -2).join("\n") })).toEqual(
    [],
  );
});
