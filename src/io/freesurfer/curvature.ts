import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { whole } from "../../core/gate/kinds.ts";
import { ByteCursor } from "../binary/byte-cursor.ts";
import { readUnpacked } from "../gzip/read-unpacked.ts";

/** How to read a file of one number a vertex. */
export interface ReadFreesurferCurvOptions {
  /** How many vertices the mesh has, if it is known: a file of another number is refused. */
  readonly nVertices?: number;
}

const optionNames: OptionNames<ReadFreesurferCurvOptions> = { nVertices: whole(0) };

/** The first three bytes of the newer format; the older begins with the number of vertices. */
const newMagic = 0xffffff;

/**
 * Read one number a vertex that FreeSurfer wrote (`lh.curv`, `lh.sulc`, `lh.thickness`, `lh.area`), of the newer or the
 * older format. Agrees with `nibabel.freesurfer.read_morph_data`.
 *
 * @throws FileFormatError when it is damaged, of another mesh, or another file, for example one of geometry; MissingFile.
 * @example
 * import { readFreesurferCurv } from "tsrsa/io";
 * async function sulci(path: string) {
 *   return (await readFreesurferCurv(path)).map((value) => (value > 0 ? 1 : 0));
 * }
 */
export async function readFreesurferCurv(
  input: FileInput,
  options: ReadFreesurferCurvOptions = {},
): Promise<Float64Array> {
  checkOptions(options, optionNames);
  const { name, bytes } = await readUnpacked(input);
  const cursor = new ByteCursor(name, bytes);
  const first = cursor.uint24("first three bytes");
  const values = first === newMagic ? readNew(cursor) : readOld(cursor, first);
  const { nVertices = values.length } = options;
  if (values.length === nVertices) return values;
  throw new FileFormatError(
    name,
    "number of vertices",
    `${nVertices}, as the mesh has`,
    `${values.length}`,
    {
      advice: "it belongs to another mesh or to the other hemisphere",
    },
  );
}

function readNew(cursor: ByteCursor): Float64Array {
  const nVertices = cursor.int32("number of vertices");
  cursor.int32("number of faces");
  const each = cursor.int32("values per vertex");
  if (each !== 1) throw otherKind(cursor, "values per vertex", "1", `${each}`);
  if (nVertices < 0 || nVertices * 4 !== cursor.left)
    throw otherKind(
      cursor,
      "number of vertices",
      `${cursor.left / 4}, as the size says`,
      `${nVertices}`,
    );
  return Float64Array.from(cursor.float32s(nVertices, "values"));
}

function readOld(cursor: ByteCursor, nVertices: number): Float64Array {
  cursor.uint24("number of faces");
  if (nVertices * 2 !== cursor.left)
    throw otherKind(
      cursor,
      "number of vertices",
      `${cursor.left / 2}, as the size says`,
      `${nVertices}`,
    );
  return Float64Array.from(cursor.int16s(nVertices, "values"), (value) => value / 100);
}

function otherKind(
  cursor: ByteCursor,
  field: string,
  expected: string,
  found: string,
): FileFormatError {
  return new FileFormatError(cursor.file, field, expected, found, {
    advice:
      "it is damaged, or no file of one number a vertex; surfaces are read with readFreesurferGeometry",
  });
}
