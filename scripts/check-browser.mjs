// Runs the library in a real browser with shared memory and workers and compares every number with Node's:
// `TSRSA_CHROMIUM=/usr/bin/chromium node scripts/check-browser.mjs`. Needs dist/ (npm run build).
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findChromium } from "./chromium.mjs";
import {
  activationCases,
  activationChecks,
  activationWork,
  runtimeEntry,
  runtimeFolder,
} from "./browser-activations.mjs";
import { importMap, moduleOf } from "./browser-modules.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { executablePath, chromium } = findChromium();

/** What is computed on both sides; it stands in a module of its own that both import. */
const work = `
import * as tsrsa from "tsrsa";
import { computeEngine } from "ENGINE";

function noise(count, seed) {
  let state = seed >>> 0;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

export async function compute() {
  const rdm = tsrsa.computeRdm({ data: noise(120 * 900, 1), shape: [120, 900] });
  const model = tsrsa.computeRdm({ data: noise(120 * 20, 2), shape: [120, 20] }, { metric: "euclidean" });
  const scores = Object.fromEntries(
    tsrsa.rsaMetricNames
      .filter((metric) => !metric.startsWith("partial"))
      .map((metric) => [metric, tsrsa.rsa(rdm, model, { metric }).single()]),
  );
  const side = 14;
  const nVoxels = side ** 3;
  const positions = Float64Array.from({ length: 3 * nVoxels }, (_, k) =>
    Math.floor(Math.floor(k / 3) / side ** (2 - (k % 3))) % side);
  const patterns = { data: noise(36 * nVoxels, 3), shape: [36, nVoxels] };
  const patches = tsrsa.searchlightPatches(patterns.shape, {
    spatialRadius: 3.4, positions: { data: positions, shape: [nVoxels, 3] },
  });
  const models = [noise(630, 4), noise(630, 5)];
  const { undefinedPatches: missing, scores: map } = await tsrsa.scoreSearchlight(patterns, patches, models, { onProgress: false });
  const pool = await computeEngine.pool();
  await pool?.ready(1);
  // Once more, with the workers there from the start.
  const again = await tsrsa.scoreSearchlight(patterns, patches, models, { onProgress: false, jobs: 3 });
  const svg = tsrsa.plotRdms(rdm).svg;
  return {
    rdm: [...rdm.condensed], scores, map: [...map], again: [...again.scores], missing, drawn: svg.length > 1000,
    workers: pool?.nReady ?? 0, isolated: globalThis.crossOriginIsolated ?? true,
  };
}
`;

const types = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".html": "text/html",
  ".wasm": "application/wasm",
};

function pageText() {
  const imports = { ...importMap(root), "onnxruntime-web": `/beside/${runtimeEntry}` };
  const map = JSON.stringify({ imports });
  return `<!doctype html><title>tsrsa</title><link rel="icon" href="data:,"><script type="importmap">${map}</script>`;
}

/** Files of this repository on this machine alone, isolated so that memory may be shared. */
function serve() {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    if (path !== "/alone") {
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    }
    response.setHeader("Content-Type", types[extname(path)] ?? "text/html");
    if (path === "/" || path === "/alone") return response.end(pageText());
    if (path === "/work.js")
      return response.end(work.replace("ENGINE", "/dist/src/compute/compute-engine.js"));
    if (path === "/activations.js") return response.end(activationWork);
    const beside = path.startsWith("/beside/") ? runtimeFolder() : undefined;
    const file = beside === undefined ? join(root, path) : join(beside, path.slice(8));
    if (!file.startsWith(beside ?? root) || !existsSync(file)) return response.writeHead(404).end();
    response.end(moduleOf(file, readFileSync(file)));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** The results of a page: "/" may share memory, "/alone" may not. */
function inBrowser(server, path) {
  return withPage(server, path, (page) =>
    page.evaluate(async () => (await import("/work.js")).compute()),
  );
}

/** Networks in a page, where their runtime is beside the checkout. */
async function activationsInBrowser(server) {
  if (runtimeFolder() === undefined) {
    console.log("skipped activations: onnxruntime-web is not in the folder TSRSA_BESIDE names");
    return {};
  }
  const cases = activationCases(root);
  const found = await withPage(server, "/", (page) =>
    page.evaluate(
      async ({ models, pictures }) => (await import("/activations.js")).run(models, pictures),
      cases,
    ),
  );
  return activationChecks(found);
}

async function withPage(server, path, use) {
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage();
    page.on("console", (message) => console.log(`page: ${message.text()}`));
    page.on("requestfailed", (request) => console.log(`page: no ${request.url()}`));
    page.on(
      "response",
      (response) => response.status() >= 400 && console.log(`page: no ${response.url()}`),
    );
    await page.goto(`http://127.0.0.1:${server.address().port}${path}`);
    return await use(page);
  } finally {
    await browser.close();
  }
}

async function inNode() {
  const engine = pathToFileURL(join(root, "dist/src/compute/compute-engine.js")).href;
  const own = work
    .replace("ENGINE", engine)
    .replace(`"tsrsa"`, JSON.stringify(pathToFileURL(join(root, "dist/src/index.js")).href));
  const address = `data:text/javascript,${encodeURIComponent(own)}`;
  return (await import(address)).compute();
}

const server = await serve();
try {
  const [theirs, alone, ours] = [
    await inBrowser(server, "/"),
    await inBrowser(server, "/alone"),
    await inNode(),
  ];
  const same = (key, page = theirs) => JSON.stringify(page[key]) === JSON.stringify(ours[key]);
  const checks = {
    "the first page may share memory, the second may not": theirs.isolated && !alone.isolated,
    "workers took part in the first": theirs.workers > 0,
    "an RDM and RSA scores have Node's very numbers": same("rdm") && same("scores"),
    "so has a searchlight": same("map") && same("again") && same("missing"),
    "so has the second page, on one thread": same("map", alone) && same("rdm", alone),
    "a figure is drawn": theirs.drawn && alone.drawn,
    ...(await activationsInBrowser(server)),
  };
  for (const [what, good] of Object.entries(checks))
    console.log(`${good ? "passed" : "FAILED"}: ${what}`);
  process.exitCode = Object.values(checks).every(Boolean) ? 0 : 1;
} finally {
  server.close();
}
