import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { BlockSet } from "../../src/engine/block-set.ts";
import type { BlockJob, BlockWork } from "../../src/engine/block-work.ts";
import type { EngineDriver } from "../../src/engine/engine-options.ts";
import { openSet } from "../../src/engine/open-set.ts";
import { parsePlan, planId } from "../../src/engine/plan.ts";
import { readProvenance } from "../../src/engine/provenance.ts";
import { runBlocks } from "../../src/engine/run-blocks.ts";
import { runChunk } from "../../src/engine/run-chunk.ts";
import { runStatus } from "../../src/engine/run-status.ts";

const root = mkdtempSync(join(tmpdir(), "tsrsa-engine-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let nFolders = 0;
const newFolder = (): string => join(root, `run${nFolders++}`);

let nRun = 0;
/** Each unit gives two numbers that depend on it and on the input. */
const squares: BlockWork = {
  name: "squares",
  version: 1,
  open: (parameters, inputs) => ({
    run: (from, to) => {
      nRun++;
      const scale = (parameters as { scale: number }).scale;
      const out = Float64Array.from({ length: 2 * (to - from) }, (_, at) => {
        const unit = from + (at >> 1);
        return at % 2 === 0 ? scale * inputs.x[unit] : Math.sqrt(unit);
      });
      return Promise.resolve(out);
    },
  }),
};
const nUnits = 103;
const job: BlockJob = {
  work: squares,
  label: "squares",
  parameters: { scale: 3 },
  inputs: { x: Float64Array.from({ length: nUnits }, (_, at) => at ** 2) },
  nUnits,
  unitLength: 2,
  blockUnits: 10,
};
const expected = Float64Array.from({ length: 2 * nUnits }, (_, at) =>
  at % 2 === 0 ? 3 * (at >> 1) ** 2 : Math.sqrt(at >> 1),
);
const quiet = { onProgress: false } as const;

function drive(folder: string, driver: EngineDriver, some: Partial<BlockJob> = {}) {
  return runBlocks({ ...job, ...some }, { driver, folder }, quiet);
}

async function planned(): Promise<BlockSet> {
  const folder = newFolder();
  await expect(drive(folder, "plan")).rejects.toMatchObject({ code: "BLOCKS_MISSING" });
  return openSet(folder);
}

async function computed(n: number): Promise<BlockSet> {
  const set = await planned();
  for (let k = n - 1; k >= 0; k--) await runChunk(set, [squares], k, n);
  return set;
}

test.each([1, 4, 7, 16, 64])("%i chunks make the same numbers, as they are without", async (n) => {
  const set = await computed(Math.min(n, 11));
  expect(await drive(set.folder.path, "merge")).toEqual(expected);
});

test("chunks share out all blocks, each once, in order", async () => {
  const set = await planned();
  for (const n of [1, 2, 3, 7, 11, 64]) {
    const all = Array.from({ length: n }, (_, k) => set.ofChunk(k, n)).flat();
    expect(all).toEqual(set.blocks);
    expect(set.chunksOf([0, 10], n)[0]).toBe(
      Array.from({ length: n }, (_, k) => set.ofChunk(k, n).includes(set.blocks[0])).indexOf(true),
    );
  }
  expect(set.chunksOf([3, 4, 9], 11)).toEqual([3, 4, 9]);
  expect(set.chunksOf([], 11)).toEqual([]);
});

test("what is there is not computed again, whatever the number of chunks", async () => {
  const set = await computed(4);
  const before = nRun;
  await drive(set.folder.path, "merge");
  await drive(set.folder.path, "plan");
  for (let k = 0; k < 7; k++) expect((await runChunk(set, [squares], k, 7)).computed).toBe(0);
  expect(nRun).toBe(before);
});

test("a block that is cut or damaged is none: it is named as missing and computed anew", async () => {
  const set = await computed(3);
  const path = (at: number): string => join(set.folder.path, "blocks", set.blocks[at].key);
  truncateSync(path(2), 20);
  const bytes = readFileSync(path(5));
  bytes[3] ^= 1;
  writeFileSync(path(5), bytes);
  await expect(drive(set.folder.path, "merge")).rejects.toMatchObject({
    code: "BLOCKS_MISSING",
    missing: 2,
  });
  expect(await set.missing()).toEqual([2, 5]);
  for (const k of set.chunksOf([2, 5], 3)) await runChunk(set, [squares], k, 3);
  expect(await drive(set.folder.path, "merge")).toEqual(expected);
});

test("a chunk may run twice at once", async () => {
  const set = await planned();
  await Promise.all([runChunk(set, [squares], 0, 1), runChunk(set, [squares], 0, 1)]);
  expect(await drive(set.folder.path, "merge")).toEqual(expected);
});

test("who asks for the same numbers with another command has a plan of its own, and the same blocks", async () => {
  const folder = newFolder();
  const asked = (out: string) => ({ command: ["rsa-nifti", "--out", out], folder: root });
  const plan = async (out: string): Promise<void> => {
    const engine = { driver: "plan", folder, asked: asked(out) } as const;
    await runBlocks(job, engine, quiet).catch(() => {});
  };
  for (const out of ["a.nii", "b.nii", "a.nii"]) await plan(out);
  const set = await openSet(folder);
  expect(set.plans.map(({ command }) => command?.[2]).sort()).toEqual(["a.nii", "b.nii"]);
  expect(set.blocks).toHaveLength(11);
  const { total, plans, secondsLeft } = await runStatus(set);
  expect([total, plans.map((one) => one.total)]).toEqual([11, [11, 11]]);
  expect(secondsLeft).toBeCloseTo(10 * (plans[0].secondsPerBlock ?? NaN), 12);
  for (const one of plans) expect((await openSet(one.path)).blocks).toHaveLength(11);
});

test("what ends a set takes away its own half files, and those of no other work", async () => {
  const set = await computed(1);
  const blocks = join(set.folder.path, "blocks");
  const own = `${set.blocks[4].key.slice(0, 48)}.part-0123456789abcdef`;
  const foreign = `${"0".repeat(48)}.part-0123456789abcdef`;
  const notes = `${set.blocks[4].key.slice(0, 48)}.txt`;
  for (const name of [own, foreign, notes]) writeFileSync(join(blocks, name), "");
  await drive(set.folder.path, "local");
  const left = readdirSync(blocks);
  expect([own, foreign, notes].map((name) => left.includes(name))).toEqual([false, true, true]);
});

test("other parameters or another input are other blocks; another version is refused", async () => {
  const set = await computed(1);
  const { path } = set.folder;
  await expect(drive(path, "merge", { parameters: { scale: 4 } })).rejects.toThrow("not computed");
  const x = job.inputs.x.map((value, at) => (at === 7 ? -value : value));
  await expect(drive(path, "merge", { inputs: { x } })).rejects.toThrow("11 of 11 blocks");
  const newer = { ...squares, version: 2 };
  const others = await planned();
  await expect(runChunk(others, [newer], 1, 2)).rejects.toMatchObject({ code: "UNSUPPORTED" });
});

test.each(["node", "arch", "code", "arithmetic"] as const)(
  "a plan of another %s is refused where numbers would be mixed",
  async (field) => {
    const set = await planned();
    const [plan] = set.plans;
    const other = { ...plan, [field]: "another" };
    const changed = { ...other, id: planId(other) };
    await expect(
      runChunk(new BlockSet(set.folder, [changed]), [squares], 1, 2),
    ).rejects.toMatchObject({ code: "OTHER_MACHINE", planned: "another", found: plan[field] });
  },
);

test("a plan that was changed by hand, cut, or is none is refused", async () => {
  const set = await planned();
  const text = readFileSync(set.folder.planPath(set.plans[0]), "utf8");
  const changed = text.replace('"nUnits": 103', '"nUnits": 104');
  expect(changed).not.toBe(text);
  expect(() => parsePlan(changed, "p.json")).toThrow("changed by hand");
  expect(() => parsePlan(text.slice(0, 100), "p.json")).toThrow("no JSON");
  expect(() => parsePlan("[1]", "p.json")).toThrow("other JSON");
  await expect(openSet(join(root, "nowhere"))).rejects.toMatchObject({ code: "MISSING_FILE" });
});

test("an input that was damaged is refused by its hash", async () => {
  const set = await planned();
  const path = join(set.folder.path, "inputs", set.plans[0].inputs.x.sha256);
  writeFileSync(path, readFileSync(path).fill(1, 0, 8));
  await expect(runChunk(set, [squares], 1, 2)).rejects.toMatchObject({ code: "FILE_FORMAT" });
  rmSync(path);
  await expect(runChunk(set, [squares], 1, 2)).rejects.toMatchObject({ code: "MISSING_FILE" });
});

test("every block says where it came from, beside the numbers", async () => {
  const set = await computed(2);
  const known = await readProvenance(set.folder);
  expect(known.size).toBe(11);
  const [plan] = set.plans;
  expect(known.get(set.blocks[4].key)).toMatchObject({
    plan: plan.id,
    inputs: [plan.inputs.x.sha256],
    node: process.versions.node,
    process: process.pid,
  });
  await drive(set.folder.path, "merge");
  const [name] = readdirSync(join(set.folder.path, "merged"));
  const record = JSON.parse(readFileSync(join(set.folder.path, "merged", name), "utf8")) as {
    blocks: unknown[];
  };
  expect(record.blocks).toHaveLength(11);
});

test("status counts and estimates; a line that was cut takes nothing with it", async () => {
  const set = await planned();
  await runChunk(set, [squares], 1, 3);
  const folder = join(set.folder.path, "provenance");
  const [name] = readdirSync(folder);
  writeFileSync(join(folder, name), `${readFileSync(join(folder, name), "utf8")}{"key":"x`);
  const status = await runStatus(set);
  expect(status).toMatchObject({ total: 11, done: 5 });
  expect(status.secondsLeft).toBeGreaterThan(0);
});

test("time that is short: the block at hand is finished and no other begun", async () => {
  const set = await planned();
  const stop = new AbortController();
  stop.abort();
  expect(await runChunk(set, [squares], 0, 1, { stop: stop.signal })).toMatchObject({
    computed: 0,
    left: 11,
  });
  await expect(runChunk(set, [squares], 3, 3)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});

test("export writes a command for each chunk that lacks blocks, and the same call ends the work", async () => {
  const folder = newFolder();
  const engine = { driver: "export", folder, chunks: 5, command: ["a tool", "it's"] } as const;
  const call = () => runBlocks(job, engine, quiet);
  await expect(call()).rejects.toThrow("run the 5 commands");
  const set = await openSet(folder);
  const lines = readFileSync(join(folder, "commands.txt"), "utf8").trim().split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[1]).toBe(
    `'a tool' 'it'\\''s' chunk ${set.folder.planPath(set.plans[0])} 1 --chunks 5`,
  );
  for (let k = 0; k < 5; k++) if (k !== 2) await runChunk(set, [squares], k, 5);
  await expect(call()).rejects.toThrow("run the 1 commands");
  await runChunk(set, [squares], 2, 5);
  expect(await call()).toEqual(expected);
});

test("local processes that fail are heard, and not asked for ever", async () => {
  const folder = newFolder();
  const engine = {
    driver: "local",
    folder,
    chunks: 2,
    processes: 2,
    command: [process.execPath, "-e", "console.error('no such disk'); process.exit(3)"],
  } as const;
  await expect(runBlocks(job, engine, quiet)).rejects.toThrow(/11 of 11 blocks.*no such disk/);
});

test("no units are no blocks, and an empty result", async () => {
  const none = { nUnits: 0, inputs: { x: new Float64Array(0) } };
  expect(await drive(newFolder(), "local", none)).toEqual(new Float64Array(0));
});

test("an engine without a folder, of an unknown driver or option is refused", async () => {
  const { engineNames } = await import("../../src/engine/engine-options.ts");
  const { checkOptions } = await import("../../src/core/gate/options.ts");
  const check = (engine: object) => () => checkOptions({ engine } as never, engineNames);
  expect(check({ driver: "local" })).toThrow("folder");
  expect(check({ folder: "x" })).toThrow("driver");
  expect(check({ driver: "lokal", folder: "x" })).toThrow('did you mean "local"');
  expect(check({ driver: "local", folder: "x", chunk: 4 })).toThrow('did you mean "chunks"');
  expect(check({ driver: "local", folder: "x", chunks: 0 })).toThrow("chunks");
  expect(check({ driver: "slurm", folder: "x", slurm: { mem: "4G" } })).toThrow(
    'unknown option "mem"',
  );
});
