import type { Budget } from "../budget/budget.ts";
import { parseTensor, type TensorWire } from "./parse-tensor.ts";
import { parseValue } from "./parse-value.ts";
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensorInfo, OnnxValue } from "./types.ts";
import {
  append,
  damaged,
  varints,
  wireFields,
  wireText,
  type Wire,
  type WireField,
} from "./wire.ts";

/** How deep graphs may stand within the nodes of graphs. */
const deepest = 24;

/** Objects of the engine that a node, a weight or a value becomes. */
const objectsEach = 12;

/** A graph as its fields are met. */
export interface GraphParts {
  name: string;
  readonly nodes: OnnxNode[];
  readonly weights: Map<string, OnnxTensorInfo>;
  readonly inputs: OnnxValue[];
  readonly outputs: OnnxValue[];
  readonly values: Map<string, OnnxValue>;
}

/** A graph without anything. */
export function emptyGraph(): GraphParts {
  return {
    name: "",
    nodes: [],
    weights: new Map(),
    inputs: [],
    outputs: [],
    values: new Map(),
  };
}

/** Where a parser stands: in which file, what it may still cost, how deep. */
export interface Parsing extends TensorWire {
  readonly budget: Budget;
  readonly depth: number;
}

/** Add the fields of a GraphProto; a model may hold its graph in several pieces. */
export function parseGraph(at: Parsing, graph: GraphParts, start: number, end: number): void {
  for (const field of wireFields(at, "the graph", start, end)) {
    if (field.wire !== 2) continue;
    if ([1, 5, 11, 12, 13, 15].includes(field.number))
      at.budget.takeObjects(objectsEach, "the graph");
    addPart(at, graph, field);
  }
}

/** The graph without the inputs that are weights, as old files list them. */
export function finished({ inputs, ...graph }: GraphParts): OnnxGraph {
  return { ...graph, inputs: inputs.filter(({ name }) => !graph.weights.has(name)) };
}

function addPart(at: Parsing, graph: GraphParts, field: WireField): void {
  const { number, start, end } = field;
  if (number === 1) graph.nodes.push(parseNode(at, start, end));
  else if (number === 2) graph.name = wireText(at, "name of the graph", field);
  else if (number === 5) addWeight(at, graph, parseTensor(at, start, end));
  else if (number === 11) graph.inputs.push(parseValue(at, start, end));
  else if (number === 12) graph.outputs.push(parseValue(at, start, end));
  else if (number === 13) {
    const value = parseValue(at, start, end);
    graph.values.set(value.name, value);
  } else if (number === 15) addSparse(at, graph, field);
}

function addWeight(at: Parsing, graph: GraphParts, tensor: OnnxTensorInfo): void {
  if (graph.weights.has(tensor.name))
    throw damaged(at, "weights", "each name once", JSON.stringify(tensor.name));
  graph.weights.set(tensor.name, tensor);
}

/** Sparse weights: their values bear the name. */
function addSparse(at: Parsing, graph: GraphParts, field: WireField): void {
  const values = sparseValues(at, field);
  if (values !== undefined) addWeight(at, graph, values);
}

function sparseValues(at: Parsing, { start, end }: WireField): OnnxTensorInfo | undefined {
  let values: OnnxTensorInfo | undefined;
  const shape: number[] = [];
  for (const field of wireFields(at, "sparse weights", start, end)) {
    if (field.number === 1) values = parseTensor(at, field.start, field.end);
    else if (field.number === 3) append(shape, varints(at, "shape of sparse weights", field));
  }
  return values === undefined
    ? undefined
    : { ...values, shape, values: undefined, floats: undefined };
}

/** An operation, of the graph or of a function. */
export function parseNode(at: Parsing, start: number, end: number): OnnxNode {
  const [inputs, outputs]: [string[], string[]] = [[], []];
  const attributes = new Map<string, OnnxAttribute>();
  const captured = new Set<string>();
  let [name, op, domain] = ["", "", ""];
  for (const field of wireFields(at, "a node", start, end)) {
    const text = (): string => wireText(at, "a node", field);
    if (field.number === 1) inputs.push(text());
    else if (field.number === 2) outputs.push(text());
    else if (field.number === 3) name = text();
    else if (field.number === 4) op = text();
    else if (field.number === 7) domain = text();
    else if (field.number === 5) parseAttribute(at, field, attributes, captured);
  }
  at.budget.takeObjects(inputs.length + outputs.length + attributes.size, "the graph");
  if (op === "")
    throw damaged(at, `node ${JSON.stringify(name)}`, "the name of an operation", "none");
  return { name, op, domain, inputs, outputs, attributes, captured: [...captured] };
}

function parseAttribute(
  at: Parsing,
  { start, end }: WireField,
  attributes: Map<string, OnnxAttribute>,
  captured: Set<string>,
): void {
  let name = "";
  let value: OnnxAttribute | undefined;
  const ints: number[] = [];
  for (const field of wireFields(at, "an attribute", start, end)) {
    if (field.number === 1) name = wireText(at, "an attribute", field);
    else if (field.number === 2) value = floatAt(at, field);
    else if (field.number === 3) value = field.value;
    else if (field.number === 4) value = shortText(at, field);
    else if (field.number === 5) value = parseTensor(at, field.start, field.end);
    else if (field.number === 8) append(ints, varints(at, "an attribute", field));
    else if (field.number === 10) parseTensor(at, field.start, field.end);
    else if (field.number === 22 || field.number === 23) sparseValues(at, field);
    else if (field.number === 6 || field.number === 11) addCaptured(at, field, captured);
  }
  at.budget.takeObjects(Math.ceil(ints.length / 6), "attributes");
  if (ints.length > 0) value = ints;
  if (value !== undefined) attributes.set(name, value);
}

function floatAt({ bytes }: Wire, { wire, start }: WireField): number | undefined {
  if (wire !== 5) return undefined;
  return new DataView(bytes.buffer, bytes.byteOffset + start, 4).getFloat32(0, true);
}

/** A text attribute is bytes: kept where it is text, as auto_pad and equations are. */
function shortText({ bytes }: Wire, { start, end }: WireField): string {
  return new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 256)));
}

/** Names that a graph inside of a node takes from around it. */
function addCaptured(at: Parsing, { start, end }: WireField, captured: Set<string>): void {
  if (at.depth >= deepest)
    throw damaged(at, "graphs within nodes", `at most ${deepest} within one another`, "more");
  const inner = emptyGraph();
  parseGraph({ ...at, depth: at.depth + 1 }, inner, start, end);
  const own = new Set([
    ...inner.weights.keys(),
    ...inner.inputs.map(({ name }) => name),
    ...inner.nodes.flatMap(({ outputs }) => outputs),
  ]);
  const used = inner.nodes.flatMap(({ inputs, captured: deeper }) => [...inputs, ...deeper]);
  const given = inner.outputs.map(({ name }) => name);
  for (const name of [...used, ...given]) if (name !== "" && !own.has(name)) captured.add(name);
}
