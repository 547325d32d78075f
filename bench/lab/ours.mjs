// What our pages take: of a site without a server, and of the lab.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/run.mjs";
import { memoryMB, open, rendererMB, runAll, runOnce, typing } from "./drive.mjs";
import { host } from "./host.mjs";

const cli = join(root, "dist/cli/main.js");
const resultMime = "application/vnd.tsrsa.result+json";
export const ownCell = { editor: ".cell .cm-content", output: ".cell .outputs" };
const live = (address, name) => `${address}/live.html?path=${name}.ipynb`;
const sumMB = (sent) => sent.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20;

/** Makes the site that is measured, with the notebooks run in Node. */
export function makeSite(folder, out) {
  const course = ["00-first-rsa", "01-sensor-level-meg"].map((name) =>
    join(root, "notebooks", `${name}.ts`),
  );
  const names = [...course, join(folder, "one.ts"), join(folder, "long.ts")];
  const rows = join(import.meta.dirname, "rows.ts");
  const words = [cli, "site", ...names, rows, "--out", out, "-p", "data=demo"];
  const { status } = spawnSync(process.execPath, words, {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error("the site could not be made");
}

/** Sizes, times and memory of a site's pages. */
export async function ofSite(browser, out) {
  const site = await host(out);
  try {
    const first = await inContext(browser, async (context) => {
      const { page, readyMs } = await open(context, live(site.address, "00-first-rsa"));
      let toFigureMB = NaN;
      const run = await runAll(page, () => (toFigureMB = sumMB(site.sent)));
      const memory = await memoryOf(page);
      await page.locator(".cell .cm-content").first().click();
      await page.keyboard.type("x");
      await stands(page, () => site.sent.length);
      return { readyMs, ...run, toFigureMB, allMB: sumMB(site.sent), ...memory };
    });
    const second = await inContext(browser, async (context) => {
      const { page } = await open(context, live(site.address, "01-sensor-level-meg"));
      const { allMs } = await runAll(page);
      return { allMs, ...(await memoryOf(page)) };
    });
    const oneMs = await inContext(browser, async (context) => {
      const { page } = await open(context, live(site.address, "one"));
      return runOnce(page, ownCell);
    });
    const long = await inContext(browser, async (context) => {
      const { page } = await open(context, live(site.address, "long"));
      await runAll(page);
      return typing(context, page);
    });
    return { first, second, oneMs, long };
  } finally {
    site.close();
  }
}

/** Milliseconds of each row in Node, in a page with shared memory, and in one without. */
export async function ofRows(browser, out) {
  const executed = JSON.parse(readFileSync(join(out, "rows.executed.ipynb"), "utf8"));
  const node = resultsOf(executed);
  const pages = {};
  for (const shared of [true, false]) {
    const site = await host(out, { shared });
    const options = shared ? {} : { serviceWorkers: "block" };
    pages[shared ? "shared" : "alone"] = await inContext(
      browser,
      async (context) => {
        const { page } = await open(context, live(site.address, "rows"));
        await page.getByText("▶▶ All").click();
        await page.waitForTimeout(100);
        await page.locator(".kernel", { hasText: "kernel ready" }).waitFor();
        await page.locator(".save", { hasText: /^saved$/ }).waitFor();
        return resultsOf(JSON.parse(await page.evaluate(keptEdit)));
      },
      options,
    );
    site.close();
  }
  return Object.keys(node).map((name) => ({
    ...{ name, nodeMs: node[name] },
    ...{ sharedMs: pages.shared[name], aloneMs: pages.alone[name] },
  }));
}

/** The lab: from the start of the command to a ready kernel, and one cell. */
export async function ofLab(browser, folder) {
  const begin = performance.now();
  const child = spawn(process.execPath, [cli, "lab", folder, "--no-open"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const address = await new Promise((resolve) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const found = /http:\S+/.exec(text);
      if (found !== null) resolve(found[0]);
    });
  });
  const startMs = performance.now() - begin;
  try {
    return await inContext(browser, async (context) => {
      const entry = await context.newPage();
      await entry.goto(address);
      await entry.locator(".files h2").waitFor();
      await entry.close();
      const { page, readyMs } = await open(context, `${new URL(address).origin}/?path=one.ts`);
      return { startMs, readyMs, oneMs: await runOnce(page, ownCell) };
    });
  } finally {
    child.kill("SIGINT");
  }
}

/** Waits until a count has been the same for three seconds. */
async function stands(page, count) {
  for (let before = -1; before !== count(); await page.waitForTimeout(3000)) before = count();
}

async function memoryOf(page) {
  return { pageMB: await memoryMB(page), processMB: rendererMB() };
}

async function inContext(browser, work, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1200, height: 900 },
    ...options,
  });
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

function resultsOf({ cells }) {
  const all = cells.flatMap(({ outputs = [] }) => outputs).map(({ data }) => data?.[resultMime]);
  return Object.fromEntries(all.filter(Boolean).map(({ name, value }) => [name, value]));
}

/** Runs in the page: the notebook that the browser keeps. */
async function keptEdit() {
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
  return all.at(-1).text;
}
