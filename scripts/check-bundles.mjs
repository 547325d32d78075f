// TSRSA_CHROMIUM=/usr/bin/chromium node scripts/check-bundles.mjs: a page that uses the library, bundled by vite and (where
// TSRSA_ESBUILD names one) by esbuild without splitting, plain and minified, starts in a browser and computes what Node
// does. Needs dist/ (npm run build).
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findChromium } from "./chromium.mjs";
import { build } from "vite";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { executablePath, chromium } = findChromium();

const work = `
import { computeRdm, InvalidArgument, pairDataset, plotRdms, rsa, rsaMetricNames, trainPairModel } from "tsrsa";
import { npyBytes, parseNpy } from "tsrsa/io";

export async function compute() {
  const rows = Array.from({ length: 9 }, (_, i) => [((i * 7) % 11) / 3 + 1, ((i * i) % 13) / 7, (i * 5) % 9, i % 4, i / 9]);
  const rdm = computeRdm(rows);
  const model = computeRdm(rows.map((row) => row.slice(1)), { metric: "euclidean" });
  const scores = rsaMetricNames.filter((name) => !name.startsWith("partial")).map((metric) => rsa(rdm, model, { metric }).single());
  const trained = await trainPairModel(pairDataset(rdm, rows), { model: "ridge" });
  const read = parseNpy(npyBytes(rdm.condensed, [36]));
  let name = "";
  try { computeRdm(rows, { metric: 3 }); } catch (error) { name = error.name; }
  return { rdm: [...rdm.condensed], scores, trained: trained !== undefined, read: [...read.data], drawn: plotRdms(rdm).svg.length > 1000 && plotRdms(rdm).svg.length < 50_000, name };
}
globalThis.compute = compute;
`;

const folder = mkdtempSync(join(tmpdir(), "tsrsa-bundles-"));
const failed = [];
try {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/tsrsa"), "junction");
  writeFileSync(join(folder, "work.js"), work);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const bundles = { vite: await byVite(), ...byEsbuild() };
  const expected = JSON.stringify(
    await (await import(pathToFileURL(join(folder, "work.js")))).compute(),
  );
  for (const [name, file] of Object.entries(bundles)) {
    const found = await inBrowser(file);
    const good = found === expected;
    console.log(
      `${good ? "passed" : "FAILED"}: bundled by ${name}, ${Math.round(readFileSync(file).length / 1000)} kB`,
    );
    if (!good) failed.push(`${name}: ${difference(found, expected)}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
failed.forEach((line) => console.error(line));
process.exitCode = failed.length === 0 ? 0 : 1;

/** The results that are not Node's; what is no JSON is an error. */
function difference(found, expected) {
  if (!found.startsWith("{")) return found;
  const [theirs, ours] = [JSON.parse(found), JSON.parse(expected)];
  return Object.keys(ours)
    .filter((key) => JSON.stringify(theirs[key]) !== JSON.stringify(ours[key]))
    .map((key) => `${key} is ${JSON.stringify(theirs[key])}, not ${JSON.stringify(ours[key])}`)
    .join("\n");
}

async function byVite() {
  await build({
    root: folder,
    logLevel: "error",
    build: { outDir: "vite", lib: { entry: "work.js", formats: ["es"], fileName: "work" } },
  });
  const [name] = readdirSync(join(folder, "vite")).filter((file) => /^work\.m?js$/.test(file));
  return join(folder, "vite", name);
}

function byEsbuild() {
  const esbuild = process.env.TSRSA_ESBUILD;
  if (esbuild === undefined) {
    console.log("skipped esbuild: TSRSA_ESBUILD names none");
    return {};
  }
  return Object.fromEntries(
    [["esbuild"], ["esbuild minified", "--minify"]].map(([name, ...flags]) => {
      const out = join(folder, `${name.replace(" ", "-")}.js`);
      const args = ["work.js", "--bundle", "--format=esm", "--log-level=error", `--outfile=${out}`];
      const { status } = spawnSync(esbuild, [...args, ...flags], { cwd: folder, stdio: "inherit" });
      if (status !== 0) throw new Error("esbuild failed; see its message above");
      return [name, out];
    }),
  );
}

/** What the bundle computes, as JSON, or its error. */
async function inBrowser(file) {
  const server = createServer((request, response) => {
    const path = join(dirname(file), decodeURIComponent(request.url));
    // Only then may the page share memory, and compute as Node does to the last digit.
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    response.setHeader(
      "Content-Type",
      request.url.endsWith("js") ? "text/javascript" : "text/html",
    );
    response.end(
      request.url === "/" ? '<!doctype html><link rel="icon" href="data:,">' : readFileSync(path),
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    return await page.evaluate(
      async (name) => {
        try {
          await import(`/${name}`);
          return JSON.stringify(await globalThis.compute());
        } catch (error) {
          return String(error?.stack ?? error);
        }
      },
      file.slice(dirname(file).length + 1),
    );
  } finally {
    await browser.close();
    server.close();
  }
}
