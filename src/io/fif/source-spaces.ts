import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { matrix, type Matrix } from "../../core/matrix.ts";
import { blockKind, describeTag, tagKind } from "./constants.ts";
import { optional } from "./info.ts";
import { readSparse, type SparseMatrix } from "./sparse.ts";
import type { FifTag } from "./tags.ts";
import { findBlocks, findTag, needTag, withFif, type FifBlock, type FifFile } from "./tree.ts";
import { bytesOf, fault, readInt, readInts, readNumbers, readString } from "./values.ts";

/** Places where sources may be: one hemisphere, or a volume. */
export interface FifSourceSpace {
  readonly kind: "surface" | "volume" | "discrete";
  /** Which half of the cortex; undefined for volumes and places of one's own. */
  readonly hemisphere: "left" | "right" | undefined;
  /** Whose brain it is, where the file says. */
  readonly subject: string | undefined;
  readonly frame: "head" | "mri";
  /** All points × 3, in metres. */
  readonly points: Matrix<Float64Array>;
  /** Directions away from the surface, points × 3. */
  readonly normals: Matrix<Float64Array>;
  /** Triangles × 3, numbers of points from 0; undefined for a volume. */
  readonly triangles: Matrix<Int32Array> | undefined;
  /** Numbers of the points that are sources, ascending. */
  readonly vertices: Int32Array;
  /** Triangles of the sources alone, in numbers of all points, where the spacing has them. */
  readonly usedTriangles: Matrix<Int32Array> | undefined;
  /** For each point the nearest source, as the number of a point. */
  readonly nearest: Int32Array | undefined;
  /** How far that is along the cortex, in metres, where the file says. */
  readonly nearestM?: Float64Array | undefined;
  /** Ways along the cortex between sources, in metres: points × points, the upper triangle. */
  readonly distances: { readonly limitM: number; readonly upper: SparseMatrix } | undefined;
  /** Points along the three axes of a volume's grid. */
  readonly gridShape: readonly number[] | undefined;
}

const kinds = { 1: "surface", 2: "volume", 3: "discrete" } as const;
const hemispheres = { 101: "left", 102: "right" } as const;
const frames = { 4: "head", 5: "mri" } as const;

/**
 * The source spaces of a `-src.fif` (also `-fwd.fif`, `-inv.fif`) file. Agrees with `mne.read_source_spaces`.
 * Throws `MissingFile` or `FileFormatError`.
 *
 * @example
 * import { readFifSourceSpaces } from "tsrsa/io";
 * async function nSources(path: string) {
 *   return (await readFifSourceSpaces(path)).map(({ vertices }) => vertices.length);
 * }
 */
export async function readFifSourceSpaces(input: FileInput): Promise<FifSourceSpace[]> {
  return withFif(input, (file) => sourceSpacesIn(file, file.root));
}

/** All source spaces within a block, left before right. Throws `FileFormatError` when there is none. */
export function sourceSpacesIn(file: FifFile, block: FifBlock): FifSourceSpace[] {
  const blocks = findBlocks(block, blockKind.sourceSpace);
  if (blocks.length === 0)
    throw new FileFormatError(file.name, "blocks", "source spaces (block 351)", "none", {
      advice: "give a file of source spaces, MNE's name for it ends in -src.fif",
    });
  const spaces = blocks.map((one) => readSpace(file, one));
  const order = { left: 0, right: 1 };
  return spaces.sort((a, b) => order[a.hemisphere ?? "right"] - order[b.hemisphere ?? "right"]);
}

function readSpace(file: FifFile, block: FifBlock): FifSourceSpace {
  const kind = named(file, needTag(file, block, tagKind.sourceSpaceType), kinds);
  const nPoints = readInt(file, needTag(file, block, tagKind.sourceCount));
  const points = places(file, block, tagKind.sourcePoints, nPoints);
  const vertices = readVertices(file, block, nPoints);
  const subject = findTag(block, tagKind.subjectName);
  return {
    kind,
    hemisphere: kind === "surface" ? hemisphereOf(file, block, points) : undefined,
    subject: optional(subject, (tag) => readString(file, tag)),
    frame: named(file, needTag(file, block, tagKind.coordFrame), frames),
    points,
    normals: places(file, block, tagKind.sourceNormals, nPoints),
    triangles: readTriangles(file, block, tagKind.sourceTriangles, nPoints),
    vertices,
    usedTriangles: readTriangles(file, block, tagKind.usedTriangles, nPoints),
    nearest: readNearest(file, block, nPoints),
    nearestM: readNearestM(file, block, nPoints),
    distances: readDistances(file, block, nPoints),
    gridShape: optional(findTag(block, tagKind.volumeShape), (tag) => [...readInts(file, tag)]),
  };
}

function named<Names extends Readonly<Record<number, string>>>(
  file: FifFile,
  tag: FifTag,
  names: Names,
): Names[keyof Names] {
  const code = readInt(file, tag);
  if (Object.hasOwn(names, code)) return names[code] as Names[keyof Names];
  throw fault(file, tag, `one of ${Object.keys(names).join(", ")}`, `${code}`);
}

/** By its id, or where the file has none by the side its points are on. */
function hemisphereOf(
  file: FifFile,
  block: FifBlock,
  { data }: Matrix<Float64Array>,
): "left" | "right" {
  const id = optional(findTag(block, tagKind.sourceSpaceId), (tag) => readInt(file, tag));
  if (id === 101 || id === 102) return hemispheres[id];
  let sum = 0;
  for (let at = 0; at < data.length; at += 3) sum += data[at];
  return sum < 0 ? "left" : "right";
}

function places(file: FifFile, block: FifBlock, kind: number, n: number): Matrix<Float64Array> {
  const tag = needTag(file, block, kind);
  const { data, shape } = readNumbers(file, tag);
  if (shape.length !== 2 || shape[0] !== n || shape[1] !== 3 || !data.every(Number.isFinite))
    throw fault(file, tag, `finite numbers of shape (${n}, 3)`, `shape (${shape.join(", ")})`);
  return matrix(data, [n, 3]);
}

function readVertices(file: FifFile, block: FifBlock, nPoints: number): Int32Array {
  const tag = findTag(block, tagKind.sourcesInUse);
  if (tag === undefined) return Int32Array.from({ length: nPoints }, (_, at) => at);
  const inUse = readInts(file, tag);
  if (inUse.length !== nPoints) throw fault(file, tag, `${nPoints} flags`, `${inUse.length}`);
  const vertices = Int32Array.from(inUse.keys()).filter((at) => inUse[at] !== 0);
  const told = optional(findTag(block, tagKind.sourcesUsed), (found) => readInt(file, found));
  if (told !== undefined && told !== vertices.length)
    throw fault(file, tag, `${told} sources, as the file says`, `${vertices.length}`);
  return vertices;
}

function readTriangles(
  file: FifFile,
  block: FifBlock,
  kind: number,
  nPoints: number,
): Matrix<Int32Array> | undefined {
  const tag = findTag(block, kind);
  if (tag === undefined || tag.size === 0) return undefined;
  const { data, shape } = readNumbers(file, tag);
  if (shape.length !== 2 || shape[1] !== 3)
    throw fault(file, tag, "triangles × 3", `shape (${shape.join(", ")})`);
  const wrong = data.find((point) => !(point >= 1 && point <= nPoints));
  if (wrong !== undefined) throw fault(file, tag, `points from 1 to ${nPoints}`, `${wrong}`);
  return matrix(
    Int32Array.from(data, (point) => point - 1),
    shape,
  );
}

function readNearest(file: FifFile, block: FifBlock, nPoints: number): Int32Array | undefined {
  const tag = findTag(block, tagKind.sourceNearest);
  if (tag === undefined) return undefined;
  const nearest = readInts(file, tag);
  if (nearest.length !== nPoints) throw fault(file, tag, `${nPoints} numbers`, `${nearest.length}`);
  const wrong = nearest.find((point) => point < 0 || point >= nPoints);
  if (wrong !== undefined) throw fault(file, tag, `points from 0 to ${nPoints - 1}`, `${wrong}`);
  return nearest;
}

function readNearestM(file: FifFile, block: FifBlock, nPoints: number): Float64Array | undefined {
  const tag = findTag(block, tagKind.sourceNearestDistance);
  if (tag === undefined) return undefined;
  const { data } = readNumbers(file, tag);
  if (data.length !== nPoints) throw fault(file, tag, `${nPoints} numbers`, `${data.length}`);
  return data;
}

function readDistances(
  file: FifFile,
  block: FifBlock,
  nPoints: number,
): FifSourceSpace["distances"] {
  const tag = findTag(block, tagKind.sourceDistances);
  if (tag === undefined) return undefined;
  const limitM = readLimit(file, needTag(file, block, tagKind.sourceDistanceLimit));
  const upper = readSparse(file, tag, nPoints);
  if (upper.values.some((value) => !(value >= 0)))
    throw fault(file, tag, "distances of 0 or more", "negative ones");
  if (!(limitM > 0)) throw fault(file, tag, `a ${describeTag(3600)} above 0`, `${limitM}`);
  return { limitM, upper };
}

/** One float32, which some files keep as a matrix without axes. */
function readLimit(file: FifFile, tag: FifTag): number {
  const bytes = bytesOf(file, tag);
  if (bytes.length < 4) throw fault(file, tag, "one number of 4 bytes", `${bytes.length} bytes`);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getFloat32(0);
}
