import { ShapeMismatch } from "../../core/errors.ts";
import { machineIsLittleEndian, swapBytes } from "../../core/bytes.ts";
import { sizeOf } from "../../core/matrix.ts";
import { byteString, joined, lengthed, single, whole } from "./wire-bytes.ts";

/** Weights to write: float32, or int64 for shapes and axes. */
export interface OnnxWeightInput {
  readonly data: Float32Array | BigInt64Array;
  readonly shape: readonly number[];
}

/** An operation to write. Whole numbers become ints, others floats. */
export interface OnnxNodeInput {
  readonly op: string;
  readonly name?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, number | string | readonly number[]>>;
  /** Attributes that are floats, also where their value is whole. */
  readonly floats?: Readonly<Record<string, number>>;
}

/** A graph to write as an ONNX file. */
export interface OnnxGraphInput {
  readonly name?: string;
  readonly nodes: readonly OnnxNodeInput[];
  readonly weights?: Readonly<Record<string, OnnxWeightInput>>;
  /** Inputs of float32 by name: a length or the name of a free one each axis. */
  readonly inputs: Readonly<Record<string, readonly (number | string)[]>>;
  readonly outputs: readonly string[];
  /** Version of the operators; default 17. */
  readonly opset?: number;
}

/**
 * The bytes of an ONNX file of a graph, as small models for tests, teaching and benchmarks need it.
 *
 * @throws ShapeMismatch for weights whose data do not fit their shape.
 * @example
 * import { onnxBytes, parseOnnx } from "tsrsa/io";
 * const bytes = onnxBytes({
 *   nodes: [{ op: "Relu", name: "/relu/Relu", inputs: ["image"], outputs: ["out"] }],
 *   inputs: { image: ["N", 3, 8, 8] },
 *   outputs: ["out"],
 * });
 * parseOnnx(bytes).graph.nodes[0].op; // Relu
 */
export function onnxBytes(graph: OnnxGraphInput): Uint8Array {
  const opset = lengthed(8, [whole(2, graph.opset ?? 17)]);
  const producer = lengthed(2, [byteString("tsrsa")]);
  return joined([whole(1, 8), producer, graphBytes(graph), opset]);
}

function graphBytes({ name = "graph", nodes, weights = {}, inputs, outputs }: OnnxGraphInput) {
  return lengthed(7, [
    ...nodes.map(nodeBytes),
    lengthed(2, [byteString(name)]),
    ...Object.entries(weights).map(([key, weight]) => weightBytes(key, weight)),
    ...Object.entries(inputs).map(([key, shape]) => lengthed(11, valueBytes(key, shape))),
    ...outputs.map((key) => lengthed(12, [lengthed(1, [byteString(key)])])),
  ]);
}

function nodeBytes({
  op,
  name = "",
  inputs,
  outputs,
  attributes = {},
  floats = {},
}: OnnxNodeInput) {
  return lengthed(1, [
    ...inputs.map((text) => lengthed(1, [byteString(text)])),
    ...outputs.map((text) => lengthed(2, [byteString(text)])),
    lengthed(3, [byteString(name)]),
    lengthed(4, [byteString(op)]),
    ...Object.entries(attributes).map(([key, value]) => attributeBytes(key, value)),
    ...Object.entries(floats).map(([key, value]) => floatBytes(key, value)),
  ]);
}

function attributeBytes(name: string, value: number | string | readonly number[]): Uint8Array {
  const called = lengthed(1, [byteString(name)]);
  if (typeof value === "string")
    return lengthed(5, [called, lengthed(4, [byteString(value)]), whole(20, 3)]);
  if (typeof value !== "number")
    return lengthed(5, [called, ...value.map((one) => whole(8, one)), whole(20, 7)]);
  return Number.isInteger(value)
    ? lengthed(5, [called, whole(3, value), whole(20, 2)])
    : floatBytes(name, value);
}

function floatBytes(name: string, value: number): Uint8Array {
  return lengthed(5, [lengthed(1, [byteString(name)]), single(2, value), whole(20, 1)]);
}

function weightBytes(name: string, { data, shape }: OnnxWeightInput): Uint8Array {
  if (data.length !== sizeOf(shape))
    throw new ShapeMismatch(
      `${sizeOf(shape)} numbers in weights ${name} of shape (${shape.join(", ")})`,
      `${data.length}`,
    );
  return lengthed(5, [
    ...shape.map((length) => whole(1, length)),
    whole(2, data instanceof Float32Array ? 1 : 7),
    lengthed(8, [byteString(name)]),
    lengthed(9, [rawBytes(data)]),
  ]);
}

function rawBytes(data: Float32Array | BigInt64Array): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (machineIsLittleEndian) return bytes;
  const turned = bytes.slice();
  swapBytes(turned, data.BYTES_PER_ELEMENT);
  return turned;
}

function valueBytes(name: string, shape: readonly (number | string)[]): Uint8Array[] {
  const lengths = shape.map((length) =>
    lengthed(1, [
      typeof length === "number" ? whole(1, length) : lengthed(2, [byteString(length)]),
    ]),
  );
  const tensor = lengthed(1, [whole(1, 1), lengthed(2, lengths)]);
  return [lengthed(1, [byteString(name)]), lengthed(2, [tensor])];
}
