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

/** Pictures that a browser would change: colours that are partly transparent, and a JPEG that Exif says to turn. */
async function pictures() {
  const { default: sharp } = await import("sharp");
  const noise = (count) =>
    Buffer.from(Array.from({ length: count }, (_, i) => (i * 37 + i * i) % 256));
  const raw = (channels) => ({ raw: { width: 12, height: 8, channels } });
  const made = {
    "rgba.png": sharp(noise(384), raw(4)).png(),
    "turned.jpg": sharp(noise(288), raw(3)).withMetadata({ orientation: 6 }).jpeg({ quality: 100 }),
    "cmyk.jpg": sharp(noise(288), raw(3)).toColourspace("cmyk").jpeg(),
    "deep.png": sharp(noise(288), raw(3)).toColourspace("rgb16").png(),
  };
  const entries = Object.entries(made).map(async ([name, image]) => [
    name,
    (await image.toBuffer()).toString("base64"),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

const work = `
import { computeRdm, InvalidArgument, pairDataset, plotRdms, readImage, rsa, rsaMetricNames, trainPairModel } from "tsrsa";
import { hdf5Bytes, npyBytes, openHdf5, parseNpy } from "tsrsa/io";

const pictures = ${JSON.stringify(await pictures())};
async function readPictures() {
  const read = {};
  for (const [name, text] of Object.entries(pictures)) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const image = await readImage(bytes, { maxPixels: 96 }).catch((error) => ({ data: [error.name, error.message] }));
    read[name] = [image.width, image.height, image.channels, ...image.data];
    if (image.channels !== undefined) read[name].push(await readImage(bytes, { maxPixels: 95 }).catch((error) => error.message));
  }
  return read;
}

async function readHdf5() {
  const file = await openHdf5(await hdf5Bytes({ k: Float64Array.of(1, 2, 3), items: ["a", "ü"] }));
  const [k, items] = [await file.read("/k"), await file.read("/items")];
  await file.close();
  return [...k.data, ...items.data];
}
globalThis.hdf5Error = () => readHdf5().then(() => "read", (error) => [error.name, error.message].join(": "));

export async function compute() {
  const rows = Array.from({ length: 9 }, (_, i) => [((i * 7) % 11) / 3 + 1, ((i * i) % 13) / 7, (i * 5) % 9, i % 4, i / 9]);
  const rdm = computeRdm(rows);
  const model = computeRdm(rows.map((row) => row.slice(1)), { metric: "euclidean" });
  const scores = rsaMetricNames.filter((name) => !name.startsWith("partial")).map((metric) => rsa(rdm, model, { metric }).single());
  const trained = await trainPairModel(pairDataset(rdm, rows), { model: "ridge" });
  const read = parseNpy(npyBytes(rdm.condensed, [36]));
  let name = "";
  try { computeRdm(rows, { metric: 3 }); } catch (error) { name = error.name; }
  return { rdm: [...rdm.condensed], scores, trained: trained !== undefined, read: [...read.data], drawn: plotRdms(rdm).svg.length > 1000 && plotRdms(rdm).svg.length < 50_000, name, pictures: await readPictures(), hdf5: await readHdf5() };
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
    const alone = await inBrowser(file, "hdf5Error");
    if (!/^Unsupported: .*importmap/.test(alone))
      failed.push(`${name}, HDF5 without an import map: ${alone}`);
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
async function inBrowser(file, call = "compute") {
  const map = { imports: { h5wasm: "/h5wasm/hdf5_hl.js" } };
  const head = call === "compute" ? `<script type="importmap">${JSON.stringify(map)}</script>` : "";
  const server = createServer((request, response) => {
    const [, ofHdf5] = /^\/h5wasm\/(\w+\.js)$/.exec(request.url) ?? [];
    const path =
      ofHdf5 === undefined
        ? join(dirname(file), decodeURIComponent(request.url))
        : join(root, "node_modules/h5wasm/dist/esm", ofHdf5);
    // Only then may the page share memory, and compute as Node does to the last digit.
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    response.setHeader(
      "Content-Type",
      request.url.endsWith("js") ? "text/javascript" : "text/html",
    );
    response.end(
      request.url === "/"
        ? `<!doctype html><link rel="icon" href="data:,">${head}`
        : readFileSync(path),
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
      async ([name, call]) => {
        try {
          await import(`/${name}`);
          const value = await globalThis[call]();
          return typeof value === "string" ? value : JSON.stringify(value);
        } catch (error) {
          return String(error?.stack ?? error);
        }
      },
      [file.slice(dirname(file).length + 1), call],
    );
  } finally {
    await browser.close();
    server.close();
  }
}
