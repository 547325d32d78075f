// node bench/lab.mjs [--save] [--now]: our pages in Chromium, beside the front ends of others in the same run. Needs dist/, and
// TSRSA_CHROMIUM with TSRSA_BESIDE as scripts/chromium.mjs says; TSRSA_LABS for the peers (bench/lab/peers.mjs). --save
// writes docs/performance/lab.json and lab.md.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "../scripts/chromium.mjs";
import { root } from "../scripts/run.mjs";
import { makeSite, ofLab, ofRows, ofSite } from "./lab/ours.mjs";
import { pageOf } from "./lab/page.mjs";
import { ofPeers } from "./lab/peers.mjs";
import { writeProbes } from "./lab/probes.mjs";
import { quietCores } from "./quiet.mjs";

const { executablePath, chromium } = findChromium();
const folder = mkdtempSync(join(tmpdir(), "tsrsa-lab-bench-"));
const out = join(folder, "out");
let browser;
try {
  writeProbes(folder);
  const busyCores = process.argv.includes("--now") ? NaN : await quietCores();
  makeSite(folder, out);
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  const machine = {
    ...{ cpu: cpus()[0].model.trim(), cores: availableParallelism(), node: process.versions.node },
    ...{ chromium: browser.version(), busyCores },
  };
  const site = await ofSite(browser, out);
  const rows = await ofRows(browser, out);
  const lab = await ofLab(browser, folder);
  const peers = await ofPeers(browser, folder);
  const found = { machine, site, rows, lab, peers };
  console.log(pageOf(found));
  if (process.argv.includes("--save")) {
    const to = join(root, "docs/performance");
    writeFileSync(join(to, "lab.json"), `${JSON.stringify(found, null, 2)}\n`);
    writeFileSync(join(to, "lab.md"), pageOf(found));
  }
} finally {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
}
