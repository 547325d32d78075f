/** The types of numbers in ONNX, by their number in the format. */
export const onnxTypes = [
  "undefined",
  "float32",
  "uint8",
  "int8",
  "uint16",
  "int16",
  "int32",
  "int64",
  "string",
  "bool",
  "float16",
  "float64",
  "uint32",
  "uint64",
  "complex64",
  "complex128",
  "bfloat16",
  "float8e4m3fn",
  "float8e4m3fnuz",
  "float8e5m2",
  "float8e5m2fnuz",
  "uint4",
  "int4",
  "float4e2m1",
] as const;

/** A type of numbers in ONNX. */
export type OnnxType = (typeof onnxTypes)[number];

/** A type by its number; undefined for one that is not known. */
export function onnxTypeOf(number: number): OnnxType | undefined {
  return number === 0 ? undefined : onnxTypes[number];
}

/** Bits of one number; 0 for text, whose length is its own. */
const bits: Readonly<Record<OnnxType, number>> = {
  undefined: 0,
  float32: 32,
  uint8: 8,
  int8: 8,
  uint16: 16,
  int16: 16,
  int32: 32,
  int64: 64,
  string: 0,
  bool: 8,
  float16: 16,
  float64: 64,
  uint32: 32,
  uint64: 64,
  complex64: 64,
  complex128: 128,
  bfloat16: 16,
  float8e4m3fn: 8,
  float8e4m3fnuz: 8,
  float8e5m2: 8,
  float8e5m2fnuz: 8,
  uint4: 4,
  int4: 4,
  float4e2m1: 4,
};

/** Bytes that `count` numbers take. */
export function bytesOfType(type: OnnxType, count: number): number {
  return Math.ceil((bits[type] * count) / 8);
}

/** The length of an axis: a number, the name of one that is free, or nothing known. */
export type OnnxLength = number | string | undefined;

/** A tensor that goes in or out of a graph. */
export interface OnnxValue {
  readonly name: string;
  /** Undefined for what is no tensor: a sequence, a map. */
  readonly type: OnnxType | undefined;
  /** Undefined where even the number of axes is not said. */
  readonly shape: readonly OnnxLength[] | undefined;
}

/** A tensor of weights: what it is, not its numbers. */
export interface OnnxTensorInfo {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly number[];
  /** Its numbers where they are few whole ones, as shapes, axes and sizes are. */
  readonly values: readonly number[] | undefined;
  /** Its numbers where they are few floats, as scales are. */
  readonly floats: readonly number[] | undefined;
  readonly external: OnnxExternal | undefined;
}

/** Where in another file the numbers of a tensor are. */
export interface OnnxExternal {
  /** Path from the model's folder. */
  readonly location: string;
  readonly offset: number;
  readonly length: number | undefined;
}

/** An attribute of a node: numbers, a text, or a small tensor. */
export type OnnxAttribute = number | string | readonly number[] | OnnxTensorInfo;

/** One operation of a graph. */
export interface OnnxNode {
  readonly name: string;
  readonly op: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
  /** Tensors of the graph around that the node's own graphs use. */
  readonly captured: readonly string[];
}

/** A graph: nothing of it is executed, and no weight is copied. */
export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly weights: ReadonlyMap<string, OnnxTensorInfo>;
  /** What must be given: inputs that are no weights. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** What the file says of the tensors between. */
  readonly values: ReadonlyMap<string, OnnxValue>;
}

/** An ONNX file. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly producer: string;
  /** The version of the operators of the default domain. */
  readonly opset: number;
  readonly graph: OnnxGraph;
  /** Names of operations that the model defines itself. */
  readonly functions: readonly string[];
  /** Tensors whose numbers lie in other files, wherever in the model they are. */
  readonly outside: readonly OnnxTensorInfo[];
}
