import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { afterAll, expect, test, vi } from "vitest";
import { register as registerEpochs } from "../../cli/commands/rsa-epochs.ts";
import { register as registerNifti } from "../../cli/commands/rsa-nifti.ts";
import { random, readEpochs, readNifti, writeNifti, writeNpy } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-cli-every-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const draw = random(4);

async function run(...args: string[]): Promise<void> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  registerEpochs(program);
  registerNifti(program);
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await program.parseAsync(["node", "tsrsa", ...args, "--jobs", "1"]);
  } finally {
    log.mockRestore();
  }
}

test("rsa-nifti --every 4 scores every fourth centre", async () => {
  const affine = [2, 2, 2, 1].map((size, i) => [0, 1, 2, 3].map((j) => (i === j ? size : 0)));
  const data = Float64Array.from({ length: 27 * 4 }, () => draw.normal());
  await writeNifti(at("bold.nii"), { data, shape: [3, 3, 3, 4], affine }, { datatype: "float64" });
  await writeNpy(at("m.npy"), { data: Float64Array.of(1, 2, 3, 4, 5, 6.5), shape: [6] });
  const args = ["rsa-nifti", at("bold.nii"), "--model", at("m.npy"), "--radius-mm", "3"];
  await run(...args, "--out", at("all.nii"));
  await run(...args, "--every", "4", "--out", at("some.nii"));
  const [all, some] = [await readNifti(at("all.nii")), await readNifti(at("some.nii"))];
  // As everywhere in images, 0 is what was not scored.
  const scored = Array.from(some.data).flatMap((score, k) => (score === 0 ? [] : [k]));
  expect(scored).toHaveLength(7);
  for (const k of scored) expect(some.data[k]).toBe(all.data[k]);
});

test("rsa-epochs --every 4 scores every fourth window", async () => {
  const file = fileURLToPath(new URL("../fixtures/fif/small-epo.fif", import.meta.url));
  const items = [...new Set((await readEpochs(file)).column("file").map(String))];
  writeFileSync(at("items.txt"), items.join("\n"));
  const nPairs = (items.length * (items.length - 1)) / 2;
  const values = Float64Array.from({ length: nPairs }, () => draw.next());
  await writeNpy(at("model.npy"), { data: values, shape: [nPairs] });
  const model = ["--model", at("model.npy"), "--items", at("items.txt")];
  const args = ["rsa-epochs", file, ...model, "--label-column", "file"];
  const rows = async (...more: string[]) => {
    await run(...args, "--temporal-radius", "0.04", ...more, "--out", at("scores.csv"));
    return readFileSync(at("scores.csv"), "utf8").trim().split("\n").slice(1);
  };
  const all = await rows();
  expect(all.length).toBeGreaterThan(5);
  expect(await rows("--every", "4")).toEqual(all.filter((_, k) => k % 4 === 0));
});
