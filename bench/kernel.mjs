// Measures our kernel, tslab, ipykernel and (with TSRSA_DENO, its path) Deno's in one run, and prints the table
// docs/kernel.md has.
// It needs a Python with ipykernel, nbclient and psutil, named by TSRSA_JUPYTER_PYTHON, and a built dist/.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const python = process.env.TSRSA_JUPYTER_PYTHON;
if (python === undefined || python === "") {
  console.error("set TSRSA_JUPYTER_PYTHON to a Python that has ipykernel, nbclient and psutil");
  process.exit(1);
}

const deno = process.env.TSRSA_DENO;
const data = mkdtempSync(join(tmpdir(), "kernels-"));
try {
  installKernels();
  const names = {
    ours: "tsrsa",
    tslab: "tslab",
    ...(deno ? { deno: "deno" } : {}),
    ipykernel: "python3",
  };
  const measured = measure(Object.values(names));
  const columns = Object.entries(names).map(([column, name]) => [column, measured[name]]);
  print(Object.fromEntries(columns), plainNode());
} finally {
  rmSync(data, { recursive: true, force: true });
}

function installKernels() {
  const cli = join(root, "dist/cli/main.js");
  const prefix = ["--prefix", join(data, "prefix")];
  spawnSync(process.execPath, [cli, "kernel", "install", ...prefix], { stdio: "ignore" });
  const tslab = dirname(createRequire(import.meta.url).resolve("tslab/package.json"));
  const start = ["kernel", "--config-path={connection_file}"];
  writeSpec("tslab", [process.execPath, join(tslab, "bin/tslab"), ...start]);
  if (deno) writeSpec("deno", [deno, "jupyter", "--kernel", "--conn", "{connection_file}"]);
}

function writeSpec(name, argv) {
  const folder = join(data, "prefix/share/jupyter/kernels", name);
  mkdirSync(folder, { recursive: true });
  const spec = { argv, display_name: name, language: "typescript" };
  writeFileSync(join(folder, "kernel.json"), JSON.stringify(spec));
}

function measure(names) {
  const env = {
    ...process.env,
    JUPYTER_PATH: join(data, "prefix/share/jupyter"),
    JUPYTER_RUNTIME_DIR: data,
  };
  const script = join(root, "bench/kernel.py");
  const stdio = ["ignore", "pipe", "inherit"];
  const done = spawnSync(python, [script, ...names], { env, stdio, encoding: "utf8", cwd: data });
  if (done.status !== 0) throw new Error("the measuring failed");
  return JSON.parse(done.stdout);
}

/** The loops in a function of a plain script, the best V8 can do. */
function plainNode() {
  const loop = (term) => `
    function run() { let s = 0; for (let i = 0; i < 20_000_000; i++) s += ${term}; return s; }
    const t = performance.now(); run(); console.log(performance.now() - t);`;
  const time = (term) => {
    const runs = [1, 2, 3].map(() =>
      Number(spawnSync(process.execPath, ["-e", loop(term)], { encoding: "utf8" }).stdout),
    );
    return runs.sort((a, b) => a - b)[1];
  };
  return { loopModuloMs: time("i % 7"), loopSumMs: time("i") };
}

function print(kernels, node) {
  const rows = [
    ["start to kernel_info, ms", "startMs", 0],
    ["`1+1` median, ms", "cellMs", 1],
    ["loop `s += i % 7`, 20 million, top level, ms", "loopModuloMs", 0],
    ["loop `s += i`, 20 million, top level, ms", "loopSumMs", 0],
    ["interrupt to stopped, ms", "interruptMs", 1],
    ["nbclient: lines kept of 1,000", "lines1000", 0],
    ["nbclient: lines kept of 100,000", "lines100000", 0],
    ["memory after `1+1`, all processes, MB", "memoryMb", 0],
  ];
  const names = Object.keys(kernels);
  console.log(`| | ${names.join(" | ")} | plain Node |`);
  console.log(`|---|${names.map(() => "---|").join("")}---|`);
  for (const [label, key, digits] of rows) {
    const cell = (from) => from[key]?.toFixed(digits) ?? "–";
    console.log(`| ${label} | ${[...Object.values(kernels), node].map(cell).join(" | ")} |`);
  }
}
