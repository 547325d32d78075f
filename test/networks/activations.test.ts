import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadOnnx } from "../../src/compute/onnx-runtime.ts";
import { activations, openNetwork } from "../../src/networks/index.ts";
import { modelFolder, referenceModels, referenceTensor } from "./reference.ts";

const available = await loadOnnx().then(
  () => true,
  () => false,
);
if (!available)
  console.log("activations: onnxruntime-node is not installed; only its absence is tested");

const quiet = { onProgress: false } as const;

/** What a layer may differ by: integer codes by one step. */
function tolerance(dtype: string): { rtol: number; atol: number } {
  if (dtype === "float16") return { rtol: 2e-3, atol: 2e-3 };
  if (dtype === "uint8" || dtype === "int8") return { rtol: 0, atol: 1 };
  return { rtol: 1e-4, atol: 1e-5 };
}

const models = [...Object.keys(referenceModels), "convnet-external"];

describe.skipIf(!available)("every layer of every small model is what it is in Python", () => {
  test.each(models)("%s", async (name) => {
    const reference = referenceModels[name.replace("-external", "")];
    const network = await openNetwork(join(modelFolder, `${name}.onnx`));
    const [image, ...others] = reference.inputs;
    const inputs = Object.fromEntries(
      await Promise.all(
        others.map(async (input) => [input.name, await referenceTensor(input.key)]),
      ),
    ) as Record<string, Awaited<ReturnType<typeof referenceTensor>>>;
    const result = await activations(network, await referenceTensor(image.key), {
      ...quiet,
      layers: "all",
      pool: "none",
      inputs,
    });
    expect(result.layers.length).toBeGreaterThan(2);
    for (const { layer, patterns, shape } of result.layers) {
      const expected = reference.tensors.find(({ tensor }) => tensor === layer.tensor);
      expect(expected, layer.name).toBeDefined();
      if (expected === undefined) continue;
      const [n, ...each] = expected.shape;
      expect(shape).toEqual(each.length === 0 ? [1] : each);
      expect(patterns.shape[0]).toBe(n);
      const wanted = await referenceTensor(expected.key);
      const half = name === "half";
      const { rtol, atol } = tolerance(half ? "float16" : expected.dtype);
      const worst = Math.max(
        ...Array.from(
          patterns.data,
          (value, at) => Math.abs(value - wanted.data[at]) - rtol * Math.abs(wanted.data[at]),
        ),
      );
      expect(worst, `${name} ${layer.name}`).toBeLessThanOrEqual(atol);
    }
  });
});
