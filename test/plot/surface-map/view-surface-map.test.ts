import { Script } from "node:vm";
import { describe, expect, test } from "vitest";
import { SourceEstimates } from "../../../src/index.ts";
import { plotSurfaceMap, viewSurfaceMap } from "../../../src/plot/index.ts";
import { mapColours } from "../../../src/plot/stat-map/map-colours.ts";
import { projectPoints, rasterize } from "../../../src/plot/surface-map/rasterize.ts";
import { shade, vertexNormals } from "../../../src/plot/surface-map/shade.ts";
import { viewAxes } from "../../../src/plot/surface-map/surface-view.ts";
import { heldFrames } from "../../../src/plot/surface-map/viewer-scene.ts";
import { cortexViewerScript } from "../../../src/plot/surface-map/viewer-script.ts";
import { runViewer, type Stub } from "../run-viewer.ts";
import { octahedron as mesh } from "./octahedron.ts";

const parcels = {
  left: { labels: [0, 1, 1, -1, 0, 0], entries: [{ name: "</script>" }, { name: "cuneus" }] },
};
const estimates = new SourceEstimates({
  data: { data: Float64Array.of(1, 2, 3, 7, -8, 0.25), shape: [1, 2, 3] },
  vertices: [Int32Array.of(0, 1), new Int32Array(0)],
  kind: "surface",
  tminS: 0,
  tstepS: 0.1,
});

async function open(...[map, options]: Parameters<typeof viewSurfaceMap>) {
  const html = (await viewSurfaceMap(map, { widthPx: 200, ...options }).html()) ?? "";
  const { root } = await runViewer(html, cortexViewerScript);
  const canvas = root.find("canvas");
  const said = () => root.all().find((one) => one.attributes.has("aria-live"))?.textContent ?? "";
  const tell = (of: Stub | undefined, name: string, event: object = {}) =>
    of?.listeners.get(name)?.({ preventDefault: () => undefined, ...event });
  const pixel = (x: number, y: number) => {
    const at = 4 * (Math.round(y * canvas.height) * canvas.width + Math.round(x * canvas.width));
    return Array.from(canvas.pixels.subarray(at, at + 4));
  };
  /** Shares of the picture, which is 100 × 100 to the events of the stand-in. */
  const click = (x: number, y: number) => {
    const at = { clientX: 100 * x, clientY: 100 * y, pointerId: 1 };
    tell(canvas, "pointerdown", at);
    tell(canvas, "pointerup", { ...at, type: "pointerup" });
    return said();
  };
  const labelled = (label: string) =>
    root.all().find((one) => one.attributes.get("aria-label") === label);
  const button = (text: string) => root.all().find((one) => one.textContent === text);
  const words = () => root.find("figcaption").textContent;
  return { html, root, canvas, said, tell, pixel, click, labelled, button, words };
}

const map = { left: [0.1, 0.5, NaN, 0.25, -0.125, 0.7] };
const surfaces = { left: mesh };

describe("the viewer of the cortex", () => {
  test("is a figure first: that of plotSurfaceMap, with the picture as an image", async () => {
    const options = { surfaces, threshold: 0.2, title: "a </script> & b", widthPx: 240 };
    const figure = viewSurfaceMap(map, options);
    expect(figure.svg).toBe(plotSurfaceMap(map, options).svg);
    const html = (await figure.html()) ?? "";
    expect(html).toMatch(/^<figure [^>]*><img src="data:image\/png;base64,[^"]+" [^>]*alt="Map/);
    expect(html).not.toMatch(/(src|href)="(?!data:)|import\(|import |fetch\(|https?:/);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(await plotSurfaceMap(map, options).html()).toBeUndefined();
    expect(() => new Script(`async () => {${cortexViewerScript}}`)).not.toThrow();
  });

  test("paints as the still picture does, pixel by pixel", async () => {
    const curvature = { left: [0.1, -0.1, 0.02, NaN, -0.2, 0] };
    const page = await open(map, {
      surfaces,
      parcels,
      curvature,
      threshold: 0.2,
      views: ["dorsal"],
    });
    const { width, height, pixels } = page.canvas;
    const axes = viewAxes("dorsal", "left");
    const perUnit = (0.98 * height) / 2 / 30;
    const raster = rasterize(mesh, projectPoints(mesh, axes, { width, height, perUnit }));
    const colours = mapColours(
      { least: 0.25, greatest: 0.7, nShown: 3, isFlat: false },
      { threshold: 0.2, oneSided: false },
    );
    const skin = {
      ...{ values: map.left, colours, curvature: curvature.left },
      labels: parcels.left.labels,
    };
    const still = shade(raster, mesh, vertexNormals(mesh), axes, skin);
    // Points have 16 bits in a page: along edges single pixels differ.
    const differing = still.filter((level, at) => Math.abs(level - pixels[at]) > 2).length;
    expect(still.filter((level) => level > 0).length).toBeGreaterThan(20_000);
    expect(differing / still.length).toBeLessThan(0.002);
  });

  test("a click says half, vertex, parcel and value; a vertex without one says so", async () => {
    const page = await open(map, { surfaces, parcels, views: ["dorsal"] });
    expect(page.click(0.5, 0.49)).toBe("left 4 (</script>): −0.1250");
    expect(page.click(0.5, 0.05)).toBe("left 2 (cuneus): no value");
    expect(page.click(0.5, 0.95)).toBe("left 3 (no parcel): 0.2500");
    // Beside the cortex nothing changes.
    expect(page.click(0.01, 0.01)).toBe("left 3 (no parcel): 0.2500");
    const plain = await open(map, { surfaces, views: ["dorsal"] });
    expect(plain.click(0.5, 0.49)).toBe("left 4: −0.1250");
  });

  test("dragging to the right brings what is on the left to the front, and says no place", async () => {
    const page = await open(map, { surfaces, views: ["dorsal"] });
    const quarter = (100 * Math.PI) / 2;
    page.tell(page.canvas, "pointerdown", { clientX: 0, clientY: 0 });
    page.tell(page.canvas, "pointermove", { clientX: 2, clientY: 0 });
    expect(page.labelled("seen from")?.value).toBe(2);
    page.tell(page.canvas, "pointermove", { clientX: quarter, clientY: 0 });
    page.tell(page.canvas, "pointerup", { type: "pointerup", clientX: quarter, clientY: 0 });
    expect(page.said()).toBe("");
    expect(page.labelled("seen from")?.value).toBe(6);
    expect(page.click(0.5, 0.5)).toMatch(/^left 1:/);
    page.tell(page.canvas, "pointerdown", { clientX: 0, clientY: 0 });
    page.tell(page.canvas, "pointermove", { clientX: 0, clientY: quarter });
    page.tell(page.canvas, "pointerup", { type: "pointerup", clientX: 0, clientY: quarter });
    // What was at the top of the page (the front) comes to who looks.
    expect(page.click(0.5, 0.5)).toMatch(/^left 2:/);
  });

  test("keys turn, move the mark and change the size; a view can be chosen again", async () => {
    const page = await open(map, { surfaces, views: ["dorsal"] });
    const press = (key: string, shiftKey = false) =>
      page.tell(page.canvas, "keydown", { key, shiftKey });
    press("ArrowRight", true);
    expect(page.said()).toMatch(/^left 4:/);
    for (let at = 0; at < 40; at++) press("ArrowRight", true);
    expect(page.said()).toMatch(/^left 0:/);
    for (let at = 0; at < 9; at++) press("ArrowUp");
    expect(page.click(0.5, 0.5)).toMatch(/^left 3:/);
    page.tell(page.labelled("seen from"), "change");
    const select = page.labelled("seen from");
    if (select !== undefined) select.value = 0;
    page.tell(select, "change");
    expect(page.click(0.5, 0.5)).toMatch(/^left 1:/);
    const covered = () =>
      page.canvas.pixels.filter((level, at) => at % 4 === 3 && level > 0).length;
    const before = covered();
    press("-");
    expect(covered()).toBeLessThan(before);
    press("+");
    expect(covered()).toBe(before);
    press("x");
    expect(covered()).toBe(before);
  });

  test("the peak is shown from in front; where nothing is drawn it says so", async () => {
    const page = await open(map, { surfaces, threshold: 0.1, views: ["dorsal"] });
    page.tell(page.button("Show the peak"), "click");
    expect(page.said()).toBe("left 5: 0.7000");
    expect(page.click(0.5, 0.5)).toBe("left 5: 0.7000");
    const empty = await open(map, { surfaces, threshold: 9, scale: "sequential", range: [0, 1] });
    empty.tell(empty.button("Show the peak"), "click");
    expect(empty.said()).toBe("Nothing is drawn.");
  });

  test("the threshold counts what is drawn, and is that of the picture to begin with", async () => {
    const page = await open({ left: [0.7, 0.7, 0.1, NaN, 0, 1] }, { surfaces, threshold: 0.7 });
    expect(page.words()).toContain("3 of 5 vertices drawn, those of at least ±0.7.");
    const slider = page.labelled("threshold");
    if (slider !== undefined) slider.value = 0;
    page.tell(slider, "input");
    expect(page.words()).toContain("4 of 5 vertices drawn. ");
  });

  test("estimates begin at the value farthest from 0, and their times have a slider", async () => {
    const page = await open(estimates, { surfaces, spread: 1, views: ["lateral"] });
    expect(page.said()).toBe("0.100 s");
    expect(page.click(0.5, 0.5)).toBe("0.100 s: left 1: −8.000");
    const slider = page.labelled("time");
    if (slider !== undefined) slider.value = 2;
    page.tell(slider, "input");
    expect(page.said()).toBe("0.200 s: left 1: 0.2500");
    expect(slider?.attributes.get("aria-valuetext")).toBe("0.200 s");
    expect(page.words()).toContain("Between sources by 1 steps of smoothing.");
    const chosen = await open(estimates, { surfaces, atS: 0.2, spread: "nearest" });
    expect(chosen.said()).toBe("0.200 s");
    expect(chosen.html.includes('"range":[-8,8]')).toBe(true);
  });

  test("one without times has no slider of them, and one half no choice of halves", async () => {
    const page = await open(map, { surfaces });
    expect(page.labelled("time")).toBeUndefined();
    expect(page.labelled("halves")).toBeUndefined();
  });

  test("halves that lie in one another are moved apart; from the middle one of them is seen", async () => {
    const both = { left: map.left, right: map.left.map((value) => 10 * value) };
    const page = await open(both, { surfaces: { left: mesh, right: mesh }, views: ["dorsal"] });
    expect(page.click(0.3, 0.5)).toMatch(/^left 4/);
    expect(page.click(0.7, 0.5)).toMatch(/^right 4: −1\.250/);
    const medial = await open(both, { surfaces: { left: mesh, right: mesh }, views: ["medial"] });
    expect(medial.click(0.5, 0.5)).toMatch(/^left 0/);
    const halves = medial.labelled("halves");
    if (halves !== undefined) halves.value = "right";
    medial.tell(halves, "change");
    expect(medial.click(0.5, 0.5)).toMatch(/^right 0/);
  });
});

test("more values than a page has room for are of each so many-th time, the one shown among them", () => {
  const values = new Float64Array(400_000);
  const halvesAt = () => [{ side: "left" as const, mesh, values }];
  const times = Float64Array.from({ length: 10 }, (_, at) => at / 10);
  const all = { times, tstepS: 0.1, nFrames: 10, reachAt: () => 0, halvesAt, how: "Spread." };
  const { frames, start } = heldFrames(all, 5);
  expect(Array.from(frames.times)).toEqual([0.1, 0.5, 0.9]);
  expect(frames.times[start]).toBe(0.5);
  expect(frames.how).toBe("Spread. 3 of 10 times.");
  expect(heldFrames({ ...all, nFrames: 3, times: times.slice(0, 3) }, 1).frames.how).toBe(
    "Spread.",
  );
});
