import { afterEach, expect, test } from "vitest";
import { markFigures } from "../../src/core/index.ts";
import { plotDistribution, plotImages, plotRdms, plotTimeCourse } from "../../src/plot/index.ts";
import { Rdm } from "../../src/rdm/index.ts";

afterEach(() => markFigures(""));

const make = {
  rdms: () => plotRdms(new Rdm([1, 2, 3])),
  "time course": () => plotTimeCourse([{ name: "a", times: [0, 1, 2], values: [1, 2, 3] }]),
  distribution: () => plotDistribution({ a: [1, 2, 3] }),
  images: () => plotImages([{ width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 255) }]),
};

test.each(Object.entries(make))(
  "%s bears the mark below all else, and not without",
  (_, figure) => {
    const plain = figure();
    markFigures("demo data: <none> measured");
    const marked = figure();
    expect(plain.svg).not.toContain("demo data");
    expect(marked.svg).toContain("demo data: &lt;none&gt; measured</text></svg>");
    expect(marked.height).toBe(plain.height + 18);
    expect(marked.svg).toContain(`height="${marked.height}"`);
    expect(marked.svg).toContain(`viewBox="0 0 ${marked.width} ${marked.height}"`);
    expect(marked.caption).toContain("Demo data: <none> measured.");
    expect(marked.toCsv()).toBe(plain.toCsv());
  },
);

test("a marked figure becomes pixels of the marked size", async () => {
  markFigures("preliminary");
  const figure = make.rdms();
  const png = Buffer.from(await figure.png({ scale: 1 }));
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([figure.width, figure.height]);
});
