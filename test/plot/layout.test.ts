import { describe, expect, test } from "vitest";
import { type Figure, plotImages, plotRdms, plotTimeCourse } from "../../src/plot/index.ts";
import { layoutFaults, noise, someRdm } from "./fixtures.ts";

const long = "a name that is far too long for the place it is written at, and for two lines too";
const rdms = (n: number, nItems: number, name: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => someRdm(nItems, { seed: i + 1, name: name(i) }));
const halves = (item: string) => (Number(item.slice(1)) < 5 ? "animate" : "inanimate");

const next = noise(5);
const times = Array.from({ length: 60 }, (_, i) => i / 50 - 0.2);
const courses = (n: number, name: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => ({
    name: name(i),
    times,
    values: times.map((t) => Math.exp(-((t - 0.1 - i / 12) ** 2) / 0.02) + 0.2 * next()),
    significant: [[0.1, 0.3] as const],
  }));
const image = { width: 3, height: 2, channels: 1 as const, data: new Uint8Array(6) };

const figures: [string, () => Figure][] = [
  [
    "one RDM",
    () =>
      plotRdms(
        rdms(1, 10, () => "pixels"),
        { categories: halves },
      ),
  ],
  ["one RDM without a name", () => plotRdms(someRdm(60))],
  [
    "one small RDM",
    () =>
      plotRdms(
        rdms(1, 10, () => long),
        { panelPx: 60, categories: halves },
      ),
  ],
  [
    "two RDMs",
    () =>
      plotRdms(
        rdms(2, 60, (i) => `model ${i}`),
        { categories: halves },
      ),
  ],
  [
    "two RDMs, each",
    () =>
      plotRdms(
        rdms(2, 10, () => long),
        { scale: "each" },
      ),
  ],
  [
    "four RDMs",
    () =>
      plotRdms(
        rdms(4, 30, (i) => `subject ${i}`),
        { label: long },
      ),
  ],
  [
    "21 RDMs",
    () =>
      plotRdms(
        rdms(21, 30, (i) => `${i * 50} ms`),
        { categories: halves },
      ),
  ],
  [
    "21 RDMs, each",
    () =>
      plotRdms(
        rdms(21, 30, () => long),
        { scale: "each" },
      ),
  ],
  ["30 RDMs with labels", () => plotRdms(rdms(30, 3, () => "x"))],
  [
    "one course",
    () =>
      plotTimeCourse(
        courses(1, () => "pixels"),
        { title: long },
      ),
  ],
  [
    "five courses",
    () =>
      plotTimeCourse(
        courses(5, (i) => `layer ${i}`),
        { yLabel: long },
      ),
  ],
  ["five long names", () => plotTimeCourse(courses(5, (i) => `${i} ${long}`))],
  ["24 courses", () => plotTimeCourse(courses(24, (i) => `layer ${i}`))],
  [
    "a small course",
    () =>
      plotTimeCourse(
        courses(3, (i) => `m${i}`),
        { widthPx: 320, heightPx: 180 },
      ),
  ],
  [
    "images",
    () =>
      plotImages(
        Array.from({ length: 11 }, () => ({ ...image, name: long })),
        { caption: long },
      ),
  ],
];

describe("no text is cut off and none lies over another", () => {
  test.each(figures)("%s", (_, draw) => {
    const faults = layoutFaults(draw());
    expect(faults.nTexts).toBeGreaterThan(2);
    expect(faults).toMatchObject({ outside: [], crossed: [] });
  });
});
