// Long work on a real Slurm of two nodes, started here for this alone, and broken in six ways: node scripts/check-slurm.mjs
// Needs dist/ (npm run build), and slurm-wlm and munge: installed by apt-get where the user may, else the check is skipped.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./run.mjs";

const only = process.env.TSRSA_ONLY?.split(",");
const most = 3;
process.env.PATH += ":/usr/sbin:/sbin";
if (!installed()) {
  console.log(
    "skipped the checks on Slurm: slurm-wlm and munge are not here and cannot be installed",
  );
  process.exit(0);
}

const base = mkdtempSync(join(tmpdir(), "tsrsa-slurm-"));
const cluster = join(base, "cluster");
// A name as people give: Slurm and the shell read signs of their own in it.
const folder = join(base, `Ann's 5% "%j" runs`);
mkdirSync(folder);
process.env.SLURM_CONF = join(cluster, "slurm.conf");
const main = join(root, "dist/cli/main.js");
const failed = [];
let known;
const log = (name) => join(cluster, "log", name);

try {
  up();
  await makeData();
  for (const check of [
    sameBytes,
    workerKilled,
    taskRequeued,
    nodeLost,
    stepDaemonKilled,
    controllerForgets,
    controllerRestarts,
    manyPeople,
  ]) {
    if (only !== undefined && !only.includes(check.name)) continue;
    const began = Date.now();
    try {
      await check();
      console.log(`${check.name}: passed (${((Date.now() - began) / 1000).toFixed(0)} s)`);
    } catch (error) {
      failed.push(check.name);
      console.error(`${check.name}: FAILED: ${error.stack ?? error}`);
    }
  }
} finally {
  sh("bash", [join(root, "test/support/slurm/down.sh"), cluster]);
  if (failed.length === 0) rmSync(base, { recursive: true, force: true });
  else console.error(`kept ${base}`);
}
process.exit(failed.length === 0 ? 0 : 1);

/** Every number of chunks, by processes and by the cluster: the same bytes, and nothing is computed twice. */
async function sameBytes() {
  const hashes = new Map();
  for (const [engine, chunks] of [
    ["local", 1],
    ["local", 4],
    ["local", 7],
    ["slurm", 16],
    ["local", 64],
    ["slurm", 4],
  ]) {
    const run = join(folder, `same-${engine}-${chunks}`);
    const { code, errors } = await start("wide", run, [
      ...["--engine", engine, "--chunks", String(chunks)],
    ]).ended;
    assert(code === 0, `${engine} ${chunks}: ${errors}`);
    hashes.set(`${engine} ${chunks}`, hashOf(`${run}.nii`));
    if (chunks === 7) {
      await start("wide", run, ["--engine", "local", "--chunks", "16"]).ended;
      assert(computed(run) === blocksOf(run), "blocks were computed again for 16 chunks");
    }
  }
  const here = await start("wide", join(folder, "same-here"), []).ended;
  assert(here.code === 0, here.errors);
  hashes.set("without an engine", hashOf(join(folder, "same-here.nii")));
  assert(new Set(hashes.values()).size === 1, JSON.stringify([...hashes]));
}

/** The process of a task is killed: its task fails, and Slurm does not run it again. */
async function workerKilled() {
  await withFault("killed", async ({ run }) => {
    const worker = await aWorker(run);
    kill(worker);
  });
}

/** A running task is put back by the cluster, as when it is preempted. */
async function taskRequeued() {
  await withFault("requeued", async ({ run }) => {
    await aWorker(run);
    const running = (await squeue(run)).find(({ state }) => state === "RUNNING");
    assert(running !== undefined, "no task runs");
    sh("scontrol", ["requeue", running.id]);
  });
}

/** All of a node dies: its daemon, the daemons of its steps, and its tasks. */
async function nodeLost() {
  await withFault("node", async ({ run }) => {
    await aWorker(run);
    const daemon = Number(readFileSync(join(cluster, "slurmd-n1.pid"), "utf8"));
    const tasks = (await squeue(run)).filter(
      ({ node, state }) => node === "n1" && state === "RUNNING",
    );
    kill(daemon);
    for (const { id } of tasks) for (const pid of processesOf(id)) kill(pid);
  });
  up();
}

/** The daemon of a step dies; its task goes on, and is run a second time. */
async function stepDaemonKilled() {
  await withFault("stepd", async ({ run }) => {
    const parent = parentOf(await aWorker(run));
    assert(/slurmstepd/.test(nameOf(parent)), `${nameOf(parent)} is no slurmstepd`);
    kill(parent);
  });
}

/** The controller dies before it has written down the job: the job is forgotten, its number given again. */
async function controllerForgets() {
  await withFault("forgets", async ({ run }) => {
    await until("a job", async () => (await squeue(run)).length > 0);
    await restartController();
  });
}

/** The controller dies in the middle and is started again. */
async function controllerRestarts() {
  await withFault("restarts", async ({ run }) => {
    await aWorker(run);
    await sleep(3000);
    await restartController();
  });
}

/** Two people planned into one folder, submitted as one array, finished by one merge. */
async function manyPeople() {
  const run = join(folder, "people");
  for (const person of ["one", "two"]) {
    const words = ["plan", ...commandOf("wide", `${run}-${person}`), "--run-dir", run];
    if (person === "two") words.push("--ignore-nan");
    const { code, errors } = await tsrsa(words).ended;
    assert(code === 0, errors);
  }
  const submitted = await tsrsa(["submit", run, "--chunks", "6", "--json"]).ended;
  assert(submitted.code === 0, submitted.errors);
  assert(JSON.parse(submitted.out).plans.length === 2, submitted.out);
  assert((submitted.errors.match(/submitted job/g) ?? []).length === 1, submitted.errors);
  const merged = await tsrsa(["merge", run]).ended;
  assert(merged.code === 0, merged.errors);
  assert(
    hashOf(`${run}-one.nii`) === hashOf(`${run}-two.nii`),
    "two people of the same data differ",
  );
}

/** Slow work on the cluster, broken once while it runs: it ends by itself, in few rounds, with the right bytes. */
async function withFault(name, breakIt) {
  const expected = await reference();
  const run = join(folder, name);
  const options = ["--engine", "slurm", "--chunks", "6"];
  const one = start("slow", run, options);
  const stop = administrator();
  // A fault that could not be made fails this check, not the others.
  const broken = breakIt({ run, one }).then(
    () => undefined,
    (error) => error,
  );
  const ended = await Promise.race([
    one.ended,
    sleep(240_000).then(() => ({ code: "time", errors: one.said() })),
  ]);
  stop();
  const unbroken = await broken;
  if (unbroken !== undefined) throw unbroken;
  assert(ended.code === 0, `ended with ${ended.code}: ${ended.errors}`);
  assert(hashOf(`${run}.nii`) === expected, "other bytes");
  const rounds = (ended.errors.match(/submitted job/g) ?? []).length;
  const extra = computed(run) - blocksOf(run);
  console.log(`  ${name}: ${rounds} rounds, ${extra} of ${blocksOf(run)} blocks computed twice`);
  assert(rounds <= most, `${rounds} rounds: ${ended.errors}`);
  assert(extra <= 4, `${extra} blocks were computed twice`);
  for (const line of ended.errors.split("\n"))
    if (/node|hold|answer/.test(line)) console.log(`  ${line}`);
}

/** Bytes of the slow work without an engine. */
async function reference() {
  if (known === undefined) {
    const { code, errors } = await start("slow", join(folder, "reference"), []).ended;
    assert(code === 0, errors);
    known = hashOf(join(folder, "reference.nii"));
  }
  return known;
}

/** Resumes drained nodes, as an administrator would; the driver may not. */
function administrator() {
  const timer = setInterval(() => {
    const { stdout } = sh("sinfo", ["-h", "-N", "-t", "drain,down", "-o", "%N"]);
    for (const node of new Set(stdout.split("\n").filter(Boolean)))
      sh("scontrol", ["update", `NodeName=${node}`, "State=RESUME"]);
  }, 5000);
  return () => clearInterval(timer);
}

async function restartController() {
  const pid = Number(readFileSync(join(cluster, "ctld.pid"), "utf8"));
  kill(pid);
  await until("the controller's end", async () => !alive(pid));
  rmSync(join(cluster, "ctld.pid"), { force: true });
  await sleep(1000);
  sh("slurmctld", []);
}

function up() {
  const { status, stderr } = sh("bash", [join(root, "test/support/slurm/up.sh"), cluster, "2"]);
  if (status !== 0) throw new Error(`Slurm did not start: ${stderr}`);
}

function installed() {
  const there = () => sh("slurmctld", ["-V"]).status === 0 && sh("munged", ["-V"]).status === 0;
  if (there()) return true;
  if (process.getuid?.() !== 0 || sh("apt-get", ["--version"]).status !== 0) return false;
  sh("apt-get", ["update", "-q"]);
  sh("apt-get", ["install", "-y", "-q", "--no-install-recommends", "slurm-wlm", "munge"], {
    DEBIAN_FRONTEND: "noninteractive",
  });
  return there();
}

/** An image of many centres for fast work, and one for slow. */
async function makeData() {
  const { writeNifti, writeNpy, random } = await import(
    pathToFileURL(join(root, "dist/src/index.js")).href
  );
  const draw = random(26);
  const affine = [
    [3, 0, 0, 0],
    [0, 3, 0, 0],
    [0, 0, 3, 0],
    [0, 0, 0, 1],
  ];
  for (const [name, nItems, ...size] of [
    ["wide", 12, 32, 32, 17],
    ["slow", 40, 22, 22, 14],
  ]) {
    const shape = [...size, nItems];
    const data = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => draw.normal());
    await writeNifti(join(folder, `${name}.nii`), { data, shape, affine }, { datatype: "float32" });
    const nPairs = (nItems * (nItems - 1)) / 2;
    const model = Float64Array.from({ length: nPairs }, () => draw.next());
    await writeNpy(join(folder, `${name}.npy`), { data: model, shape: [nPairs] });
  }
}

function commandOf(work, run) {
  const metric = work === "slow" ? ["--metric", "minkowski"] : [];
  const files = [join(folder, `${work}.nii`), "--model", join(folder, `${work}.npy`)];
  return [
    "rsa-nifti",
    ...files,
    "--radius-mm",
    "7",
    ...metric,
    "--jobs",
    "1",
    "--out",
    `${run}.nii`,
  ];
}

function start(work, run, options) {
  const dir = options.length === 0 ? [] : ["--run-dir", run];
  return tsrsa([...commandOf(work, run), ...options, ...dir]);
}

function tsrsa(words) {
  const child = spawn(process.execPath, [main, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  let [out, errors] = ["", ""];
  child.stdout.on("data", (text) => (out += text));
  child.stderr.on("data", (text) => (errors += text));
  const ended = new Promise((resolve) =>
    child.on("close", (code) => resolve({ code, out, errors })),
  );
  return { ended, said: () => errors };
}

/** Process of a chunk of this run that has worked for a while and lives. */
async function aWorker(run) {
  let found;
  await until("a worker", async () => {
    found = processesWith(`${run}/plans/`).find((pid) => workedFor(pid) > 0.4);
    return found !== undefined;
  });
  return found;
}

/** Seconds of processor time that a process has taken; 0 when it is gone. */
function workedFor(pid) {
  const [, fields = ""] = readText(`/proc/${pid}/stat`).split(") ");
  const words = fields.split(" ");
  return words.length < 13 || words[0] === "Z" ? 0 : (Number(words[11]) + Number(words[12])) / 100;
}

function processesWith(text) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const words = commandLineOf(pid);
      return words.includes("chunk") && words.some((word) => word.startsWith(text));
    });
}

/** Processes of a task: the daemon of its step and what that started. */
function processesOf(id) {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const [job] = sh("squeue", ["-h", "-r", "-j", id, "-o", "%A"]).stdout.trim().split("\n");
  const daemons = all.filter((pid) =>
    commandLineOf(pid).join(" ").startsWith(`slurmstepd: [${job}.`),
  );
  return [...daemons, ...all.filter((pid) => daemons.includes(parentOf(pid)))];
}

async function squeue(run) {
  const { stdout } = sh("squeue", ["-h", "-r", "-o", "%i|%T|%N|%j"]);
  void run;
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [id, state, node, name] = line.split("|");
      return { id, state, node, name };
    });
}

function commandLineOf(pid) {
  return readText(`/proc/${pid}/cmdline`).split("\0").filter(Boolean);
}
function nameOf(pid) {
  return `${readText(`/proc/${pid}/comm`)} ${commandLineOf(pid).join(" ")}`;
}
function parentOf(pid) {
  return Number(/^PPid:\s*(\d+)/m.exec(readText(`/proc/${pid}/status`))?.[1] ?? 0);
}
function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
/** Kills a process, also one that ends by itself at this moment. */
function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** Blocks that processes say they have computed. */
function computed(run) {
  const dir = join(run, "provenance");
  if (!existsSync(dir)) return 0;
  const lines = readdirSync(dir).flatMap((name) => readText(join(dir, name)).split("\n"));
  return lines.filter((line) => line.endsWith("}")).length;
}
function blocksOf(run) {
  return readdirSync(join(run, "blocks")).length;
}
function hashOf(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

async function until(what, holds) {
  for (let tries = 0; tries < 600; tries++) {
    if (await holds()) return;
    await sleep(100);
  }
  throw new Error(`no ${what} within a minute; ${readText(log("ctld.log")).slice(-500)}`);
}
function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
function sh(program, args, env = {}) {
  return spawnSync(program, args, { encoding: "utf8", env: { ...process.env, ...env } });
}
function assert(holds, message) {
  if (!holds) throw new Error(message);
}
