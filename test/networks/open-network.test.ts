import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { jupyterDisplay } from "../../src/core/display.ts";
import { onnxBytes, type OnnxNodeInput } from "../../src/io/index.ts";
import { chooseLayers, openNetwork } from "../../src/networks/index.ts";
import { modelFolder, referenceModels } from "./reference.ts";

const open = (name: string) => openNetwork(join(modelFolder, `${name}.onnx`));
const names = (layers: readonly { name: string }[]): string[] => layers.map(({ name }) => name);

describe("layers and their shapes, from the file alone", () => {
  test.each(Object.keys(referenceModels))("%s", async (name) => {
    const { layers, imageInput } = await open(name);
    const { tensors } = referenceModels[name];
    const batch = tensors[0].shape[0];
    for (const layer of layers) {
      const real = tensors.find(({ tensor }) => tensor === layer.tensor);
      expect(real, layer.name).toBeDefined();
      // Types are known but behind functions and branches.
      if (layer.type !== undefined) expect(layer.type, layer.name).toBe(real?.dtype);
      if (layer.shape === undefined) continue;
      expect(layer.shape.length, layer.name).toBe(real?.shape.length);
      expect(typeof layer.shape[0]).toBe("string");
      layer.shape.slice(1).forEach((length, axis) => {
        if (typeof length === "number")
          expect([layer.name, length]).toEqual([layer.name, real?.shape[axis + 1]]);
      });
      // Only what comes of an input of unknown size is unknown.
      if (imageInput.shape?.every((length) => length !== "H"))
        expect(layer.shape.slice(1).every((length) => typeof length === "number")).toBe(true);
    }
    // Left out are lengths and weights, which are no pictures of the image.
    const rest = tensors.filter(({ tensor }) => !layers.some((layer) => layer.tensor === tensor));
    expect(
      rest.every(
        ({ shape, dtype, tensor }) =>
          shape[0] !== batch || dtype === "int64" || /Expand/.test(tensor),
      ),
    ).toBe(true);
  });

  test("names a reader knows, once each", async () => {
    const convnet = await open("convnet");
    expect(names(convnet.layers)).toContain("layer1.0.conv1");
    expect(names(convnet.layers).slice(-3)).toEqual(["avgpool", "Flatten", "fc"]);
    expect(convnet.layer("/layer1/layer1.0/conv1/Conv_output_0").name).toBe("layer1.0.conv1");
    expect(convnet.layer("/fc/Gemm").tensor).toBe("logits");
    expect(() => convnet.layer("layer1.0.conv3")).toThrow('did you mean "layer1.0.conv');
    const vit = await open("vit");
    expect(names(vit.layers)).toContain("encoder.layers.1.self_attn.q_proj.MatMul");
    expect(names((await open("old-unnamed")).layers)[0]).toBe("Conv_4");
    expect(names((await open("mobile")).layers)).toContain("split:1");
    for (const name of Object.keys(referenceModels)) {
      const { layers } = await open(name);
      expect(new Set(names(layers)).size).toBe(layers.length);
    }
  });

  test("nodes of one name are told apart by numbers", async () => {
    const nodes = ["a", "b", "c"].map((output, at) => ({
      op: "Relu",
      name: "same",
      inputs: [at === 0 ? "image" : "ab"[at - 1]],
      outputs: [output],
    }));
    const network = await openNetwork(
      onnxBytes({ nodes, inputs: { image: [1, 3, 2, 2] }, outputs: ["c"] }),
    );
    expect(names(network.layers)).toEqual(["same#1", "same#2", "same#3"]);
  });

  test("a number behind a name is one that no other layer has", async () => {
    const called = ["a", "a#1", "a", "a#3", "a"];
    const nodes = called.map((name, at) => ({
      ...{ op: "Relu", name, inputs: [at === 0 ? "image" : `t${at - 1}`], outputs: [`t${at}`] },
    }));
    const { layers } = await openNetwork(
      onnxBytes({ nodes, inputs: { image: [1, 3, 2, 2] }, outputs: ["t4"] }),
    );
    expect(names(layers)).toEqual(["a#2", "a#1", "a#4", "a#3", "a#5"]);
  });

  test("channels first or last, tokens, and how deep", async () => {
    const last = await open("channels-last");
    expect(last.layers.map(({ layout }) => layout).slice(0, 4)).toEqual([
      "channels-last",
      "channels-last",
      "channels-first",
      "channels-first",
    ]);
    const vit = await open("vit");
    expect(vit.layer("embeddings.Add").layout).toBe("tokens");
    expect(vit.layer("encoder.layers.0.self_attn.Softmax").layout).toBeUndefined();
    const { layers } = await open("convnet");
    expect([layers[0].depth, layers.at(-1)?.depth]).toEqual([1, 6]);
  });

  test("a class token whose number of images is not known takes it from what it is joined with", async () => {
    const nodes: OnnxNodeInput[] = [
      { op: "Shape", inputs: ["x"], outputs: ["shape"] },
      // Numbers that are not followed.
      { op: "Abs", inputs: ["shape"], outputs: ["lengths"] },
      { op: "Expand", inputs: ["token", "lengths"], outputs: ["tokens"] },
      { op: "Concat", inputs: ["tokens", "x"], outputs: ["joined"], attributes: { axis: 1 } },
      { op: "Transpose", inputs: ["joined"], outputs: ["y"], attributes: { perm: [1, 0, 2] } },
    ];
    const weights = { token: { data: new Float32Array(6), shape: [1, 1, 6] } };
    const bytes = onnxBytes({ nodes, weights, inputs: { x: ["N", 4, 6] }, outputs: ["y"] });
    const { layers } = await openNetwork(bytes);
    expect(layers.find(({ tensor }) => tensor === "joined")?.shape?.[0]).toBe("N");
    expect(layers.at(-1)).toMatchObject({ tensor: "y", imageAxis: 1 });
  });

  test("tokens first, behind a class token written for one image or lengths not known: images keep their axis", async () => {
    const turn = { attributes: { perm: [1, 0, 2] } };
    const open = (lengths: number[], isJoined: boolean) =>
      openNetwork(
        onnxBytes({
          nodes: [
            { op: "Reshape", inputs: ["image", "lengths"], outputs: ["tokens"] },
            {
              op: "Concat",
              inputs: ["class", "tokens"],
              outputs: ["all"],
              attributes: { axis: 1 },
            },
            { op: "Transpose", inputs: [isJoined ? "all" : "tokens"], outputs: ["first"], ...turn },
          ],
          weights: {
            class: { data: new Float32Array(4), shape: [1, 1, 4] },
            lengths: { data: BigInt64Array.from(lengths, BigInt), shape: [3] },
          },
          inputs: { image: [1, 4, 2, 2] },
          outputs: ["all", "first"],
        }),
      );
    const joined = (await open([0, 4, 4], true)).layer("first");
    expect([joined.shape, joined.imageAxis]).toEqual([[5, "N", 4], 1]);
    // Written for one image altogether.
    const one = (await open([1, 4, 4], false)).layer("first");
    expect([one.shape, one.imageAxis]).toEqual([[4, 1, 4], 1]);
    const unknown = (await open([-1, 4, 4], false)).layer("first");
    expect([unknown.shape, unknown.imageAxis]).toEqual([[4, undefined, 4], 1]);
  });

  test("it shows itself: a table of layers, and what cannot be asked for", async () => {
    const nested = await open("nested");
    const shown = String(nested[jupyterDisplay]()["text/plain"]);
    expect(shown).toContain("nested: 4 layers; takes image N × 3 × 8 × 8");
    expect(shown).toContain("Tensors inside of If if, Twice twice cannot be asked for");
    expect(nested.toTable().names).toEqual(["layer", "op", "shape", "type", "tensor"]);
  });

  test("traced to its bytes, and to those of its weights", async () => {
    const one = await open("convnet");
    expect(await one.sha256()).toMatch(/^[0-9a-f]{64}$/);
    const outside = await open("convnet-external");
    expect(outside.externalData.length).toBe(1);
    const bytes = readFileSync(join(modelFolder, "convnet-external.onnx"));
    const other = await openNetwork(bytes, {
      externalData: {
        "convnet-external.onnx.data": new Uint8Array(outside.externalData[0].data).fill(0),
      },
    });
    expect(await other.sha256()).not.toBe(await outside.sha256());
  });
});

/** Two sizes of maps, then a transformer of two halves of a block on their places. */
function hybrid(): Uint8Array {
  const conv = (output: string, input: string): OnnxNodeInput => ({
    ...{ op: "Conv", name: output, inputs: [input, `${output}-weights`], outputs: [output] },
    attributes: { kernel_shape: [2, 2], strides: [2, 2] },
  });
  const half = (output: string, input: string): OnnxNodeInput[] => [
    { op: "MatMul", inputs: [input, "square"], outputs: [`${output}-made`] },
    { op: "Add", name: output, inputs: [input, `${output}-made`], outputs: [output] },
  ];
  const filled = (...shape: number[]) => ({
    ...{ data: new Float32Array(shape.reduce((all, length) => all * length, 1)), shape },
  });
  return onnxBytes({
    nodes: [
      conv("one", "image"),
      conv("two", "one"),
      { op: "Reshape", inputs: ["two", "as-row"], outputs: ["row"] },
      { op: "Transpose", inputs: ["row"], outputs: ["tokens"], attributes: { perm: [0, 2, 1] } },
      ...half("first", "tokens"),
      ...half("second", "first"),
    ],
    weights: {
      "one-weights": filled(4, 3, 2, 2),
      "two-weights": filled(4, 4, 2, 2),
      "as-row": { data: BigInt64Array.of(0n, 4n, -1n), shape: [3] },
      square: filled(4, 4),
    },
    inputs: { image: ["N", 3, 8, 8] },
    outputs: ["second"],
  });
}

describe("a choice of layers", () => {
  test("stages are the last maps of each size, or the ends of blocks", async () => {
    // A map of one place is the last map again, pooled.
    expect(names(chooseLayers(await open("mobile")))).toEqual(["prelu", "concat"]);
    expect(names(chooseLayers(await open("convnet")))).toEqual([
      "layer1.0.relu_1",
      "layer2.0.relu_1",
    ]);
    expect(names(chooseLayers(await open("half")))).toEqual(["relu", "out_cast"]);
  });

  test("stages of a transformer are its blocks; of one behind maps the maps and its blocks", async () => {
    expect(names(chooseLayers(await open("vit")))).toEqual([
      "encoder.layers.0.Add_1",
      "encoder.layers.1.Add_1",
    ]);
    expect(names(chooseLayers(await openNetwork(hybrid())))).toEqual(["one", "two", "second"]);
  });

  test("parts, frames and enlargements of a map are no stages, nor are its places behind one another", async () => {
    const step = (
      op: string,
      output: string,
      input: string,
      more: Partial<OnnxNodeInput> = {},
    ) => ({
      ...{ op, name: output, inputs: [input, ...(more.inputs ?? [])], outputs: [output] },
      attributes: more.attributes,
    });
    const half = { attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] } };
    const nodes = [
      step("Conv", "first", "image", { inputs: ["w1"], ...half }),
      step("Pad", "framed", "first", { attributes: { pads: [0, 0, 1, 1, 0, 0, 1, 1] } }),
      step("Slice", "piece", "framed", { attributes: { starts: [0], ends: [3], axes: [2] } }),
      step("Upsample", "large", "first", { inputs: ["scales"] }),
      step("Conv", "second", "first", { inputs: ["w2"], ...half }),
      step("Reshape", "row", "second", { inputs: ["as-row"] }),
      step("GlobalAveragePool", "mean", "second"),
    ];
    const weights = {
      w1: { data: new Float32Array(4 * 3 * 9), shape: [4, 3, 3, 3] },
      w2: { data: new Float32Array(4 * 4 * 9), shape: [4, 4, 3, 3] },
      scales: { data: Float32Array.of(1, 1, 3, 3), shape: [4] },
      "as-row": { data: BigInt64Array.of(0n, 4n, -1n), shape: [3] },
    };
    const outputs = ["piece", "large", "row", "mean"];
    const model = { nodes, weights, inputs: { image: ["N", 3, 16, 16] }, outputs, opset: 9 };
    const network = await openNetwork(onnxBytes(model));
    expect(network.layer("large").shape).toEqual(["N", 4, 24, 24]);
    expect(network.layer("row").shape).toEqual(["N", 4, 16]);
    expect(names(chooseLayers(network))).toEqual(["first", "second"]);
  });

  test("of one map alone it and what weights make of it; its own mean is no other layer", async () => {
    const nodes = [
      { op: "Conv", name: "map", inputs: ["image", "w"], outputs: ["map"] },
      { op: "GlobalAveragePool", name: "mean", inputs: ["map"], outputs: ["mean"] },
      { op: "Flatten", name: "flat", inputs: ["mean"], outputs: ["flat"] },
      { op: "MatMul", name: "fc", inputs: ["flat", "v"], outputs: ["fc"] },
    ];
    const weights = {
      w: { data: new Float32Array(12), shape: [4, 3, 1, 1] },
      v: { data: new Float32Array(8), shape: [4, 2] },
    };
    const inputs = { image: ["N", 3, 4, 4] };
    const of = async (outputs: string[]) =>
      names(chooseLayers(await openNetwork(onnxBytes({ nodes, weights, inputs, outputs }))));
    expect(await of(["fc"])).toEqual(["map", "fc"]);
    expect(await of(["fc", "mean"])).toEqual(["map", "fc"]);
  });

  test("blocks of a residual network and of a transformer", async () => {
    expect(names(chooseLayers(await open("vit"), "blocks"))).toEqual([
      "encoder.layers.0.Add_1",
      "encoder.layers.1.Add_1",
    ]);
    await expect(open("half").then((net) => chooseLayers(net, "blocks"))).rejects.toThrow(
      "name some of",
    );
  });

  test("operations, patterns and names, in the order of the graph", async () => {
    const network = await open("convnet");
    expect(chooseLayers(network, { op: "Conv" }).length).toBe(6);
    expect(names(chooseLayers(network, ["fc", "layer1.0.conv*"]))).toEqual([
      "layer1.0.conv1",
      "layer1.0.conv2",
      "fc",
    ]);
    expect(() => chooseLayers(network, { op: "conv" })).toThrow('did you mean "Conv"');
    expect(() => chooseLayers(network, ["layer9.*"])).toThrow("layer9");
    expect(() => chooseLayers(network, [])).toThrow("none of these");
    expect(() => chooseLayers(network, [3] as never)).toThrow("names of layers");
    expect(() => chooseLayers(network, 7 as never)).toThrow("stages");
  });
});

describe("what is no network is refused", () => {
  test.each([
    ["empty", "an empty file"],
    ["lfs-pointer", "git lfs pull"],
    ["truncated", "cut"],
    ["external-outside", "in the model's folder"],
  ])("%s", async (name, words) => {
    await expect(openNetwork(join(modelFolder, "bad", `${name}.onnx`))).rejects.toThrow(words);
  });

  test("tensors that no machine holds, made by a file of a few bytes", async () => {
    const huge = (shape: bigint[]) =>
      onnxBytes({
        nodes: [
          { op: "ConstantOfShape", inputs: ["shape"], outputs: ["zeros"] },
          { op: "Add", inputs: ["image", "zeros"], outputs: ["out"] },
        ],
        weights: { shape: { data: BigInt64Array.from(shape), shape: [shape.length] } },
        inputs: { image: ["N", 1, 1, 1] },
        outputs: ["out"],
      });
    await expect(openNetwork(huge([1n, 1n, 1_000_000n, 1_000_000n]))).rejects.toThrow('"zeros"');
    expect((await openNetwork(huge([1n, 2n, 3n, 4n]))).layers[0].shape).toEqual(["N", 2, 3, 4]);
    const wide = onnxBytes({
      nodes: [{ op: "Relu", inputs: ["image"], outputs: ["out"] }],
      inputs: { image: ["N", 3, 1_000_000, 1_000_000] },
      outputs: ["out"],
    });
    await expect(openNetwork(wide)).rejects.toThrow("at most 2147483648 numbers");
  });

  test("slips in options", async () => {
    const file = join(modelFolder, "convnet.onnx");
    await expect(openNetwork(file, { nam: "x" } as never)).rejects.toThrow('did you mean "name"');
    await expect(openNetwork(file, { input: "imag" })).rejects.toThrow('did you mean "image"');
    await expect(openNetwork(file, { externalData: { a: 7 } } as never)).rejects.toThrow("object");
    await expect(openNetwork(join(modelFolder, "none.onnx"))).rejects.toThrow("no file");
  });
});
