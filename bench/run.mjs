// npm run bench [-- --only W3] [--threads 1,2] [--rounds 5]: ours and the Python libraries in turn, in one run.
// Writes docs/bench.json and docs/bench.md when all rows are run. Needs dist/ (npm run build).
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    threads: { type: "string", default: "1,2" },
    rounds: { type: "string", default: "5" },
  },
});
const threads = values.threads.split(",").map(Number);
const rounds = Number(values.rounds);
const here = new URL(".", import.meta.url);
const measured = [];
for (const file of readdirSync(new URL("rows", here)).sort()) {
  const { row } = await import(new URL(`rows/${file}`, here));
  if (values.only !== undefined && !values.only.split(",").includes(row.name)) continue;
  measured.push(measureRow(file));
}
console.log(table(measured));
if (values.only === undefined) save(measured);
const wrong = measured.filter(({ maxError, tolerance }) => !(maxError <= tolerance));
for (const { name, maxError } of wrong) console.error(`${name}: error ${maxError} is too large`);
if (measured.length === 0) console.error(`no row is called ${values.only}`);
process.exitCode = wrong.length > 0 || measured.length === 0 ? 1 : 0;

function measureRow(file) {
  const script = fileURLToPath(new URL("measure-row.mjs", here));
  const child = spawnSync(
    process.execPath,
    ["--expose-gc", script, JSON.stringify({ file, threads, rounds })],
    {
      stdio: ["ignore", "pipe", "inherit"],
      maxBuffer: 1e8,
    },
  );
  if (child.status !== 0) throw new Error(`the row in ${file} failed; see the message above`);
  return JSON.parse(child.stdout.toString());
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
        `${show(row.against.wallMs.median)} (${show(row.against.wallMs.min)})`,
        `${own.ratio.toFixed(1)}×`,
        `${own.ratioOfMinima.toFixed(1)}×`,
        own.threads === 1 ? `${own.ratioOfCpu.toFixed(1)}×` : "",
        own.target === undefined ? "" : `${own.target}×`,
        row.maxError.toExponential(1),
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
