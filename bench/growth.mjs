// node bench/growth.mjs: time and working memory against items, features, windows, models and threads, each doubled
// from one point to the next. Writes docs/performance/. Needs dist/ (npm run build).
import { mkdirSync, writeFileSync } from "node:fs";
import { line, ruleY, text } from "@observablehq/plot";
import { library, normal } from "./data.mjs";

const { ComputeEngine, platformThreads } = await library("compute/workspace.js");
const { wasmBackend } = await library("compute/backend.js");
const { gramRdm } = await library("compute/gram-rdm.js");
const { slidingWindowScores } = await library("compute/sliding-windows.js");
const { prepareModels } = await library("compute/models.js");
const { plotFigure } = await library("plot/index.js");

const ROUNDS = 5;
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
  const models = prepareModels(list, "spearman");
  const series = { nItems, nChannels, nSamples, radius };
  return (engine) => slidingWindowScores(data, series, models, { jobs }, engine);
}

const series = {
  items: {
    sizes: doubled(50, 6),
    what: "RDM of 50 … items × 1,024 features",
    job: (n) => rdm(n, 1024),
  },
  features: {
    sizes: doubled(512, 6),
    what: "RDM of 200 items × 512 … features",
    job: (k) => rdm(200, k),
  },
  windows: {
    sizes: doubled(32, 6),
    what: "32 … windows, 100 items, 2 models",
    job: (w) => windows(w, 2),
  },
  models: {
    sizes: doubled(1, 6),
    what: "128 windows, 100 items, 1 … models",
    job: (m) => windows(128, m),
  },
  threads: {
    sizes: [1, 2],
    what: "1 … 2 threads, 1,024 windows",
    job: (t) => windows(1024, 2, t),
  },
};

async function measure(job, byWall) {
  let backend;
  const engine = new ComputeEngine(platformThreads, async () => (backend = await wasmBackend()));
  await (await engine.pool())?.ready(byWall ? 1 : 0);
  let best = Infinity;
  for (let round = 0; round < ROUNDS + 2; round++) {
    const cpu = process.cpuUsage();
    const wall = performance.now();
    await job(engine);
    const { user, system } = process.cpuUsage(cpu);
    const ms = byWall ? performance.now() - wall : (user + system) / 1000;
    if (round > 1) best = Math.min(best, ms);
    await new Promise((resume) => setTimeout(resume));
  }
  (await engine.pool())?.stop();
  return { ms: best, mb: backend.buffer().byteLength / 2 ** 20 };
}

const points = [];
for (const [name, { sizes, what, job }] of Object.entries(series)) {
  for (const size of sizes) {
    const { ms, mb } = await measure(job(size), name === "threads");
    points.push({ name, what, size, times: size / sizes[0], ms, mb });
    console.log(name, size, ms.toFixed(2), "ms", mb.toFixed(1), "MB");
  }
}

function draw(key, label, title) {
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
          spaced(last, key).filter(({ name }) => name !== "threads"),
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
          last.filter(({ name }) => name === "threads"),
          {
            x: "times",
            y: key,
            text: "what",
            fill: "name",
            textAnchor: "start",
            dx: -40,
            dy: -10,
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
function spaced(ends, key) {
  const sorted = [...ends].sort((a, b) => a[key] - b[key]).map((p) => ({ ...p, at: p[key] }));
  const range = Math.max(...points.map((p) => p[key])) / Math.min(...points.map((p) => p[key]));
  const gap = range ** 0.05;
  for (let k = 1; k < sorted.length; k++) {
    const [below, own] = [sorted[k - 1], sorted[k]];
    if (Math.abs(Math.log2(own.times / below.times)) < 4) own.at = Math.max(own.at, below.at * gap);
  }
  return sorted;
}

const folder = new URL("../docs/performance/", import.meta.url);
mkdirSync(folder, { recursive: true });
const figures = {
  "growth-time": draw(
    "ms",
    "time, ms",
    "Time on one thread (CPU; wall time for the curve of threads), least of five, against the size of the problem. Both axes are logarithmic.",
  ),
  "growth-memory": draw(
    "mb",
    "working memory, MB",
    "Working memory beside the input against the size of the problem. Both axes are logarithmic.",
  ),
};
for (const [name, figure] of Object.entries(figures)) {
  writeFileSync(new URL(`${name}.svg`, folder), figure.svg);
  writeFileSync(new URL(`${name}.png`, folder), await figure.png({ scale: 1 }));
}
writeFileSync(new URL("growth.json", folder), `${JSON.stringify(points, null, 2)}\n`);
