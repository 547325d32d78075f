import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkNotebook } from "../../kernel/notebook/check.ts";
import type { Ipynb } from "../../kernel/notebook/ipynb.ts";
import { onTwin } from "../cli/figure/answer.ts";
import { root, tsrsa } from "../cli/tsrsa.ts";

const out = mkdtempSync(join(tmpdir(), "tsrsa-regions-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const fixtures = join(root, "test/fixtures");
const name = "03-brain-regions-against-network";

test("tutorial 3 finds on demo data what the study found, and what it left out", async () => {
  // A network is brought, but nothing that runs it: the page says what to install.
  const pictures = join(out, "pictures");
  mkdirSync(pictures);
  for (const image of ["airport23", "n03654770_55385", "COCO_train2014_000000028224"])
    copyFileSync(join(fixtures, "network-images/grey.bmp"), join(pictures, `${image}.bmp`));
  const brought = [`model=${join(fixtures, "onnx/convnet.onnx")}`, `pictures=${pictures}`];
  const parameters = ["samples=20", ...brought].flatMap((one) => ["-p", one]);
  const { code, stderr } = await tsrsa(
    ["run", "--no-check", `notebooks/${name}`, "--out", out, ...parameters],
    {
      env: { TSRSA_DATA_DIR: join(out, "data"), TSRSA_OFFLINE: "1" },
    },
  );
  expect([code, stderr]).toEqual([0, ""]);
  const record = JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as {
    results: Record<string, unknown>;
    claims: { checked: number; failed: string[] };
    exercises: { passed: string[]; failed: string[] };
    draws: object[];
    figures: string[];
    data: { path: string }[];
  };
  expect(record.claims.failed).toEqual([]);
  expect(record.exercises).toMatchObject({ passed: { length: 8 }, failed: [] });
  expect(record.claims.checked).toBeGreaterThanOrEqual(22);
  expect(record.results).toMatchObject({
    "an RDM with itself, by label": 1,
    "smallest possible p with three people": 1 / 8,
  });
  // Planted in proportion to the published joint values.
  expect(record.results["correlation of published and computed values"]).toBeGreaterThan(0.99);
  expect(record.results["comparisons that layer3 wins"]).toBeGreaterThan(30);
  // Of all three people: the first alone reaches 92.6.
  expect(record.results["percent of ceiling, RHLOC"]).toBeCloseTo(88.5, 0);
  expect(record.figures.filter((file) => file.endsWith(".svg"))).toHaveLength(21);
  // Draws are told with their options, so that they can be repeated.
  expect(record.draws).toMatchObject([
    { call: "permutation test", options: { seed: 0, permutations: 10_000 }, times: 1 },
    {
      call: "evalBootstrap",
      options: { method: "corr", resample: "items", samples: 20, seed: 1 },
      times: 10,
    },
    // Folds of pictures, for the weights of each region.
    { call: "random", options: { seed: 0 }, times: 10 },
  ]);
  expect(record.data.length).toBeGreaterThan(3);
  const notebook = JSON.parse(readFileSync(join(out, `${name}.ipynb`), "utf8")) as Ipynb;
  expect(checkNotebook(notebook)).toEqual([]);
  const shown = JSON.stringify(notebook);
  expect(shown).toContain("convnet: ");
  expect(shown).toContain("npm install --no-save --ignore-scripts onnxruntime-node@1.30.0");
  expect(record.results["layers of a network compared"]).toBe(5);
  const numbers = await onTwin("bold5000-resnet50", join(out, "data/demo/bold5000-rdms-v1"));
  expect(numbers.get("images that all files have")).toBe(record.results["common images"]);
  // Planted as twice the published value, 0.079.
  expect(numbers.get("RHLOC, layer3, r")).toBeGreaterThan(0.12);
  expect(numbers.size).toBe(51);
}, 240_000);
