import { writePath } from "#platform/files";
import { escapeHtml } from "../../core/text.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { machineIsLittleEndian, swapBytes } from "../../core/bytes.ts";
import { matrix } from "../../core/matrix.ts";
import { base64Text } from "./base64.ts";
import type { GiftiArray, GiftiFile } from "./types.ts";

/** What is written of an array; the rest is empty unless it is given. */
export type GiftiContentArray = Pick<GiftiArray, "intent" | "values"> & Partial<GiftiArray>;

/** What is written; a file that was read is one, too. */
export type GiftiContent = { readonly arrays: readonly GiftiContentArray[] } & Partial<
  Omit<GiftiFile, "arrays">
>;

const encoder = new TextEncoder();

/**
 * Write a GIFTI file: bytes and 32-bit integers in their own type, all other numbers in float32, as the format has it;
 * base64 and little-endian. nibabel and Connectome Workbench read it.
 *
 * @throws InvalidArgument for integers beyond 32 bits and words that XML cannot hold; ShapeMismatch; DiskFull,
 *   NotAllowed, InTheWay.
 * @example
 * import { writeGifti } from "tsrsa/io";
 * async function writeScores(path: string, scores: Float64Array) {
 *   const values = { data: scores, shape: [scores.length] };
 *   await writeGifti(path, { arrays: [{ intent: "SHAPE", values }] });
 * }
 */
export async function writeGifti(path: string | URL, content: GiftiContent): Promise<void> {
  await writePath(path, pieces(content));
}

function* pieces({ arrays, meta, labels }: GiftiContent): Generator<Uint8Array> {
  yield encoder.encode(
    `<?xml version="1.0" encoding="UTF-8"?>\n<GIFTI Version="1.0" NumberOfDataArrays="${arrays.length}">\n` +
      `${metaText(meta)}${labelsText(labels)}`,
  );
  for (const array of arrays) yield encoder.encode(arrayText(array));
  yield encoder.encode("</GIFTI>\n");
}

function arrayText({ intent, values, meta, transforms }: GiftiContentArray): string {
  if (!/^[A-Z\d_]{1,64}$/.test(intent))
    throw new InvalidArgument(
      "intent",
      intent,
      "give one of NIfTI's, such as SHAPE or TIME_SERIES",
    );
  const { data, shape } = matrix(values.data, values.shape);
  const [type, bytes] = encoded(data);
  const dims = shape.map((length, axis) => `Dim${axis}="${length}"`).join(" ");
  return (
    `<DataArray Intent="NIFTI_INTENT_${intent}" DataType="NIFTI_TYPE_${type}" ArrayIndexingOrder="RowMajorOrder" ` +
    `Dimensionality="${shape.length}" ${dims} Encoding="Base64Binary" Endian="LittleEndian" ` +
    `ExternalFileName="" ExternalFileOffset="">\n${metaText(meta)}${(transforms ?? []).map(transformText).join("")}` +
    `<Data>${base64Text(bytes)}</Data>\n</DataArray>\n`
  );
}

function encoded(data: GiftiArray["values"]["data"]): readonly [type: string, Uint8Array] {
  if (data instanceof Uint8Array) return ["UINT8", data];
  const floats = data instanceof Float32Array || data instanceof Float64Array;
  const numbers = floats ? Float32Array.from(data) : Int32Array.from(data);
  const wrong = floats ? -1 : data.findIndex((value, at) => numbers[at] !== value);
  if (wrong >= 0)
    throw new InvalidArgument("values", data[wrong], "give integers of at most 32 bits, or floats");
  const bytes = new Uint8Array(numbers.buffer);
  if (!machineIsLittleEndian) swapBytes(bytes, 4);
  return [floats ? "FLOAT32" : "INT32", bytes];
}

function metaText(meta: ReadonlyMap<string, string> = new Map()): string {
  const entries = [...meta].map(
    ([name, value]) => `<MD><Name>${xml(name)}</Name><Value>${xml(value)}</Value></MD>`,
  );
  return `<MetaData>${entries.join("")}</MetaData>\n`;
}

function labelsText(labels: GiftiFile["labels"] = []): string {
  const entries = labels.map(({ key, name, rgba }) => {
    const colour = rgba === undefined ? "" : colourText(rgba);
    return `<Label Key="${key}"${colour}>${xml(name)}</Label>`;
  });
  return `<LabelTable>${entries.join("")}</LabelTable>\n`;
}

function colourText([red, green, blue, alpha]: readonly number[]): string {
  return ` Red="${red}" Green="${green}" Blue="${blue}" Alpha="${alpha}"`;
}

function transformText({ from, to, affine }: GiftiArray["transforms"][number]): string {
  return (
    `<CoordinateSystemTransformMatrix><DataSpace>${xml(from)}</DataSpace><TransformedSpace>${xml(to)}</TransformedSpace>` +
    `<MatrixData>${affine.data.join(" ")}</MatrixData></CoordinateSystemTransformMatrix>\n`
  );
}

const outsideXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

function xml(text: string): string {
  if (outsideXml.test(text))
    throw new InvalidArgument("text", text, "XML cannot hold control characters; leave them out");
  return escapeHtml(text);
}
