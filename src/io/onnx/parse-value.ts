import { onnxTypes, type OnnxLength, type OnnxType, type OnnxValue } from "./types.ts";
import { damaged, wireFields, wireText, type Wire } from "./wire.ts";

/** A ValueInfoProto: name, type and shape of a tensor that the graph takes, gives or makes on the way. */
export function parseValue(wire: Wire, start: number, end: number): OnnxValue {
  let name = "";
  let tensor: Pick<OnnxValue, "type" | "shape"> = { type: undefined, shape: undefined };
  for (const field of wireFields(wire, "a tensor of the graph", start, end)) {
    if (field.number === 1) name = wireText(wire, "name of a tensor", field);
    else if (field.number === 2) tensor = parseType(wire, name, field.start, field.end);
  }
  return { name, ...tensor };
}

function parseType(wire: Wire, name: string, start: number, end: number) {
  for (const field of wireFields(wire, `type of ${name}`, start, end))
    if (field.number === 1) return parseTensorType(wire, name, field.start, field.end);
  return { type: undefined, shape: undefined };
}

function parseTensorType(wire: Wire, name: string, start: number, end: number) {
  let type: OnnxType | undefined;
  let shape: OnnxLength[] | undefined;
  for (const field of wireFields(wire, `type of ${name}`, start, end)) {
    if (field.number === 1) type = onnxTypes[field.value];
    else if (field.number === 2) shape = parseShape(wire, name, field.start, field.end);
  }
  return { type, shape };
}

function parseShape(wire: Wire, name: string, start: number, end: number): OnnxLength[] {
  const shape: OnnxLength[] = [];
  for (const field of wireFields(wire, `shape of ${name}`, start, end)) {
    if (field.number !== 1) continue;
    shape.push(parseLength(wire, name, field.start, field.end));
    if (shape.length > 64) throw damaged(wire, `shape of ${name}`, "at most 64 axes", "more");
  }
  return shape;
}

function parseLength(wire: Wire, name: string, start: number, end: number): OnnxLength {
  let length: OnnxLength;
  for (const field of wireFields(wire, `shape of ${name}`, start, end)) {
    if (field.number === 1) length = field.value;
    else if (field.number === 2) length = wireText(wire, `shape of ${name}`, field);
  }
  if (typeof length !== "number") return length === "" ? undefined : length;
  // Some writers mark a free axis by −1 or 0.
  if (length <= 0) return undefined;
  if (!Number.isSafeInteger(length))
    throw damaged(wire, `shape of ${name}`, "lengths that can be counted", `${length}`);
  return length;
}
