import { FileFormatError } from "../../core/errors.ts";
import { Budget } from "../budget/budget.ts";
import { checkedGraph } from "./check-graph.ts";
import { emptyGraph, finished, parseGraph, parseNode, type Parsing } from "./parse-graph.ts";
import { refuseOtherFiles } from "./refuse-other-files.ts";
import type { OnnxModel } from "./types.ts";
import { wireFields, wireText, type Wire, type WireField } from "./wire.ts";

/** Bytes in memory for each byte of the file: a node of a few bytes is a handful of objects. */
const ratio = 64;

/**
 * What stands in an ONNX file: its graph, its weights by name, type and shape. Nothing is executed and no weight is
 * copied. Throws `FileFormatError` for a file that is damaged, cut short, of another kind, or whose graph cannot be run.
 *
 * @example
 * import { onnxBytes, parseOnnx } from "tsrsa/io";
 * const relu = { op: "Relu", inputs: ["image"], outputs: ["out"] };
 * const { graph } = parseOnnx(onnxBytes({ nodes: [relu], inputs: { image: ["N", 3] }, outputs: ["out"] }));
 * graph.inputs[0].shape; // [ 'N', 3 ]
 */
export function parseOnnx(bytes: Uint8Array, file = "(bytes in memory)"): OnnxModel {
  refuseOtherFiles(bytes, file);
  const budget = new Budget(file, bytes.length, { ratio });
  const at: Parsing = { bytes, file, budget, depth: 0, outside: [] };
  const graph = emptyGraph();
  const functions: string[] = [];
  let [irVersion, producer, opset, nGraphs, nOpsets] = [0, "", 0, 0, 0];
  for (const field of wireFields(at, "the model")) {
    if (field.number === 1) irVersion = field.value;
    else if (field.number === 2 && field.wire === 2) producer = wireText(at, "producer", field);
    else if (field.number === 7 && field.wire === 2) {
      parseGraph(at, graph, field.start, field.end);
      nGraphs++;
    } else if (field.number === 8) {
      opset = Math.max(opset, opsetOf(at, field));
      nOpsets++;
    } else if (field.number === 25) functions.push(functionName(at, field));
  }
  checkModel(file, { irVersion, nGraphs, nOpsets, nNodes: graph.nodes.length });
  const checked = checkedGraph(finished(graph), file);
  return { graph: checked, irVersion, producer, opset, functions, outside: at.outside };
}

/** Version of the default domain's operators; 0 for another domain's. */
function opsetOf(wire: Wire, { start, end }: WireField): number {
  let [domain, version] = ["", 0];
  for (const field of wireFields(wire, "versions of operators", start, end)) {
    if (field.number === 1) domain = wireText(wire, "versions of operators", field);
    else if (field.number === 2) version = field.value;
  }
  return domain === "" || domain === "ai.onnx" ? version : 0;
}

/** The name of a function; its operations are looked at for what they would read. */
function functionName(at: Parsing, { start, end }: WireField): string {
  let name = "";
  for (const field of wireFields(at, "a function", start, end)) {
    if (field.number === 1) name = wireText(at, "a function", field);
    else if (field.number === 7) {
      at.budget.takeObjects(12, "a function");
      parseNode(at, field.start, field.end);
    }
  }
  return name;
}

interface Found {
  readonly irVersion: number;
  readonly nGraphs: number;
  readonly nNodes: number;
  readonly nOpsets: number;
}

function checkModel(file: string, { irVersion, nGraphs, nNodes, nOpsets }: Found): void {
  const say = (expected: string, found: string): never => {
    throw new FileFormatError(file, "the model", expected, found);
  };
  if (!(irVersion >= 1 && irVersion <= 1000)) say("a version of the format", `${irVersion}`);
  if (nGraphs === 0) say("a graph", "none");
  if (nNodes === 0) say("operations in its graph", "none");
  if (nOpsets === 0 && irVersion >= 3)
    say("the versions of its operators", "none: the file may be cut");
}
