import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { register } from "../../cli/commands/rsa-nifti.ts";
import { random, Rdm, readNifti, rsaNifti, writeNifti, writeNpy } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-cli-nifti-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const affine = [
  [3, 0, 0, -6],
  [0, 3, 0, -6],
  [0, 0, 3, -6],
  [0, 0, 0, 1],
];
const draw = random(8);
const bold = {
  data: Float64Array.from({ length: 5 * 5 * 4 * 8 }, () => draw.normal()),
  shape: [5, 5, 4, 8],
  affine,
};
const labels = ["cat", "dog", "rest", "car", "rest", "car", "cat", "dog"];
const items = ["cat", "dog", "car"];
const models = { animals: Float64Array.of(0.1, 1, 0.9), size: Float64Array.of(0.4, 0.9, 0.6) };
const radius = ["--radius-mm", "4"];

beforeAll(async () => {
  await writeNifti(at("bold.nii.gz"), bold, { datatype: "float64" });
  for (const [name, data] of Object.entries(models))
    await writeNpy(at(`${name}.npy`), { data, shape: [3] });
  await writeNpy(at("volumes.npy"), {
    data: Float64Array.from({ length: 28 }, () => draw.next()),
    shape: [28],
  });
  writeFileSync(at("items.txt"), items.join("\n"));
  writeFileSync(
    at("labels.txt"),
    ["labels chunks", ...labels.map((label, t) => `${label} ${Math.floor(t / 4)}`)].join("\n"),
  );
  writeFileSync(at("labels.csv"), ["run,item", ...labels.map((label) => `1,${label}`)].join("\n"));
  const mask = { data: new Uint8Array(100).fill(1, 20, 80), shape: [5, 5, 4], affine };
  await writeNifti(at("mask.nii"), mask, { datatype: "uint8" });
});

/** Run the command in this process; what it printed. */
async function run(...args: string[]): Promise<string> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  register(program);
  const printed: string[] = [];
  const log = vi
    .spyOn(console, "log")
    .mockImplementation((line: string) => void printed.push(line));
  try {
    await program.parseAsync(["node", "tsrsa", "rsa-nifti", at("bold.nii.gz"), ...args]);
  } finally {
    log.mockRestore();
  }
  return printed.join("\n");
}

const byLabel = ["--labels", at("labels.txt") + ":labels", "--items", at("items.txt"), "--common"];

test("one map a model, each what rsaNifti gives", async () => {
  const printed = await run(
    "--model",
    at("animals.npy"),
    at("size.npy"),
    ...byLabel,
    ...radius,
    "--brain-mask",
    at("mask.nii"),
    "--out",
    at("map.nii.gz"),
  );
  const expected = await rsaNifti(
    bold,
    Object.entries(models).map(([name, data]) => new Rdm(data, { name, items })),
    {
      labels,
      items: "common",
      radiusMm: 4,
      brainMask: await readNifti(at("mask.nii")),
      onProgress: false,
    },
  );
  for (const map of expected.maps()) {
    const written = await readNifti(at(`map_${map.name}.nii.gz`));
    expect(written).toMatchObject({ datatype: "float32", shape: [5, 5, 4], affine });
    expect(Float32Array.from(written.data)).toEqual(map.data);
  }
  const { score, voxel } = expected.peak("animals");
  expect(printed).toContain(`animals: highest spearman ${score} at (`);
  expect(printed).toContain(`voxel (${voxel.join(", ")})`);
  expect(printed).toContain("note: 2 of 8 volumes were left out");
});

test("--json has peaks, distribution and the record", async () => {
  const printed = await run(
    "--model",
    at("animals.npy"),
    ...byLabel,
    ...radius,
    "--rsa-metric",
    "pearson",
    "--jobs",
    "1",
    "--json",
    "--out",
    at("one.nii"),
  );
  const { models: found, record } = JSON.parse(printed) as {
    models: {
      model: string;
      out: string;
      peaks: { voxel: number[] }[];
      distribution: { patches: number };
    }[];
    record: object;
  };
  expect(record).toMatchObject({ rsaMetric: "pearson", nItems: 3, nVolumesUsed: 6, radiusMm: 4 });
  expect(found[0]).toMatchObject({
    model: "animals",
    out: at("one.nii"),
    distribution: { patches: 100 },
  });
  expect(found[0].peaks[0].voxel).toHaveLength(3);
});

test("without labels the models have the volumes' order; without a radius there is one patch", async () => {
  const printed = await run("--model", at("volumes.npy"), "--out", at("whole.nii.gz"));
  expect(printed).toMatch(/^volumes: spearman -?0\.\d+\n.*1 patch, 8 items$/);
});

test("folds by number, max and by a column of runs", async () => {
  const record = async (folds: string) =>
    (
      JSON.parse(
        await run(
          "--model",
          at("animals.npy"),
          ...byLabel,
          ...radius,
          "--folds",
          folds,
          "--json",
          "--out",
          at("cv.nii"),
        ),
      ) as { record: { nFolds: number } }
    ).record.nFolds;
  expect(await record("2")).toBe(2);
  expect(await record("max")).toBe(2);
  expect(await record(at("labels.txt") + ":chunks")).toBe(2);
});

test("a column of a comma-separated table serves as well", async () => {
  const args = ["--labels", at("labels.csv") + ":item", "--items", at("items.txt")];
  await run("--model", at("animals.npy"), ...args, "--common", ...radius, "--out", at("csv.nii"));
  await run("--model", at("animals.npy"), ...byLabel, ...radius, "--out", at("txt.nii"));
  expect((await readNifti(at("csv.nii"))).data).toEqual((await readNifti(at("txt.nii"))).data);
  await expect(
    run("--model", at("animals.npy"), ...args, ...radius, "--out", at("x.nii")),
  ).rejects.toThrow(/"rest"/);
});

test.each([
  [["--labels", "labels.csv:item"], /--labels needs --items/],
  [["--items", "items.txt"], /--items needs --labels/],
  [["--metric", "corelation"], /did you mean correlation/],
  [["--rsa-metric", "spearmann"], /did you mean spearman/],
  [["--folds", "some"], /--folds takes a number/],
  [["--radius-mm", "wide"], /--radius-mm takes a number/],
  [
    ["--labels", "labels.csv", "--items", "items.txt"],
    /expected 8 labels, one per volume of the image, found 9/,
  ],
])("%s is wrong usage", async (args, message) => {
  const paths = args.map((arg) => (/^(labels|items)\./.test(arg) ? at(arg) : arg));
  await expect(run("--model", at("animals.npy"), "--out", at("x.nii"), ...paths)).rejects.toThrow(
    message,
  );
});

test("names of outputs that cannot be", async () => {
  await expect(run("--model", at("animals.npy"), "--out", at("map.npy"))).rejects.toThrow(
    /ends in \.nii/,
  );
  await expect(
    run("--model", at("animals.npy"), at("animals.npy"), "--out", at("map.nii")),
  ).rejects.toThrow(/two models are called animals/);
});
