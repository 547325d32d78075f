// Measures one row in a process of its own, so that its peak memory is its own; prints JSON.
import { performance } from "node:perf_hooks";
import { loadavg } from "node:os";
import { library } from "./data.mjs";
import { findPython, openPython } from "./python.mjs";

const { file, threads: asked, rounds } = JSON.parse(process.argv[2]);
const { row } = await import(new URL(`rows/${file}`, import.meta.url));
const threads = row.threads ?? asked;
const { computeEngine, twinEngine } = await library("compute/workspace.js");

async function measure(work) {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs: performance.now() - wall, cpuMs: (user + system) / 1000, result };
}

async function twinSide(arrays) {
  const engine = twinEngine();
  let last;
  return {
    versions: {},
    async run() {
      const { result, ...times } = await measure(() => row.ours(arrays, 1, engine));
      last = result;
      return times;
    },
    result: () => last,
    close() {},
  };
}

const arrays = row.make();
const before = process.memoryUsage().rss;
const python = findPython();
const other = python === undefined ? await twinSide(arrays) : await openPython(python, row, arrays);
const ours = Object.fromEntries(threads.map((jobs) => [jobs, []]));
const theirs = [];
const load = loadavg()[0];
// The first calls are not counted: wasm is still being made fast, workers start, pages are new.
let first = 0;
for (const jobs of threads) {
  first ||= (await measure(() => row.ours(arrays, jobs, computeEngine))).wallMs;
  await row.ours(arrays, jobs, computeEngine);
}
for (let round = 0; round < rounds; round++) {
  for (const jobs of threads) {
    // Results of earlier calls are no memory of the row; small ones are left alone, for a collection costs time too.
    if (process.memoryUsage().rss > before + 150 * 2 ** 20) globalThis.gc?.();
    const { result, ...times } = await measure(() => row.ours(arrays, jobs, computeEngine));
    ours[jobs].push(times);
    if (round === 0) ours[jobs].result = result;
  }
  theirs.push(await other.run());
}
const peakMb = process.resourceUsage().maxRSS / 1024;
const maxError = Math.max(...threads.map((jobs) => largest(ours[jobs].result, other.result())));
other.close();

function largest(a, b) {
  if (a.length !== b.length) return Infinity;
  let most = 0;
  for (let k = 0; k < a.length; k++) most = Math.max(most, Math.abs(a[k] - b[k]));
  return most;
}

function summary(times) {
  const of = (key) => {
    const sorted = times.map((time) => time[key]).sort((a, b) => a - b);
    return { median: sorted[sorted.length >> 1], min: sorted[0] };
  };
  return { wallMs: of("wallMs"), cpuMs: of("cpuMs") };
}

const against = summary(theirs);
process.stdout.write(
  JSON.stringify({
    name: row.name,
    title: row.title,
    baseline: python === undefined ? "the plain TypeScript twin (no Python found)" : row.baseline,
    withPython: python !== undefined,
    tolerance: row.tolerance,
    maxError,
    firstCallMs: first,
    loadAverage: load,
    extraMb: peakMb - before / 2 ** 20,
    versions: other.versions,
    against,
    ours: threads.map((jobs) => {
      const times = summary(ours[jobs]);
      return {
        threads: jobs,
        ...times,
        ratio: against.wallMs.median / times.wallMs.median,
        ratioOfMinima: against.wallMs.min / times.wallMs.min,
        ratioOfCpu: against.cpuMs.min / times.cpuMs.min,
        target: row.targets[jobs],
      };
    }),
  }),
);
