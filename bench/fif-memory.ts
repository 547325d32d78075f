// Memory and time of reading 24 of 312 channels from an epochs file of 749 MB, the size of MNE-RSA's first tutorial.
// node bench/run.mjs fif-memory
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nameChannel, openFifEpochs, readFifEpochs, writeFifEpochStream } from "tsrsa/io";
import type { FifEpochsHeader, FifEpochValues } from "tsrsa/io";

const [nEpochs, nChannels, nTimes] = [879, 312, 683];
const picked = 24;
const mostMegabytes = 256;

const header: FifEpochsHeader = {
  info: {
    channels: Array.from({ length: nChannels }, (_, i) =>
      nameChannel({
        name: `MEG${String(i).padStart(4, "0")}`,
        kind: 1,
        unitCode: 201,
        unitMul: 0,
        coilType: 3012,
        coordFrame: 1,
        loc: new Float64Array(12),
        cal: 1,
        range: 1,
        scanNumber: i + 1,
        logicalNumber: i + 1,
      }),
    ),
    sfreq: 220,
    highpass: 1,
    lowpass: 40,
    lineFreq: undefined,
    measDate: undefined,
    description: undefined,
    bads: [],
    projections: [],
    devHeadTrans: undefined,
    digitization: [],
    customReference: 0,
  },
  firstSample: -44,
  lastSample: -44 + nTimes - 1,
  times: new Float64Array(0),
  events: Int32Array.from({ length: 3 * nEpochs }, (_, i) => (i % 3 === 2 ? 1 : i)),
  eventId: new Map([["face", 1]]),
  selection: Int32Array.from({ length: nEpochs }, (_, i) => i),
  dropLog: Array.from({ length: nEpochs }, () => []),
  metadata: undefined,
  baseline: undefined,
  rawSfreq: undefined,
};

function valueAt(epoch: number, i: number): number {
  return Math.fround(((epoch * 31 + i) % 1009) * 1e-13);
}

function* epochs(): Generator<FifEpochValues> {
  const data = new Float64Array(nChannels * nTimes);
  for (let epoch = 0; epoch < nEpochs; epoch++) {
    for (let i = 0; i < data.length; i++) data[i] = valueAt(epoch, i);
    yield { data };
  }
}

// Every 13th channel: the worst case, as no two lie side by side.
const channels = Array.from({ length: picked }, (_, i) => 13 * i);

async function readAll(path: string): Promise<void> {
  const start = performance.now();
  const { data } = await readFifEpochs(path, { channels });
  report("all times", start);
  const i = channels[5] * nTimes + 7;
  if (data[(100 * picked + 5) * nTimes + 7] !== valueAt(100, i)) throw new Error("wrong value");
}

async function readWindow(path: string): Promise<void> {
  const start = performance.now();
  const reader = await openFifEpochs(path);
  const opened = performance.now() - start;
  await reader.read({ channels, samples: [22, 265] });
  await reader.close();
  report(`−0.1 to 1 s (opened in ${opened.toFixed(0)} ms)`, start);
}

function report(what: string, start: number): void {
  const seconds = (performance.now() - start) / 1000;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(`${what}: peak ${megabytes.toFixed(0)} MB, ${seconds.toFixed(2)} s`);
  if (megabytes > mostMegabytes) process.exitCode = 1;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tsrsa-bench-"));
  try {
    const path = join(folder, "big-epo.fif");
    const start = performance.now();
    await writeFifEpochStream(path, header, epochs());
    const { size } = await stat(path);
    report(`writing ${(size / 1e6).toFixed(0)} MB epoch by epoch`, start);
    for (const part of ["all", "window"]) {
      const child = [fileURLToPath(import.meta.url), part, path];
      const { status } = spawnSync(process.execPath, child, { stdio: "inherit" });
      if (status !== 0) process.exitCode = 1;
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

const [part, path] = process.argv.slice(2);
if (part === "all") await readAll(path);
else if (part === "window") await readWindow(path);
else await main();
