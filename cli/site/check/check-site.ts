import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { WorkFailed } from "../../usage-error.ts";
import { startHost } from "../serve.ts";
import { differences, resultsOf } from "./compare.ts";
import { Browser, findChromium } from "./devtools.ts";

const pollMs = 500;
const readyMs = 120_000;
/** A notebook may take so many times what it took in Node, and so long at least. */
const slowest = 20;
const shortestMs = 120_000;
/** How far a sum in another order, or another engine's Math, may lie from Node's. */
const lastDigits = 1e-14;

/**
 * Runs every notebook of a site in Chromium and compares its named results with those of Node, to 1e-14. Throws `WorkFailed` when one
 * differs or a cell failed.
 */
export async function checkSite(
  out: string,
  pages: readonly { readonly name: string; readonly seconds: number }[],
): Promise<void> {
  const path = findChromium();
  const host = await startHost(out);
  const browser = await Browser.start(path);
  const wrong: string[] = [];
  try {
    for (const { name, seconds } of pages) {
      const found = await checkNotebook(browser, host.address, out, name, seconds);
      console.log(`${name} in the page: ${found.words}`);
      if (!found.isRight) wrong.push(name);
    }
  } finally {
    await browser.close();
    host.close();
  }
  if (wrong.length > 0) throw new WorkFailed(`the page differs from Node in ${wrong.join(", ")}`);
}

async function checkNotebook(
  browser: Browser,
  address: string,
  out: string,
  name: string,
  seconds: number,
): Promise<{ words: string; isRight: boolean }> {
  const started = Date.now();
  const run = await browser.open(`${address}live.html?path=${encodeURIComponent(name)}.ipynb`);
  const isReady = `document.querySelector(".kernel")?.textContent === "kernel ready"`;
  if (!(await becomes(run, isReady, readyMs)))
    return { words: "the kernel did not start", isRight: false };
  await run(
    `[...document.querySelectorAll(".toolbar button")].find((one) => one.textContent === "▶▶ All").click()`,
  );
  await sleep(pollMs);
  const limitMs = Math.max(shortestMs, slowest * 1000 * seconds);
  const isDone = `${isReady} && document.querySelector(".save")?.textContent === "saved"`;
  if (!(await becomes(run, isDone, limitMs)))
    return { words: `it was not done after ${Math.round(limitMs / 1000)} s`, isRight: false };
  const page = resultsOf(String(await run(readKept(`${name}.ipynb`))));
  const node = resultsOf(await readFile(join(out, `${name}.executed.ipynb`), "utf8"));
  const found = [...page.failures, ...differences(node.results, page.results, lastDigits)];
  if (found.length > 0) return { words: found.join("; "), isRight: false };
  const count = Object.keys(node.results).length;
  const exact = count - differences(node.results, page.results, 0).length;
  const took = ((Date.now() - started) / 1000).toFixed(1);
  const digits = exact === count ? "all" : `${exact} of them`;
  return {
    words: `${count} results as in Node, ${digits} to the last digit, ${took} s`,
    isRight: true,
  };
}

async function becomes(
  run: (expression: string) => Promise<unknown>,
  question: string,
  limitMs: number,
): Promise<boolean> {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    if ((await run(question).catch(() => false)) === true) return true;
    await sleep(pollMs);
  }
  return false;
}

/** The notebook as the browser keeps it after the run. */
function readKept(path: string): string {
  return `(async () => {
    const [{ name }] = await indexedDB.databases();
    const wait = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await wait(indexedDB.open(name));
    const kept = await wait(database.transaction("edits").objectStore("edits").get(${JSON.stringify(path)}));
    database.close();
    return kept.text;
  })()`;
}
