import { inflateZlib, inflateZlibStart } from "#platform/zlib";
import type { ByteSource } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { Budget } from "../budget/budget.ts";
import { ElementReader, elementType, type Element } from "./elements.ts";
import { isMat4, refuseOldMachines } from "./mat4.ts";
import type { MatValue } from "./mat-value.ts";
import { readHead, readValue, type MatHead } from "./matrix-element.ts";

const headerBytes = 128;
/** Above this, a variable that unpacks to more than 200 times its size is taken for a bomb. */
const leastSuspectBytes = 64 * 2 ** 20;
const mostRatio = 200;
const mostUnpacked = 2 ** 29;
/** Tag, flags, as many dimensions as there may be, and the longest name: less may be a whole variable. */
const headBytes = 1024;

/** Variables of a MATLAB 5 file (versions 5 to 7), one after the other. `wanted` sees a head before its values are read. */
export async function readMat5(
  source: ByteSource,
  maxBytes: number | undefined,
  wanted: (name: string) => boolean,
): Promise<Map<string, MatValue>> {
  const little = byteOrder(source.name, await source.read(0, headerBytes));
  if (source.size === headerBytes)
    throw new FileFormatError(source.name, "variables", "one or more", "a header alone", {
      advice: "the file was cut, or nothing was saved; save it again",
    });
  const content = await source.read(headerBytes, source.size - headerBytes);
  // Whoever raises maxBytes trusts the file.
  const most = maxBytes === undefined ? undefined : Infinity;
  const budget = new Budget(source.name, source.size, { ratio: mostRatio, maxBytes: most });
  const reader = new ElementReader(content, little, budget);
  const values = new Map<string, MatValue>();
  const seen = new Set<string>();
  while (reader.left > 0) {
    const packed = nextVariable(reader);
    // A head that is none must not cost all that the variable claims to be.
    const first = await headOf(reader, packed);
    if (first !== undefined && !wanted(first.name)) {
      addName(first.name);
      continue;
    }
    const element = await unpacked(reader, packed, source.name, maxBytes);
    const { head, rest } = readHead(reader, element);
    if (!isVariable(head)) continue;
    addName(head.name);
    if (wanted(head.name)) values.set(head.name, readValue(rest, head, 0));
  }
  return values;

  function addName(name: string): void {
    if (name !== "" && seen.has(name))
      throw reader.fault("variables", "each once", `${name} twice`);
    seen.add(name);
  }
}

/** The head of a packed variable from its first bytes; undefined where these do not hold it, or nothing is packed. */
async function headOf(reader: ElementReader, { type, bytes }: Element) {
  if (type !== elementType.compressed) return undefined;
  const start = await inflateZlibStart(bytes);
  if (start.length < headBytes) return undefined;
  const tag = new DataView(start.buffer, start.byteOffset).getUint32(0, reader.little);
  if (tag !== elementType.matrix) return undefined;
  try {
    return readHead(reader, { type: elementType.matrix, bytes: start.subarray(8) }).head;
  } catch (error) {
    // A name may go on behind what was unpacked.
    if (error instanceof FileFormatError && error.field === "array name") return undefined;
    throw error;
  }
}

/** Which kind of MATLAB file it is, by its first bytes. Throws `FileFormatError` for one too short to be any. */
export async function versionOf(source: ByteSource): Promise<4 | 5> {
  const start = await source.read(0, Math.min(headerBytes, source.size));
  const text = new TextDecoder().decode(start.subarray(0, 6));
  if (text !== "MATLAB") {
    if (isMat4(start, source.size)) return 4;
    refuseOldMachines(start, source.name);
  }
  if (source.size < headerBytes)
    throw new FileFormatError(source.name, "header", `${headerBytes} bytes`, `${source.size}`);
  return 5;
}

/** The header ends in the version and `MI`, which reads `IM` when the bytes are the other way round. */
function byteOrder(file: string, header: Uint8Array): boolean {
  const mark = String.fromCharCode(header[126], header[127]);
  const little = mark === "IM";
  const version = little ? header[125] : header[124];
  if ((little || mark === "MI") && version === 1) return little;
  const text = new TextDecoder().decode(header.subarray(0, 19));
  throw new FileFormatError(file, "header", "that of a MATLAB 5 file", JSON.stringify(text));
}

function nextVariable(reader: ElementReader): Element {
  const element = reader.nextVariable();
  if (element.type === elementType.matrix || element.type === elementType.compressed)
    return element;
  throw reader.fault("variable", "an array", `an element of type ${element.type}`);
}

async function unpacked(
  reader: ElementReader,
  element: Element,
  file: string,
  maxBytes: number | undefined,
): Promise<Element> {
  if (element.type !== elementType.compressed) return element;
  const plausible = Math.max(leastSuspectBytes, element.bytes.length * mostRatio);
  const most = maxBytes ?? Math.min(mostUnpacked, plausible);
  const bytes = await inflateZlib(element.bytes, most).catch((cause: unknown) => {
    const found = cause instanceof Error ? cause.message : String(cause);
    const advice = /more than/.test(found) ? "if you trust the file, raise maxBytes" : undefined;
    throw new FileFormatError(file, "compressed variable", "a whole one", found, { cause, advice });
  });
  reader.budget.take(bytes.length, "compressed variable");
  const content = reader.inside(bytes);
  const inner = content.next("compressed variable");
  if (content.left > 0)
    throw reader.fault("compressed variable", "one array", `${content.left} bytes behind it`);
  if (inner.type === elementType.matrix) return inner;
  throw reader.fault("compressed variable", "an array", `an element of type ${inner.type}`);
}

/** What MATLAB keeps for its own use has no name. */
function isVariable({ name }: MatHead): boolean {
  return name !== "";
}
