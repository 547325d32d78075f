import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { readUnpacked, type UnpackedFile } from "../gzip/read-unpacked.ts";
import { parseXml, type XmlElement } from "../xml/parse-xml.ts";
import type { GiftiInput } from "./array-bytes.ts";
import { checkSurface } from "./check-surface.ts";
import { readDataArray } from "./data-array.ts";
import { childOf, metaOf } from "./elements.ts";
import { readLabelTable } from "./label-table.ts";
import type { GiftiArray, GiftiFile } from "./types.ts";

/** How to read a GIFTI file. */
export interface ReadGiftiOptions {
  /** Files that the GIFTI file keeps numbers in, by name, where it is given as bytes; for a path they lie beside it. */
  readonly external?: ReadonlyMap<string, FileInput>;
  /** Most bytes that its arrays may take in memory. Default: 192 MiB, or 200 times the size of the file. */
  readonly maxBytes?: number;
}

const optionNames: OptionNames<ReadGiftiOptions> = { external: true, maxBytes: true };

/**
 * Read a GIFTI file (`.surf.gii`, `.func.gii`, `.shape.gii`, `.label.gii`, also packed as `.gii.gz`): its arrays in the
 * order of the file, in all encodings, byte orders and index orders of the format. Transforms are handed out and not
 * applied. Agrees with `nibabel.load`.
 *
 * @throws FileFormatError when it is damaged, claims what it does not hold, or is no GIFTI file; MissingFile, also for
 *   an external file.
 * @example
 * import { readGifti } from "tsrsa/io";
 * async function thickness(path: string) {
 *   const { arrays } = await readGifti(path);
 *   return arrays[0].values; // one number a vertex
 * }
 */
export async function readGifti(
  input: FileInput,
  options: ReadGiftiOptions = {},
): Promise<GiftiFile> {
  checkOptions(options, optionNames);
  const unpacked = await readUnpacked(input, options.maxBytes);
  const { name, budget } = unpacked;
  const root = parseXml(xmlText(unpacked), { file: name, budget, raw: new Set(["Data"]) });
  if (root.name !== "GIFTI")
    throw new FileFormatError(name, "first element", "GIFTI", root.name.slice(0, 40));
  const elements = arraysOf(root, name);
  const file: GiftiInput = { name, input, budget, external: options.external ?? new Map() };
  const arrays: GiftiArray[] = [];
  for (const element of elements) arrays.push(await readDataArray(element, file));
  checkSurface(arrays, name);
  const labels = readLabelTable(childOf(root, "LabelTable"), name);
  return { meta: metaOf(childOf(root, "MetaData")), arrays, labels };
}

function arraysOf(root: XmlElement, file: string): readonly XmlElement[] {
  const elements = root.children.filter(({ name }) => name === "DataArray");
  const told = root.attributes.get("NumberOfDataArrays");
  if (told !== undefined && Number(told) !== elements.length)
    throw new FileFormatError(
      file,
      "NumberOfDataArrays",
      `${elements.length}, as many as there are`,
      told.slice(0, 20),
    );
  return elements;
}

function xmlText({ name, bytes }: UnpackedFile): string {
  const start = String.fromCharCode(...bytes.subarray(0, 64)).trimStart();
  // A byte order mark of UTF-8 may stand first.
  if (!/^(\u00ef\u00bb\u00bf)?\s*</.test(start))
    throw new FileFormatError(
      name,
      "first letter",
      "< as XML begins",
      JSON.stringify(start.slice(0, 8)),
      {
        advice: "this is no GIFTI file; their names end in .gii or .gii.gz",
      },
    );
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FileFormatError(name, "text", "UTF-8", "other bytes", { cause });
  }
}
