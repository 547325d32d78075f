// What issues of size cost, with ratios of one run: node bench/scale.mjs [--only status,files,bootstrap,slurm] [--full]
// Needs dist/ (npm run build). --full takes the sizes of the goals (an hour and 10 GB of disk); without, small ones.
// --write keeps what was measured in docs/performance/scale.json and scale.md, with the load of the machine; what other rows
// have there stays.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = new URL("../dist/", import.meta.url);
const tsrsa = await import(new URL("src/index.js", dist).href);
const library = (path) => import(new URL(`src/${path}`, dist).href);
const full = process.argv.includes("--full");
const at = process.argv.indexOf("--only");
const only = at < 0 ? undefined : process.argv[at + 1].split(",");
const { random } = tsrsa;
const quiet = { onProgress: false };
const part = process.argv.indexOf("--child");
if (part >= 0) {
  console.log(JSON.stringify(await step(process.argv.slice(part + 1))));
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), "tsrsa-scale-"));

try {
  for (const row of [status, files, bootstrap, slurm])
    if (only === undefined || only.includes(row.name)) keep(row.name, await row());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Shows what a row found, and writes it down where that was asked for. */
function keep(row, found) {
  console.log(row, found);
  if (!process.argv.includes("--write")) return;
  const docs = new URL("../docs/performance/", import.meta.url);
  const json = new URL("scale.json", docs);
  const rows = existsSync(json) ? JSON.parse(readFileSync(json, "utf8")) : {};
  const conditions = { node: process.version, cpus: cpus().length, cpu: cpus()[0].model };
  rows[full ? row : `${row}, small`] = { found, load: round(loadavg()[0]), ...conditions };
  writeFileSync(json, `${JSON.stringify(rows, undefined, 2)}\n`);
  writeFileSync(new URL("scale.md", docs), pageOf(rows));
}

/** The rows as a page. */
function pageOf(rows) {
  const parts = Object.entries(rows).flatMap(([row, { found, load, node, cpus: count, cpu }]) => [
    `## ${row}`,
    `Node ${node}, ${count} × ${cpu}, load ${load} while it ran.`,
    ...[found]
      .flat()
      .map((one) =>
        typeof one === "string"
          ? one
          : [
              "| | |",
              "|---|---|",
              ...Object.entries(one).map(([key, value]) => `| ${key} | ${value} |`),
            ].join("\n"),
      ),
  ]);
  const head =
    "# What issues of size cost\n\nWritten by `node bench/scale.mjs --write` (`--full` for the sizes of the goals). Seconds of CPU count where\nother programs ran at the same time; seconds on the clock do not.";
  return `${[head, ...parts].join("\n\n")}\n`;
}

/** A plan of 10,000 blocks, half of which are there: seconds to list and count them. Goal: under 2. */
async function status() {
  const { runBlocks } = await library("engine/run-blocks.js");
  const { openSet } = await library("engine/open-set.js");
  const { runStatus } = await library("engine/run-status.js");
  const { writeFileSync, mkdirSync } = await import("node:fs");
  const work = {
    name: "none",
    version: 1,
    open: () => ({ run: async (a, b) => new Float64Array(b - a) }),
  };
  const job = {
    work,
    label: "none",
    parameters: {},
    inputs: {},
    nUnits: 10_000,
    unitLength: 1,
    blockUnits: 1,
  };
  const run = join(folder, "status");
  await runBlocks(job, { driver: "plan", folder: run }, quiet).catch(() => {});
  const set = await openSet(run);
  mkdirSync(join(run, "blocks"), { recursive: true });
  for (const { key } of set.blocks.slice(0, 5000)) writeFileSync(join(run, "blocks", key), "");
  const began = performance.now();
  const { done } = await runStatus(await openSet(run));
  return { done, seconds: (performance.now() - began) / 1000 };
}

/** RDM and Spearman against 3 models in files, and at 4,000 items in memory: time per pair. Goal: at most 1.5 times. */
async function files() {
  const nItems = full ? 20_000 : 3000;
  const nFeatures = full ? 500 : 100;
  const small = full ? 4000 : 1500;
  const features = (n, seed) => {
    const { normal } = random(seed);
    return { data: Float64Array.from({ length: n * nFeatures }, normal), shape: [n, nFeatures] };
  };
  const inMemory = await timed(async () => {
    const [data, ...models] = [0, 1, 2, 3].map((seed) => tsrsa.computeRdm(features(small, seed)));
    await tsrsa.compareRdms(data, models, quiet);
  });
  const maxBytes = full ? 2 ** 29 : 2 ** 23;
  const inFiles = await timed(async () => {
    const opened = [];
    for (const seed of [0, 1, 2, 3]) {
      const path = join(folder, `${seed}.npy`);
      await tsrsa.writeRdmFile(path, features(nItems, seed), { maxBytes, ...quiet });
      opened.push(await tsrsa.openRdmFile(path));
    }
    await tsrsa.compareRdmFiles(opened[0], opened.slice(1), { maxBytes });
    for (const file of opened) await file.close();
  });
  const pairs = (n) => (n * (n - 1)) / 2;
  return {
    nItems,
    inMemory,
    inFiles,
    ratioPerPair: inFiles / pairs(nItems) / (inMemory / pairs(small)),
    peakMB: process.resourceUsage().maxRSS / 1024,
  };
}

/**
 * Dual bootstrap of 15 RDMs and 3 models in files: CPU seconds a sample, and the peak of a process that does nothing else.
 * Goals of two quiet cores: 1,000 samples in 10 minutes at 2,985 items, in 40 at 4,916, within 2 GB.
 */
async function bootstrap() {
  const found = [];
  for (const [nItems, samples] of full
    ? [
        [2985, 12],
        [4916, 12],
      ]
    : [[600, 10]]) {
    const own = join(folder, `boot-${nItems}`);
    mkdirSync(own);
    child("write", own, nItems);
    const few = child("draw", own, 2);
    const all = child("draw", own, samples + 2);
    const cpu = (all.cpu - few.cpu) / samples;
    const wall = (all.wall - few.wall) / samples;
    found.push({
      nItems,
      cpuSecondsASample: round(cpu),
      wallSecondsASample: round(wall),
      minutesOf1000: round((1000 * wall + few.wall) / 60),
      minutesOf1000IfTwoCoresHadItsCpu: round((1000 * cpu + few.cpu) / 2 / 60),
      peakMB: Math.round(all.peakMB),
      load: round(loadavg()[0]),
    });
    rmSync(own, { recursive: true });
  }
  return found;
}

/** One step of a row in a process of its own; what it prints. */
function child(...args) {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), "--child", ...args.map(String)],
    { encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The step itself: RDMs written into files, or drawn from them. */
async function step([what, own, count]) {
  const names = Array.from({ length: 18 }, (_, k) => join(own, `${k}.npy`));
  if (what === "write") {
    const n = (count * (count - 1)) / 2;
    const { next } = random(1);
    const { writeNpy } = tsrsa;
    for (const name of names) await writeNpy(name, Float64Array.from({ length: n }, next));
    return {};
  }
  const files = await Promise.all(names.map((name) => tsrsa.openRdmFile(name)));
  const options = { samples: Number(count), maxBytes: 2e9, ...quiet };
  const wall = await timed(() =>
    tsrsa.evalBootstrapFiles(files.slice(15), files.slice(0, 15), options),
  );
  const { user, system } = process.cpuUsage();
  return { wall, cpu: (user + system) / 1e6, peakMB: process.resourceUsage().maxRSS / 1024 };
}

function round(value) {
  return Math.round(1000 * value) / 1000;
}

/** Two nodes of a private Slurm against two processes here, chunks of a minute. Goal: at most 1.15 times. */
async function slurm() {
  const scripts = fileURLToPath(new URL("../test/support/slurm/", import.meta.url));
  const cluster = join(folder, "cluster");
  const up = spawnSync("bash", [join(scripts, "up.sh"), cluster, "2"], { encoding: "utf8" });
  if (up.status !== 0) return "skipped: no Slurm could be started here";
  process.env.SLURM_CONF = join(cluster, "slurm.conf");
  try {
    const nItems = 40;
    const shape = full ? [40, 40, 30, nItems] : [12, 12, 10, nItems];
    const { normal, next } = random(5);
    const affine = [
      [3, 0, 0, 0],
      [0, 3, 0, 0],
      [0, 0, 3, 0],
      [0, 0, 0, 1],
    ];
    const data = Float64Array.from({ length: shape.reduce((a, b) => a * b) }, normal);
    const model = new tsrsa.Rdm(Float64Array.from({ length: (nItems * (nItems - 1)) / 2 }, next));
    const run = (driver, more) =>
      timed(() =>
        tsrsa.rsaNifti({ data, shape, affine }, model, {
          ...quiet,
          radiusMm: 10,
          metric: "minkowski",
          engine: { driver, folder: join(folder, driver), chunks: full ? 8 : 2, ...more },
        }),
      );
    const local = await run("local", { processes: 2 });
    const onNodes = await run("slurm", { slurm: { atOnce: 2 } });
    return { local, onNodes, ratio: onNodes / local };
  } finally {
    spawnSync("bash", [join(scripts, "down.sh"), cluster]);
  }
}

async function timed(work) {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
