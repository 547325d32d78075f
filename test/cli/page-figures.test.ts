import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { contentPolicy } from "../../cli/page/content-policy.ts";
import { figureDataMime, packFigureData } from "../../cli/page/figure-data.ts";
import { MarkdownRenderer } from "../../cli/page/markdown.ts";
import { renderOutput } from "../../cli/page/output.ts";
import { pageScript } from "../../cli/page/page-script.ts";
import { renderPage } from "../../cli/page/page.ts";
import type { RunRecord } from "../../cli/run/record.ts";
import type { NotebookRun } from "../../cli/run/run-notebook.ts";
import { Rdm } from "../../src/index.ts";
import { plotRdms } from "../../src/plot/index.ts";
import { figureReader } from "../../web/output/figure-reader.ts";

const figureMime = "application/vnd.tsrsa.figure+json";

/** A figure as the page's script finds it. */
function unpacked(packed: string | undefined): unknown {
  return JSON.parse(gunzipSync(Buffer.from(packed ?? "", "base64")).toString());
}

test("an exported page reads each pair of an RDM as the lab does, from four digits", () => {
  const items = ["NA", "1", "01", 'a, "b"'];
  const rdm = new Rdm([0.123449, 2 / 3, NaN, 123456, 1e-9, 0], { items, metric: "x" });
  const figure = plotRdms([rdm, rdm], { scale: "each" });
  const data = { csv: figure.toCsv() };
  const lab = figureReader(figure.svg, data);
  const page = figureReader(figure.svg, unpacked(packFigureData(data)));
  const words = new Set<string | undefined>();
  for (let x = 0; x < figure.width; x += 6)
    for (let y = 0; y < figure.height; y += 6) {
      expect(page(x, y)).toBe(lab(x, y));
      words.add(page(x, y));
    }
  // Six pairs on both sides of the diagonal, and what is beside them.
  expect(words.size).toBe(13);
  expect(words).toContain("NA – 1: 0.1234");
  expect(words).toContain('a, "b" – NA: undefined');
});

test("times and places keep all their digits, values have four", () => {
  const csv = "series,time_s,value\na,0.123456789,0.123456789\na,0.2,\n";
  const found = unpacked(packFigureData({ csv, reading: { kind: "time" } }));
  expect(found).toEqual({
    reading: { kind: "time" },
    names: ["series", "time_s", "value"],
    columns: [{ labels: ["a"], at: [0, 0] }, ["0.123456789", "0.2"], ["0.1235", ""]],
  });
});

test.each([
  ["nothing", undefined],
  ["no object", 3],
  ["no table", { reading: { kind: "time" } }],
  ["a table of a figure that reads nothing", { csv: "x,y\n1,2\n" }],
  ["a broken table", { csv: 'x,"y\n1', reading: {} }],
])("%s is not put into a page", (_, figure) => {
  expect(packFigureData(figure)).toBeUndefined();
});

test("what would swell a page is left out of it", () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => `a,${Math.sin(i)},${Math.cos(i)}`);
  const csv = `series,time_s,value\n${rows.join("\n")}\n`;
  expect(packFigureData({ csv, reading: { kind: "time" } })).toBeUndefined();
});

function pageOf(bundle: Readonly<Record<string, unknown>>): string {
  const output = { output_type: "display_data", data: bundle, metadata: {} } as const;
  const cell = { kind: "code", source: "figure", tags: [] } as unknown as NotebookRun["cells"][0];
  const run = { cells: [cell], runs: new Map([[0, { executionCount: 1, outputs: [output] }]]) };
  const record = {
    ...{ notebook: "a.ts", tsrsa: "1", node: "v1", started: "2020-01-01T00:00", seconds: 1 },
    ...{ memoryMb: 0, results: {}, parameters: {}, data: [], sources: [] },
    claims: { checked: 0, failed: [] },
  } as unknown as RunRecord;
  return renderPage(run as unknown as NotebookRun, record, ".");
}

test("a page with such a figure has the one script that reads it, named by its hash, and others have none", () => {
  const figure = plotRdms(new Rdm([1, 2, 3], { items: ["a", "b", "c"], metric: "x" }));
  const svg = { "image/svg+xml": figure.svg };
  const page = pageOf({ ...svg, [figureMime]: { csv: figure.toCsv() } });
  const hash = createHash("sha256").update(pageScript()).digest("base64");
  expect(pageScript()).not.toBe("");
  expect(page).toContain(`'sha256-${hash}'`);
  expect(page).toContain(`<script type="module">${pageScript()}</script>`);
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(pageOf(svg)).not.toContain("<script");
  expect(contentPolicy()).not.toContain(hash);
});

test("an output's own HTML cannot pass as a figure's values", () => {
  const html = `<figure><img src="data:image/png;base64,AA"><script type="${figureDataMime}">AA</script></figure>`;
  const output = {
    output_type: "display_data",
    data: { "text/html": html },
    metadata: {},
  } as const;
  expect(renderOutput(output, new MarkdownRenderer("."))).not.toContain("script");
});
