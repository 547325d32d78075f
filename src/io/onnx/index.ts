export { readExternalData, type ExternalData } from "./external-data.ts";
export {
  onnxBytes,
  type OnnxGraphInput,
  type OnnxNodeInput,
  type OnnxWeightInput,
} from "./onnx-bytes.ts";
export { parseOnnx } from "./parse-onnx.ts";
export type {
  OnnxAttribute,
  OnnxExternal,
  OnnxGraph,
  OnnxLength,
  OnnxModel,
  OnnxNode,
  OnnxTensorInfo,
  OnnxType,
  OnnxValue,
} from "./types.ts";
export { onnxTypeOf } from "./types.ts";
export { withOutputs } from "./with-outputs.ts";
