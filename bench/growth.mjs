// node bench/growth.mjs [--only items,radius]: time and working memory against items, features, windows, models, people
// and threads, and of searchlights against items, voxels and radius, each doubled from one point to the next. Writes
// docs/performance/, with a table of how fast each grows; curves that are not asked for stay as they were measured last.
// Needs dist/ (npm run build).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { line, ruleY, text } from "@observablehq/plot";
import { library, normal } from "./data.mjs";
import { productsOfWindows, rankedAndCentred } from "./windows.mjs";
import { brainPositions, patchesOf, sphereLists } from "./volume.mjs";

const { ComputeEngine, platformThreads } = await library("compute/compute-engine.js");
const { wasmBackend } = await library("compute/backend.js");
const { gramRdm } = await library("compute/gram-rdm.js");
const multiply = productsOfWindows(await library("compute/sliding-windows.js"));
const { patchProducts } = await library("compute/patch-scores.js");
const { compareRdms, Rdm } = await library("index.js");
const { plotFigure } = await library("plot/index.js");

const ROUNDS = 5;
/** Rounds end after so many ms: what takes long settles at once. */
const ENOUGH_MS = 6000;
const doubled = (first, count) => Array.from({ length: count }, (_, k) => first * 2 ** k);

function rdm(nItems, nFeatures, jobs = 1) {
  const rows = normal(nItems * nFeatures, 1);
  return (engine) => gramRdm(rows, nItems, nFeatures, "correlation", { jobs }, engine);
}

function windows(nWindows, nModels, jobs = 1) {
  const [nItems, nChannels, radius] = [100, 26, 22];
  const nSamples = nWindows + 2 * radius;
  const data = normal(nItems * nChannels * nSamples, 2);
  const nPairs = (nItems * (nItems - 1)) / 2;
  const list = Array.from({ length: nModels }, (_, m) => normal(nPairs, 3 + m));
  const models = rankedAndCentred(list);
  const series = { nItems, nChannels, nSamples, radius };
  return (engine) => multiply(data, series, models, { jobs }, engine);
}

/** Searchlights of spheres with so many voxels among the neighbours of a whole sphere, one model. */
function searchlight(nItems, nVoxels, radiusMm) {
  const data = normal(nItems * nVoxels, 4);
  const { voxels, starts } = sphereLists(brainPositions(nVoxels), radiusMm);
  const { space } = patchesOf(nVoxels, voxels, starts).plan;
  const vectors = [normal((nItems * (nItems - 1)) / 2, 5)];
  const series = {
    nItems,
    nVoxels,
    nPatches: nVoxels,
    metric: "correlation",
    voxelsOf: (patch) => space.around(patch),
  };
  return (engine) =>
    patchProducts(data, series, { ranked: true, vectors }, () => {}, { jobs: 1 }, engine);
}

/** RDMs of so many people with three models, Spearman, by compareRdms: it has an engine of its own. */
function people(nPeople) {
  const nPairs = (100 * 99) / 2;
  const rdms = (count, seed) =>
    Array.from({ length: count }, (_, k) => new Rdm(normal(nPairs, seed + k)));
  const [data, models] = [rdms(nPeople, 100), rdms(3, 50)];
  return () => compareRdms(data, models, { method: "spearman", jobs: 1, onProgress: false });
}

// `order`: the power of the size with which the work of the algorithm grows.
const series = {
  items: {
    sizes: [...doubled(50, 9), 20_000],
    order: 2,
    what: "RDM of 50 … items × 256 features",
    job: (n) => rdm(n, 256),
  },
  features: {
    sizes: doubled(512, 6),
    order: 1,
    what: "RDM of 200 items × 512 … features",
    job: (k) => rdm(200, k),
  },
  windows: {
    sizes: doubled(32, 6),
    order: 1,
    what: "32 … windows, 100 items, 2 models",
    job: (w) => windows(w, 2),
  },
  people: {
    sizes: doubled(8, 7),
    order: 1,
    what: "8 … people × 3 models, 100 items",
    job: people,
  },
  models: {
    sizes: doubled(1, 6),
    order: 1,
    what: "128 windows, 100 items, 1 … models",
    job: (m) => windows(128, m),
  },
  threads: {
    sizes: [1, 2],
    order: 0,
    what: "1 … 2 threads, 1,024 windows",
    job: (t) => windows(1024, 2, t),
  },
  "searchlight items": {
    sizes: [...doubled(9, 5), 288],
    order: 2,
    what: "9 … items, 4,000 voxels, 10 mm",
    job: (n) => searchlight(n, 4000, 10),
  },
  "searchlight voxels": {
    sizes: doubled(1000, 6),
    order: 1,
    what: "1,000 … voxels, 36 items, 10 mm",
    job: (v) => searchlight(36, v, 10),
  },
  "searchlight radius": {
    // The volume of the sphere is doubled: 27, 57, 123, 251, 485 voxels of 3 mm and less at the edge.
    sizes: [5.2, 7, 9, 11.5, 14.5],
    times: doubled(1, 5),
    order: 1,
    what: "radius 5 … 15 mm, 36 items, 4,000 voxels",
    job: (mm) => searchlight(36, 4000, mm),
  },
};

async function measure(job, byWall) {
  // A memory that has become large is given up after its job for a new one.
  const backends = [];
  const engine = new ComputeEngine(platformThreads, async () => {
    const backend = await wasmBackend();
    backends.push(backend);
    return backend;
  });
  await (await engine.pool())?.ready(byWall ? 1 : 0);
  let best = Infinity;
  const began = performance.now();
  for (let round = 0; round < ROUNDS + 2; round++) {
    if (best < Infinity && performance.now() - began > ENOUGH_MS) break;
    const cpu = process.cpuUsage();
    const wall = performance.now();
    await job(engine);
    const { user, system } = process.cpuUsage(cpu);
    const ms = byWall ? performance.now() - wall : (user + system) / 1000;
    if (round > 1 || performance.now() - began > ENOUGH_MS) best = Math.min(best, ms);
    await new Promise((resume) => setTimeout(resume));
  }
  (await engine.pool())?.stop();
  return { ms: best, mb: Math.max(...backends.map((one) => one.buffer().byteLength)) / 2 ** 20 };
}

const folder = new URL("../docs/performance/", import.meta.url);
const { values } = parseArgs({ options: { only: { type: "string" } } });
const asked = values.only?.split(",");
const known = asked === undefined ? [] : JSON.parse(readFileSync(new URL("growth.json", folder)));
const points = [];
for (const [name, { sizes, times, what, job }] of Object.entries(series)) {
  if (asked !== undefined && !asked.includes(name)) {
    points.push(...known.filter((point) => point.name === name));
    continue;
  }
  for (const [k, size] of sizes.entries()) {
    const { ms, mb } = await measure(job(size), name === "threads");
    points.push({ name, what, size, times: times?.[k] ?? size / sizes[0], ms, mb });
    console.log(name, size, ms.toFixed(2), "ms", mb.toFixed(1), "MB");
  }
}

function draw(points, key, label, title) {
  const last = points.filter((p, k) => points[k + 1]?.name !== p.name);
  return plotFigure(
    {
      width: 560,
      height: 340,
      marginTop: 34,
      marginRight: 250,
      marginLeft: 50,
      x: {
        type: "log",
        base: 2,
        label: "size, in multiples of the smallest",
        tickFormat: (v) => `${v}`,
      },
      y: { type: "log", label, tickFormat: (v) => `${v}` },
      color: { legend: false },
      marks: [
        ruleY([]),
        line(points, { x: "times", y: key, stroke: "name", marker: "circle" }),
        text(
          spaced(points, last, key).filter(({ name }) => name !== "threads"),
          {
            x: "times",
            y: "at",
            text: "what",
            fill: "name",
            textAnchor: "start",
            dx: 9,
            fontSize: 10,
          },
        ),
        text(
          points.filter(({ name, times }) => name === "threads" && times === 1),
          {
            x: "times",
            y: key,
            text: "what",
            fill: "name",
            textAnchor: "start",
            dy: -12,
            fontSize: 10,
          },
        ),
      ],
    },
    {
      altText: title,
      caption: title,
      data: points.map(({ name, size, ms, mb }) => ({ name, size, ms, mb })),
    },
  );
}

/** Labels moved apart, on a log scale, where curves end close together. */
function spaced(points, ends, key) {
  const sorted = [...ends].sort((a, b) => a[key] - b[key]).map((p) => ({ ...p, at: p[key] }));
  const range = Math.max(...points.map((p) => p[key])) / Math.min(...points.map((p) => p[key]));
  const gap = range ** 0.05;
  for (let k = 1; k < sorted.length; k++) {
    const [below, own] = [sorted[k - 1], sorted[k]];
    if (Math.abs(Math.log2(own.times / below.times)) < 4) own.at = Math.max(own.at, below.at * gap);
  }
  return sorted;
}

const isSearchlight = ({ name }) => name.startsWith("searchlight");
const growth = points.filter((point) => !isSearchlight(point));
const searchlights = points.filter(isSearchlight);
const thread = "on one thread (CPU, least of five)";
const figures = {
  "growth-time": draw(
    growth,
    "ms",
    "time, ms",
    "Time on one thread (CPU; wall time for the curve of threads), least of five, against the size of the problem. Both axes are logarithmic.",
  ),
  "growth-memory": draw(
    growth,
    "mb",
    "working memory, MB",
    "Working memory beside the input against the size of the problem. Both axes are logarithmic.",
  ),
  "growth-searchlight": draw(
    searchlights,
    "ms",
    "time, ms",
    `Time of a searchlight ${thread}, patches known, against items, voxels and the volume of the sphere. Both axes are logarithmic.`,
  ),
};
mkdirSync(folder, { recursive: true });
for (const [name, figure] of Object.entries(figures)) {
  writeFileSync(new URL(`${name}.svg`, folder), figure.svg);
  writeFileSync(new URL(`${name}.png`, folder), await figure.png({ scale: 1 }));
}
writeFileSync(new URL("growth.json", folder), `${JSON.stringify(points, null, 2)}\n`);
writeFileSync(new URL("growth.md", folder), tableOf());

/** How many times longer each doubling takes, at most, beside what the algorithm's order says. */
function tableOf() {
  const lines = Object.keys(series).map((name) => {
    const own = points.filter((point) => point.name === name);
    const list = (key, digits) =>
      own.map((point) => Number(point[key]?.toPrecision(digits) ?? NaN));
    const powers = own.slice(1).map((point, k) => powerOf(own[k], point));
    // With an engine of its own it leaves this one empty.
    const memory = list("mb", 3).some((mb) => mb > 0.1) ? list("mb", 3) : "";
    const cells = [own[0].what, list("size", 5), list("ms", 3), memory, series[name].order];
    return `| ${[name, ...cells.map((cell) => (Array.isArray(cell) ? cell.join(", ") : cell)), Math.max(...powers).toFixed(2)].join(" | ")} |`;
  });
  return `# How time and memory grow

Made by \`node bench/growth.mjs\`: CPU on one thread, least of five (of fewer where a call takes seconds; wall time against threads, which was measured on quiet cores), and the memory of the kernels beside the input. Order: the power of the size with which the work of the algorithm grows. Steepest step: the largest power between two neighbouring sizes; where it is above the order by more than the noise, a step costs more than the algorithm asks.

| curve | what | sizes | ms | MB | order | steepest step |
|---|---|---|---|---|---|---|
${lines.join("\n")}
`;
}

function powerOf(from, to) {
  return Math.log(to.ms / from.ms) / Math.log(to.times / from.times);
}
