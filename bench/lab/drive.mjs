// A page of our front end, driven as a user would drive it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const PATIENCE = 300_000;

/** Opens a notebook; tells how long it took until its kernel was ready. */
export async function open(context, address) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const begin = performance.now();
  await page.goto(address);
  await page.locator(".kernel", { hasText: "kernel ready" }).waitFor();
  return { page, readyMs: performance.now() - begin };
}

/** Runs all cells; tells when the first new figure stood, and when all was done. */
export async function runAll(page, onFigure = () => undefined) {
  const figures = ".cell .outputs :is(img, svg, iframe)";
  await page.evaluate((all) => {
    for (const old of document.querySelectorAll(all)) old.dataset.old = "";
  }, figures);
  const begin = performance.now();
  await page.getByText("▶▶ All").click();
  await page.locator(`${figures}:not([data-old])`).first().waitFor();
  const firstFigureMs = performance.now() - begin;
  onFigure();
  await page.waitForTimeout(100);
  await page.locator(".kernel", { hasText: "kernel ready" }).waitFor();
  return { firstFigureMs, allMs: performance.now() - begin };
}

/** Milliseconds from the press of Control+Enter to the cell's new output in the page, median of 25. */
export async function runOnce(page, { editor, output }) {
  await page.locator(editor).first().click();
  const times = [];
  for (let k = 0; k < 30; k++) {
    await page.evaluate(watchOutput, output);
    await page.keyboard.press("Control+Enter");
    times.push(await page.evaluate(() => globalThis.outputCame));
    await page.waitForTimeout(60);
  }
  return median(times.slice(5));
}

/** Runs in the page: a promise of the time from the next Enter to other digits at `selector`. */
function watchOutput(selector) {
  const text = () => document.querySelector(selector)?.textContent ?? "";
  globalThis.outputCame = new Promise((resolve) => {
    let before;
    let begin;
    addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Enter") return;
        begin = event.timeStamp;
        before = text();
      },
      { capture: true },
    );
    const look = () => {
      const now = text();
      if (begin === undefined || now === before || !/\d/.test(now)) return;
      observer.disconnect();
      resolve(performance.now() - begin);
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

/** Milliseconds of the page's thread a key, typed in the middle of a long notebook. */
export async function typing(context, page) {
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  const spent = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "TaskDuration").value;
  };
  const cell = page.locator(".cell").nth(100);
  // An editor is made when its cell comes into view.
  await cell.scrollIntoViewIfNeeded();
  await cell.locator(".cm-content").click();
  const words = "const typed = [1, 2, 3].map((one) => one * 2); ".repeat(2);
  await page.keyboard.type("// warm ", { delay: 30 });
  const before = await spent();
  const begin = performance.now();
  await page.keyboard.type(words, { delay: 30 });
  const [busy, wall] = [(await spent()) - before, performance.now() - begin];
  return { keyMs: busy / words.length, busyShare: busy / wall };
}

/** Megabytes that the page takes by the browser's own count, workers and shared memory included. */
export async function memoryMB(page) {
  const { bytes } = await page.evaluate(() => performance.measureUserAgentSpecificMemory());
  return bytes / 2 ** 20;
}

/** Megabytes of the largest process of a page: what it holds alone, and its part of what is shared. */
export function rendererMB() {
  const children = execFileSync("ps", ["-eo", "pid,ppid,args"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes("--type=renderer"))
    .map((line) => line.trim().split(/\s+/)[0]);
  return Math.max(0, ...children.map(pssMB));
}

function pssMB(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

export function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
