// What activations of a network cost in memory: 16 block outputs of 200 and of 2,000 images to RDMs, each in a process of
// its own that opens the model from its file. Needs dist/ and onnxruntime-node in a folder that TSRSA_BESIDE names:
// node bench/networks/memory.mjs [resnet50|vit-b32]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { activationRdms, openNetwork } from "../../dist/src/index.js";
import { resnet50 } from "./resnet50.mjs";
import { vitB32 } from "./vit-b32.mjs";

const models = { resnet50, "vit-b32": vitB32 };
const [, script, name, count, file] = process.argv;
const side = 224;

/** Pictures that differ, made when they are asked for; all share one block of pixels. */
function pictures(n) {
  const [width, height] = [side, side];
  return Array.from({ length: n }, (_, at) => ({
    ...{ width, height, channels: 3, name: `picture${at}` },
    get data() {
      return Uint8Array.from(
        { length: width * height * 3 },
        (_v, k) => (k * (at + 3) * 2654435761) >>> 24,
      );
    },
  }));
}

async function measure() {
  const beside = join(process.env.TSRSA_BESIDE ?? "", "x.js");
  const runtime = createRequire(beside)("onnxruntime-node");
  const network = await openNetwork(file, { name });
  const began = performance.now();
  const rdms = await activationRdms(network, pictures(Number(count)), {
    runtime,
    layers: "blocks",
    prepare: "imagenet",
    onProgress: false,
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ name, count: Number(count), layers: rdms.length, seconds, peak }));
}

/** A process of its own, as the most memory that was taken is told once a process. */
function run(...args) {
  const { stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  process.stdout.write(stdout + stderr);
  return stdout;
}

function compare(model) {
  const folder = mkdtempSync(join(tmpdir(), "tsrsa-memory-"));
  const path = join(folder, `${model}.onnx`);
  try {
    run(model, "make", path);
    const peaks = ["200", "2000"].map((n) => JSON.parse(run(model, n, path)).peak);
    const good = peaks[1] < 2048 && peaks[1] <= 1.1 * peaks[0];
    console.log(`${good ? "passed" : "FAILED"}: ${model} peaks at ${peaks.join(" and ")} MB`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (count === "make") writeFileSync(file, models[name]());
else if (count !== undefined) await measure();
else for (const model of name === undefined ? Object.keys(models) : [name]) compare(model);
