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
/** How far a sum in another order, or another engine's Math, lies from Node's as a rule. */
const lastDigits = 1e-14;
/** Exponentials of two engines differ in the last digit, and a solver makes more of it: it is said, and is no fault. */
const digitsOfSolvers = 1e-9;

export interface CheckedPage {
  readonly name: string;
  readonly seconds: number;
  /** The executed notebook to compare with, where it is not the one of the site: what a page cannot do left out. */
  readonly reference?: string | undefined;
}

/**
 * Runs every notebook of a site in Chromium and compares its named results with those of Node, to 1e-14, and says which agree
 * to 1e-9 only. Throws `WorkFailed` when one differs by more, or a cell failed.
 */
export async function checkSite(out: string, pages: readonly CheckedPage[]): Promise<void> {
  const path = findChromium();
  const host = await startHost(out);
  const browser = await Browser.start(path);
  const wrong: string[] = [];
  try {
    for (const page of pages) {
      const { name } = page;
      const found = await checkNotebook(browser, host.address, out, page);
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
  { name, seconds, reference }: CheckedPage,
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
  const node = resultsOf(
    reference ?? (await readFile(join(out, `${name}.executed.ipynb`), "utf8")),
  );
  const found = [...page.failures, ...differences(node.results, page.results, digitsOfSolvers)];
  if (found.length > 0) return { words: found.join("; "), isRight: false };
  const count = Object.keys(node.results).length;
  const exact = count - differences(node.results, page.results, 0).length;
  const took = ((Date.now() - started) / 1000).toFixed(1);
  const digits = exact === count ? "all" : `${exact} of them`;
  const close = differences(node.results, page.results, lastDigits);
  const solvers = close.length === 0 ? "" : `, to 1e-9 only ${close.join("; ")}`;
  return {
    words: `${count} results as in Node, ${digits} to the last digit${solvers}, ${took} s`,
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
