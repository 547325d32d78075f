import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { tsrsa } from "../cli/tsrsa.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-source-notebook-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("06-source-level-meg: the planted places are found, the pixels early at the back, FaceNet later below", async () => {
  const { code, stderr } = await tsrsa(
    ["run", "--no-check", "notebooks/06-source-level-meg", "--out", join(folder, "out")],
    { env: { TSRSA_DATA_DIR: join(folder, "data"), TSRSA_OFFLINE: "1" } },
  );
  expect([code, stderr]).toEqual([0, ""]);
  const record = JSON.parse(readFileSync(join(folder, "out", "run.json"), "utf8")) as {
    status: string;
    results: Record<string, number | string>;
    claims: { checked: number; failed: string[] };
    exercises: { passed: string[]; failed: string[] };
    figures: string[];
  };
  expect(record.status).toBe("ok");
  expect(record.claims.failed).toEqual([]);
  expect(record.claims.checked).toBeGreaterThanOrEqual(5);
  expect(record.exercises).toMatchObject({ passed: { length: 5 }, failed: [] });
  expect(record.results).toMatchObject({
    "channels of the operator": 72,
    sources: 324,
    "region of the peak of pixels": "pericalcarine",
    "region of the peak of FaceNet": "fusiform",
  });
  expect(record.figures.filter((name) => name.endsWith(".svg")).length).toBeGreaterThanOrEqual(14);
}, 240_000);
