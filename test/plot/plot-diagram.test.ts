import { expect, test } from "vitest";
import { InvalidArgument, UnknownItem } from "../../src/core/index.ts";
import { plotDiagram } from "../../src/plot/index.ts";

const boxes = [
  { name: "picture a", column: 0, row: 0 },
  { name: "picture b", column: 0, row: 1 },
  { name: "same network", note: "2 layers < 3", column: 1, row: 0.5 },
];
const arrows = [
  ["picture a", "same network"],
  ["picture b", "same network"],
] as const;

test("boxes with their notes, joined by arrows, told in words and as a table", () => {
  const figure = plotDiagram(boxes, { arrows, caption: "Two pictures, one network." });
  for (const words of ["picture a", "same network", "2 layers &lt; 3", "Two pictures"])
    expect(figure.svg).toContain(words);
  expect(figure.altText).toBe("A diagram: picture a → same network; picture b → same network.");
  expect(figure.toCsv()).toBe("from,to\npicture a,same network\npicture b,same network\n");
});

test("nothing lies outside of the figure, and boxes do not overlap", () => {
  const figure = plotDiagram(boxes, { arrows, widthPx: 400 });
  const found = [
    ...figure.svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g),
  ];
  const rects = found
    .map((match) => match.slice(1).map(Number))
    .filter(([, , width]) => width < 390);
  expect(rects.length).toBeGreaterThanOrEqual(3);
  for (const [x, y, width, height] of rects) {
    expect(x + width).toBeLessThanOrEqual(figure.width);
    expect(y + height).toBeLessThanOrEqual(figure.height);
  }
});

test("one box needs no arrow; none, a name twice and an arrow to nowhere are refused", () => {
  expect(plotDiagram([boxes[0]]).svg).toContain("picture a");
  expect(() => plotDiagram([])).toThrow(InvalidArgument);
  expect(() => plotDiagram([boxes[0], boxes[0]])).toThrow(/two named picture a/);
  expect(() => plotDiagram(boxes, { arrows: [["picture a", "nowhere"]] })).toThrow(UnknownItem);
});
