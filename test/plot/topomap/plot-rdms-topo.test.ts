import { describe, expect, test } from "vitest";
import { epochsFromArray, Rdm, rdmEpochs, type Channel } from "../../../src/index.ts";
import { plotRdmsTopo } from "../../../src/plot/index.ts";
import { layOutOnHead } from "../../../src/plot/topomap/rdms-on-head.ts";
import { numbersOf, readReference, type ReferenceArray } from "../../reference/read-reference.ts";
import { layoutFaults, noise, textsOf } from "../fixtures.ts";
import { openViewer } from "../run-viewer.ts";

const { cases } = readReference<{ cases: { input: { names: string[]; positionM: ReferenceArray } }[] }>("questions/topomap.json"); // prettier-ignore
const at = numbersOf(cases[0].input.positionM);
const channels = cases[0].input.names.map((name, k): Channel => ({ name, type: "eeg", position: [at[3 * k], at[3 * k + 1], at[3 * k + 2]] })); // prettier-ignore
const names = channels.map(({ name }) => name);
const items = ["cat", "dog", "car"];
const next = noise(8);
const rdms = names.map((channel) => new Rdm([next(), next(), next()].map(Math.abs), { items, metric: "euclidean", meta: { channel, timeS: 0.1 } })); // prettier-ignore

/** Pairs of squares of which one lies over the other. */
function overlaps(spots: readonly { left: number; top: number; side: number }[]): number {
  return spots.flatMap(
    (a, i) =>
    spots.slice(0, i).filter((b) => Math.abs(a.left - b.left) < Math.min(a.side, b.side) && Math.abs(a.top - b.top) < Math.min(a.side, b.side)), // prettier-ignore
  ).length;
}

describe("plotRdmsTopo", () => {
  test("each RDM is at the place of its sensor, by name, and none over another", () => {
    const box = { left: 10, top: 10, widthPx: 600 };
    const { spots } = layOutOnHead(channels, box);
    expect(spots.map(({ name }) => name)).toEqual(names);
    expect(overlaps(spots)).toBe(0);
    const of = (name: string) => spots[names.indexOf(name)];
    expect(of("Fp1").left).toBeLessThan(of("Fp2").left);
    expect(of("Fz").top).toBeLessThan(of("Cz").top);
    expect(of("Cz").top).toBeLessThan(of("Pz").top);
    const shuffled = layOutOnHead(channels.toReversed(), box).spots;
    expect(shuffled.find(({ name }) => name === "Fp1")).toEqual(of("Fp1"));
    for (const { left, top, side } of spots) {
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(10);
      expect(left + side).toBeLessThanOrEqual(610.001);
    }
  });

  test("says what is drawn, in one scale, and has every value by sensor", () => {
    const figure = plotRdmsTopo(rdms, channels);
    expect(figure.caption).toContain("the RDM of each of 19 sensors at its place on the head");
    expect(figure.caption).toContain("at 0.100 s");
    const all = rdms.flatMap(({ condensed }) => [...condensed]);
    expect(figure.caption).toContain(`${Number(Math.min(...all).toPrecision(3))} to ${Number(Math.max(...all).toPrecision(3))}`); // prettier-ignore
    expect(figure.data.row(4)).toEqual({ channel: names[1], item1: "cat", item2: "car", dissimilarity: rdms[1].condensed[1] }); // prettier-ignore
    expect(textsOf(figure.svg)).toEqual(expect.arrayContaining(["Cz", "Oz"].filter((name) => names.includes(name)))); // prettier-ignore
    expect(figure.svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("of a searchlight over time and sensors, the nearest time", async () => {
    const data = Float64Array.from({ length: 6 * 19 * 8 }, () => next());
    const epochs = epochsFromArray({ data, shape: [6, 19, 8] }, { sfreqHz: 100, channels });
    const how = { labels: [..."abcabc"], temporalRadiusS: 0.01, spatialRadiusM: 0.06 };
    const found = await rdmEpochs(epochs, how).toArray({ onProgress: false });
    const figure = plotRdmsTopo(found, epochs, { timeS: 0.041 });
    expect(figure.caption).toContain("at 0.040 s");
    expect(figure.data.length).toBe(19 * 3);
    const wanted = found.find(({ meta }) => meta["channel"] === names[2] && meta["timeS"] === 0.04);
    expect(figure.data.row(6).dissimilarity).toBe(wanted?.condensed[0]);
    expect(() => plotRdmsTopo(found, epochs)).toThrow(/6 times: choose one/);
  });

  test("planar pairs stand beside each other", () => {
    const grads = channels.flatMap(({ position }, k): Channel[] => [2, 3].map((n) => ({ name: `MEG${k}${n}`, type: "grad", position }))); // prettier-ignore
    const { spots, nShared } = layOutOnHead(grads, { left: 0, top: 0, widthPx: 600 });
    expect(nShared).toBe(19);
    expect(overlaps(spots)).toBe(0);
    expect(spots[0].top).toBe(spots[1].top);
    expect(spots[1].left - spots[0].left).toBeGreaterThanOrEqual(spots[0].side);
    const pairs = grads.map(({ name }) => new Rdm([1, 2, 3], { items, meta: { channel: name } }));
    expect(plotRdmsTopo(pairs, grads).caption).toContain("At 19 places there are several sensors");
  });

  test.each([
    ["wide", {}],
    ["phone", { widthPx: 360 }],
    ["title and marks", { title: "Faces", mark: [names[0]], widthPx: 500 }],
  ])(
    "nothing lies over anything else: %s",
    (_, options) =>
    expect(layoutFaults(plotRdmsTopo(rdms, channels, options))).toMatchObject({ crossed: [], outside: [] }), // prettier-ignore
  );

  test("marks are framed and named; what is missing is hatched and counted", () => {
    const marked = plotRdmsTopo(rdms, channels, {
      mark: names.slice(0, 2),
      markLabel: "cluster 1",
    });
    expect(marked.caption).toContain("Thick frames: cluster 1.");
    expect(marked.svg).toContain("#d62728");
    expect(plotRdmsTopo(rdms, channels).svg).not.toContain("#d62728");
    const gap = [new Rdm([NaN, 1, 2], { items, metric: "euclidean", meta: { channel: names[0], timeS: 0.1 } }), ...rdms.slice(1)]; // prettier-ignore
    expect(plotRdmsTopo(gap, channels).caption).toContain("1 of 57 dissimilarities is missing");
    expect(textsOf(plotRdmsTopo(gap, channels).svg)).toContain("missing");
  });

  test.each([
    ["an RDM without its sensor", () => plotRdmsTopo([new Rdm([1, 2, 3])], channels), /channels/],
    ["too few names", () => plotRdmsTopo(rdms, channels, { channels: ["Cz"] }), /19 channels/],
    ["a sensor twice", () => plotRdmsTopo([rdms[0], rdms[0]], channels), new RegExp(names[0])],
    ["a sensor that the source lacks", () => plotRdmsTopo(rdms, channels.slice(1)), new RegExp(names[0])], // prettier-ignore
    ["a sensor without a place", () => plotRdmsTopo([rdms[0]], [{ ...channels[0], position: [0, 0, 0] }]), /position/], // prettier-ignore
    ["two types", () => plotRdmsTopo(rdms, channels.map((one, k) => (k > 0 ? one : { ...one, type: "mag" }))), /types/], // prettier-ignore
    ["a mark that has no RDM", () => plotRdmsTopo(rdms, channels, { mark: ["X9"] }), /X9/],
    ["a time of RDMs that have none", () => plotRdmsTopo([new Rdm([1, 2, 3], { meta: { channel: names[0] } })], channels, { timeS: 1 }), /timeS/], // prettier-ignore
    ["other items", () => plotRdmsTopo([rdms[0], new Rdm([1, 2, 3], { items: [..."xyz"], metric: "euclidean", meta: { channel: names[1], timeS: 0.1 } })], channels), /cat/], // prettier-ignore
  ])("refuses %s", (_, plot, message) => expect(plot).toThrow(message));

  test("sensors too near to each other are named", () => {
    const near = channels.map((one, k): Channel => (k === 1 ? { ...one, position: [channels[0].position[0] + 0.0005, channels[0].position[1], channels[0].position[2]] } : one)); // prettier-ignore
    expect(() => plotRdmsTopo(rdms, near)).toThrow(new RegExp(`${names[0]} and ${names[1]} lie so near`)); // prettier-ignore
  });

  test("a click in a page shows that sensor large", async () => {
    const figure = plotRdmsTopo(rdms, channels);
    const { still, scene, root, canvas, point } = await openViewer((await figure.html()) ?? "");
    const shown = () => canvas.attributes.get("aria-label");
    expect(shown()).toBe(`RDM, ${names[0]}`);
    const spot = scene.spots?.[7] ?? { left: 0, top: 0 };
    still.listeners.get("click")?.({ clientX: (100 * (spot.left + 3)) / scene.width, clientY: (100 * (spot.top + 3)) / scene.height }); // prettier-ignore
    expect(shown()).toBe(`RDM, ${names[7]}`);
    expect(point(0, 2)).toBe(`cat – car: ${rdms[7].condensed[1].toPrecision(4)}`);
    const chooser = root.find("select");
    chooser.value = "3";
    chooser.listeners.get("change")?.({});
    expect(shown()).toBe(`RDM, ${names[3]}`);
    still.listeners.get("click")?.({ clientX: 0, clientY: 99.9 });
    expect(shown()).toBe(`RDM, ${names[3]}`);
  });
});
