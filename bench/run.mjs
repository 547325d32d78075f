// npm run bench [-- --only W3] [--threads 1,2] [--rounds 5] [--base COMMIT]: ours and the Python libraries in turn, in one
// run. Makes its own Python environment (requirements.txt). Writes docs/bench.json and docs/bench.md when all rows are
// run. With --base that commit is built beside and measured in turn too; a row more than 5 % slower fails, nothing is
// written, and the Python side runs only with --peers. Needs dist/ (npm run build).
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildBase } from "./base.mjs";
import { benchPython } from "./environment.mjs";

/** A row may take so much more time than the older commit, of the least of its rounds. */
const SLOWER = 1.05;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    threads: { type: "string", default: "1,2" },
    rounds: { type: "string", default: "5" },
    base: { type: "string" },
    peers: { type: "boolean", default: false },
  },
});
const threads = values.threads.split(",").map(Number);
const rounds = Number(values.rounds);
const here = new URL(".", import.meta.url);
const python = values.base === undefined || values.peers ? benchPython() : undefined;
const base = values.base === undefined ? undefined : buildBase(values.base);
const measured = [];
try {
  for (const file of readdirSync(new URL("rows", here)).sort()) {
    const { row } = await import(new URL(`rows/${file}`, here));
    if (values.only !== undefined && !values.only.split(",").includes(row.name)) continue;
    if (base?.has(file) === false) console.error(`${row.name}: not there at ${values.base}`);
    else measured.push(measureFairly(file));
  }
} finally {
  base?.remove();
}
console.log(base === undefined ? table(measured) : comparison(measured));
if (values.only === undefined && base === undefined) save(measured);
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

function table(rows) {
  const head = [
    "| row | threads | ours, ms (min) | CPU ms | against, ms (min) | ratio | of minima | of least CPU | to reach | largest error | memory beside input, MB |",
    "|---|---|---|---|---|---|---|---|---|---|---|",
  ];
  const lines = rows.flatMap((row) =>
    row.ours.map((own) => {
      const cells = [
        `${row.name}: ${row.title}`,
        own.threads,
        `${show(own.wallMs.median)} (${show(own.wallMs.min)})`,
        show(own.cpuMs.median),
        ...(row.against === undefined
          ? ["", "", "", ""]
          : [
              `${show(row.against.wallMs.median)} (${show(row.against.wallMs.min)})`,
              `${own.ratio.toFixed(1)}×`,
              `${own.ratioOfMinima.toFixed(1)}×`,
              own.threads === 1 ? `${own.ratioOfCpu.toFixed(1)}×` : "",
            ]),
        own.target === undefined ? "" : `${own.target}×`,
        row.maxError === undefined ? "" : row.maxError.toExponential(1),
        row.extraMb.toFixed(0),
      ];
      return `| ${cells.join(" | ")} |`;
    }),
  );
  return [...head, ...lines].join("\n");
}

function show(ms) {
  return ms < 100 ? ms.toPrecision(3) : ms.toFixed(0);
}

function save(rows) {
  const machine = { cpu: cpus()[0].model, cores: cpus().length, node: process.version, rounds };
  const text = JSON.stringify({ machine, rows }, null, 2);
  writeFileSync(new URL("../docs/bench.json", here), `${text}\n`);
  const against = rows.map(({ name, baseline }) => `- ${name}: ${baseline}`).join("\n");
  const versions = Object.entries(rows[0].versions).map(([name, version]) => `${name} ${version}`);
  const load = Math.max(...rows.map(({ loadAverage }) => loadAverage)).toFixed(1);
  const page = `# Bench

Made by \`npm run bench\` on ${machine.cpu.trim()}, ${machine.cores} cores, Node ${machine.node}${versions.length > 0 ? `; ${versions.join(", ")}` : ""}. Medians (minima) of ${rounds} rounds in which both sides ran in turn; load average up to ${load} at the start of a row${load > machine.cores ? ", so other programs shared the cores: times with two threads say little, and the ratio of CPU times on one thread is the fairest" : ""}.

${table(rows)}

Against:

${against}
`;
  writeFileSync(new URL("../docs/bench.md", here), page);
}
