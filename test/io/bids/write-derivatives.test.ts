import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bidsLabel, openBids, writeBidsMap, writeBidsTable } from "../../../src/io/bids/index.ts";
import { readNifti } from "../../../src/io/nifti/index.ts";
import { readTsv } from "../../../src/table/read-tsv.ts";
import { asTable } from "../../../src/table/as-table.ts";
import { layOut, rawDescription } from "./lay-out.ts";

const affine = [
  [2, 0, 0, 0],
  [0, 2, 0, 0],
  [0, 0, 2, 0],
  [0, 0, 0, 1],
];
const map = { data: Float32Array.of(1, 2, 3), shape: [3, 1, 1], affine };
const entities = { sub: "01", ses: "a", task: "x", space: "T1w", desc: "m" };
const json = (path: string) => JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
const own = (path: string) => json(path).tsrsa as Record<string, unknown>;

test("a map stands in its folder beside a sidecar that says what it was made of", async () => {
  const root = layOut({
    "dataset_description.json": rawDescription,
    "sub-01/func/sub-01_task-x_bold.nii": "abc",
  });
  const data = await openBids(root);
  const out = join(root, "derivatives/tsrsa");
  const bold = join(root, "sub-01/func/sub-01_task-x_bold.nii");
  const options = { metric: "crossnobis", radiusMm: 9, seed: NaN, folds: ["1", "2"], mask: {} };
  const [path] = await writeBidsMap(out, map, {
    ...{ entities, data, sources: [bold], function: "rsaNifti", options, description: "a map" },
    metadata: { RepetitionTime: 2 },
  });
  expect(path).toBe(
    join(out, "sub-01/ses-a/func/sub-01_ses-a_task-x_space-T1w_desc-m_statmap.nii.gz"),
  );
  expect(Array.from((await readNifti(path)).data)).toEqual([1, 2, 3]);
  const uri = "bids:raw:sub-01/func/sub-01_task-x_bold.nii";
  expect(json(path.replace(".nii.gz", ".json"))).toEqual({
    ...{ Description: "a map", Sources: [uri], SpatialReference: "T1w", RepetitionTime: 2 },
    tsrsa: {
      ...{ version: "0.1.0", function: "rsaNifti" },
      options: { metric: "crossnobis", radiusMm: 9, seed: "NaN", folds: ["1", "2"] },
      sha256: { [uri]: createHash("sha256").update("abc").digest("hex") },
    },
  });
  const description = json(join(out, "dataset_description.json"));
  expect(description).toMatchObject({
    ...{ Name: "tsrsa", DatasetType: "derivative", BIDSVersion: "1.10.0" },
    GeneratedBy: [{ Name: "tsrsa", Version: "0.1.0" }],
    DatasetLinks: { raw: `file://${root}` },
  });
  expect(readFileSync(join(out, ".bidsignore"), "utf8")).toContain("*_statmap.*\n");
});

test("a sidecar says when the work began and how long it took, and is the same whenever it was made", async () => {
  const out = layOut({});
  const options = { entities, function: "f", options: { a: 1 } };
  const started = new Date("2020-01-02T03:04:05.006Z");
  const [path] = await writeBidsMap(out, map, { ...options, started });
  const said = json(path.replace(".nii.gz", ".json")).tsrsa as Record<string, unknown>;
  expect(said.started).toBe("2020-01-02T03:04:05.006Z");
  expect(said.seconds).toBeGreaterThan(1e6);
  const later = { ...options, started: new Date() };
  expect(await writeBidsMap(out, map, { ...later, resume: true })).toEqual([path]);
  await expect(
    writeBidsMap(out, map, { ...later, options: { a: 2 }, resume: true }),
  ).rejects.toThrow("other options");
  const ahead = new Date(Date.now() + 1e6);
  await writeBidsMap(out, map, { ...options, started: ahead, overwrite: true });
  const again = json(path.replace(".nii.gz", ".json")).tsrsa as Record<string, unknown>;
  expect(again.seconds).toBe(0);
  for (const wrong of ["now", new Date(NaN), 5]) {
    const bad: object = { ...options, started: wrong };
    await expect(writeBidsMap(out, map, bad as typeof later)).rejects.toThrow("started");
  }
});

test("what is there is refused, written over or left where it is the same", async () => {
  const out = layOut({});
  const options = { entities, function: "f", options: { a: 1 } };
  const [path] = await writeBidsMap(out, map, options);
  await expect(writeBidsMap(out, map, options)).rejects.toThrow(/overwrite: true/);
  const other = { ...map, data: Float32Array.of(4, 5, 6) };
  const first = async () => (await readNifti(path)).data[0];
  await writeBidsMap(out, other, { ...options, resume: true });
  expect(await first()).toBe(1);
  const changed = { ...options, options: { a: 2 } };
  await expect(writeBidsMap(out, other, { ...changed, resume: true })).rejects.toThrow(
    /other options/,
  );
  await writeBidsMap(out, other, { ...changed, overwrite: true });
  expect([await first(), own(path.replace(".nii.gz", ".json")).options]).toEqual([4, { a: 2 }]);
});

test("what is half written, or made with other nested options or arrays, is not taken for the same", async () => {
  const out = layOut({});
  const of = (options: Record<string, unknown>) => ({ entities, options });
  await writeBidsMap(out, map, of({ a: 1 }));
  const half = { ...map, data: Float32Array.of(1, 2) };
  await expect(writeBidsMap(out, half, { ...of({ a: 2 }), overwrite: true })).rejects.toThrow();
  await expect(writeBidsMap(out, map, { ...of({ a: 2 }), resume: true })).rejects.toThrow(/other/);
  const long = (at: number) => Float64Array.from({ length: 100 }, (_, k) => (k === at ? 1 : 0));
  const changes: [unknown, unknown][] = [
    [{ method: "full" }, { method: "diagonal" }],
    [Float64Array.of(1, 2), Float64Array.of(1, 3)],
    [long(0), long(99)],
    [Array.from(long(0)), Array.from(long(99))],
    [[{ name: "a" }], [{ name: "b" }]],
    [{ of: { of: long(0) } }, { of: { of: long(1) } }],
  ];
  for (const [before, after] of changes) {
    await writeBidsMap(out, map, { ...of({ before }), overwrite: true });
    await writeBidsMap(out, map, { ...of({ before }), resume: true });
    await expect(
      writeBidsMap(out, map, { ...of({ before: after }), resume: true }),
    ).rejects.toThrow(/other options/);
  }
});

test("two sources of one name each have their hash", async () => {
  const root = layOut({ "s1/x.txt": "a", "s2/x.txt": "b" });
  const sources = [join(root, "s1/x.txt"), join(root, "s2/x.txt")];
  const [path] = await writeBidsMap(root, map, { entities, sources });
  expect(Object.keys(own(path.replace(".nii.gz", ".json")).sha256 as object)).toEqual(sources);
  await writeBidsMap(root, map, { entities, sources, resume: true });
  writeFileSync(sources[0], "changed");
  await expect(writeBidsMap(root, map, { entities, sources, resume: true })).rejects.toThrow(
    /other files/,
  );
});

test("several maps are told apart by their names", async () => {
  const out = layOut({});
  const paths = await writeBidsMap(
    out,
    { "face − house": map, "my model": map },
    { entities, description: "RSA" },
  );
  expect(paths.map((path) => /desc-(\w+?)_/.exec(path)?.[1])).toEqual(["faceHouse", "myModel"]);
  expect(json(paths[1].replace(".nii.gz", ".json")).Description).toBe("RSA: my model");
  const twice = writeBidsMap(out, { "my model": map, myModel: map }, { entities });
  await expect(twice).rejects.toThrow(/"my model and myModel".*label myModel/);
  expect(() => bidsLabel("−")).toThrow(/letters a to z/);
  expect([bidsLabel("é V1"), bidsLabel("a_b-c")]).toEqual(["eV1", "aBC"]);
});

test("a description of others is kept, recorded data are left alone", async () => {
  const theirs = {
    Name: "fitlins",
    BIDSVersion: "1.6.0",
    DatasetType: "derivative",
    GeneratedBy: [{ Name: "fitlins" }],
  };
  const out = layOut({ "dataset_description.json": JSON.stringify(theirs), ".bidsignore": "a" });
  await writeBidsMap(out, map, { entities });
  expect(json(join(out, "dataset_description.json"))).toMatchObject({
    ...{ Name: "fitlins", BIDSVersion: "1.6.0" },
    GeneratedBy: [{ Name: "fitlins" }, { Name: "tsrsa" }],
  });
  expect(readFileSync(join(out, ".bidsignore"), "utf8").split("\n").slice(0, 2)).toEqual([
    "a",
    "*_statmap.*",
  ]);
  const raw = layOut({ "dataset_description.json": rawDescription });
  await expect(writeBidsMap(raw, map, { entities })).rejects.toThrow(/recorded data lie there/);
  expect(existsSync(join(raw, "sub-01"))).toBe(false);
});

test("recorded data are left alone by whatever they say of themselves", async () => {
  const converted = { Name: "x", DatasetType: "raw", GeneratedBy: [{ Name: "HeuDiConv" }] };
  const bold = { "sub-01/func/sub-01_task-x_bold.nii": "abc" };
  const described = { "dataset_description.json": JSON.stringify(converted), ...bold };
  for (const files of [described, bold, { ...bold, "dataset_description.json": "{}" }]) {
    const root = layOut(files);
    await expect(writeBidsMap(root, map, { entities })).rejects.toThrow(/recorded data lie there/);
    expect([existsSync(join(root, ".bidsignore")), existsSync(join(root, "sub-01/ses-a"))]).toEqual(
      [false, false],
    );
    expect((await openBids(root)).root).toBe(root);
  }
});

test("sources that others named keep what is known of them", async () => {
  const root = layOut({
    "dataset_description.json": rawDescription,
    "sub-01/func/sub-01_task-x_bold.nii": "abc",
  });
  const theirs = [{ URL: "https://x", DOI: "doi:10.1/x", Version: "3" }];
  const out = layOut({
    "dataset_description.json": JSON.stringify({
      ...{ Name: "p", DatasetType: "derivative", SourceDatasets: theirs },
    }),
  });
  const sources = [join(root, "sub-01/func/sub-01_task-x_bold.nii")];
  const options = { entities, data: await openBids(root), sources, overwrite: true };
  await writeBidsMap(out, map, options);
  await writeBidsMap(out, map, options);
  expect(json(join(out, "dataset_description.json")).SourceDatasets).toEqual([
    ...theirs,
    { URL: `file://${root}` },
  ]);
});

test("a table has its columns described, and what is missing as n/a", async () => {
  const out = layOut({});
  const table = asTable([
    { region: "V1", score: 0.4 },
    { region: null, score: NaN },
  ]);
  const path = await writeBidsTable(out, table, { entities, columns: { score: "how well" } });
  expect(path).toMatch(/_desc-m_stats\.tsv$/);
  expect(readFileSync(path, "utf8")).toBe("region\tscore\nV1\t0.4\nn/a\tn/a\n");
  expect((await readTsv(path)).column("score")).toEqual([0.4, null]);
  expect(json(path.replace(".tsv", ".json")).score).toEqual({ Description: "how well" });
  await expect(
    writeBidsTable(out, asTable([{ a: "x\ty" }]), { entities, suffix: "betas" }),
  ).rejects.toThrow(/column a, row 1/);
});

test("names and places that are none are refused before anything is written", async () => {
  const out = layOut({});
  await expect(
    writeBidsMap(out, map, { entities: { ...entities, desc: "my_model" } }),
  ).rejects.toThrow(/my_model/);
  await expect(writeBidsMap(out, map, { entities, overwrit: true } as never)).rejects.toThrow(
    /overwrite/,
  );
  await expect(writeBidsMap(out, {}, undefined as never)).rejects.toThrow(/entities/);
  await expect(writeBidsMap(out, { a: [1] } as never, { entities })).rejects.toThrow(/maps.a/);
  await expect(writeBidsMap(out, map, { entities, sources: ["/no"] })).rejects.toThrow(/no file/);
  await expect(writeBidsMap("", map, { entities })).rejects.toThrow(/folder/);
  expect(existsSync(join(out, "dataset_description.json"))).toBe(false);
  mkdirSync(join(out, "x"));
  writeFileSync(join(out, "x/dataset_description.json"), "{");
  await expect(writeBidsMap(join(out, "x"), map, { entities })).rejects.toThrow(/JSON/);
});
