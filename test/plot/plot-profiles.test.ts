import { describe, expect, test } from "vitest";
import { plotProfiles } from "../../src/plot/index.ts";
import { layoutFaults, textsOf, withoutDeflate } from "./fixtures.ts";

const steps = ["conv1", "layer2", "layer4"];
const profiles = [
  { name: "V1", group: "early", values: [0.04, NaN, 0.02], errors: [0.01, NaN, 0.01] },
  {
    name: "LOC",
    group: "high",
    subjects: [
      [0.01, 0.04, 0.05],
      [0.03, 0.05, 0.07],
    ],
  },
];

describe("plotProfiles", () => {
  test("a small figure is the stored one; means and errors come from the subjects", async () => {
    const figure = plotProfiles(profiles, { steps, label: "ρ", method: "No test" });
    await expect(await withoutDeflate(figure.svg)).toMatchFileSnapshot(
      "__snapshots__/profiles.svg",
    );
    expect(figure.svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(figure.toCsv().split("\n").slice(1, 5)).toEqual([
      "V1,early,conv1,0.04,0.01,,",
      "V1,early,layer2,,,,",
      "V1,early,layer4,0.02,0.01,,",
      "LOC,high,conv1,0.02,0.01,0.01,0.03",
    ]);
    expect(figure.caption).toBe(
      "ρ from conv1 to layer4. Error bars: ± 1 SEM. Circles: the 2 single subjects. No test.",
    );
    const people = [{ name: "LOC", subjects: [[1, 2, 3], [2, 3, 4]] }]; // prettier-ignore
    expect(plotProfiles(people, { steps, circles: "people" }).caption).toBe(
      "Score from conv1 to layer4. Dots and lines: means of the people. Error bars: ± 1 SEM. Circles: the 2 single people.",
    );
    expect(plotProfiles(people, { steps, marks: "points" }).caption).toContain("Large dots: means");
    expect(figure.altText).toContain("LOC: 0.06 at layer4");
    expect(layoutFaults(figure)).toMatchObject({ outside: [], crossed: [] });
  });

  test("many names keep apart, lines only have no circles", () => {
    const many = Array.from({ length: 14 }, (_, i) => ({
      name: `region ${i}`,
      group: "all",
      values: [0.1, 0.2, 0.3 + 0.001 * i],
    }));
    const figure = plotProfiles(many, { steps, marks: "lines" });
    for (const { name } of many) expect(textsOf(figure.svg)).toContain(name);
    expect(layoutFaults(figure)).toMatchObject({ outside: [], crossed: [] });
  });

  test("refuses what does not fit, and says what to do", () => {
    expect(() => plotProfiles([], { steps })).toThrow(/one or more/);
    expect(() => plotProfiles(profiles, { steps: ["one"] })).toThrow(/two steps/);
    expect(() => plotProfiles([{ name: "a", values: [1] }], { steps })).toThrow(/3 values of "a"/);
    expect(() => plotProfiles([{ name: "a", subjects: [[1]] }], { steps })).toThrow(/each subject/);
    expect(() => plotProfiles([{ name: "a" }], { steps })).toThrow(/none finite of a/);
    expect(() => plotProfiles(profiles, { steps, marks: "dots" as never })).toThrow(/marks/);
    const groups = Array.from({ length: 13 }, (_, i) => ({ name: `${i}`, values: [1, 2, 3] }));
    expect(() => plotProfiles(groups, { steps })).toThrow(/one group/);
    expect(() => plotProfiles(profiles, { steps, widthPx: 160 })).toThrow(/widthPx/);
  });
});

test("circles are called what they are: folds are no subjects", () => {
  const profile = {
    name: "V1",
    subjects: [
      [1, 2],
      [2, 3],
    ],
  };
  const captionOf = (circles?: string) =>
    plotProfiles([profile], { steps: ["a", "b"], circles }).caption;
  expect(captionOf()).toContain("Circles: the 2 single subjects.");
  expect(captionOf("folds")).toContain("Circles: the 2 single folds.");
});
