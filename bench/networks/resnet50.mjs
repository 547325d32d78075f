import { onnxBytes } from "../../dist/src/io/index.js";
import { SeededWeights } from "./seeded-weights.mjs";

/** An ONNX file of ResNet-50's shape, batch norm folded as exporters do, with weights from a seed: 102 MB. */
export function resnet50(seed = 1) {
  const weights = new SeededWeights(seed);
  const nodes = [];
  const node = (op, path, inputs, attributes) => {
    const output = `${path}/${op}_output_0`;
    nodes.push({ op, name: `${path}/${op}`, inputs, outputs: [output], attributes });
    return output;
  };
  const conv = (path, input, from, to, size, stride = 1) => {
    const kernel = weights.add(`${path}.weight`, [to, from, size, size], from * size * size);
    const pad = (size - 1) / 2;
    return node("Conv", path, [input, kernel, weights.fill(`${path}.bias`, [to], 0)], {
      kernel_shape: [size, size],
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
    });
  };
  const relu = (path, input) => node("Relu", path, [input]);
  const block = (path, input, from, width, stride) => {
    const a = relu(`${path}/relu`, conv(`${path}/conv1`, input, from, width, 1));
    const b = relu(`${path}/relu_1`, conv(`${path}/conv2`, a, width, width, 3, stride));
    const c = conv(`${path}/conv3`, b, width, 4 * width, 1);
    const shortcut =
      from === 4 * width && stride === 1
        ? input
        : conv(`${path}/downsample`, input, from, 4 * width, 1, stride);
    return relu(`${path}/relu_2`, node("Add", path, [c, shortcut]));
  };
  let at = relu("/relu", conv("/conv1", "image", 3, 64, 7, 2));
  at = node("MaxPool", "/maxpool", [at], {
    kernel_shape: [3, 3],
    strides: [2, 2],
    pads: [1, 1, 1, 1],
  });
  let from = 64;
  for (const [stage, count] of [3, 4, 6, 3].entries()) {
    const width = 64 * 2 ** stage;
    for (let k = 0; k < count; k++) {
      const path = `/layer${stage + 1}/layer${stage + 1}.${k}`;
      at = block(path, at, from, width, k === 0 && stage > 0 ? 2 : 1);
      from = 4 * width;
    }
  }
  at = node("Flatten", "", [node("GlobalAveragePool", "/avgpool", [at])]);
  const fc = [at, weights.add("fc.weight", [1000, 2048], 2048), weights.fill("fc.bias", [1000], 0)];
  nodes.push({
    op: "Gemm",
    name: "/fc/Gemm",
    inputs: fc,
    outputs: ["logits"],
    attributes: { transB: 1 },
  });
  const inputs = { image: ["N", 3, 224, 224] };
  return onnxBytes({ nodes, weights: weights.weights, inputs, outputs: ["logits"] });
}
