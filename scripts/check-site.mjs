// Drives `tsrsa site` in a real browser as a student would: below a path, on a host that sends no headers of its own, with
// shared memory, with a service worker alone, and with neither. Called by check-lab.mjs; alone:
// `TSRSA_CHROMIUM=/usr/bin/chromium node scripts/check-site.mjs [PICTURES]`. Needs dist/ (npm run build).
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { checkAccess } from "./check-axe.mjs";
import { live, movesItems, turnsCortex } from "./check-live.mjs";
import { findChromium } from "./chromium.mjs";
import { root } from "./run.mjs";

const types = { ".js": "text/javascript", ".html": "text/html", ".css": "text/css" };
const path = "/some/course/";
const only = process.env.TSRSA_ONLY?.split(",").filter((name) => name !== "site");

/** Checks a site; `check(name, ok, found)` is told of each fact. */
export async function checkSite({ executablePath, chromium, check, pictures }) {
  const folder = mkdtempSync(join(tmpdir(), "tsrsa-site-"));
  const out = join(folder, "out");
  let host;
  let spy;
  let browser;
  try {
    spy = await listen((request, response) => {
      spy.asked.push(request.url);
      response.end();
    });
    makeSite(folder, spy.address);
    host = await listen((request, response) => serve(out, request, response));
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
    const parts = { browser, host, spy, check, pictures, out };
    for (const work of [
      readsAndRuns,
      stopsWithSharedMemory,
      stopsByServiceWorker,
      stopsWithNeither,
      keepsEdits,
      takesFiles,
      dragsAnItem,
      holdsAttacks,
      holdsAttacksAlone,
      worksOffline,
    ])
      if (only === undefined || only.length === 0 || only.includes(work.name))
        await attempt(work, parts);
    check("no request left this machine's site", spy.asked.length === 0, spy.asked.join(", "));
  } finally {
    await browser?.close();
    host?.server.closeAllConnections();
    host?.server.close();
    spy?.server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** On a busy machine a driven browser misses a moment now and then: what fails is done once more, and said. */
async function attempt(work, parts) {
  let told = [];
  const check = (...fact) => told.push(fact);
  await once(work, { ...parts, check });
  const missed = told.filter(([, ok]) => !ok).map(([name]) => name);
  if (missed.length > 0) {
    console.log(`  once more: ${work.name}, for ${missed.join("; ")}`);
    told = [];
    await once(work, { ...parts, check });
  }
  for (const fact of told) parts.check(...fact);
}

async function once(work, parts) {
  const { browser, check, pictures } = parts;
  const options = { viewport: { width: 1200, height: 900 }, acceptDownloads: true };
  const context = await browser.newContext({ ...options, ...work.context });
  try {
    await work({ ...parts, context });
  } catch (error) {
    check(work.name, false, String(error).split("\n").slice(0, 3).join(" "));
    const page = context.pages().at(-1);
    if (pictures !== undefined)
      await page?.screenshot({ path: join(pictures, `failed-${work.name}.png`) });
  }
  await context.close();
}

/** A site of notebooks that need no data, and of notebook 00 as students get it. */
function makeSite(folder, spyAddress) {
  const write = (name, cells) =>
    writeFileSync(join(folder, name), `${cells.map((one) => `// %%\n${one}`).join("\n\n")}\n`);
  write("stop.ts", [
    "let kept = 41;",
    ...probes.map(({ code }) => `const skip = true;\n// probe\nif (!skip) {\n${code}\n}`),
  ]);
  write("files.ts", [
    `import { readCsv, writeNpy, readNpy } from "tsrsa";`,
    `const given = (globalThis as { importScripts?: unknown }).importScripts === undefined ? undefined : await readCsv("mine.csv");\ngiven?.column("a").join("-");`,
    `await writeNpy("/tmp/x.npy", { data: Float64Array.of(1, 2, 3), shape: [3] });\n[...(await readNpy("/tmp/x.npy")).data].join();`,
  ]);
  write("drag.ts", live);
  write("attack.ts", [
    `const told: Record<string, string> = {};\nconst tell = async (name: string, work: () => unknown) => { try { await work(); told[name] = "reached"; } catch { told[name] = "refused"; } };`,
    `const spy = ${JSON.stringify(spyAddress)};\nif (!("process" in globalThis)) {\n  await tell("fetch", () => fetch(spy + "/fetch", { mode: "no-cors" }));\n  await tell("xhr", () => { const x = new XMLHttpRequest(); x.open("GET", spy + "/xhr", false); x.send(); });\n  await tell("import", () => import(spy + "/module.js"));\n  await tell("scripts", () => (globalThis as any).importScripts(spy + "/script.js"));\n  await tell("eval", () => (0, eval)("1"));\n  await tell("socket", () => new Promise((ok, no) => { const s = new WebSocket(spy.replace("http", "ws")); s.onopen = ok; s.onerror = no; }));\n  await tell("worker", () => new Promise((ok, no) => { const w = new Worker(URL.createObjectURL(new Blob(["fetch('" + spy + "/worker').then(() => postMessage(1), () => postMessage(0))"]))); w.onmessage = (e) => (e.data ? ok(1) : no(0)); w.onerror = no; }));\n}\ntold;`,
    `display.html('<img src="' + spy + '/img" onerror="document.title=1"><div class="attack" style="position: fixed; inset: 0; background: url(' + spy + '/css)">cover</div><a href="javascript:document.title=1" id="js">x</a><iframe src="' + spy + '/frame"></iframe>');`,
    `display.html('<b>scripts</b><script>document.body.append("ran;"); try { parent.document.title = "owned"; } catch { document.body.append("parent refused;"); } fetch("' + spy + '/f").catch(() => document.body.append("net refused;"));</' + 'script>');`,
  ]);
  const run = (names, flags) =>
    spawnSync(
      process.execPath,
      [join(root, "dist/cli/main.js"), "site", ...names, "--out", "out", ...flags],
      { cwd: folder, encoding: "utf8", env: { ...process.env, TSRSA_OFFLINE: "1" } },
    );
  const first = join(root, "notebooks/00-first-rsa.ts");
  const flags = ["--student", "--with-solutions", "-p", "data=demo", "--title", "Course"];
  const made = run([first, "stop", "files", "attack", "drag"], flags);
  if (made.status !== 0) throw new Error(`the site could not be made: ${made.stderr}`);
}

/** A host as the plainest there is: it sends files, and no header that would help. */
function serve(out, request, response) {
  const name = decodeURIComponent(new URL(request.url, "http://x").pathname);
  if (!name.startsWith(path) || name.includes("..")) return void response.writeHead(404).end();
  try {
    const file = name === path ? "index.html" : name.slice(path.length);
    const bytes = readFileSync(join(out, file));
    const type = types[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "Content-Type": type }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

async function listen(handler) {
  const server = createServer(handler);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, asked: [], address: `http://127.0.0.1:${server.address().port}` };
}

async function open({ context, host, check }, name) {
  const page = await context.newPage();
  page.reports = [];
  page.on("console", (message) => {
    if (/Content Security Policy|Refused/.test(message.text())) page.reports.push(message.text());
  });
  page.on("pageerror", (error) => check(`no error in the page (${name})`, false, error.message));
  await page.goto(`${host.address}${path}live.html?path=${name}.ipynb`);
  await ready(page);
  return page;
}

async function ready(page) {
  await page.locator(".kernel", { hasText: "kernel ready" }).waitFor({ timeout: 60_000 });
}

async function idle(page) {
  await page.waitForTimeout(100);
  await ready(page);
}

function cell(page, at) {
  return page.locator(".cell").nth(at);
}

function outputs(page, at) {
  return cell(page, at).locator(".outputs");
}

async function run(page, at) {
  await cell(page, at).locator(".gutter button").first().click();
}

async function write(page, at, code) {
  await cell(page, at).locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  // As one piece: an editor closes brackets that are typed.
  await page.keyboard.insertText(code);
}

async function picture({ pictures }, page, name) {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

async function readsAndRuns(parts) {
  const { context, host, check, out } = parts;
  const page = await context.newPage();
  await page.goto(`${host.address}${path}`);
  await picture(parts, page, "site-index");
  await checkAccess(page, "a site's first page", check);
  await page.getByText("A first RSA").click();
  check(
    "the executed page is read without running",
    (await page.locator(".outputs img, .outputs svg").count()) >= 4,
  );
  await picture(parts, page, "site-page");
  await checkAccess(page, "an executed page", check);
  await readsFigure(page, check);
  await page.getByText("Run and change it here").click();
  await ready(page);
  check("Run makes it live", (await page.locator(".cm-content").count()) > 0);
  check(
    "the page is isolated by its service worker, on a host without headers, below a path",
    await page.evaluate(() => globalThis.crossOriginIsolated),
  );
  await picture(parts, page, "site-live");
  await page.getByText("▶▶ All").click();
  await idle(page);
  check(
    "notebook 00 runs whole in the page",
    (await page.locator("pre.error").count()) === 0,
    (await page.locator("pre.error").allTextContents()).join("; "),
  );
  const notRun = await page.getByText("not run: a cell before it failed").count();
  check("blanks that are not done keep no cell from running", notRun === 0, `${notRun} cells`);
  await checkAccess(page, "a notebook live on a site", check);
  const notebook = JSON.parse(readFileSync(join(out, "00-first-rsa.executed.ipynb"), "utf8"));
  const ours = resultsOf(notebook.cells.flatMap(({ outputs: all = [] }) => all));
  await page.locator(".save", { hasText: /^saved$/ }).waitFor();
  const kept = await page.evaluate(readEdit);
  const theirs = resultsOf(JSON.parse(kept).cells.flatMap(({ outputs: all = [] }) => all));
  check(
    "its results are Node's to the last digit",
    Object.keys(ours).length > 2 && isDeepStrictEqual(ours, theirs),
    `${JSON.stringify(ours)} ${JSON.stringify(theirs)}`,
  );
  await knowsTypes(page, check, parts);
}

/** The pointer over an RDM of an executed page reads the pair, by the page's own script. */
async function readsFigure(page, check) {
  const image = page.locator('figure img[alt*="dissimilarity matri"]').first();
  await image.scrollIntoViewIfNeeded();
  const box = await image.boundingBox();
  const tip = page.locator(".tip:not([hidden])");
  for (let i = 0; i < 50 && (await tip.count()) === 0; i += 1) {
    await page.mouse.move(box.x + (0.3 + 0.001 * i) * box.width, box.y + 0.5 * box.height);
    await page.waitForTimeout(50);
  }
  const words = (await tip.count()) === 0 ? "" : await tip.first().textContent();
  check("the pointer reads a figure of an executed page", /^.+ – .+: [\d.]+$/.test(words), words);
}

/** The language service is fetched with the first question, from the site itself. */
async function knowsTypes(page, check, parts) {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const editor = page.locator(".cell .cm-content").last();
  await editor.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("rsaEpochs");
  await page.keyboard.press("Shift+Tab");
  const help = page.locator(".help");
  await help.waitFor({ timeout: 60_000 });
  check("help of the library in a page", (await help.textContent()).includes("epochs"));
  await picture(parts, page, "site-help");
  await page.keyboard.press("Control+A");
  await page.keyboard.type('rsaEpochs(epochs, [], { rsaMetric: "spear');
  await page
    .locator(".cm-tooltip-autocomplete li", { hasText: "spearman" })
    .waitFor({ timeout: 30_000 });
  check("completion by type in a page", true);
  const strange = asked.filter((address) => new URL(address).origin !== new URL(page.url()).origin);
  check("types come from the site itself", strange.length === 0, strange.join());
  await page.keyboard.press("Escape");
}

/** Runs in the page: the edited notebook that the browser keeps. */
async function readEdit() {
  const [{ name }] = await indexedDB.databases();
  const database = await new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
  });
  const all = await new Promise((resolve) => {
    const request = database.transaction("edits").objectStore("edits").getAll();
    request.onsuccess = () => resolve(request.result);
  });
  database.close();
  return all[0].text;
}

/** The named results of a notebook's outputs. */
function resultsOf(all) {
  const mime = "application/vnd.tsrsa.result+json";
  return Object.fromEntries(
    all.flatMap(({ data }) =>
      data?.[mime] === undefined ? [] : [[data[mime].name, data[mime].value]],
    ),
  );
}

const probes = [
  { name: "a busy loop", code: "while (true) {}" },
  {
    name: "recursion",
    code: "const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));\nfib(80);",
  },
  {
    name: "a comparator",
    // The array is there by then, and its sort has begun.
    after: 3000,
    code: "Array.from({ length: 1e5 }, (_, i) => i % 977).sort((a, b) => { for (let i = 0; i < 1e9; i++) { if (i % 7 === a) continue; } return a - b; });",
  },
  { name: "try/catch in a loop", code: "for (;;) { try { for (;;) {} } catch {} }" },
  {
    name: "a generator",
    code: "function* all() { for (;;) yield 1; }\nfor (const one of all()) kept = kept + 0 * one;",
  },
  {
    name: "do-while in try/finally",
    code: "try { do {} while (true); } finally { kept = kept + 0; }",
  },
  { name: "a wait that never ends", code: "await new Promise(() => {});", waits: true },
  {
    name: "waits in a loop",
    code: "for (;;) await new Promise((next) => setTimeout(next, 5));",
    waits: true,
  },
];

async function stopAll(parts, how, { kept, seconds }) {
  const { check } = parts;
  const page = await open(parts, "stop");
  for (const { name, code, waits = false, after = 300 } of probes) {
    await write(page, 0, "let kept = 41;");
    await run(page, 0);
    await idle(page);
    await write(page, 1, code);
    await run(page, 1);
    await page.locator(".kernel", { hasText: "kernel runs" }).waitFor();
    await page.waitForTimeout(after);
    const begin = Date.now();
    await page.locator(".toolbar").getByText("■ Stop").click();
    await idle(page);
    const took = (Date.now() - begin) / 1000;
    const said = await outputs(page, 1).locator("pre.error").textContent();
    const isKept = kept || waits;
    check(
      `Stop ${how}: ${name} ${isKept ? "ends" : "is ended with its worker"}`,
      said.includes(isKept ? "KeyboardInterrupt" : "variables are lost") && took < seconds,
      `${took.toFixed(1)} s: ${said.slice(0, 200)}`,
    );
    await write(page, 2, "typeof kept === 'number' ? kept : 'lost';");
    await run(page, 2);
    await idle(page);
    const value = (await outputs(page, 2).textContent()).trim();
    check(
      `… and the variables are ${isKept ? "kept" : "lost"}`,
      value === (isKept ? "41" : "lost") || value === (isKept ? "41" : "'lost'"),
      value,
    );
    if (!isKept) break;
  }
  return page;
}

async function stopsWithSharedMemory(parts) {
  const page = await stopAll(parts, "by shared memory", { kept: true, seconds: 8 });
  parts.check("shared memory it was", await page.evaluate(() => globalThis.crossOriginIsolated));
}

async function stopsByServiceWorker(parts) {
  // As where the page could not be isolated: it was tried, and the document came before the service worker.
  await parts.context.addInitScript(() => sessionStorage.setItem("tsrsa-isolated", "yes"));
  const page = await stopAll(parts, "by the service worker", { kept: true, seconds: 8 });
  parts.check("no memory was shared", !(await page.evaluate(() => globalThis.crossOriginIsolated)));
}

async function stopsWithNeither(parts) {
  await stopAll(parts, "with neither", { kept: false, seconds: 30 });
}
stopsWithNeither.context = { serviceWorkers: "block" };

async function keepsEdits(parts) {
  const { check } = parts;
  const page = await open(parts, "files");
  await write(page, 0, "const mine = 7 * 6;\nmine;");
  await run(page, 0);
  await idle(page);
  await page.locator(".save", { hasText: /^saved$/ }).waitFor();
  await page.reload();
  await ready(page);
  check(
    "edits are there after a reload",
    (await cell(page, 0).locator(".cm-content").innerText()).includes("7 * 6") &&
      (await outputs(page, 0).textContent()).trim() === "42",
  );
  for (const [label, pattern] of [
    ["Download .ipynb", /"nbformat": 4[\s\S]*/],
    ["Download .ts", /^\/\/ %%[\s\S]*7 \* 6/],
  ]) {
    await page.getByText("More", { exact: true }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.locator(".menu").getByText(label).click(),
    ]);
    const text = readFileSync(await file.path(), "utf8");
    check(`${label} gives the notebook as it is`, pattern.test(text), text.slice(0, 100));
  }
  await page.getByText("More", { exact: true }).click();
  await page.locator(".menu").getByText("Revert").click();
  await page.locator("dialog").getByText("Revert", { exact: true }).click();
  await page.locator(".cm-content", { hasText: "readCsv" }).first().waitFor();
  check("Revert brings the published version", true);
}

async function takesFiles(parts) {
  const { check } = parts;
  const page = await open(parts, "files");
  await page.locator(".toolbar").getByText("☰").click();
  await page.locator('.files input[type="file"]').setInputFiles({
    name: "mine.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("a,b\n1,2\n3,4\n"),
  });
  await page.locator(".notice", { hasText: "mine.csv is beside" }).waitFor();
  await picture(parts, page, "site-files");
  await page.getByText("▶▶ All").click();
  await idle(page);
  check(
    "a cell reads a file of the user",
    (await outputs(page, 1).textContent()).includes("1-3"),
    await outputs(page, 1).textContent(),
  );
  check(
    "what a cell writes it reads again",
    (await outputs(page, 2).textContent()).includes("1,2,3"),
  );
  await page.reload();
  await ready(page);
  await page.getByText("▶▶ All").click();
  await idle(page);
  check("and after a reload too", (await outputs(page, 1).textContent()).includes("1-3"));
}

async function dragsAnItem(parts) {
  const page = await open(parts, "drag");
  await page.getByText("▶▶ All").click();
  await idle(page);
  await movesItems({ page, output: outputs(page, 0), check: parts.check });
  await turnsCortex({ page, output: outputs(page, 2), check: parts.check });
  await picture(parts, page, "site-cortex");
  await picture(parts, page, "site-live-figure");
}

/** As on a plain http address, which has no service worker that could send a policy along. */
async function holdsAttacksAlone(parts) {
  await holdsAttacks(parts);
}
holdsAttacksAlone.context = { serviceWorkers: "block" };

async function holdsAttacks(parts) {
  const { check, spy } = parts;
  const page = await open(parts, "attack");
  await page.getByText("▶▶ All").click();
  await idle(page);
  const told = await outputs(page, 1).textContent();
  for (const name of ["fetch", "xhr", "import", "scripts", "eval", "socket", "worker"])
    check(
      `a cell's ${name} reaches no other host, and runs no text`,
      told.includes(`${name}: 'refused'`),
      told,
    );
  check(
    "outputs cover nothing",
    await page
      .locator(".attack")
      .evaluateAll((all) => all.every((one) => getComputedStyle(one).position === "static")),
  );
  check(
    "links of outputs run nothing",
    await page.locator("#js").evaluateAll((all) => all.every((one) => !one.hasAttribute("href"))),
  );
  const frame = page.frameLocator("iframe.sandbox");
  await frame.getByText("parent refused;").first().waitFor();
  await frame.getByText("net refused;").first().waitFor();
  check(
    "scripts of outputs run in a frame that reaches nothing",
    (await page.title()) === "attack.ipynb",
    await page.title(),
  );
  check("nothing was asked of another host", spy.asked.length === 0, spy.asked.join());
}

async function worksOffline(parts) {
  const { check, host } = parts;
  const page = await open(parts, "00-first-rsa");
  await page.getByText("▶▶ All").click();
  await idle(page);
  host.isDown = true;
  await parts.context.setOffline(true);
  await page.reload();
  await ready(page);
  await page.getByText("▶▶ All").click();
  await idle(page);
  check(
    "offline after the first visit: the notebook opens and runs",
    (await page.locator("pre.error").count()) === 0 &&
      (await page.locator(".outputs img").count()) >= 3,
    (await page.locator("pre.error").allTextContents()).join("; "),
  );
  await parts.context.setOffline(false);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { executablePath, chromium } = findChromium();
  const [pictures] = process.argv.slice(2);
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
  const check = (name, ok, found = "") => {
    console.log(`${ok ? "✓" : "✗"} ${name}${ok || found === "" ? "" : `: ${found}`}`);
    if (!ok) process.exitCode = 1;
  };
  await checkSite({ executablePath, chromium, check, pictures });
}
