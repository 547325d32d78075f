// What activations of a network cost in memory: 16 block outputs of 200 and of 2,000 images to RDMs, each in a process of
// its own. Needs dist/ and onnxruntime-node in a folder that TSRSA_BESIDE names: node bench/networks/memory.mjs
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { activationRdms, openNetwork } from "../../dist/src/index.js";
import { resnet50 } from "./resnet50.mjs";
import { vitB32 } from "./vit-b32.mjs";

const models = { resnet50, "vit-b32": vitB32 };
const [, script, name, count, side = "224"] = process.argv;

/** Pictures that differ, made when they are asked for; all share one block of pixels. */
function pictures(n) {
  const [width, height] = [Number(side), Number(side)];
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
  const network = await openNetwork(models[name](), { name });
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

if (name !== undefined) await measure();
else {
  for (const model of Object.keys(models)) {
    const peaks = ["200", "2000"].map((n) => {
      const { stdout, stderr } = spawnSync(process.execPath, [script, model, n], {
        encoding: "utf8",
      });
      process.stdout.write(stdout + stderr);
      return JSON.parse(stdout).peak;
    });
    const good = peaks[1] < 2048 && peaks[1] <= 1.1 * peaks[0];
    console.log(`${good ? "passed" : "FAILED"}: ${model} peaks at ${peaks.join(" and ")} MB`);
  }
}
