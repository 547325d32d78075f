import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { register as registerStcs } from "../../cli/commands/rsa-stcs.ts";
import { register as registerSurface } from "../../cli/commands/rsa-surface.ts";
import { works } from "../../cli/work/blocks/works.ts";
import { openSet } from "../../src/engine/open-set.ts";
import { runChunk } from "../../src/engine/run-chunk.ts";
import {
  random,
  Rdm,
  readSourceEstimates,
  readSourceSpaces,
  rsaStcs,
  rsaSurface,
  writeNpy,
} from "../../src/index.ts";
import { readCifti, readStc, writeGifti, writeStc } from "../../src/io/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-cli-cortex-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { normal } = random(11);
const items = ["a", "b", "c"];
const condensed = { idea: Float64Array.of(0.1, 1, 0.9), size: Float64Array.of(0.4, 0.9, 0.6) };
const models = Object.entries(condensed).map(([name, data]) => new Rdm(data, { items, name }));
const modelFiles = [
  "--model",
  at("idea.npy"),
  at("size.npy"),
  "--items",
  `${at("trials.csv")}:item`,
];
const spacePath = fileURLToPath(
  new URL("../fixtures/surface/sources/ico-src.fif", import.meta.url),
);
const spaces = await readSourceSpaces(spacePath);
const mesh = {
  points: { data: spaces[0].points.data.map((value) => 1000 * value), shape: [162, 3] },
  triangles: spaces[0].triangles ?? { data: new Int32Array(0), shape: [0, 3] },
};
const values = { data: Float64Array.from({ length: 162 * 6 }, () => normal()), shape: [162, 6] };
const volumes = ["a", "b", "c", "c", "a", "b"];
const stems = items.map((item) => at(`trial-${item}`));

beforeAll(async () => {
  for (const [name, data] of Object.entries(condensed))
    await writeNpy(at(`${name}.npy`), { data, shape: [3] });
  writeFileSync(at("items.txt"), items.join("\n"));
  writeFileSync(at("volumes.csv"), ["item,run", ...volumes.map((v, t) => `${v},${t}`)].join("\n"));
  writeFileSync(at("trials.csv"), ["item,n", ...items.map((item) => `${item},1`)].join("\n"));
  await writeGifti(at("lh.func.gii"), { arrays: [{ intent: "TIME_SERIES", values }] });
  const arrays = [
    { intent: "POINTSET", values: { ...mesh.points, data: Float32Array.from(mesh.points.data) } },
    { intent: "TRIANGLE", values: mesh.triangles },
  ];
  await writeGifti(at("lh.surf.gii"), { arrays });
  const vertices = spaces.map((space) => space.vertices);
  for (const stem of stems)
    await writeStc(stem, {
      kind: "surface",
      vertices,
      tminS: 0,
      tstepS: 0.01,
      data: { data: Float64Array.from({ length: 324 * 4 }, () => normal()), shape: [324, 4] },
    });
});

/** Run a command in this process; what it printed. */
async function run(...args: string[]): Promise<string> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  registerStcs(program);
  registerSurface(program);
  const printed: string[] = [];
  const log = vi
    .spyOn(console, "log")
    .mockImplementation((line: string) => void printed.push(line));
  try {
    await program.parseAsync(["node", "tsrsa", ...args, "--jobs", "1"]);
  } finally {
    log.mockRestore();
  }
  return printed.join("\n");
}

const surface = ["rsa-surface", "--left", at("lh.func.gii"), ...modelFiles];
const byVolume = ["--labels", `${at("volumes.csv")}:item`];
const radius = ["--radius-mm", "15", "--surface-left", at("lh.surf.gii")];

test("rsa-surface writes what rsaSurface gives, all models in one file", async () => {
  const out = at("scores.dscalar.nii");
  const words = await run(...surface, ...byVolume, ...radius, "--out", out);
  const maps = await rsaSurface({ left: at("lh.func.gii") }, models, {
    labels: volumes,
    radiusMm: 15,
    surfaces: {
      left: { ...mesh, points: { ...mesh.points, data: mesh.points.data.map(Math.fround) } },
    },
    jobs: 1,
    onProgress: false,
  });
  const { values: written, axes } = await readCifti(out);
  expect(axes[0]).toEqual({ kind: "scalars", names: ["idea", "size"] });
  expect(Array.from(written.data)).toEqual(Array.from(maps.scores, Math.fround));
  expect(words).toContain(`idea: highest spearman ${maps.peak("idea").score}`);
  const table = at("scores.csv");
  await run(...surface, ...byVolume, ...radius, "--out", table, "--json");
  expect(readFileSync(table, "utf8").split("\n")[0]).toBe("place,vertices,idea,size");
});

test.each([
  [[...surface, ...byVolume, "--out", "map.nii.gz"], /\.dscalar\.nii or \.csv/],
  [["rsa-surface", ...modelFiles, "--out", "a.csv"], /CIFTI file, or --left/],
  [[...surface, "--out", "a.csv"], /need each other/],
  [[...surface, ...byVolume, "--radius-mm", "9", "--out", "a.csv"], /surfaces/],
  [
    [...surface, ...byVolume, ...radius, "--surface-right", at("lh.surf.gii"), "--out", "a.csv"],
    /of the left half/,
  ],
])("rsa-surface refuses what does not fit (%#)", async (args, words) => {
  await expect(run(...args)).rejects.toThrow(words);
});

const stcs = ["rsa-stcs", ...stems, ...modelFiles, "--labels", `${at("trials.csv")}:item`];

test("rsa-stcs writes what rsaStcs gives, a pair of files a model", async () => {
  const options = ["--source-spaces", spacePath, "--spatial-radius", "0.02"];
  const words = await run(...stcs, ...options, "--tmin", "0.01", "--out", at("map"));
  const estimates = await readSourceEstimates(stems);
  const scores = await rsaStcs(estimates, models, {
    labels: items,
    sourceSpaces: spaces,
    spatialRadiusM: 0.02,
    tminS: 0.01,
    jobs: 1,
    onProgress: false,
  });
  for (const model of ["idea", "size"]) {
    const { data } = await readStc(at(`map_${model}`));
    expect(Array.from(data.data)).toEqual(
      Array.from(scores.toEstimates(model).data.data, Math.fround),
    );
  }
  expect(words).toContain(`size: highest spearman ${scores.peak("size").score}`);
});

test("without a spatial radius scores are a table, and a map is refused", async () => {
  await expect(run(...stcs, "--out", at("pooled"))).rejects.toThrow(/--spatial-radius/);
  await run(...stcs, "--temporal-radius", "0.01", "--out", at("pooled.csv"));
  expect(readFileSync(at("pooled.csv"), "utf8").split("\n")[0]).toBe("time,place,idea,size");
  expect(existsSync(at("pooled-lh.stc"))).toBe(false);
  await expect(run(...stcs, "--inverse", "a-inv.fif", "--out", at("x.csv"))).rejects.toThrow(
    /one file of epochs/,
  );
});

test("--every takes every so manieth centre of both, and what is no such number is refused", async () => {
  const map = at("thin.dscalar.nii");
  await run(...surface, ...byVolume, ...radius, "--every", "4", "--out", map);
  const { data, shape } = (await readCifti(map)).values;
  const nVertices = data.length / 2;
  expect(shape).toContain(2);
  const known = Array.from(data).filter((score) => !Number.isNaN(score)).length;
  expect(known).toBeLessThanOrEqual(2 * Math.ceil(nVertices / 4));
  expect(known).toBeGreaterThan(0);
  const windows = ["--temporal-radius", "0.01", "--every", "2"];
  const rows = async (...more: string[]) => {
    await run(...stcs, "--temporal-radius", "0.01", ...more, "--out", at("thin.csv"));
    return readFileSync(at("thin.csv"), "utf8").trim().split("\n");
  };
  const all = await rows();
  expect(await rows("--every", "2")).toEqual(all.slice(0, 2));
  expect(all).toHaveLength(3);
  const bad = run(...stcs, ...windows.slice(0, 3), "0.5", "--out", at("bad.csv"));
  await expect(bad).rejects.toThrow(/every/);
  const word = run(...stcs, ...windows.slice(0, 3), "two", "--out", at("bad.csv"));
  await expect(word).rejects.toThrow(/--every takes a number/);
});

test.each([
  ["rsa-surface", [...surface, ...byVolume, ...radius], "here.csv"],
  ["rsa-surface", [...surface, ...byVolume, ...radius, "--every", "3"], "here-thin.csv"],
  [
    "rsa-stcs",
    [
      ...stcs,
      "--source-spaces",
      spacePath,
      "--spatial-radius",
      "0.02",
      "--temporal-radius",
      "0.01",
    ],
    "there.csv",
  ],
])("%s in blocks writes the same file for any number of chunks", async (_name, words, out) => {
  await run(...words, "--out", at(out));
  const expected = readFileSync(at(out));
  for (const n of [1, 4, 7, 16, 64]) {
    const blocks = [...words, "--out", at(`blocks-${out}`), "--run-dir", at(`${out}-${n}`)];
    // One block is computed to plan: of few vertices there is no other.
    const planned = run(...blocks, "--engine", "plan");
    await planned.catch((error: { code: string }) => expect(error.code).toBe("BLOCKS_MISSING"));
    const set = await openSet(at(`${out}-${n}`));
    for (let k = n - 1; k >= 0; k--) await runChunk(set, works, k, n);
    await run(...blocks, "--engine", "merge");
    expect(readFileSync(at(`blocks-${out}`)).equals(expected)).toBe(true);
  }
  await expect(run(...words, "--out", at(out), "--chunks", "3")).rejects.toThrow(/needs --engine/);
});
