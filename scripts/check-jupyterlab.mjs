// Our kernel in JupyterLab, driven by a real browser. It needs a Python with jupyterlab, ipywidgets and anywidget
// (TSRSA_JUPYTER_PYTHON) and a Chromium (TSRSA_CHROMIUM); without them it says so and passes. Screenshots are written
// to out/jupyterlab, to be looked at.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "./chromium.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const python = process.env.TSRSA_JUPYTER_PYTHON ?? "";
const { executablePath, chromium } = findChromium();
if (
  python === "" ||
  spawnSync(python, ["-c", "import jupyterlab, ipywidgets, anywidget"]).status !== 0
)
  skip("TSRSA_JUPYTER_PYTHON names no Python with jupyterlab, ipywidgets and anywidget");

const pictures = join(root, "out", "jupyterlab");
const folder = mkdtempSync(join(tmpdir(), "jupyterlab-"));
const scratch = join(root, "notebooks", "jupyterlab-check.ipynb");
const env = {
  ...process.env,
  JUPYTER_DATA_DIR: join(folder, "data"),
  JUPYTER_RUNTIME_DIR: join(folder, "run"),
  JUPYTER_CONFIG_DIR: join(folder, "config"),
};
const faults = [];

const cells = [
  "let kept = 42;\nlet n = 0;\nwhile (true) n += 1;",
  "`kept is ${kept}`",
  'import { computeRdm, plotTimeCourse, progress } from "tsrsa";\nconst line = progress("windows", 30);\nfor (let i = 1; i <= 30; i++) {\n  line.update(i);\n  await new Promise((resume) => setTimeout(resume, 100));\n}\nline.finish();',
  'const times = Array.from({ length: 100 }, (_, i) => i / 100);\nconst curve = (k: number) => plotTimeCourse([{ name: `sin ${k}x`, times, values: times.map((t) => Math.sin(2 * Math.PI * k * t)) }]);\nconst slider = widget.slider({ label: "frequency", min: 1, max: 10, value: 2 });\nslider',
  'display(curve(2), { id: "figure" });\nslider.onChange("value", (value) => display.update("figure", curve(value)));',
  "computeR",
];

mkdirSync(pictures, { recursive: true });
for (const name of ["data", "run", "config"]) mkdirSync(join(folder, name));
spawnSync(process.execPath, ["dist/cli/main.js", "kernel", "install"], {
  cwd: root,
  env,
  stdio: "inherit",
});
writeFileSync(scratch, JSON.stringify(notebookOf(cells)));
const port = await freePort();
const server = spawn(
  python,
  [
    "-m",
    "jupyterlab",
    "--no-browser",
    "--allow-root",
    "--ip=127.0.0.1",
    `--port=${port}`,
    "--IdentityProvider.token=check",
    `--ServerApp.root_dir=${root}`,
  ],
  { env, stdio: "ignore" },
);
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  await waitForServer();
  await runTutorial();
  await tryCells();
} finally {
  await browser.close();
  server.kill();
  rmSync(scratch, { force: true });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
for (const fault of faults) console.error(`failed: ${fault}`);
console.log(`pictures are in ${pictures}`);
process.exit(faults.length === 0 ? 0 : 1);

/** Run All on tutorial 1: every cell gets its number, none shows an error. */
async function runTutorial() {
  const page = await open("notebooks/01-sensor-level-meg.ipynb", "tutorial");
  await page.click("text=Run >> nth=0");
  await page.click("text=Run All Cells");
  await idle(page, 120_000);
  check(
    "tutorial 1 runs to its end",
    (await page.locator(".jp-InputArea-prompt").last().innerText()) !== "[ ]:",
  );
  check(
    "no cell of tutorial 1 shows an error",
    (await page.locator(".jp-RenderedText[data-mime-type$='stderr']").count()) === 0,
  );
  await page.screenshot({ path: join(pictures, "tutorial.png") });
  await page.close();
}

/** Stop, progress, a widget, Tab and Shift-Tab. */
async function tryCells() {
  const page = await open("notebooks/jupyterlab-check.ipynb", "cells");
  const cell = (at) => page.locator(".jp-Notebook .jp-CodeCell").nth(at);
  const output = (at) => cell(at).locator(".jp-OutputArea").innerText();
  const run = async (at) => {
    await cell(at).locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
  };
  await run(0);
  await page.waitForTimeout(1500);
  await page
    .locator('button[title^="Interrupt"], [data-command="notebook:interrupt-kernel"]')
    .first()
    .click();
  await idle(page, 10_000);
  check("Stop ends an endless loop", (await output(0)).includes("KeyboardInterrupt"));
  await run(1);
  await idle(page, 10_000);
  check("variables are kept", (await output(1)).includes("kept is 42"));
  await run(2);
  await page.waitForTimeout(1800);
  const halfway = await output(2);
  await idle(page, 20_000);
  check("progress is live", halfway !== (await output(2)) && (await output(2)).includes("30/30"));
  await run(3);
  await run(4);
  await idle(page, 20_000);
  await page.waitForTimeout(1500);
  const picture = () => cell(4).locator(".jp-OutputArea img").first().getAttribute("src");
  const before = await picture();
  await cell(3)
    .locator("input[type=range]")
    .first()
    .evaluate((slider) => {
      slider.value = "7";
      for (const type of ["input", "change"])
        slider.dispatchEvent(new Event(type, { bubbles: true }));
    });
  await page.waitForTimeout(2500);
  check("a slider moves a figure", before !== (await picture()));
  await cell(5).locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Tab");
  await page.waitForTimeout(4000);
  check(
    "Tab completes",
    (await page.locator(".jp-Completer-item").allInnerTexts()).join().includes("computeRdm"),
  );
  await page.keyboard.press("Escape");
  await page.keyboard.type("dm(");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Shift+Tab");
  await page.waitForTimeout(3000);
  check(
    "Shift-Tab explains",
    (await page.locator(".jp-Tooltip").allInnerTexts()).join().includes("The RDM of patterns"),
  );
  await page.screenshot({ path: join(pictures, "cells.png") });
  await page.close();
}

async function open(path, workspace) {
  const page = await browser.newPage({ viewport: { width: 1300, height: 1100 } });
  await page.goto(
    `http://127.0.0.1:${port}/lab/workspaces/${workspace}/tree/${path}?token=check&reset`,
  );
  await page.waitForSelector(".jp-Notebook .jp-CodeCell", { timeout: 60_000 });
  await page.waitForTimeout(4000);
  return page;
}

async function idle(page, mostMs) {
  const busy = page.locator(".jp-InputArea-prompt", { hasText: "[*]" });
  const until = Date.now() + mostMs;
  await page.waitForTimeout(500);
  while ((await busy.count()) > 0 && Date.now() < until) await page.waitForTimeout(100);
}

async function waitForServer() {
  for (let i = 0; i < 100; i++) {
    const answers = await fetch(`http://127.0.0.1:${port}/api/status?token=check`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return;
    await new Promise((resume) => setTimeout(resume, 300));
  }
  throw new Error("JupyterLab did not start within 30 s");
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}

function notebookOf(sources) {
  const cell = (source, at) => ({
    cell_type: "code",
    id: `cell-${at}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  });
  const kernelspec = { name: "tsrsa", display_name: "TypeScript (tsrsa)", language: "typescript" };
  return { cells: sources.map(cell), metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
}

function check(what, holds) {
  console.log(`${holds ? "ok  " : "FAIL"} ${what}`);
  if (!holds) faults.push(what);
}

function skip(why) {
  console.log(`skipped the checks in JupyterLab: ${why}`);
  process.exit(0);
}
