// The front ends of others, in the same browser: TSRSA_LABS names the folder with their programs (`bin` of a Python
// environment with jupyterlab, marimo, jupyterlite-core and jupyterlite-pyodide-kernel).
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { runOnce } from "./drive.mjs";
import { host } from "./host.mjs";

const bin = process.env.TSRSA_LABS;
const code = "import random; random.random()";

/** What is measured of JupyterLab, marimo and JupyterLite; none without TSRSA_LABS. */
export async function ofPeers(browser, folder) {
  if (bin === undefined || bin === "") return [];
  return [
    await jupyterLab(browser, folder),
    await marimo(browser, folder),
    await jupyterLite(browser, folder),
  ];
}

async function jupyterLab(browser, folder) {
  const cell = {
    cell_type: "code",
    execution_count: null,
    id: "a",
    metadata: {},
    outputs: [],
    source: code,
  };
  const kernelspec = { name: "python3", display_name: "Python 3", language: "python" };
  const notebook = { cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(join(folder, "one.ipynb"), JSON.stringify(notebook));
  const words = [
    "lab",
    "--no-browser",
    "--allow-root",
    "--ServerApp.token=t",
    "--ServerApp.port_retries=0",
  ];
  return served("jupyterlab", "jupyter", (port) => [...words, `--port=${port}`], folder, {
    browser,
    path: "/lab/tree/one.ipynb?token=t",
    ready: (page) => page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor(),
    cell: { editor: ".jp-Notebook .cm-content", output: ".jp-OutputArea-output" },
  });
}

async function marimo(browser, folder) {
  writeFileSync(
    join(folder, "one.py"),
    `import marimo\napp = marimo.App()\n\n@app.cell\ndef _():\n    ${code.replace("; ", "\n    ")}\n    return\n`,
  );
  const words = ["edit", "--headless", "--no-token", "--skip-update-check", "one.py"];
  return served("marimo", "marimo", (port) => [...words, `--port=${port}`], folder, {
    browser,
    path: "/",
    // It shows no word of its kernel: ready is when its first output stands.
    ready: async (page) => {
      await page.locator(".cm-content").first().click();
      await page.keyboard.press("Control+Enter");
      await page.locator(".output-area", { hasText: /\d/ }).first().waitFor();
    },
    cell: { editor: ".cm-content", output: ".output-area" },
  });
}

/** Its page alone: the Python that would run in it is fetched from a content network. */
async function jupyterLite(browser, folder) {
  const out = join(folder, "lite");
  mkdirSync(out, { recursive: true });
  const built = spawnSync(join(bin, "jupyter"), ["lite", "build", "--output-dir", out], {
    cwd: out,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  });
  if (built.status !== 0) return { name: "jupyterlite-core", note: "could not be built here" };
  const site = await host(out);
  const context = await browser.newContext();
  const strange = new Set();
  try {
    const page = await context.newPage();
    page.on("request", (request) => {
      const { host: name, protocol } = new URL(request.url());
      if (protocol.startsWith("http") && !site.address.endsWith(name)) strange.add(name);
    });
    const begin = performance.now();
    await page.goto(`${site.address}/lab/index.html`);
    await page.locator(".jp-Launcher-body").waitFor({ timeout: 120_000 });
    const readyMs = performance.now() - begin;
    await page.locator(".jp-LauncherCard").first().click();
    await page.waitForTimeout(10_000);
    const allMB = site.sent.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20;
    const note = `its Python comes from ${[...strange].join(", ") || "elsewhere"}, so no cell runs without network`;
    return {
      name: "jupyterlite-core",
      version: versionOf("jupyterlite-core"),
      readyMs,
      allMB,
      note,
    };
  } finally {
    await context.close();
    site.close();
  }
}

async function served(name, program, words, folder, { browser, path, ready, cell }) {
  const port = await freePort();
  const begin = performance.now();
  const child = spawn(join(bin, program), words(port), { cwd: folder, stdio: "ignore" });
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  try {
    await answers(`http://127.0.0.1:${port}/`);
    const startMs = performance.now() - begin;
    const page = await context.newPage();
    page.setDefaultTimeout(180_000);
    const opened = performance.now();
    await page.goto(`http://127.0.0.1:${port}${path}`);
    await ready(page);
    const readyMs = performance.now() - opened;
    return { name, version: versionOf(name), startMs, readyMs, oneMs: await runOnce(page, cell) };
  } finally {
    await context.close();
    child.kill("SIGINT");
    child.kill("SIGTERM");
  }
}

async function answers(address) {
  for (let k = 0; k < 3000; k++) {
    const isThere = await fetch(address, { redirect: "manual" }).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await new Promise((resume) => setTimeout(resume, 20));
  }
  throw new Error(`nothing answers at ${address}`);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function versionOf(name) {
  const words = ["-c", `import importlib.metadata as m; print(m.version(${JSON.stringify(name)}))`];
  return spawnSync(join(bin, "python"), words, { encoding: "utf8" }).stdout.trim();
}
