// How long the way of data through the library is: `node scripts/way.mjs [CHECKOUT] [--files]`.
//
// Runs one call of rsaEpochs (sliding windows, sensors) and one of rsaNifti (spheres) on one thread, and prints
//   files       of src/ in which a function was called (V8's precise coverage; top-level code alone does not count),
//   outside     those of them that are not in compute/,
//   steps up    entries into a file of a higher floor than that of the caller (callbacks that climb), each pair of
//               files once; returning is no step. Floors are those of test/architecture.test.ts.
//   climbs      files that are entered for the first time just after one of a lower floor was.
// The sources are transpiled into a temporary folder; each function there says by whom it was called.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { Session } from "node:inspector/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { root } from "./run.mjs";

const words = process.argv.slice(2);
const checkout = resolve(words.find((word) => !word.startsWith("--")) ?? root);
const floors = floorsOf(readFileSync(join(root, "test/architecture.test.ts"), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "tsrsa-way-"));
globalThis.__called = () => {};
try {
  copySources();
  const library = await import(pathToFileURL(join(folder, "src/index.js")).href);
  for (const [name, call] of Object.entries(callsOf(library)))
    report(name, await followed(call), words.includes("--files"));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function floorsOf(text) {
  const list = /const floors = \[([^\]]*)\]/.exec(text)[1];
  return [...list.matchAll(/"(\w+)"/g)].map((match) => match[1]);
}

/** Every source as JavaScript that calls `__called` first thing in every function. */
function copySources() {
  const names = readdirSync(join(checkout, "src"), { recursive: true });
  for (const name of names.filter((one) => one.endsWith(".ts") && !one.includes("assembly"))) {
    const to = join(folder, "src", name.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, transpiled(readFileSync(join(checkout, "src", name), "utf8"), name));
  }
  const imports = { "#platform/*": "./src/core/platform/node/*.js" };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", imports }));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
}

function transpiled(text, fileName) {
  const { outputText } = ts.transpileModule(text, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
    transformers: { before: [sayCaller] },
  });
  return outputText;
}

function sayCaller(context) {
  const { factory } = context;
  const call = () =>
    factory.createCallExpression(factory.createIdentifier("globalThis.__called"), undefined, []);
  const visit = (node) => {
    const inside = ts.visitEachChild(node, visit, context);
    if (ts.isArrowFunction(inside) && !ts.isBlock(inside.body))
      return factory.updateArrowFunction(
        inside,
        ...[inside.modifiers, inside.typeParameters, inside.parameters, inside.type],
        inside.equalsGreaterThanToken,
        factory.createParenthesizedExpression(factory.createComma(call(), inside.body)),
      );
    if (!ts.isBlock(inside) || !ts.isFunctionLike(node.parent)) return inside;
    return factory.updateBlock(inside, [
      factory.createExpressionStatement(call()),
      ...inside.statements,
    ]);
  };
  return (file) => ts.visitNode(file, visit);
}

function callsOf({ epochsFromArray, rsaEpochs, rsaNifti, Rdm }) {
  const labels = ["a", "b", "c", "d", "e", "f"];
  let seed = 1;
  const noise = (length) =>
    Float64Array.from({ length }, () => (seed = (seed * 48271) % 2147483647) / 2147483647);
  const models = [new Rdm(noise(15), { items: labels }), new Rdm(noise(15), { items: labels })];
  const job = { jobs: 1, onProgress: false };
  const channels = Array.from({ length: 4 }, (_, at) => ({
    name: `EEG ${at}`,
    type: "eeg",
    position: [0.02 * at, 0, 0.1],
  }));
  const data = { data: noise(12 * 4 * 30), shape: [12, 4, 30] };
  const epochs = epochsFromArray(data, { sfreqHz: 100, channels });
  const affine = [
    [3, 0, 0, 0],
    [0, 3, 0, 0],
    [0, 0, 3, 0],
    [0, 0, 0, 1],
  ];
  const image = { data: noise(5 * 5 * 5 * 12), shape: [5, 5, 5, 12], affine };
  const twice = [...labels, ...labels];
  const sliding = { labels: twice, temporalRadiusS: 0.03, spatialRadiusM: 0.03, ...job };
  return {
    rsaEpochs: () => rsaEpochs(epochs, models, sliding),
    rsaNifti: () => rsaNifti(image, models, { labels: twice, radiusMm: 4, ...job }),
  };
}

/** Which files a call goes through, and which files call which. */
async function followed(call) {
  const calls = new Set();
  const visited = new Set();
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  globalThis.__called = () => {
    const step = callerAndCalled();
    calls.add(step);
    visited.add(step.split(" → ")[1]);
  };
  await call();
  globalThis.__called = () => {};
  const { result } = await session.post("Profiler.takePreciseCoverage");
  await session.post("Profiler.stopPreciseCoverage");
  session.disconnect();
  const files = result.filter(({ functions }) => functions.some(isCalled)).map(({ url }) => url);
  const visits = [...visited].map((file, at, all) => `${all[at - 1] ?? ""} → ${file}`);
  return {
    files: files.flatMap(sourceOf).sort(),
    steps: [...calls].filter(isUp).sort(),
    climbs: visits.filter(isUp),
  };
}

/** The whole of a module is a function without a name that begins where the file does. */
function isCalled({ functionName, ranges }) {
  return ranges[0].count > 0 && !(functionName === "" && ranges[0].startOffset === 0);
}

function callerAndCalled() {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = 24;
  Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getFileName() ?? "");
  const files = new Error().stack.slice(1).flatMap(sourceOf);
  Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  return `${files[1] ?? ""} → ${files[0]}`;
}

/** The file under src/ of an address; none for what is not ours. */
function sourceOf(url) {
  const path = url.startsWith("file:") ? fileURLToPath(url) : url;
  const start = join(folder, "src", "/");
  return path.startsWith(start) ? [path.slice(start.length).replace(/\.js$/, ".ts")] : [];
}

function isUp(step) {
  const [from, to] = step.split(" → ").map((file) => floors.indexOf(file.split("/")[0]));
  return from >= 0 && to > from;
}

function report(name, { files, steps, climbs }, list) {
  const outside = files.filter((file) => !file.startsWith("compute/"));
  const way = `${steps.length} steps up, ${climbs.length} climbs`;
  console.log(`${name}: ${files.length} files of src, ${outside.length} outside compute/, ${way}`);
  if (list) for (const line of [...files, ...steps, ...climbs]) console.log(`  ${line}`);
}
