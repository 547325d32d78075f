// npm run bench [-- --only W3] [--threads 1,2] [--rounds 5] [--base COMMIT]: ours and the Python libraries in turn, in one
// run. Makes its own Python environment (requirements.txt). Writes docs/bench.json and the pages made of it when all rows
// are run, or the rows of --only in the place of their older figures with --save. With --base that commit is built beside and measured in turn too; a row more than 5 % slower fails, nothing is
// written, and the Python side runs only with --peers. Needs dist/ (npm run build).
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildBase } from "./base.mjs";
import { benchPython } from "./environment.mjs";
import { tableOf, writePages } from "./page.mjs";

/** A row may take so much more time than the older commit, of the least of its rounds. */
const SLOWER = 1.05;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    threads: { type: "string", default: "1,2" },
    rounds: { type: "string", default: "5" },
    base: { type: "string" },
    peers: { type: "boolean", default: false },
    save: { type: "boolean", default: false },
  },
});
const threads = values.threads.split(",").map(Number);
const rounds = Number(values.rounds);
const here = new URL(".", import.meta.url);
const python = values.base === undefined || values.peers ? benchPython() : undefined;
const base = values.base === undefined ? undefined : buildBase(values.base);
const measured = [];
const allRows = [];
try {
  for (const file of readdirSync(new URL("rows", here)).sort()) {
    const { row } = await import(new URL(`rows/${file}`, here));
    allRows.push(row.name);
    if (values.only !== undefined && !values.only.split(",").includes(row.name)) continue;
    if (base?.has(file) === false) console.error(`${row.name}: not there at ${values.base}`);
    else measured.push(measureFairly(file));
  }
} finally {
  base?.remove();
}
console.log(base === undefined ? tableOf(measured) : comparison(measured));
if ((values.only === undefined || values.save) && base === undefined) save(measured);
const complaints = measured.flatMap(complaintsOf);
if (measured.length === 0) complaints.push(`no row is called ${values.only}`);
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;

/** A row that seems slower than the older commit is measured once more, twice as long: other programs disturb too. */
function measureFairly(file) {
  const row = measureRow(file, rounds);
  return slowest(row) > SLOWER ? measureRow(file, 2 * rounds) : row;
}

function measureRow(file, howOften) {
  const script = fileURLToPath(new URL("measure-row.mjs", here));
  const task = { file, threads, rounds: howOften, python, base: base?.root };
  const child = spawnSync(process.execPath, [script, JSON.stringify(task)], {
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1e8,
  });
  if (child.status !== 0) throw new Error(`the row in ${file} failed; see the message above`);
  return JSON.parse(child.stdout.toString());
}

/** Time against the older commit, of minima: of the wall, or of CPU where that says less, for threads wait for each other. */
function slowest(row) {
  return Math.max(0, ...row.ours.filter(({ older }) => older !== undefined).map(slower));
}

function slower({ wallMs, cpuMs, older }) {
  return Math.min(wallMs.min / older.wallMs.min, cpuMs.min / older.cpuMs.min);
}

function complaintsOf(row) {
  const found = [];
  if (!(row.maxError === undefined || row.maxError <= row.tolerance))
    found.push(`${row.name}: error ${row.maxError} is too large`);
  if (!(row.maxChange === undefined || row.maxChange <= 2 * row.tolerance))
    found.push(`${row.name}: results differ from those of ${values.base} by ${row.maxChange}`);
  if (slowest(row) > SLOWER)
    found.push(
      `${row.name}: ${(100 * (slowest(row) - 1)).toFixed(0)} % slower than ${values.base}`,
    );
  return found;
}

function comparison(rows) {
  const head = [
    `| row | threads | ours, ms (min) | CPU ms (min) | ${values.base}, ms (min) | CPU ms (min) | time against it | CPU | largest change |`,
    "|---|---|---|---|---|---|---|---|---|",
  ];
  const lines = rows.flatMap((row) =>
    row.ours.map(({ threads: jobs, wallMs, cpuMs, older }) => {
      const cells = [
        row.name,
        jobs,
        ...[wallMs, cpuMs, older.wallMs, older.cpuMs].map(
          ({ median, min }) => `${show(median)} (${show(min)})`,
        ),
        (wallMs.min / older.wallMs.min).toFixed(2),
        (cpuMs.min / older.cpuMs.min).toFixed(2),
        row.maxChange?.toExponential(1) ?? "another row",
      ];
      return `| ${cells.join(" | ")} |`;
    }),
  );
  return [...head, ...lines].join("\n");
}

function show(ms) {
  return ms < 100 ? ms.toPrecision(3) : ms.toFixed(0);
}

/** Rows that were measured now take the place of those that were; all others stay as they are. */
function save(rows) {
  const file = new URL("../docs/bench.json", here);
  const before = JSON.parse(readFileSync(file, "utf8"));
  const names = new Set(rows.map(({ name }) => name));
  const there = new Set(allRows);
  const kept = before.rows.filter(({ name }) => !names.has(name) && there.has(name));
  const all = [...kept, ...rows].sort((a, b) => allRows.indexOf(a.name) - allRows.indexOf(b.name));
  const machine = { cpu: cpus()[0].model, cores: cpus().length, node: process.version };
  const same = kept.every((row) => JSON.stringify(row.machine) === JSON.stringify(machine));
  if (!same) throw new Error("rows of docs/bench.json are of another machine: measure all of them");
  const marked = all.map((row) => ({ ...row, machine: row.machine ?? machine }));
  writeFileSync(file, `${JSON.stringify({ ...before, machine, rows: marked }, null, 2)}\n`);
  writePages();
}
