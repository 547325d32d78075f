import { describe, expect, test } from "vitest";
import { Rdm, type RdmOptions } from "../../src/index.ts";
import { plotRdmMovie } from "../../src/plot/index.ts";
import { sideFor, viewerScene } from "../../src/plot/rdm-viewer/viewer-scene.ts";
import { layoutFaults, noise, textsOf } from "./fixtures.ts";
import { openViewer } from "./run-viewer.ts";

const items = ["cat", "dog", "car", "bus", "oak"];
const next = noise(5);
const rdmAt = (timeS: number, more: RdmOptions = {}) =>
  new Rdm(
    Float64Array.from({ length: 10 }, () => 0.5 + 0.2 * next()),
    { items, metric: "correlation", meta: { timeS }, ...more },
  );
const times = Array.from({ length: 21 }, (_, at) => at / 50 - 0.1);
const rdms = times.map((time) => rdmAt(time));
const scores = {
  name: "animals",
  times,
  values: times.map((t) => Math.exp(-((t - 0.1) ** 2) / 0.01)),
};

describe("plotRdmMovie", () => {
  test("the still form is a strip evenly apart, of one scale, and says so", () => {
    const figure = plotRdmMovie(rdms, { frames: 5 });
    const shown = textsOf(figure.svg).filter((text) => / s$/.test(text));
    expect(shown).toEqual(["−0.100 s", "0.000 s", "0.100 s", "0.200 s", "0.300 s"]);
    const all = rdms.flatMap(({ condensed }) => [...condensed]);
    const [low, high] = [Math.min(...all), Math.max(...all)].map((v) => Number(v.toPrecision(3)));
    expect(figure.caption).toContain(`One colour scale for all times, ${low} to ${high}`);
    expect(figure.caption).toContain("5 items at 21 times from −0.100 to 0.300 s (the strip: 5 of them, evenly apart)"); // prettier-ignore
    expect(figure.svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("the table has every dissimilarity of every time", () => {
    const { data } = plotRdmMovie(rdms, { frames: 2 });
    expect(data.names).toEqual(["time_s", "item1", "item2", "dissimilarity"]);
    expect(data.length).toBe(21 * 10);
    expect(data.row(13)).toEqual({
      time_s: times[1],
      item1: "cat",
      item2: "oak",
      dissimilarity: rdms[1].between("cat", "oak"),
    });
  });

  test("scores stand below, with a mark where each RDM of the strip is", () => {
    const figure = plotRdmMovie(rdms, {
      frames: 3,
      scores: { ...scores, significant: [[0, 0.2]] },
    });
    expect(figure.caption).toContain("Curves: RSA score over time");
    expect(figure.caption).toContain("Bars below: times found significant.");
    expect(figure.svg.match(/fill="#777"/g)).toHaveLength(3);
    expect(textsOf(figure.svg)).toContain("animals");
  });

  test.each([
    ["wide", {}],
    ["with scores", { scores, categories: (item: string) => (item < "d" ? "a" : "b") }],
    ["phone", { scores, widthPx: 360 }],
    ["title", { title: "Animals and things", frames: 7 }],
  ])("nothing lies over anything else: %s", (_, options) =>
    expect(layoutFaults(plotRdmMovie(rdms, options))).toMatchObject({ crossed: [], outside: [] }),
  );

  test("a robust range is that of all times, and what lies outside is counted", () => {
    const wild = rdms.map((rdm, at) =>
      at === 2 ? rdmAt(0, { meta: { timeS: times[2] } }).condensed.map((v, k) => (k === 0 ? 99 : v)) : rdm.condensed,
    ); // prettier-ignore
    const figure = plotRdmMovie(wild, { timesS: times, range: "robust", frames: 2 });
    expect(figure.caption).toMatch(/1st and 99th percentile of what is drawn/);
    expect(figure.caption).toMatch(/of 210 dissimilarities are outside/);
    expect(plotRdmMovie(wild, { timesS: times, frames: 2 }).caption).toContain("to 99 (the lowest");
  });

  test("items in another order are joined by label, at each time", () => {
    const moved = new Rdm(rdms[1].condensed, { items: items.toReversed(), metric: "correlation", meta: { timeS: times[1] } }); // prettier-ignore
    const figure = plotRdmMovie([rdms[0], moved]);
    expect(figure.data.row(10).dissimilarity).toBe(moved.between("cat", "dog"));
    expect(figure.caption).toContain("put into it by label");
  });

  test.each([
    ["no times", () => plotRdmMovie([new Rdm([1, 2, 3])]), /timesS/],
    ["too few times", () => plotRdmMovie(rdms, { timesS: [1, 2] }), /21 times/],
    ["times that do not ascend", () => plotRdmMovie([rdms[1], rdms[0]]), /ascend/],
    ["a time twice", () => plotRdmMovie([rdms[0], rdms[0]]), /ascend/],
    ["a time that is none", () => plotRdmMovie([rdms[0]], { timesS: [NaN] }), /timesS/],
    ["other items", () => plotRdmMovie([rdms[0], new Rdm(rdms[1].condensed, { items: [..."vwxyz"], metric: "correlation", meta: { timeS: 1 } })]), /cat/], // prettier-ignore
    ["labels after none", () => plotRdmMovie([new Rdm([1, 2, 3], { meta: { timeS: 0 } }), new Rdm([1, 2, 3], { items: ["a", "b", "c"], meta: { timeS: 1 } })]), /a/], // prettier-ignore
    ["fewer items", () => plotRdmMovie([rdms[0], new Rdm([1, 2, 3], { meta: { timeS: 1 } })]), /5 items/], // prettier-ignore
    ["two metrics", () => plotRdmMovie([rdms[0], rdmAt(1, { metric: "euclidean" })]), /metric/],
    ["several sensors", () => plotRdmMovie([rdmAt(0, { meta: { timeS: 0, channel: "Cz" } }), rdmAt(1, { meta: { timeS: 1, channel: "Oz" } })]), /plotRdmsTopo/], // prettier-ignore
    ["no curve", () => plotRdmMovie(rdms, { scores: [] }), /1 to 8/],
    ["an empty curve", () => plotRdmMovie(rdms, { scores: { ...scores, values: times.map(() => NaN) } }), /none finite/], // prettier-ignore
    ["no frame", () => plotRdmMovie(rdms, { frames: 0 }), /frames/],
    ["an own order a panel", () => plotRdmMovie(rdms, { order: "own" as "first" }), /order/],
  ])("refuses %s", (_, plot, message) => expect(plot).toThrow(message));

  test("one time, RDMs without labels, and RDMs that are all missing are drawn", () => {
    expect(plotRdmMovie([rdms[0]]).caption).toContain("5 items at −0.100 s.");
    expect(plotRdmMovie([new Rdm([1, 2, 3])], { timesS: [0] }).svg).not.toMatch(/NaN|undefined/);
    const empty = plotRdmMovie([new Rdm([NaN, NaN, NaN])], { timesS: [0] });
    expect(empty.caption).toContain("No value is finite");
    expect(empty.svg).not.toMatch(/NaN|undefined/);
  });
});

describe("in a page", () => {
  const gap = new Rdm(rdms[4].condensed.map((v, k) => (k === 3 ? NaN : v)), { items, metric: "correlation", meta: { timeS: times[4] } }); // prettier-ignore
  const all = rdms.map((rdm, at) => (at === 4 ? gap : rdm));

  test("each cell has the colour of its value, the diagonal none, and the pair is named", async () => {
    const figure = plotRdmMovie(all, { atS: -0.02 });
    const { colourAt, point, root } = await openViewer((await figure.html()) ?? "");
    expect(root.find("canvas").attributes.get("aria-label")).toBe("RDM, −0.020 s");
    const colours = viewerScene(all, { names: [], range: undefined, palette: "viridis" }).colours;
    const known = all.flatMap(({ condensed }) => [...condensed]).filter((v) => !Number.isNaN(v));
    const [low, high] = [Math.min(...known), Math.max(...known)];
    for (let i = 0; i < 5; i++)
      for (let j = 0; j < 5; j++) {
        const value = i === j ? Infinity : gap.between(items[i], items[j]);
        const place = Math.round(((value - low) / (high - low)) * 252);
        if (i === j) expect(colourAt(i, j)).toBe("255,255,255");
        else if (Number.isNaN(value))
          expect(["120,120,120", "225,225,225"]).toContain(colourAt(i, j));
        else expect(colourAt(i, j)).toBe(colours[place]);
      }
    expect(point(1, 3)).toBe(`dog – bus: ${gap.between("dog", "bus").toPrecision(4)}`);
    expect(point(4, 0)).toBe("oak – cat: missing");
    expect(point(2, 2)).toBe("car – car: the same item");
  });

  test("the slider and the curve choose the time; it begins where the curve is highest", async () => {
    const figure = plotRdmMovie(all, { scores });
    const { root, canvas } = await openViewer((await figure.html()) ?? "");
    const shown = () => canvas.attributes.get("aria-label");
    expect(shown()).toBe("RDM, 0.100 s");
    const slider = root.find("input");
    expect(slider.value).toBe(10);
    slider.value = "20";
    slider.listeners.get("input")?.({});
    expect(shown()).toBe("RDM, 0.300 s");
    const curve = root.all().find((one) => one.listeners.has("click") && one.tag === "div");
    curve?.listeners.get("click")?.({ clientX: 0, clientY: 50 });
    expect(shown()).toBe("RDM, −0.100 s");
    expect(slider.value).toBe(0);
    const cursor = root.all().find((one) => one.style["left"] !== undefined);
    expect(cursor?.style["left"]).toMatch(/^calc\([\d.]+% - 1px\)$/);
  });

  test("what would be too much for a page is averaged, and said; a text cannot end the script", async () => {
    expect(sideFor(450, 199)).toBe(109);
    expect(sideFor(20, 199)).toBe(20);
    expect(sideFor(450, 3)).toBe(340);
    const many = new Rdm(
      Float64Array.from({ length: 79800 }, (_, k) => k),
      { meta: { timeS: 0 } },
    );
    const scene = viewerScene([many], { names: ["a"], range: [0, 1], palette: "viridis" });
    expect([scene.side, scene.items]).toEqual([340, null]);
    expect(plotRdmMovie([many]).caption).toContain("mean over the cells");
    const evil = new Rdm([1], { items: ["</script><b>", "b"], meta: { timeS: 0 } });
    expect((await plotRdmMovie([evil]).html()) ?? "").not.toContain("</script><b>");
  });
});
