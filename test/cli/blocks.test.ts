import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { register as registerBlocks } from "../../cli/commands/blocks.ts";
import { register as registerPower } from "../../cli/commands/power.ts";
import { register as registerNifti } from "../../cli/commands/rsa-nifti.ts";
import { engineOf } from "../../cli/engine-option.ts";
import type { Plan } from "../../src/engine/plan.ts";
import { RunFolder } from "../../src/engine/run-folder.ts";
import { runChunkCommand } from "../../cli/work/blocks/chunk.ts";
import { runMerge } from "../../cli/work/blocks/merge.ts";
import { writeNifti, writeNpy } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-cli-blocks-"));
const at = (name: string): string => join(folder, name);
const argv = process.argv;
afterAll(() => {
  process.argv = argv;
  rmSync(folder, { recursive: true, force: true });
});

beforeAll(async () => {
  const affine = [
    [2, 0, 0, 0],
    [0, 2, 0, 0],
    [0, 0, 2, 0],
    [0, 0, 0, 1],
  ];
  const shape = [9, 8, 8, 4];
  const data = Float64Array.from({ length: 9 * 8 * 8 * 4 }, (_, k) => Math.sin(k * 1.7) * 9);
  await writeNifti(at("bold.nii"), { data, shape, affine }, { datatype: "float64" });
  await writeNpy(at("model.npy"), { data: Float64Array.of(1, 4, 2, 6, 3, 5), shape: [6] });
});

/** Run a command line in this process; what it printed. */
async function run(...words: string[]): Promise<string> {
  const program = new Command("tsrsa").exitOverride().configureOutput({ writeErr: () => {} });
  registerNifti(program);
  registerPower(program);
  registerBlocks(program);
  // A plan keeps the command line, so that merge can give it again.
  process.argv = ["node", "tsrsa", ...words];
  const printed: string[] = [];
  const log = vi
    .spyOn(console, "log")
    .mockImplementation((line: string) => void printed.push(line));
  try {
    await program.parseAsync(words, { from: "user" });
  } finally {
    log.mockRestore();
  }
  return printed.join("\n");
}

const command = (out: string): string[] => [
  "rsa-nifti",
  at("bold.nii"),
  "--model",
  at("model.npy"),
  "--radius-mm",
  "3",
  "--out",
  at(out),
];

test("plan, chunk, status and merge make the file of the command itself", async () => {
  await run(...command("here.nii"));
  const planned = await run("plan", ...command("blocks.nii"));
  expect(planned).toMatch(
    /rsa-nifti .*bold.nii, 1 of 3 blocks\n1 of 3 blocks are there; about .* of one core left/,
  );
  const [, plan] = /(\S+\.json): RSA/.exec(planned) ?? [];
  await expect(run("merge", at("blocks.nii.blocks"))).rejects.toThrow("2 of 3 blocks");
  expect(await run("chunk", plan, "0", "--chunks", "2")).toBe(
    "0 blocks computed, 1 were there, 0 left",
  );
  process.env.SLURM_ARRAY_TASK_ID = "1";
  expect(await run("chunk", plan, "--chunks", "2")).toBe("2 blocks computed, 0 were there, 0 left");
  delete process.env.SLURM_ARRAY_TASK_ID;
  const status = JSON.parse(await run("status", at("blocks.nii.blocks"), "--json")) as object;
  expect(status).toMatchObject({ total: 3, done: 3 });
  const merged = await run("merge", at("blocks.nii.blocks"));
  expect(merged).toMatch(/576 units, sha256 [0-9a-f]{64}\n.*highest spearman/);
  expect(readFileSync(at("blocks.nii")).equals(readFileSync(at("here.nii")))).toBe(true);
  // Merging leaves the plan as it was made: it may be merged again.
  expect(await run("merge", at("blocks.nii.blocks"))).toBe(merged);
});

test("power is planned and merged, several at once where they only print", async () => {
  const words = ["power", at("model.npy"), "--noise", "3", "--channels", "4", "--effect", "1"];
  const [few, many] = ["4", "7"].map((n) => [...words, "--people", n, "--sets", "12", "--json"]);
  const own = ["--run-dir", at("power")];
  for (const one of [few, many])
    expect(await run("plan", ...one, ...own)).toContain("simulated studies: power");
  for (const name of readdirSync(at("power/plans")))
    await run("chunk", join(at("power/plans"), name), "0", "--chunks", "1");
  const merged = await run("merge", at("power"));
  for (const one of [few, many]) expect(merged).toContain(await run(...one));
});

test("a chunk that fails stops listening to who started it", async () => {
  const planned = await run("plan", ...command("broken.nii"));
  const [, plan] = /(\S+\.json): RSA/.exec(planned) ?? [];
  const inputs = join(at("broken.nii.blocks"), "inputs");
  for (const name of readdirSync(inputs)) truncateSync(join(inputs, name), 8);
  const destroy = vi.spyOn(process.stdin, "destroy").mockReturnThis();
  const chunk = runChunkCommand(plan, "2", { jobs: 1, withParent: true });
  await expect(chunk).rejects.toMatchObject({ code: "FILE_FORMAT" });
  expect(destroy).toHaveBeenCalled();
  destroy.mockRestore();
  process.stdin.pause().removeAllListeners("end").removeAllListeners("error");
});

test("merge gives no command but those that can be planned", async () => {
  const planned = await run("plan", ...command("changed.nii"));
  const [, plan] = /(\S+\.json): RSA/.exec(planned) ?? [];
  await run("chunk", plan, "0", "--chunks", "1");
  const content = JSON.parse(readFileSync(plan, "utf8")) as Plan;
  const folder = new RunFolder(at("changed.nii.blocks"));
  let path = plan;
  for (const words of [["run", "--no-check", "-o"], ["merge", "x"], [], "rsa-nifti", [7]]) {
    rmSync(path);
    path = folder.planPath({ ...content, command: words as string[] });
    writeFileSync(path, JSON.stringify({ ...content, command: words }));
    const call = vi.fn(() => Promise.resolve());
    await expect(runMerge(path, {}, call)).rejects.toThrow(
      "plans are of rsa-nifti, rsa-epochs, rsa-stcs, rsa-surface, power",
    );
    expect(call).not.toHaveBeenCalled();
  }
});

test("two analyses that write one file are not merged by chance of their names", async () => {
  await run("plan", ...command("two.nii"));
  const planned = await run("plan", ...command("two.nii"), "--radius-mm", "5");
  const plans = [...planned.matchAll(/(\S+\.json): RSA/g)].map(([, path]) => path);
  expect(plans).toHaveLength(2);
  for (const plan of plans) await run("chunk", plan, "0", "--chunks", "1");
  const merging = run("merge", at("two.nii.blocks"));
  await expect(merging).rejects.toThrow(/are different commands that both write .*two.nii/);
  expect(existsSync(at("two.nii"))).toBe(false);
  for (const plan of plans) await run("merge", plan);
  expect(existsSync(at("two.nii"))).toBe(true);
});

test("one analysis with two outputs makes both, and how it was computed asks for no other plan", async () => {
  const both = (out: string): string[] => [...command(out), "--run-dir", at("both")];
  await run("plan", ...both("first.nii"));
  const planned = await run("plan", ...both("second.nii"));
  const [, plan] = /(\S+\.json): RSA/.exec(planned) ?? [];
  await run("chunk", plan, "0", "--chunks", "1");
  await run(...both("third.nii"), "--engine", "local", "--chunks", "2", "--sbatch=--qos=x");
  await expect(
    run(...both("third.nii"), "--sbatch", "a", "b", "--mem=4G", "--engine=export"),
  ).resolves.toContain("highest");
  const plans = readdirSync(join(at("both"), "plans"));
  expect(plans).toHaveLength(3);
  await run("merge", at("both"));
  for (const out of ["first.nii", "second.nii", "third.nii"])
    expect(existsSync(at(out))).toBe(true);
});

test("a plan keeps no password and no signature, and says so when it is to be finished", async () => {
  process.argv = [
    ...["node", "tsrsa", "plan", "rsa-nifti", "https://ann:s3cret@h/x.nii?sig=abc&v=1"],
    ...["--model=https://h/m.npy?token=t0k", "--out", at("secret.nii")],
  ];
  const engine = engineOf({ engine: "plan", runDir: at("secret") }, at("secret.nii"));
  const words = engine?.asked?.command ?? [];
  expect(words).toEqual([
    ...["rsa-nifti", "https://…@h/x.nii?sig=…&v=…"],
    ...["--model=https://h/m.npy?token=…", "--out", at("secret.nii")],
  ]);
  const planned = await run("plan", ...command("plain.nii"));
  const [, plan] = /(\S+\.json): RSA/.exec(planned) ?? [];
  await run("chunk", plan, "0", "--chunks", "1");
  const content = JSON.parse(readFileSync(plan, "utf8")) as Plan;
  const changed = { ...content, command: words };
  const folder = new RunFolder(at("plain.nii.blocks"));
  rmSync(plan);
  writeFileSync(folder.planPath(changed), JSON.stringify(changed));
  await expect(run("merge", at("plain.nii.blocks"))).rejects.toThrow(
    "is kept without its password or signature",
  );
});

test("wrong usage is said: options without an engine, a chunk without number, a folder without plan", async () => {
  await expect(run(...command("no.nii"), "--chunks", "4")).rejects.toThrow(
    "--chunks needs --engine",
  );
  await expect(run(...command("no.nii"), "--engine", "slrum")).rejects.toThrow(
    "did you mean slurm",
  );
  writeFileSync(at("empty.json"), "{}");
  await expect(run("chunk", at("empty.json"), "0")).rejects.toMatchObject({ code: "FILE_FORMAT" });
  await expect(run("status", at("nowhere"))).rejects.toMatchObject({ code: "MISSING_FILE" });
});
