import type { FileInput } from "../../core/byte-source.ts";
import { ByteCursor } from "../binary/byte-cursor.ts";
import { readUnpacked } from "../gzip/read-unpacked.ts";
import { readColourTable, type AnnotEntry } from "./colour-table.ts";

/** A parcellation of one hemisphere. */
export interface FreesurferAnnot {
  /** For each vertex its place in `entries`; −1 where it is in no label. */
  readonly labels: Int32Array;
  /** The labels of the table, in the order of the file; those without a name when the file has no table. */
  readonly entries: readonly AnnotEntry[];
  /** What was found and could not be used, in words. */
  readonly notes: readonly string[];
}

/**
 * Read FreeSurfer's `.annot` file: which label each vertex belongs to. Values go to the vertices whose numbers stand
 * beside them, and names to colours by their structure number, where `nibabel.freesurfer.read_annot` takes both by
 * position. A colour that is in no table leaves its vertices without a name, which is said.
 *
 * @throws FileFormatError when it is damaged or no such file; MissingFile.
 * @example
 * import { readFreesurferAnnot } from "tsrsa/io";
 * async function verticesOf(path: string, name: string) {
 *   const { labels, entries } = await readFreesurferAnnot(path);
 *   return Array.from(labels.keys()).filter((vertex) => entries[labels[vertex]]?.name === name);
 * }
 */
export async function readFreesurferAnnot(input: FileInput): Promise<FreesurferAnnot> {
  const { name, bytes, budget } = await readUnpacked(input);
  const cursor = new ByteCursor(name, bytes);
  const colours = readColours(cursor);
  const table = hasTable(cursor) ? readColourTable(cursor, budget) : undefined;
  const entries = table ?? withoutNames(colours);
  const placeOf = new Map(entries.map(({ colour }, place) => [colour, place]));
  const labels = Int32Array.from(colours, (colour) =>
    colour === 0 ? -1 : (placeOf.get(colour) ?? -1),
  );
  return { labels, entries, notes: notesOf(colours, labels) };
}

/** The colour of each vertex, as one number; 0 for none. */
function readColours(cursor: ByteCursor): Int32Array {
  const nVertices = cursor.int32("number of vertices");
  cursor.checkRoom(nVertices, 8, "number of vertices");
  const pairs = cursor.int32s(2 * nVertices, "vertices");
  const colours = new Int32Array(nVertices);
  const seen = new Uint8Array(nVertices);
  for (let at = 0; at < nVertices; at++) {
    const vertex = pairs[2 * at];
    if (vertex < 0 || vertex >= nVertices)
      throw cursor.fault(`vertex ${at}`, `a number from 0 to ${nVertices - 1}`, `${vertex}`);
    if (seen[vertex] === 1)
      throw cursor.fault(`vertex ${at}`, "each number once", `${vertex} twice`);
    seen[vertex] = 1;
    colours[vertex] = pairs[2 * at + 1];
  }
  return colours;
}

function hasTable(cursor: ByteCursor): boolean {
  return cursor.left >= 4 && cursor.int32("colour table") !== 0;
}

function withoutNames(colours: Int32Array): AnnotEntry[] {
  const found = [...new Set(colours)].filter((colour) => colour !== 0);
  return found.map((colour) => ({
    name: undefined,
    colour,
    rgba: [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255, 255],
  }));
}

function notesOf(colours: Int32Array, labels: Int32Array): string[] {
  const unknown = labels.filter((at, vertex) => at < 0 && colours[vertex] !== 0).length;
  if (unknown === 0) return [];
  return [`${unknown} vertices have a colour that is in no label of the table; they have no label`];
}
