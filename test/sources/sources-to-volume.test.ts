import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  plotGlassBrain,
  readSourceSpaces,
  SourceEstimates,
  sourcesToVolume,
} from "../../src/index.ts";

const spacesOf = (name: string) =>
  readSourceSpaces(fileURLToPath(new URL(`../fixtures/surface/sources/${name}`, import.meta.url)));
const spaces = await spacesOf("volume-src.fif");
const [{ vertices }] = spaces;
/** Values 1, 2, 3 … of the sources, and their tenth at the second time. */
const numbered = (used: Int32Array = vertices) =>
  new SourceEstimates({
    data: {
      data: Float64Array.from({ length: 2 * used.length }, (_, at) =>
        at % 2 === 0 ? at / 2 + 1 : (at + 1) / 20,
      ),
      shape: [1, used.length, 2],
    },
    vertices: [used],
    ...{ kind: "volume", tminS: 0, tstepS: 0.1 },
  });

test("each value stands where MNE puts it, NaN where no source is", () => {
  const { data, shape, affine } = sourcesToVolume(numbered(), spaces, { atS: 0 });
  expect(shape).toEqual([6, 5, 5]);
  const expected = [
    [12, 0, 0, -30],
    [0, 12, 0, -24],
    [0, 0, 12, -24],
    [0, 0, 0, 1],
  ];
  affine.forEach((row, i) =>
    row.forEach((value, j) => expect(value).toBeCloseTo(expected[i][j], 5)),
  );
  const at = (i: number, j: number, k: number) => data[(i * 5 + j) * 5 + k];
  // What MNE 1.13's as_volume gives.
  expect([at(0, 2, 2), at(1, 1, 1), at(1, 1, 2), at(1, 1, 3)]).toEqual([21, 3, 17, 33]);
  expect(data.filter((value) => !Number.isNaN(value))).toHaveLength(vertices.length);
  expect(at(0, 0, 0)).toBeNaN();
  const later = sourcesToVolume(numbered(), spaces, { atS: 0.1 });
  expect(later.data[(0 * 5 + 2) * 5 + 2]).toBe(2.1);
});

test("of a grid that is turned, as in a head's frame, each point keeps its place", () => {
  const turned = Float64Array.from(spaces[0].points.data, (_, at) => {
    const [x, y, z] = spaces[0].points.data.slice(
      3 * Math.floor(at / 3),
      3 * Math.floor(at / 3) + 3,
    );
    return [0.8 * x - 0.6 * y, 0.6 * x + 0.8 * y, z + 0.01][at % 3];
  });
  const space = { ...spaces[0], points: { ...spaces[0].points, data: turned } };
  const { affine, shape } = sourcesToVolume(numbered(), [space], { atS: 0 });
  for (const vertex of vertices) {
    const index = [vertex % shape[0], Math.floor(vertex / 6) % 5, Math.floor(vertex / 30), 1];
    affine.slice(0, 3).forEach((row, axis) => {
      const mm = row.reduce((sum, value, at) => sum + value * index[at], 0);
      expect(mm).toBeCloseTo(1000 * turned[3 * vertex + axis], 4);
    });
  }
});

test("a grid of one layer has a direction for each axis", () => {
  const flat = {
    ...spaces[0],
    points: { data: spaces[0].points.data.slice(0, 3 * 30), shape: [30, 3] },
    ...{ gridShape: [6, 5, 1], vertices: Int32Array.of(3, 7) },
  };
  const { affine } = sourcesToVolume(numbered(Int32Array.of(3, 7)), [flat], { atS: 0 });
  expect(affine[2][2]).toBeCloseTo(12, 5);
});

test("in glass: the value farthest from 0 on each line, a scale about 0, the outline of all places", () => {
  const some = numbered(vertices.slice(0, 3));
  const signed = new SourceEstimates({
    ...some,
    data: {
      data: some.data.data.map((value, at) => (at === 2 ? -value : value)),
      shape: [1, 3, 2],
    },
  });
  const figure = plotGlassBrain(signed, {
    ...{ sourceSpaces: spaces, atS: 0, threshold: 1.5, scale: "symmetric", widthPx: 400 },
  });
  expect(figure.data.column("value")).toEqual([3, -2]);
  expect(figure.caption).toContain("At 0.000 s.");
  expect(figure.caption).not.toContain("undefined");
  expect(figure.caption).toContain("The outline is that of all places of sources.");
  const own = { data: new Float32Array(27).fill(1), shape: [3, 3, 3], affine: [[20, 0, 0, -20], [0, 20, 0, -20], [0, 0, 20, -20], [0, 0, 0, 1]] }; // prettier-ignore
  const given = plotGlassBrain(signed, { ...{ sourceSpaces: spaces, atS: 0, outline: own } });
  expect(given.caption).not.toContain("all places of sources");
});

test.each([
  ["several times untold", () => sourcesToVolume(numbered(), spaces), /which of 2 times/],
  ["a time beyond", () => sourcesToVolume(numbered(), spaces, { atS: 3 }), /0 to 0\.1/],
  ["a source that is none", () => sourcesToVolume(numbered(Int32Array.of(0)), spaces, { atS: 0 }), /made with/],
  ["places without a grid", () => sourcesToVolume(numbered(), [{ ...spaces[0], gridShape: undefined }], { atS: 0 }), /on a grid/],
  ["another grid", () => sourcesToVolume(numbered(), [{ ...spaces[0], gridShape: [2, 2, 2] }], { atS: 0 }), /volume has 150/],
  ["a cortex", () => plotGlassBrain(new SourceEstimates({ data: { data: Float64Array.of(1), shape: [1, 1, 1] }, vertices: [Int32Array.of(0), new Int32Array(0)], kind: "surface", tminS: 0, tstepS: 1 }), { sourceSpaces: spaces }), /plotSurfaceMap/],
  ["estimates without their space", () => plotGlassBrain(numbered(), { atS: 0 }), /sourceSpaces/],
  ["an image with a time", () => plotGlassBrain({ data: [1], shape: [1, 1, 1], affine: [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]] } as never, { atS: 0 }), /for estimates/],
] as const)("%s is refused", (_, act, words) => expect(act).toThrow(words)); // prettier-ignore
