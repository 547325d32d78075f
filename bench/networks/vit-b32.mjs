import { onnxBytes } from "../../dist/src/io/index.js";
import { SeededWeights } from "./seeded-weights.mjs";

const [width, heads, depth, nTokens] = [768, 12, 12, 50];

/** An ONNX file of ViT-B/32's shape with weights from a seed: 350 MB. */
export function vitB32(seed = 1) {
  const weights = new SeededWeights(seed);
  const nodes = [];
  const node = (op, name, inputs, attributes) => {
    const output = `/${name}_output_0`;
    nodes.push({ op, name: `/${name}`, inputs, outputs: [output], attributes });
    return output;
  };
  const linear = (path, input, from, to) => {
    const product = node("MatMul", `${path}/MatMul`, [
      input,
      weights.add(`${path}.weight`, [from, to], 2 * from),
    ]);
    return node("Add", `${path}/Add`, [weights.fill(`${path}.bias`, [to], 0), product]);
  };
  const norm = (path, input) =>
    node("LayerNormalization", `${path}/LayerNormalization`, [
      input,
      weights.fill(`${path}.scale`, [width], 1),
      weights.fill(`${path}.shift`, [width], 0),
    ]);
  const split = weights.whole("heads", [0, nTokens, heads, width / heads]);
  const merge = weights.whole("tokens", [0, nTokens, width]);
  const scale = weights.fill("scale", [], 1 / Math.sqrt(width / heads));
  const apart = (path, input, perm) =>
    node("Transpose", `${path}_Transpose`, [node("Reshape", `${path}_Reshape`, [input, split])], {
      perm,
    });
  const attention = (path, input) => {
    const [q, k, v] = ["q", "k", "v"].map((part) =>
      linear(`${path}/${part}_proj`, input, width, width),
    );
    const keys = apart(`${path}/k`, k, [0, 2, 3, 1]);
    const product = node("MatMul", `${path}/MatMul`, [apart(`${path}/q`, q, [0, 2, 1, 3]), keys]);
    const shares = node(
      "Softmax",
      `${path}/Softmax`,
      [node("Mul", `${path}/Mul`, [product, scale])],
      { axis: -1 },
    );
    const mixed = node("MatMul", `${path}/MatMul_1`, [shares, apart(`${path}/v`, v, [0, 2, 1, 3])]);
    const together = node("Transpose", `${path}/Transpose_3`, [mixed], { perm: [0, 2, 1, 3] });
    return linear(
      `${path}/out_proj`,
      node("Reshape", `${path}/Reshape_3`, [together, merge]),
      width,
      width,
    );
  };
  const units = (path, input) => {
    const hidden = linear(`${path}/fc1`, input, width, 4 * width);
    // QuickGELU, as CLIP has it.
    const gate = node("Sigmoid", `${path}/act/Sigmoid`, [
      node("Mul", `${path}/act/Mul`, [hidden, weights.fill(`${path}.gate`, [], 1.702)]),
    ]);
    return linear(
      `${path}/fc2`,
      node("Mul", `${path}/act/Mul_1`, [hidden, gate]),
      4 * width,
      width,
    );
  };
  const patches = node(
    "Conv",
    "embeddings/patch/Conv",
    ["pixel_values", weights.add("patch", [width, 3, 32, 32], 3072)],
    { kernel_shape: [32, 32], strides: [32, 32] },
  );
  const rows = node(
    "Transpose",
    "embeddings/Transpose",
    [node("Reshape", "embeddings/Reshape", [patches, weights.whole("flat", [0, width, 49])])],
    { perm: [0, 2, 1] },
  );
  // A class token of each image without a shape computed on the way: the mean of its patches, scaled.
  const mean = node("ReduceMean", "embeddings/ReduceMean", [rows], { axes: [1], keepdims: 1 });
  const tokens = node("Concat", "embeddings/Concat", [mean, rows], { axis: 1 });
  let at = node("Add", "embeddings/Add", [
    tokens,
    weights.add("positions", [1, nTokens, width], 2),
  ]);
  for (let k = 0; k < depth; k++) {
    const path = `encoder/layers.${k}`;
    at = node("Add", `${path}/Add`, [
      at,
      attention(`${path}/self_attn`, norm(`${path}/layer_norm1`, at)),
    ]);
    at = node("Add", `${path}/Add_1`, [at, units(`${path}/mlp`, norm(`${path}/layer_norm2`, at))]);
  }
  const first = node("Gather", "Gather", [at, weights.whole("first", [0])], { axis: 1 });
  nodes.push({
    op: "Flatten",
    name: "/Flatten",
    inputs: [first],
    outputs: ["embeds"],
    attributes: { axis: 1 },
  });
  const inputs = { pixel_values: ["N", 3, 224, 224] };
  return onnxBytes({ nodes, weights: weights.weights, inputs, outputs: ["embeds"] });
}
