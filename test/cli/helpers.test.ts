import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { readItems, readLabels } from "../../cli/read-column.ts";
import { firstChange, reloading } from "../../cli/run/watch.ts";
import { UsageError } from "../../cli/usage-error.ts";
import { makeProject } from "../../cli/work/new.ts";
import { plotFile } from "../../cli/work/plot.ts";
import { parsePercent } from "../../kernel/notebook/percent.ts";
import * as tsrsa from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-helpers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => void vi.spyOn(console, "log").mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

test("tsrsa new makes a notebook that runs, and never writes into a folder that holds something", async () => {
  const project = join(folder, "My Analysis");
  await makeProject(project);
  const cells = parsePercent(readFileSync(join(project, "analysis.ts"), "utf8"));
  const code = cells.filter(({ kind }) => kind === "code").map(({ source }) => source);
  const js = ts.transpileModule(
    `${code.join("\n").replace(/^import [^;]*;$/gm, "")}; return rsa(brain, model).single();`,
    { compilerOptions: { target: ts.ScriptTarget.ES2022 } },
  ).outputText;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the notebook that was made
  const run = new Function(...Object.keys(tsrsa), js) as (...args: unknown[]) => number;
  expect(run(...Object.values(tsrsa))).toBeGreaterThan(0.5);
  const manifest = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as object;
  expect(manifest).toMatchObject({ name: "my-analysis", type: "module" });
  await expect(makeProject(project)).rejects.toThrow(UsageError);
});

test("one list serves --items and --labels: a file of lines, or a column of a table", async () => {
  const lines = join(folder, "items.txt");
  const table = join(folder, "trials.csv");
  writeFileSync(lines, "cat\ndog\ncat\n");
  writeFileSync(table, "picture,run\ncat,1\ndog,1\ncat,2\n");
  expect(await readLabels("--labels", lines)).toEqual(["cat", "dog", "cat"]);
  expect(await readLabels("--labels", `${table}:picture`)).toEqual(["cat", "dog", "cat"]);
  expect(await readItems("--items", `${table}:picture`)).toEqual(["cat", "dog"]);
  writeFileSync(lines, "cat\ndog\n");
  expect(await readItems("--items", lines)).toEqual(["cat", "dog"]);
  await expect(readItems("--items", join(folder, "none.txt"))).rejects.toThrow("FILE:COLUMN");
});

test("tsrsa plot draws RDMs and scores over time, and refuses what it does not know", async () => {
  const npy = join(folder, "rdm.npy");
  await tsrsa.writeNpy(npy, { data: Float64Array.of(1, 2, 3), shape: [3] });
  const items = join(folder, "three.txt");
  writeFileSync(items, "cat\ndog\ncar\n");
  const out = join(folder, "rdm.svg");
  await plotFile(npy, { out, items });
  expect(readFileSync(out, "utf8")).toMatch(/<svg[\s\S]*dog/);
  const csv = join(folder, "scores.csv");
  writeFileSync(csv, "timeS,pixels,network\n0,0.1,0\n0.1,0.2,0.1\n0.2,0.1,0.3\n");
  await plotFile(csv, { out: join(folder, "scores.png") });
  expect(readFileSync(join(folder, "scores.png")).subarray(1, 4).toString()).toBe("PNG");
  for (const [file, flags] of [
    [join(folder, "x.docx"), { out }],
    [npy, { out: join(folder, "rdm.pdf") }],
    [csv, { out: csv }],
  ] as const)
    await expect(plotFile(file, flags)).rejects.toThrow(UsageError);
  // A model with an empty cell (NaN) is drawn; milliseconds are no seconds.
  for (const name of ["time_ms", "timeMs", "time (ms)"]) {
    writeFileSync(csv, `${name},pixels,network\n-100,0.1,\n0,0.2,0.1\n100,0.1,0.3\n200,0.1,0.3\n`);
    await plotFile(csv, { out });
    const drawn = readFileSync(out, "utf8");
    expect(drawn).toContain("network");
    expect(drawn).toContain("from −0.1 to 0.2 s");
  }
  writeFileSync(csv, "timeS,pixels\n,0.1\n0.1,0.2\n");
  await expect(plotFile(csv, { out })).rejects.toThrow("row 1 of timeS is no time");
  writeFileSync(csv, "channel,timeS,pixels\na,0,0.1\nb,0,0.2\n");
  await expect(plotFile(csv, { out })).rejects.toThrow("several rows for a time");
});

test("tsrsa watch runs from the first cell that changed, and its page looks again by itself", () => {
  const before = parsePercent("// %%\nconst a = 1;\n// %%\nconst b = 2;\n");
  expect(firstChange(before, before)).toBe(2);
  expect(firstChange(before, parsePercent("// %%\nconst a = 1;\n// %%\nconst b = 3;\n"))).toBe(1);
  expect(firstChange(before, parsePercent("// %%\nconst a = 1;\n"))).toBe(1);
  expect(firstChange([], before)).toBe(0);
  expect(reloading("<html><head><title>")).toContain('http-equiv="refresh"');
});
