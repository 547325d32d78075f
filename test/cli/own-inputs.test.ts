import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkOutput } from "../../cli/check-output.ts";
import { registerCommands } from "../../cli/commands/all.ts";
import { random, Rdm, writeNifti, writeNpy } from "../../src/index.ts";
import { writeStc } from "../../src/io/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-own-inputs-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { normal } = random(3);
const items = ["a", "b", "c"];

beforeAll(async () => {
  await writeNpy(at("m.npy"), { data: new Rdm([1, 2, 3]).condensed, shape: [3] });
  const affine = [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ];
  const data = Float64Array.from({ length: 24 }, () => normal());
  await writeNifti(at("bold.nii.gz"), { data, shape: [2, 2, 2, 3], affine });
  await writeNifti(at("x.nii.gz"), { data, shape: [2, 2, 2, 3], affine });
  await writeNifti(at("l_m.nii"), { data, shape: [2, 2, 2, 3], affine });
  await writeNpy(at("l_n.npy"), { data: new Rdm([1, 3, 2]).condensed, shape: [3] });
  writeFileSync(at("x.tsv"), "onset\tduration\ttrial_type\n0\t1\ta\n1\t1\tb\n");
  writeFileSync(at("items.txt"), items.join("\n"));
  writeFileSync(at("l.csv"), ["item", ...items].join("\n"));
  const stem = { kind: "surface" as const, tminS: 0, tstepS: 1 };
  const values = { data: new Float64Array(2), shape: [2, 1] };
  const vertices = [Int32Array.of(0), Int32Array.of(0)];
  await writeStc(at("s"), { ...stem, vertices, data: values });
  for (const name of ["epo.fif", "d.dscalar.nii", "atlas.nii", "img.svg", "net.npz", "run.json"])
    writeFileSync(at(name), "{}");
  mkdirSync(at("hand-ins"));
  writeFileSync(at("hand-ins/one.json"), "{}");
  writeFileSync(at("nb.ts"), "// %%\n1;\n");
  mkdirSync(at("linked"));
  symlinkSync(at("nb.ts"), at("linked/nb.ts"));
  symlinkSync(at("nb.ts"), at("linked/nb.ipynb"));
  symlinkSync(at("bold.nii.gz"), at("link.nii.gz"));
});

const glm = ["glm", at("bold.nii.gz"), "--events", at("x.tsv"), "--tr", "1"];
const labels = ["--labels", `${at("l.csv")}:item`, "--items", at("items.txt")];
const model = ["--model", at("m.npy")];

test.each([
  ["bold.nii.gz", [...glm, "--contrast", "a=1", "--out", at("bold.nii.gz")]],
  ["bold.nii.gz", [...glm, "--contrast", "a=1", "--out", at("link.nii.gz")]],
  ["x.tsv", [...glm, "--trials", "lss", "--out", at("x.nii.gz")]],
  ["l.csv", ["rsa-stcs", at("s"), ...model, ...labels, "--out", at("l.csv")]],
  [
    "s-rh.stc",
    ["rsa-stcs", at("s"), ...model, ...labels, "--spatial-radius", "1", "--out", at("s")],
  ],
  [
    "bold.nii.gz",
    ["rsa-nifti", at("bold.nii.gz"), ...model, ...labels, "--out", at("bold.nii.gz")],
  ],
  [
    "l.csv",
    [
      "rsa-epochs",
      at("epo.fif"),
      "--label-column",
      "item",
      ...model,
      "--items",
      `${at("l.csv")}:item`,
      "--out",
      at("l.csv"),
    ],
  ],
  ["l.csv", ["rsa-surface", at("d.dscalar.nii"), ...model, ...labels, "--out", at("l.csv")]],
  [
    "d.dscalar.nii",
    ["rsa-surface", at("d.dscalar.nii"), ...model, ...labels, "--out", at("d.dscalar.nii")],
  ],
  [
    "l.csv",
    [
      "rsa-atlas",
      at("bold.nii.gz"),
      "--atlas",
      at("atlas.nii"),
      ...model,
      ...labels,
      "--out",
      at("l.csv"),
    ],
  ],
  ["m.npy", ["rdm", at("m.npy"), "--out", at("m.npy")]],
  [
    "l.csv",
    ["power", at("m.npy"), at("l.csv"), "--people", "5", "--effect", "0.1", "--out", at("l.csv")],
  ],
  ["img.svg", ["plot", at("img.svg"), "--out", at("img.svg")]],
  [
    "bold.nii.gz",
    [
      "encode",
      at("bold.nii.gz"),
      "--stimuli",
      at("m.npy"),
      "--mask",
      at("atlas.nii"),
      "--out",
      at("bold.nii.gz"),
    ],
  ],
  [
    "net.npz",
    ["activations", at("net.onnx"), at("net.npz"), "--prepare", "imagenet", "--out", at("net.npz")],
  ],
  ["nb.ts", ["nb", "student", at("nb.ts"), "--out", at("linked")]],
  ["nb.ts", ["run", at("nb.ts"), "--no-check", "--out", at("linked")]],
  ["nb.ts", ["site", at("nb.ts"), "--out", at("linked")]],
  [
    "hand-ins/one.json",
    ["nb", "grade", at("hand-ins"), "--of", at("nb.ts"), "--out", at("hand-ins/one.json")],
  ],
] as const)("no command writes over its own input: %s (%#)", async (input, args) => {
  const before = readFileSync(at(input));
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  await registerCommands(program);
  await expect(program.parseAsync(["node", "tsrsa", ...args])).rejects.toThrow(
    /is the input .*lost/,
  );
  expect(readFileSync(at(input))).toEqual(before);
});

test("an input is known by other names too, and what is none may be written over", async () => {
  linkSync(at("m.npy"), at("hard.npy"));
  const lost = /is the input .*lost/;
  await expect(checkOutput(at("hard.npy"), [at("m.npy")])).rejects.toThrow(lost);
  await expect(checkOutput(at("m.npy"), [{ deep: [`${at("hard.npy")}:column`] }])).rejects.toThrow(
    lost,
  );
  const roundabout = join(dirname(at("hand-ins/x")), "..", "m.npy");
  await expect(checkOutput(roundabout, [at("m.npy")])).rejects.toThrow(lost);
  await checkOutput(at("m.npy"), [
    at("l.csv"),
    { out: at("m.npy"), metric: at("m.npy") },
    undefined,
    3,
  ]);
  await checkOutput(at("new.npy"), [at("new.npy")]);
});
