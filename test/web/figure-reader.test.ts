import { afterEach, beforeEach, expect, test } from "vitest";
import { jupyterDisplay } from "../../src/core/display.ts";
import { plotRdms, plotStatMap, plotTimeCourse, type Figure } from "../../src/plot/index.ts";
import { Rdm } from "../../src/rdm/index.ts";
import { figureMime } from "../../web/output/rdm-panels.ts";
import { figureReader } from "../../web/output/figure-reader.ts";

const hook = Symbol.for("Jupyter.hook");

beforeEach(() => {
  (globalThis as Record<symbol, unknown>)[hook] = {
    display: () => undefined,
    wants: [figureMime],
    leaves: ["image/png"],
  };
});
afterEach(() => {
  delete (globalThis as Record<symbol, unknown>)[hook];
});

/** Reads a figure as a page does: from what it hands over, as JSON. */
async function readerOf(figure: Figure) {
  const { [figureMime]: data } = await figure[jupyterDisplay]();
  return figureReader(figure.svg, JSON.parse(JSON.stringify(data)));
}

/** Words at the first place, going along the middle of the picture, where they begin so. */
function along(
  read: (x: number, y: number) => string | undefined,
  { width, y }: { width: number; y: number },
): string[] {
  const all = Array.from({ length: width }, (_, x) => read(x, y) ?? "");
  return [...new Set(all)].filter((words) => words !== "");
}

test("time courses read the nearest sample, with each curve that has one there", async () => {
  const figure = plotTimeCourse(
    [
      { name: "pixels", times: [0, 0.1, 0.2], values: [0, 0.25, NaN] },
      { name: "a, b", times: [0.1, 0.2, 0.3], values: [-0.123456, 0.5, 0.75] },
    ],
    { title: "with a title" },
  );
  const read = await readerOf(figure);
  expect(along(read, { width: figure.width, y: 150 })).toEqual([
    "0 s\npixels: 0",
    "0.1 s\npixels: 0.25\na, b: -0.1235",
    "0.2 s\npixels: undefined\na, b: 0.5",
    "0.3 s\na, b: 0.75",
  ]);
  expect(read(1, 150)).toBeUndefined();
  expect(read(figure.width / 2, figure.height - 2)).toBeUndefined();
});

test("a sample is read where its dot is drawn", async () => {
  const figure = plotTimeCourse({ name: "m", times: [0, 0.1, 0.2, 0.3], values: [0, 0, 1, 0] });
  const read = await readerOf(figure);
  const [, x, y] =
    /<circle[^>]*cx="([\d.]+)"[^>]*cy="([\d.]+)"/.exec(figure.svg)?.map(Number) ?? [];
  expect(read(x, y)).toBe("0.2 s\nm: 1");
});

const affine = [
  [3, 0, 0, -3],
  [0, 3, 0, -6],
  [0, 0, 3, -9],
  [0, 0, 0, 1],
];
const data = Float32Array.from({ length: 27 }, (_, at) => at + 1);

test.each(["neurological", "radiological"] as const)(
  "maps read mm, and the value of the voxel that is drawn there, %s",
  async (convention) => {
    const map = { data, shape: [3, 3, 3], affine };
    const figure = plotStatMap(map, { cuts: [0, -3, -6], convention });
    const read = await readerOf(figure);
    const table = figure.data;
    const seen = new Set<number>();
    for (let x = 0; x < figure.width; x += 4)
      for (let y = 0; y < figure.height; y += 4) {
        const words = /^\((.*)\) mm(?:: (.*))?$/.exec(read(x, y) ?? "");
        if (words?.[2] === undefined) continue;
        const point = words[1].split(", ").map(Number);
        const value = Number(words[2]);
        const at = table.column("value").indexOf(value);
        const centre = ["xMm", "yMm", "zMm"].map((name) => Number(table.column(name)[at]));
        centre.forEach((mm, axis) => expect(Math.abs(mm - point[axis])).toBeLessThanOrEqual(1.56));
        seen.add(value);
      }
    // Three cuts through the middle: 27 voxels less the 8 corners.
    expect(seen.size).toBe(19);
    expect(read(0, 0)).toBeUndefined();
  },
);

test.each([
  ["neurological", -1],
  ["radiological", 1],
] as const)("x runs to the right or to the left as it is drawn, %s", async (convention, begin) => {
  const figure = plotStatMap({ data, shape: [3, 3, 3], affine }, { cuts: { z: [-6] }, convention });
  const words = along(await readerOf(figure), { width: figure.width, y: 120 });
  expect(Math.sign(Number(/^\((.*?),/.exec(words[0])?.[1]))).toBe(begin);
});

test("where no voxel was drawn the place is read alone", async () => {
  const only = data.map((value) => (value === 14 ? 5 : 0));
  const figure = plotStatMap({ data: only, shape: [3, 3, 3], affine }, { cuts: [0, -3, -6] });
  const words = along(await readerOf(figure), { width: figure.width, y: 120 });
  expect(words.some((one) => one.endsWith(" mm"))).toBe(true);
  expect(new Set(words.map((one) => /: (.*)/.exec(one)?.[1]))).toEqual(new Set([undefined, "5"]));
});

test("RDMs are read as before, and what is no figure's reads nothing", async () => {
  const figure = plotRdms(new Rdm([1, 2, 3], { items: ["a", "b", "c"], metric: "x" }));
  const read = await readerOf(figure);
  expect(along(read, { width: figure.width, y: 80 }).length).toBeGreaterThan(0);
  for (const data of [
    undefined,
    null,
    {},
    { reading: 1 },
    { reading: { kind: "map" } },
    { reading: { kind: "time" } },
  ])
    expect(figureReader("<svg/>", data)(10, 10)).toBeUndefined();
});
