// Makes docs/lab.png, the picture of the README: `TSRSA_CHROMIUM=/usr/bin/chromium node scripts/lab-picture.mjs`.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { findChromium } from "./chromium.mjs";
import { root } from "./run.mjs";

const { executablePath, chromium } = findChromium();
const folder = mkdtempSync(join(tmpdir(), "tsrsa-lab-"));
const notebook = `// %% [markdown]
// # Do animals look alike to the model?

// %%
import { computeRdm, plotMds, plotRdms, rsa } from "tsrsa";
const items = ["dog", "cat", "horse", "sofa", "chair", "lamp"];
const features = [[9, 1, 3], [8, 2, 3], [9, 3, 8], [1, 9, 5], [1, 8, 3], [2, 9, 1]];
const alive = [[1], [1], [1], [0], [0], [0]];
const rdm = computeRdm(features, { items, metric: "euclidean", name: "model" });
const idea = computeRdm(alive, { items, metric: "cityblock", name: "alive or not" });

// %%
plotRdms([rdm, idea], { scale: "each" });

// %%
const radius = widget.slider({ label: "noise", max: 10, value: 3 });
radius;

// %%
rsa(rdm, idea).single();
`;
writeFileSync(join(folder, "animals.ts"), notebook);

const lab = spawn(process.execPath, [join(root, "dist/cli/main.js"), "lab", folder, "--no-open"], {
  stdio: ["pipe", "pipe", "inherit"],
});
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage({ viewport: { width: 1040, height: 760 } });
  const address = await new Promise((resolve) => {
    lab.stdout.on("data", (chunk) => {
      const found = /http:\S+/.exec(String(chunk));
      if (found !== null) resolve(found[0]);
    });
  });
  await page.goto(`${address}&path=animals.ts`);
  await page.locator(".kernel", { hasText: "kernel ready" }).waitFor();
  await page.getByText("▶▶ All").click();
  await page.locator(".cell").nth(4).locator(".output pre").waitFor({ timeout: 60_000 });
  // An edit, so that the picture shows what follows from it.
  await page.locator(".cell").nth(1).locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" // edited");
  await page.getByText(/Run stale/).waitFor();
  await page.waitForTimeout(1500);
  await page.evaluate(() => scrollTo(0, 0));
  const png = await page.screenshot();
  await sharp(png)
    .png({ palette: true, colours: 64, effort: 10 })
    .toFile(join(root, "docs", "lab.png"));
} finally {
  await browser.close();
  lab.kill("SIGINT");
  rmSync(folder, { recursive: true, force: true });
}
