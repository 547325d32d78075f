import { Script } from "node:vm";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import {
  plotGlassBrain,
  plotStatMap,
  viewStatMap,
  type Figure,
  type PlotStatMapOptions,
} from "../../src/plot/index.ts";
import { mapColours, N_COLOURS, N_GREYS } from "../../src/plot/stat-map/map-colours.ts";
import { viewerScript } from "../../src/plot/stat-map/viewer-script.ts";
import { interpolate, place } from "../../src/plot/stat-map/volume.ts";
import { layoutFaults, picturesOf, textsOf, withoutDeflate } from "./fixtures.ts";

const box = [
  [3, 0, 0, -15],
  [0, 3, 0, -18],
  [0, 0, 3, -12],
  [0, 0, 0, 1],
];
const shape = [11, 13, 9];
const at = (i: number, j: number, k: number) => (i * shape[1] + j) * shape[2] + k;

/** A ball of small values with some marked voxels. */
function someMap(marked: readonly (readonly [number, number, number, number])[], affine = box) {
  const data = new Float32Array(shape[0] * shape[1] * shape[2]);
  for (let i = 0; i < shape[0]; i++)
    for (let j = 0; j < shape[1]; j++)
      for (let k = 0; k < shape[2]; k++)
        if (Math.hypot((i - 5) / 5, (j - 6) / 6, (k - 4) / 4) <= 1) data[at(i, j, k)] = 0.01;
  for (const [i, j, k, value] of marked) data[at(i, j, k)] = value;
  return { data, shape, affine };
}

/** A brighter half of a ball on a grid twice as fine. */
function someBackground() {
  const fine = [22, 26, 18];
  const data = Float64Array.from({ length: 22 * 26 * 18 }, (_, n) => {
    const [i, j, k] = [Math.floor(n / 468), Math.floor(n / 18) % 26, n % 18];
    const inside = Math.hypot((i - 10.5) / 10, (j - 12.5) / 12, (k - 8.5) / 8) <= 1;
    return inside ? (i < 11 ? 400 : 900) : 0;
  });
  const affine = box.map((row, r) =>
    row.map((value, c) => (r === 3 ? value : c < 3 ? value / 2 : value - 0.75)),
  );
  return { data, shape: fine, affine };
}

const peaked = someMap([
  [8, 6, 4, 0.5],
  [2, 3, 4, 0.3],
  [2, 9, 6, NaN],
]);

test("three cuts through the peak on a background, with labels in mm, left and right", async () => {
  const figure = plotStatMap(peaked, {
    background: someBackground(),
    threshold: 0.2,
    label: "Spearman's ρ",
    title: "A map",
  });
  await expect(await withoutDeflate(figure.svg)).toMatchFileSnapshot("__snapshots__/stat-map.svg");
  expect(textsOf(figure.svg)).toEqual(
    expect.arrayContaining(["x = 9 mm", "y = 0 mm", "z = 0 mm", "L", "R", "A map"]),
  );
  expect(figure.caption).toBe(
    "Spearman's ρ in 2 of 490 voxels, those of at least ±0.2. In 1 voxel it is undefined. Farthest from 0: 0.5 at (9, 0, 0) mm. Cuts through that voxel. The left of the head is on the left.",
  );
  expect(figure.toCsv()).toBe(
    `i,j,k,xMm,yMm,zMm,value\n2,3,4,-9,-9,0,${Math.fround(0.3)}\n8,6,4,9,0,0,0.5\n`,
  );
});

test("a mosaic has a row of cuts for each axis, as many as asked for, and no text over another", () => {
  const figure = plotStatMap(peaked, { cuts: { x: 5, y: 4, z: [-6, 0, 6] }, threshold: 0.2 });
  const labels = textsOf(figure.svg).filter((text) => / = /.test(text));
  expect(labels).toHaveLength(12);
  expect(labels.slice(-3)).toEqual(["z = −6 mm", "z = 0 mm", "z = 6 mm"]);
  expect(layoutFaults(figure)).toMatchObject({ outside: [], crossed: [] });
  expect(figure.caption).toContain("12 cuts");
});

describe("colours stand where the voxels are", () => {
  /** Colour of the picture of a cut at a share of its width and height. */
  async function colourAt(figure: Figure, picture: number, u: number, v: number) {
    const pictures = picturesOf(figure.svg);
    const { data, info } = await sharp(pictures[picture])
      .raw()
      .toBuffer({ resolveWithObject: true });
    const [x, y] = [Math.floor(u * info.width), Math.floor(v * info.height)];
    return [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)];
  }
  const isGrey = ([r, g, b]: number[]) => r === g && g === b;
  const axial = (options: PlotStatMapOptions) =>
    plotStatMap(peaked, { cuts: { z: [0] }, ...options });
  // The map is 33 × 39 mm, and 3 mm of ground are around it: x = 9 lies at 28.5/39, x = −9 at 10.5/39.
  const [right, left, middle] = [28.5 / 39, 10.5 / 39, 22.5 / 45];

  test("right is right, and left where radiologists have it", async () => {
    const figure = axial({ threshold: 0.2 });
    expect(isGrey(await colourAt(figure, 1, right, middle))).toBe(false);
    expect(isGrey(await colourAt(figure, 1, left, middle))).toBe(true);
    const other = axial({ threshold: 0.2, convention: "radiological" });
    expect(isGrey(await colourAt(other, 1, right, middle))).toBe(true);
    expect(isGrey(await colourAt(other, 1, left, middle))).toBe(false);
    expect(textsOf(other.svg).filter((text) => /^[LR]$/.test(text))).toEqual(["R", "L"]);
  });

  test("an oblique grid is drawn at the same mm", async () => {
    const turn = Math.PI / 6;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const affine = [
      [3 * cos, -3 * sin, 0, -15 * cos + 18 * sin],
      [3 * sin, 3 * cos, 0, -15 * sin - 18 * cos],
      [0, 0, 3, -12],
      [0, 0, 0, 1],
    ];
    const turned = plotStatMap(someMap([[8, 6, 4, 0.5]], affine), { threshold: 0.2 });
    const [row] = turned.toCsv().split("\n").slice(1);
    const [, , , x, y, z] = row.split(",").map(Number);
    expect([x, y, z]).toEqual([
      expect.closeTo(9 * cos, 3),
      expect.closeTo(9 * sin, 3),
      expect.closeTo(0, 3),
    ]);
  });

  test("the background keeps its own grid: bright on the right, dark on the left", async () => {
    const figure = axial({ threshold: 0.2, background: someBackground() });
    const [dark, bright] = [
      await colourAt(figure, 1, 0.35, 0.25),
      await colourAt(figure, 1, 0.62, 0.25),
    ];
    expect(isGrey(dark) && isGrey(bright)).toBe(true);
    expect(bright[0]).toBeGreaterThan(dark[0] + 60);
  });

  test("only voxels of `within` are drawn", () => {
    const within = { ...peaked, data: new Uint8Array(peaked.data.length) };
    within.data[at(2, 3, 4)] = 1;
    const figure = plotStatMap(peaked, { within, threshold: 0.2, cuts: { z: [0] } });
    expect(figure.data.column("value")).toEqual([Math.fround(0.3)]);
    expect(() =>
      plotStatMap(peaked, { within: { ...within, affine: someBackground().affine } }),
    ).toThrow(/mask `within`/);
  });
});

test("a value between voxels is a weighted mean, at voxels it is theirs, outside it is none", () => {
  const affine = [
    [2, 0, 0, 1],
    [0, 2, 0, 0],
    [0, 0, 2, 0],
    [0, 0, 0, 1],
  ];
  const volume = place({ data: Float64Array.of(0, 1, 10, 11), shape: [2, 1, 2], affine }, "map");
  expect(interpolate(volume, [1, 0, 0])).toBe(0);
  expect(interpolate(volume, [3, 0, 2])).toBe(11);
  expect(interpolate(volume, [2, 0, 1])).toBeCloseTo(5.5, 12);
  expect(interpolate(volume, [3.9, 0.9, 2.9])).toBe(11);
  expect(interpolate(volume, [4.1, 0, 0])).toBeNaN();
});

describe("colour scales", () => {
  const summary = { nShown: 3, nValues: 3, nUndefined: 0, isFlat: false, peak: 0 };

  test("negative values make it symmetric about 0, lightness rising on either side", () => {
    const colours = mapColours(
      { ...summary, least: -0.2, greatest: 0.4 },
      { threshold: 0, oneSided: false },
    );
    expect([colours.scale, colours.low, colours.high]).toEqual(["symmetric", -0.4, 0.4]);
    const light = colours.colours.map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b);
    expect(light).toHaveLength(N_COLOURS);
    const half = (N_COLOURS - 1) / 2;
    for (let n = 1; n < half; n++) {
      expect(light[half + n]).toBeGreaterThanOrEqual(light[half + n - 1]);
      expect(light[half - n - 1]).toBeGreaterThanOrEqual(light[half - n]);
    }
  });

  test("positive values alone start from 0", () => {
    const colours = mapColours(
      { ...summary, least: 0.1, greatest: 0.4 },
      { threshold: 0, oneSided: false },
    );
    expect([colours.scale, colours.low, colours.high]).toEqual(["sequential", 0, 0.4]);
    expect(N_GREYS + N_COLOURS).toBeLessThanOrEqual(256);
  });

  test("a mask has one colour and no scale", () => {
    const mask = {
      ...peaked,
      data: Uint8Array.from(peaked.data, (value) => (value > 0.2 ? 1 : 0)),
    };
    const figure = plotStatMap(mask, { label: "the mask" });
    expect(figure.caption).toMatch(/^The mask: 2 voxels\. Cuts through \(/);
    expect(textsOf(figure.svg)).not.toContain("the mask");
  });
});

test("markers are drawn on the cuts that go through them", () => {
  const marked = (cuts: PlotStatMapOptions["cuts"]) =>
    textsOf(
      plotStatMap(peaked, { cuts, markers: [{ voxel: [2, 3, 4], label: "here" }] }).svg,
    ).filter((text) => text === "here").length;
  expect(marked({ z: [0, 1.4, 1.6, 12] })).toBe(2);
  expect(marked({ x: [-9] })).toBe(1);
});

test("a glass brain shows the value farthest from 0 along each line of sight", () => {
  const deep = someMap([
    [8, 6, 4, 0.5],
    [3, 6, 4, -0.7],
    [8, 6, 6, 0.3],
    [8, 9, 4, 0.4],
    [3, 9, 4, 0.2],
  ]);
  const figure = plotGlassBrain(deep, { threshold: 0.1, label: "t" });
  // From the right, −0.7 hides 0.5 and 0.4 hides 0.2; from behind, 0.4 and 0.2 are hidden; from above, 0.3.
  expect(figure.data.column("value").map((value) => Number(Number(value).toFixed(3)))).toEqual([
    -0.7, 0.2, 0.5, 0.3, 0.4,
  ]);
  expect(figure.caption).toContain("Seen through");
  const hidden = someMap([
    [5, 6, 4, 0.9],
    [2, 6, 4, 0.3],
    [5, 2, 4, 0.3],
    [5, 6, 2, 0.3],
  ]);
  expect(plotGlassBrain(hidden, { threshold: 0.1 }).data.length).toBe(4);
  expect(layoutFaults(figure)).toMatchObject({ outside: [], crossed: [] });
});

describe("the viewer", () => {
  const figure = viewStatMap(peaked, {
    background: someBackground(),
    threshold: 0.2,
    title: "a </script> & b",
  });

  test("is a figure first: picture, alternative text, data", async () => {
    const html = (await figure.html()) ?? "";
    expect(html).toMatch(
      /^<figure [^>]*><img src="data:image\/png;base64,[^"]+" [^>]*alt="Brain map/,
    );
    expect(figure.toCsv()).toContain("8,6,4,9,0,0,0.5");
    expect(await plotStatMap(peaked).html()).toBeUndefined();
  });

  test("loads nothing, and no text of ours ends its scripts", async () => {
    const html = (await figure.html()) ?? "";
    expect(html).not.toMatch(/(src|href)="(?!data:)|import\(|import |fetch\(|https?:/);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html.length).toBeLessThan(200_000);
  });

  test("its script is one", () => {
    expect(() => new Script(`async () => {${viewerScript}}`)).not.toThrow();
  });

  test("its caption can follow the threshold: the sentence that depends on it is told apart", async () => {
    const json =
      /<script type="application\/json">(.*?)<\/script>/s.exec((await figure.html()) ?? "")?.[1] ??
      "";
    const scene = JSON.parse(json) as { caption: string; drawn: string; oneSided: boolean };
    expect(scene.drawn).toMatch(/^Value in \d+ of \d+ voxels, those of at least ±0\.2\./);
    expect(scene.caption).toContain(scene.drawn);
    expect(scene.oneSided).toBe(false);
  });

  test("holds the exact values of the map", async () => {
    const html = (await figure.html()) ?? "";
    const json = /<script type="application\/json">(.*?)<\/script>/s.exec(html)?.[1] ?? "";
    const scene = JSON.parse(json) as { title: string; map: { data: string; shape: number[] } };
    expect(scene.title).toBe("a </script> & b");
    const packed = await new Response(
      new Blob([Buffer.from(scene.map.data, "base64")])
        .stream()
        .pipeThrough(new DecompressionStream("deflate")),
    ).arrayBuffer();
    expect(new Float32Array(packed)).toEqual(peaked.data);
  });

  test("a notebook gets HTML, and the picture beside it for where HTML is not wanted", async () => {
    const shown = await (
      figure as unknown as Record<symbol, () => Promise<Record<string, string>>>
    )[Symbol.for("Jupyter.display")]();
    expect(Object.keys(shown)).toEqual(["text/html", "image/svg+xml", "image/png", "text/plain"]);
  });
});

test("cuts of a figure that may be wider are larger, others as before", () => {
  const heightOf = (widthPx?: number) =>
    plotStatMap(peaked, { cuts: { z: [0] }, ...(widthPx === undefined ? {} : { widthPx }) }).height;
  expect(heightOf(1500)).toBeGreaterThan(1.5 * heightOf());
  expect(heightOf(760)).toBe(heightOf());
});

describe("refuses what it cannot draw", () => {
  test.each<[string, () => unknown, RegExp]>([
    ["several volumes", () => plotStatMap({ ...peaked, shape: [11, 13, 3, 3] }), /one volume/],
    ["values missing", () => plotStatMap({ ...peaked, shape: [11, 13, 10] }), /1430 values/],
    [
      "nothing but zeros",
      () => plotStatMap({ ...peaked, data: new Float32Array(1287) }),
      /nothing to draw/,
    ],
    [
      "a flat affine",
      () => plotStatMap({ ...peaked, affine: box.map(() => [0, 0, 0, 1]) }),
      /affine/,
    ],
    ["a threshold below 0", () => plotStatMap(peaked, { threshold: -1 }), /threshold/],
    ["a range upside down", () => plotStatMap(peaked, { range: [1, 0] }), /lowest, highest/],
    [
      "an uneven symmetric range",
      () => plotStatMap(peaked, { scale: "symmetric", range: [0, 1] }),
      /−highest/,
    ],
    [
      "a palette of one direction",
      () => plotStatMap(peaked, { scale: "symmetric", palette: "viridis" }),
      /sequential/,
    ],
    ["an unknown palette", () => plotStatMap(peaked, { palette: "jet" as never }), /"heat"|heat/],
    ["no cut", () => plotStatMap(peaked, { cuts: {} }), /0 cuts/],
    ["a cut nowhere", () => plotStatMap(peaked, { cuts: { x: [NaN] } }), /cuts/],
    [
      "a cut across nothing",
      () => plotStatMap(peaked, { cuts: { w: 3 } as never }),
      /invalid cuts: "?w/,
    ],
    ["too many cuts", () => plotStatMap(peaked, { cuts: { x: 200 } }), /100/],
    ["no room", () => plotStatMap(peaked, { widthPx: 20 }), /200 pixels/],
    [
      "a marker without a place",
      () => plotStatMap(peaked, { markers: [{ label: "a" }] }),
      /voxel: \[i, j, k\]/,
    ],
    [
      "an unknown convention",
      () => plotStatMap(peaked, { convention: "left" as never }),
      /neurological/,
    ],
    [
      "an unknown interpolation",
      () => plotStatMap(peaked, { interpolation: "cubic" as never }),
      /nearest/,
    ],
    ["a viewer nowhere", () => viewStatMap(peaked, { atMm: [1, 2, NaN] }), /atMm/],
  ])("%s", (_, draw, message) => expect(draw).toThrow(message));
});

test("on a scale of one direction the threshold is of values: what lies below 0 is not drawn", () => {
  const map = someMap([
    [5, 6, 4, 0.5],
    [6, 6, 4, -0.4],
    [4, 6, 4, 0.3],
  ]);
  const drawn = (options: PlotStatMapOptions) => plotStatMap(map, { threshold: 0.2, ...options });
  expect(drawn({ scale: "sequential" }).data).toHaveLength(2);
  expect(drawn({ scale: "sequential" }).caption).toContain("2 of ");
  expect(drawn({ scale: "sequential" }).caption).toContain("those of at least 0.2.");
  // Without the wish, and for a map of negative values, both directions count.
  expect(drawn({}).caption).toContain("those of at least ±0.2");
  const below = { ...map, data: map.data.map((value) => -Math.abs(value)) };
  expect(plotStatMap(below, { threshold: 0.2, scale: "sequential" }).caption).toContain("3 of ");
});

test("a map of nothing above the threshold is still a figure that says so", () => {
  const figure = plotStatMap(peaked, { threshold: 10 });
  expect(figure.altText).toBe("Brain map of value: no voxel is drawn.");
  expect(figure.data.length).toBe(0);
  expect(figure.caption).toContain("Cuts through (0, 0, 0) mm");
  expect(figure.svg).not.toMatch(/="[^"]*(NaN|undefined)[^"]*"/);
});
