// node bench/start.mjs: CPU of a whole process that starts, ours beside a bare Node and the Python package, in turn.
// Writes its part of docs/bench.json and of the page. Needs dist/ (npm run build).
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { benchPython } from "./environment.mjs";
import { writePages } from "./page.mjs";
import { quietCores } from "./quiet.mjs";

const ROUNDS = 15;
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const told = at("bench/tell-cpu.cjs");
const library = JSON.stringify(new URL("../dist/src/index.js", import.meta.url).href);
const python = benchPython();
const node = (...words) => [process.execPath, "--require", told, ...words];
const asModule = (code) => node("--input-type=module", "-e", code);

const processes = [
  { name: "`node -e 0`", words: node("-e", "0") },
  { name: '`import "tsrsa"`', words: asModule(`import ${library}`), goal: 2.6 },
  { name: "`tsrsa --version`", words: node(at("dist/cli/main.js"), "--version"), goal: 1.25 },
  ...(python === undefined
    ? []
    : [{ name: "`import mne_rsa` (Python)", words: [python, "-c", pythonCode("mne_rsa")] }]),
];

await quietCores();
const least = processes.map(() => Infinity);
for (let round = 0; round < ROUNDS; round++)
  for (const [k, { words }] of processes.entries()) least[k] = Math.min(least[k], cpuOf(words));
const start = processes.map(({ name, goal }, k) => ({
  ...{ name, goal },
  ...{ cpuMs: least[k], ratio: least[k] / least[0] },
}));
const file = at("docs/bench.json");
const bench = { ...JSON.parse(readFileSync(file, "utf8")), start };
writeFileSync(file, `${JSON.stringify(bench, null, 2)}\n`);
writePages();
for (const { name, cpuMs, ratio } of start)
  console.log(`${name}: ${cpuMs.toFixed(0)} ms, ${ratio.toFixed(2)} times`);

/** The process says its own CPU in ms on its third pipe. */
function cpuOf([command, ...words]) {
  const stdio = ["ignore", "ignore", "inherit", "pipe"];
  const { status, output } = spawnSync(command, words, { stdio });
  if (status !== 0) throw new Error(`${words.join(" ")} ended with ${status}`);
  return Number(output[3].toString());
}

function pythonCode(name) {
  return `import os, ${name}, resource; u = resource.getrusage(resource.RUSAGE_SELF); os.write(3, str(1000 * (u.ru_utime + u.ru_stime)).encode())`;
}
