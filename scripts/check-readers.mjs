// Our readers against nibabel, h5py, numpy, PIL, MNE, scipy and pandas, on every fixture and every file of the corpus of
// bad ones: the same values, or a typed error of ours. It needs a Python with those packages, named by
// TSRSA_READERS_PYTHON; without one it says so and passes. Exits with 1 when there is a difference that no line of
// `explained` covers. `--all` lists the explained ones too, and what
// we refuse and Python reads.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { explained } from "./check-readers-explained.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const python = process.env.TSRSA_READERS_PYTHON;
const packages = ["numpy", "scipy", "nibabel", "h5py", "PIL", "mne", "pandas", "nbformat"];
const patienceMs = 30_000;
/** Most that two numbers may differ, of the greatest in their array: another order of the same sums and products. */
const tolerance = 1e-12;

if (python === undefined || python === "") skip("TSRSA_READERS_PYTHON names no Python");
const missing = packages.filter((name) => spawnSync(python, ["-c", `import ${name}`]).status !== 0);
if (missing.length > 0)
  skip(`${python} lacks ${missing.join(", ")} (pip install ${missing.map(pipName).join(" ")})`);

const sources = ["--import", "./test/support/typescript.mjs", "-C", "tsrsa-source"];
const folder = mkdtempSync(join(tmpdir(), "tsrsa-readers-"));
try {
  process.exitCode = await check();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function check() {
  const listed = spawnSync(process.execPath, [...sources, "test/corpus/list-files.ts", folder], {
    cwd: root,
    maxBuffer: 2 ** 26,
    encoding: "utf8",
  });
  if (listed.status !== 0) throw new Error(listed.stderr);
  const files = JSON.parse(listed.stdout.split("\n")[0]);
  const [ours, theirs] = await Promise.all([
    answers([process.execPath, ...sources, "test/corpus/differential.ts"], files),
    answers([python, "scripts/check-readers.py"], files),
  ]);
  return report(
    files.map(({ id, format }) => ({ id, format, ...verdict(ours.get(id), theirs.get(id)) })),
  );
}

/** What a reader answers to each file; one that gives no answer in time is started again for the next file. */
async function answers([command, ...args], files) {
  const found = new Map();
  let reader;
  for (const file of files) {
    reader ??= start(command, args);
    const answer = await reader.ask(file);
    if (answer === undefined) {
      reader.kill();
      reader = undefined;
    }
    found.set(file.id, answer ?? { error: "no answer: it crashed, or took too long" });
  }
  reader?.kill();
  return found;
}

function start(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface({ input: child.stdout });
  let wake = () => {};
  lines.on("line", (line) => wake(JSON.parse(line)));
  child.on("exit", () => wake(undefined));
  child.stdin.on("error", () => {});
  return {
    kill: () => child.kill("SIGKILL"),
    ask: (file) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, patienceMs);
        wake = (answer) => {
          clearTimeout(timer);
          resolve(answer);
        };
        child.stdin.write(`${JSON.stringify(file)}\n`);
      }),
  };
}

/** How two answers stand to one another. */
function verdict(our, their) {
  if (our.untyped !== undefined) return { kind: "untyped", our: our.untyped };
  if (our.error !== undefined)
    return { kind: their.error === undefined ? "stricter" : "both refuse", our: our.error };
  if (their.error !== undefined) return { kind: "they refuse", their: their.error };
  const place = difference(our.value, their.value, "");
  return place === undefined ? { kind: "equal" } : { kind: "different", ...place };
}

/** Where two values first differ. */
function difference(our, their, at) {
  if (our === their) return undefined;
  const objects = [our, their].every((one) => typeof one === "object" && one !== null);
  if (!objects || Array.isArray(our) !== Array.isArray(their))
    return { at, our: short(our), their: short(their) };
  const keys = new Set([...Object.keys(our), ...Object.keys(their)]);
  for (const key of keys) {
    const found =
      key === "values"
        ? numbersDiffer(our[key], their[key], `${at}/${key}`)
        : difference(our[key], their[key], `${at}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function numbersDiffer(our, their, at) {
  if (our === their || typeof our !== "string" || typeof their !== "string")
    return difference(our, their, at);
  const [mine, others] = [our, their].map(float64s);
  const size = mine.reduce(
    (most, v) => (Number.isFinite(v) ? Math.max(most, Math.abs(v)) : most),
    0,
  );
  const same = (a, b) => a === b || (a !== a && b !== b) || Math.abs(a - b) <= tolerance * size;
  const wrong = mine.findIndex((value, i) => !same(value, others[i]));
  if (wrong < 0 && mine.length === others.length) return undefined;
  return { at: `${at}[${wrong}]`, our: String(mine[wrong]), their: String(others[wrong]) };
}

function float64s(base64) {
  return new Float64Array(Uint8Array.from(Buffer.from(base64, "base64")).buffer);
}

function short(value) {
  return (JSON.stringify(value) ?? "nothing").slice(0, 160);
}

function report(verdicts) {
  const kinds = ["equal", "both refuse", "stricter", "they refuse", "different", "untyped"];
  const formats = [...new Set(verdicts.map(({ format }) => format))];
  const count = (format, kind) =>
    verdicts.filter((one) => one.kind === kind && (format === "all" || one.format === format))
      .length;
  const rows = [...formats, "all"].map((format) => [
    format,
    ...kinds.map((kind) => count(format, kind)),
  ]);
  console.table(
    Object.fromEntries(
      rows.map(([name, ...counts]) => [
        name,
        Object.fromEntries(kinds.map((kind, i) => [kind, counts[i]])),
      ]),
    ),
  );
  const odd = verdicts.filter(({ kind }) => ["they refuse", "different", "untyped"].includes(kind));
  const why = ({ id, kind }) => explained.find((one) => one.kind === kind && one.id.test(id))?.why;
  const open = odd.filter((one) => one.kind === "untyped" || why(one) === undefined);
  for (const { id, kind, at, our, their } of open)
    console.log(
      `${kind}: ${id}\n  ${at ?? ""} ours: ${our ?? "read"}\n  theirs: ${their ?? "read"}`,
    );
  if (process.argv.includes("--all")) {
    for (const one of odd.filter((one) => why(one) !== undefined))
      console.log(`${one.kind}: ${one.id}: ${why(one)}`);
    for (const { id, kind, our } of verdicts)
      if (kind === "stricter") console.log(`${kind}: ${id}\n  ours: ${our}`);
  }
  console.log(`${odd.length - open.length} differences explained, ${open.length} not`);
  return open.length === 0 ? 0 : 1;
}

function pipName(name) {
  return name === "PIL" ? "pillow" : name;
}

function skip(why) {
  console.log(`skipped the check of our readers against Python's: ${why}`);
  process.exit(0);
}
