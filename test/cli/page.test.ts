import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MarkdownRenderer } from "../../cli/page/markdown.ts";
import { renderOutput } from "../../cli/page/output.ts";

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "page-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a picture named 100%.png, and a folder named as a picture, are no faults", () => {
  writeFileSync(join(folder, "100%.png"), "dot");
  mkdirSync(join(folder, "folder.png"));
  const markdown = new MarkdownRenderer(folder);
  expect(markdown.render("![x](100%.png)")).toContain("data:image/png;base64,ZG90");
  expect(markdown.render("![x](folder.png)")).toContain('src="folder.png"');
});

test("an image that is no base64 cannot leave its attribute", () => {
  const data = { "image/png": 'x"/onerror="alert(8)' };
  const output = { output_type: "display_data", data, metadata: {} } as const;
  expect(renderOutput(output, new MarkdownRenderer(folder))).not.toContain("<img");
});
