import { describe, expect, test } from "vitest";
import { SourceEstimates } from "../../../src/index.ts";
import { plotSurfaceMap, type PlotSurfaceMapOptions } from "../../../src/plot/index.ts";
import { rasterize, projectPoints } from "../../../src/plot/surface-map/rasterize.ts";
import { halved, shade, vertexNormals } from "../../../src/plot/surface-map/shade.ts";
import { surfacePeaks } from "../../../src/plot/surface-map/surface-peaks.ts";
import { orderOnPage, surfaceViews, viewAxes } from "../../../src/plot/surface-map/surface-view.ts";
import { mapColours } from "../../../src/plot/stat-map/map-colours.ts";
import { octahedron } from "./octahedron.ts";

const surfaces = { left: octahedron, right: octahedron };
const [rightmost, leftmost, front, back, top, bottom] = [0, 1, 2, 3, 4, 5];

test.each(surfaceViews)(
  "%s: the page's directions are at right angles, and right-handed",
  (view) => {
    for (const side of ["left", "right"] as const) {
      const { right, up, towards } = viewAxes(view, side);
      const cross = [
        right[1] * up[2] - right[2] * up[1],
        right[2] * up[0] - right[0] * up[2],
        right[0] * up[1] - right[1] * up[0],
      ];
      expect(cross.map((value) => value + 0)).toEqual(towards.map((value) => value + 0));
    }
  },
);

/** Which vertex is nearest to who looks, and which lies at the right and the top of the page. */
function seen(view: (typeof surfaceViews)[number], side: "left" | "right") {
  const page = projectPoints(octahedron, viewAxes(view, side), {
    width: 100,
    height: 100,
    perUnit: 1,
  });
  const vertices = [0, 1, 2, 3, 4, 5];
  const most = (of: (vertex: number) => number) =>
    vertices.reduce((best, vertex) => (of(vertex) > of(best) ? vertex : best), 0);
  return [
    most((v) => page.places[3 * v + 2]),
    most((v) => page.places[3 * v]),
    most((v) => -page.places[3 * v + 1]),
  ];
}

test.each([
  ["lateral", "left", leftmost, back, top],
  ["lateral", "right", rightmost, front, top],
  ["medial", "left", rightmost, front, top],
  ["medial", "right", leftmost, back, top],
  ["ventral", "left", bottom, leftmost, front],
  ["dorsal", "left", top, rightmost, front],
  ["anterior", "right", front, leftmost, top],
  ["posterior", "right", back, rightmost, top],
] as const)(
  "%s of the %s half: who is in front, on the right, at the top",
  (view, side, ...expected) => {
    expect(seen(view, side)).toEqual(expected);
  },
);

test("from below and in front the left half is on the right of the page", () => {
  expect(orderOnPage("ventral", ["left", "right"])).toEqual(["right", "left"]);
  expect(orderOnPage("anterior", ["left", "right"])).toEqual(["right", "left"]);
  expect(orderOnPage("lateral", ["left", "right"])).toEqual(["left", "right"]);
});

const summary = { least: -1, greatest: 1, nShown: 6, isFlat: false };
const coloursOf = (threshold: number) =>
  mapColours(summary, { threshold, oneSided: false, range: [-1, 1] });

function pixelsOf(values: readonly number[], threshold = 0, labels?: readonly number[]) {
  const axes = viewAxes("dorsal", "left");
  const page = projectPoints(octahedron, axes, { width: 80, height: 80, perUnit: 1 });
  const raster = rasterize(octahedron, page);
  const skin = { values, colours: coloursOf(threshold), curvature: undefined, labels };
  const pixels = shade(raster, octahedron, vertexNormals(octahedron), axes, skin);
  return (x: number, y: number) =>
    Array.from(pixels.subarray(4 * (80 * y + x), 4 * (80 * y + x) + 4));
}

test("a pixel has the colour of the value between the corners; what is below the threshold shows the cortex", () => {
  // Seen from above: the right vertex is on the right, its value 1 is red; the left one is −1, blue.
  const at = pixelsOf([1, -1, 0, 0, 0, 0], 0.5);
  const [right, left, middle] = [at(66, 40), at(13, 40), at(40, 40)];
  expect(right[0]).toBeGreaterThan(right[2] + 40);
  expect(left[2]).toBeGreaterThan(left[0] + 40);
  expect(new Set(middle.slice(0, 3)).size).toBe(1);
  expect(at(2, 2)[3]).toBe(0);
  // Between 0 in the middle and 1 at the right: 0.5 lies half way.
  expect(new Set(at(53, 40).slice(0, 3)).size).toBe(1);
  expect(new Set(at(57, 40).slice(0, 3)).size).toBeGreaterThan(1);
});

test("where a corner has no value the nearest corner decides", () => {
  const at = pixelsOf([1, 1, 1, 1, NaN, 1]);
  expect(new Set(at(41, 40).slice(0, 3)).size).toBe(1);
  expect(at(66, 40)[0]).toBeGreaterThan(at(66, 40)[2] + 40);
});

test("what lies behind is hidden", () => {
  // The bottom vertex has 1 and is not seen from above.
  const at = pixelsOf([0, 0, 0, 0, 0, 1], 0.1);
  for (const [x, y] of [
    [40, 40],
    [50, 45],
    [30, 30],
  ])
    expect(new Set(at(x, y).slice(0, 3)).size).toBe(1);
});

test("borders of parcels are dark lines", () => {
  const with_ = pixelsOf([0, 0, 0, 0, 0, 0], 1, [0, 1, 2, 3, 4, 5]);
  const dark = Array.from({ length: 80 }, (_, x) => with_(x, 40)).filter(
    ([red, , , alpha]) => alpha === 255 && red < 30,
  );
  expect(dark.length).toBeGreaterThan(1);
  expect(dark.length).toBeLessThan(12);
});

test("pixels are halved with the share that is covered", () => {
  const pixels = new Uint8ClampedArray(16);
  pixels.set([100, 0, 0, 255], 0);
  pixels.set([200, 0, 0, 255], 12);
  expect(Array.from(halved(pixels, 2, 2))).toEqual([150, 0, 0, 128]);
});

test("a figure says what is drawn, and its data are the vertices above the threshold", () => {
  const map = { left: [0.1, 0.5, NaN, -0.9, 0, 0.3], right: [0.2, 0.2, 0.2, 0.2, 0.2, 0.2] };
  const figure = plotSurfaceMap(map, {
    surfaces,
    threshold: 0.3,
    label: "rho",
    title: "Faces",
    widthPx: 240,
  });
  expect(figure.data.column("vertex")).toEqual([1, 3, 5]);
  expect(figure.data.column("half")).toEqual(["left", "left", "left"]);
  expect(figure.caption).toBe(
    "Rho at 3 of 11 vertices, those of at least ±0.3. Farthest from 0: −0.9 at left 3.",
  );
  expect(figure.altText).toMatch(/^Map on the cortex \(Faces\) of rho: 3 vertices drawn/);
  expect(figure.svg.match(/<image /g)).toHaveLength(5);
  expect(figure.svg).toContain("right, medial");
});

test("with a scale of one direction the threshold is of values, as on slices", () => {
  const map = { left: [0.1, 0.5, NaN, -0.9, 0, 0.3] };
  const one = { surfaces, threshold: 0.3, scale: "sequential", widthPx: 240 } as const;
  const figure = plotSurfaceMap(map, one);
  expect(figure.data.column("vertex")).toEqual([1, 5]);
  expect(figure.caption).toMatch(/those of at least 0\.3\./);
});

test("nothing to draw is a picture of the cortex", () => {
  const figure = plotSurfaceMap(
    { left: new Float64Array(6).fill(NaN) },
    { surfaces, widthPx: 240 },
  );
  expect(figure.altText).toMatch(/no vertex is drawn/);
  expect(figure.data.length).toBe(0);
});

test("estimates are drawn at a time, between sources by the nearest or smoothed", () => {
  const estimates = new SourceEstimates({
    data: { data: Float64Array.of(1, 2, 3, 4), shape: [1, 2, 2] },
    vertices: [Int32Array.of(rightmost, leftmost), new Int32Array(0)],
    kind: "surface",
    tminS: 0,
    tstepS: 0.1,
  });
  const near = plotSurfaceMap(estimates, { surfaces, atS: 0.1, spread: "nearest", widthPx: 240 });
  expect(near.caption).toMatch(/At 0\.100 s\. Between sources by the nearest source, up to /);
  expect(near.data.column("value").slice(0, 2)).toEqual([2, 4]);
  const smooth = plotSurfaceMap(estimates, { surfaces, atS: 0, spread: 1, widthPx: 240 });
  expect(smooth.data.column("value")).toEqual([1, 3, 2, 2, 2, 2]);
  expect(() => plotSurfaceMap(estimates, { surfaces })).toThrow(/which of 2 times/);
  expect(() => plotSurfaceMap(estimates, { surfaces, atS: 5 })).toThrow(/0 to 0.1/);
});

/** A strip of triangles along y, 1 apart, 100 long. */
const strip = {
  points: {
    data: Float64Array.from({ length: 3 * 202 }, (_, at) =>
      at % 3 === 0 ? Math.floor(at / 3) % 2 : at % 3 === 1 ? Math.floor(at / 6) : 0,
    ),
    shape: [202, 3],
  },
  triangles: {
    data: Int32Array.from(
      Array.from({ length: 200 }, (_, t) => [t, t + 1 + (t % 2), t + 2 - (t % 2)]).flat(),
    ),
    shape: [200, 3],
  },
};

describe("values of the nearest source", () => {
  const drawn = (vertices: readonly number[], spreadLimit?: number) => {
    const estimates = new SourceEstimates({
      data: {
        data: Float64Array.from(vertices, (_, at) => at + 1),
        shape: [1, vertices.length, 1],
      },
      vertices: [Int32Array.from(vertices), new Int32Array(0)],
      ...{ kind: "surface", tminS: 0, tstepS: 0.1 },
    });
    const limit = spreadLimit === undefined ? {} : { spreadLimit };
    const options = {
      surfaces: { left: strip },
      spread: "nearest",
      widthPx: 200,
      ...limit,
    } as const;
    const figure = plotSurfaceMap(estimates, options);
    const reached = figure.data.column("y").map(Number);
    return { ...figure, reached, values: figure.data.column("value") };
  };

  test("are not carried farther than one and a half times the way between sources", () => {
    const { reached, caption } = drawn([40, 44, 48, 52]);
    // Sources at y = 20, 22, 24 and 26: 2 apart, so 3 to either side.
    expect([Math.min(...reached), Math.max(...reached)]).toEqual([17, 29]);
    expect(caption).toContain(
      "by the nearest source, up to one and a half times the way between sources from it",
    );
  });

  test("few that lie far from each other do not colour all between them", () => {
    const { reached } = drawn([0, 200]);
    // A fifth of the length of the half, which is 100.
    expect([...new Set(reached)].filter((y) => y > 20 && y < 80)).toEqual([]);
    expect(reached).toContain(20);
    expect(Math.max(...drawn([100]).reached)).toBe(70);
  });

  test("with a limit of one's own reach as far as it says, and each vertex has that of the nearest", () => {
    const { reached, caption, values } = drawn([0, 20], 3);
    expect([...new Set(reached)]).toEqual([0, 1, 2, 3, 7, 8, 9, 10, 11, 12, 13]);
    expect(caption).toContain("up to 3 from it");
    expect(values.slice(0, 3)).toEqual([1, 1, 1]);
    expect(values.at(-1)).toBe(2);
    const all = drawn([0, 20], Infinity);
    expect(new Set(all.reached).size).toBe(101);
    expect(all.caption).toContain("however far it is");
  });

  test.each([0, -1, NaN])("a limit of %s is refused", (limit) =>
    expect(() => drawn([0], limit)).toThrow(/spreadLimit/),
  );
});

test("peaks are the highest points among their neighbours, marked where they are seen", () => {
  const values = Float64Array.of(5, 4, 0, 0, 1, 2);
  const half = { side: "left", mesh: octahedron, values } as const;
  expect(
    surfacePeaks([half], { threshold: 0, oneSided: false }, false, 9).map(({ vertex }) => vertex),
  ).toEqual([0, 1]);
  expect(
    surfacePeaks([half], { threshold: 4.5, oneSided: false }, false, 9).map(({ vertex }) => vertex),
  ).toEqual([0]);
  const figure = plotSurfaceMap(
    { left: values },
    { surfaces, peaks: 2, views: ["lateral"], widthPx: 240 },
  );
  // Vertex 1 is the leftmost: seen from the left. Vertex 0 is behind.
  expect(figure.svg.match(/#00e676/gi)).toHaveLength(1);
  const flat = { ...half, values: new Float64Array(6).fill(2) };
  expect(surfacePeaks([flat], { threshold: 0, oneSided: false }, false, 9).length).toBeLessThan(3);
});

test.each([
  [{ left: [1, 2] }, { surfaces }, /6 values in left/],
  [{ right: [1, 2, 3, 4, 5, 6] }, { surfaces: { left: octahedron } }, /without right/],
  [{}, { surfaces }, /left, right/],
  [{ left: [1, 2, 3, 4, 5, 6] }, { surfaces, views: ["above"] }, /views/],
  [{ left: [1, 2, 3, 4, 5, 6] }, { surfaces, curvature: { left: [1] } }, /curvature\.left/],
  [{ left: [1, 2, 3, 4, 5, 6] }, { surfaces, atS: 1 }, /no times/],
  [
    { left: [1, 2, 3, 4, 5, 6] },
    { surfaces, markers: [{ side: "right", vertex: 1 }] },
    /not drawn/,
  ],
  [{ left: [1, 2, 3, 4, 5, 6] }, { surfaces, widthPx: 20 }, /200 pixels/],
  [{ left: [1, 2, 3, 4, 5, 6] }, {}, /surfaces/],
] as unknown as readonly (readonly [{ left: number[] }, PlotSurfaceMapOptions, RegExp])[])(
  "what cannot be drawn is refused (%#)",
  (map, options, words) => {
    expect(() => plotSurfaceMap(map, options)).toThrow(words);
  },
);

test("a map without a value to draw keeps the direction of its range, and hides what lies below", () => {
  const drawn = (values: number[], options: Partial<PlotSurfaceMapOptions>) => {
    const figure = plotSurfaceMap(
      { left: values },
      { surfaces, scale: "sequential", threshold: 0.2, ...options },
    );
    return [figure.data.column("vertex").length, figure.caption.includes("±")];
  };
  const negative = [-0.5, -0.4, 0.1, 0, NaN, -0.3];
  // With the range from 0 on, values below 0 are not drawn; without one the map of negative values is drawn downwards.
  expect(drawn(negative, { range: [0, 1] })).toEqual([0, false]);
  expect(drawn(negative, {})).toEqual([3, true]);
  const spread = { least: Infinity, greatest: -Infinity, nShown: 0, isFlat: false };
  const [first] = mapColours(spread, {
    scale: "sequential",
    threshold: 0.2,
    oneSided: false,
  }).colours;
  const up = mapColours(
    { ...spread, least: 0.1, greatest: 1, nShown: 2 },
    { scale: "sequential", range: [0, 1], threshold: 0.2, oneSided: true },
  ).colours;
  expect(first).toEqual(up[0]);
  const down = mapColours(
    { ...spread, least: -1, greatest: -0.1, nShown: 2 },
    { scale: "sequential", threshold: 0.2, oneSided: false },
  ).colours;
  expect(down[0]).not.toEqual(up[0]);
});

describe("panels of a page", () => {
  const values = [1, 2, 3, 4, 5, 6];
  const three = ["lateral", "medial", "ventral"] as const;
  const panelsOf = (map: object, options: Partial<PlotSurfaceMapOptions>) => {
    const { svg } = plotSurfaceMap(map, { surfaces, ...options });
    const titles = [...svg.matchAll(/translate\(([\d.]+),([\d.]+)\)[^>]*>((?:left|right), \w+)</g)];
    return titles.map(([, x, y, text]) => ({ x: Number(x), y: Number(y), text }));
  };

  test("of one half two views stand side by side, and the third below", () => {
    const [a, b, c] = panelsOf({ left: values }, { views: three });
    expect([a, b, c].map(({ text }) => text)).toEqual(three.map((view) => `left, ${view}`));
    expect(b.y).toBe(a.y);
    expect(b.x).toBeGreaterThan(a.x + 100);
    expect(c.x).toBe(a.x);
    expect(c.y).toBeGreaterThan(a.y + 100);
  });

  test("one view of one half has the whole width; both halves have a row a view", () => {
    const tall = (views: PlotSurfaceMapOptions["views"]) =>
      plotSurfaceMap({ left: values }, { surfaces, views }).height;
    expect(tall(["lateral"])).toBeGreaterThan(1.5 * tall(["lateral", "medial"]));
    const both = panelsOf({ left: values, right: values }, { views: ["lateral", "ventral"] });
    expect(both.map(({ text }) => text)).toEqual([
      ...["left, lateral", "right, lateral", "right, ventral", "left, ventral"],
    ]);
    expect(both[1].y).toBe(both[0].y);
    expect(both[2].y).toBeGreaterThan(both[0].y);
  });
});
