import { fileExists, siblingPath, fileNameOf } from "#platform/files";
import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError, MissingFile } from "../../core/errors.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { matrix, type Matrix } from "../../core/matrix.ts";
import { ByteCursor } from "../binary/byte-cursor.ts";
import { readUnpacked } from "../gzip/read-unpacked.ts";

/** One source estimate as a file or a pair of files holds it. */
export interface StcFile {
  readonly kind: "surface" | "volume";
  /** Numbers of the vertices that have data, ascending: left and right hemisphere, or those of the volume. */
  readonly vertices: readonly Int32Array[];
  /** Sources × times; the left hemisphere first. */
  readonly data: Matrix<Float32Array>;
  readonly tminS: number;
  readonly tstepS: number;
}

/** Where the two files of a pair are, if they are given as bytes. */
export interface ReadStcOptions {
  /** The right hemisphere, where `input` is the left one's bytes; for paths it is found beside. */
  readonly right?: FileInput;
}

const optionNames: OptionNames<ReadStcOptions> = { right: true };

const pairEnding = /(^|[-.])([lr])h(\.stc|\.w)$/;

/**
 * Read a source estimate of MNE: the pair `-lh.stc` and `-rh.stc` (named by either, or by what they share), a volume
 * (`-vl.stc`, `-vol.stc`), or the pair of one-time files `-lh.w`, `-rh.w`. Agrees with `mne.read_source_estimate`.
 *
 * @throws FileFormatError when a file is damaged or the two do not belong together; MissingFile, also for the other
 *   hemisphere.
 * @example
 * import { readStc } from "tsrsa/io";
 * async function nSources(path: string) {
 *   const { vertices } = await readStc(path);
 *   return vertices.map((numbers) => numbers.length);
 * }
 */
export async function readStc(input: FileInput, options: ReadStcOptions = {}): Promise<StcFile> {
  checkOptions(options, optionNames);
  const files = await filesOf(input, options.right);
  const [first, second] = await Promise.all(files.map(readOne));
  refuseEmpty(first, second);
  const { tminS, tstepS } = first;
  if (second === undefined)
    return { kind: "volume", vertices: [first.vertices], data: first.data, tminS, tstepS };
  checkPair(first, second);
  const data = new Float32Array(first.data.data.length + second.data.data.length);
  data.set(first.data.data);
  data.set(second.data.data, first.data.data.length);
  const nSources = first.vertices.length + second.vertices.length;
  return {
    kind: "surface",
    vertices: [first.vertices, second.vertices],
    data: matrix(data, [nSources, first.data.shape[1]]),
    tminS,
    tstepS,
  };
}

/** How many times there are is told by the data alone: a header without any could claim four billion. */
function refuseEmpty(first: OneFile, second: OneFile | undefined): void {
  if (first.vertices.length + (second?.vertices.length ?? 0) > 0) return;
  throw new FileFormatError(first.name, "number of vertices", "one or more", "0", {
    advice: "this estimate has no source; of a pair with an empty half name both files",
  });
}

interface OneFile {
  readonly name: string;
  readonly vertices: Int32Array;
  readonly data: Matrix<Float32Array>;
  readonly tminS: number;
  readonly tstepS: number;
}

async function filesOf(input: FileInput, right: FileInput | undefined): Promise<FileInput[]> {
  if (right !== undefined) return [input, right];
  if (!(typeof input === "string" || input instanceof URL)) return [input];
  const name = fileNameOf(input);
  if (/-(vl|vol)\.stc$/.test(name)) return [input];
  const path = String(input instanceof URL ? decodeURIComponent(input.pathname) : input);
  const stem = pairEnding.exec(name);
  if (stem !== null) return pairOf(path, name, stem);
  for (const ending of [".stc", ".w"])
    if (await fileExists(`${path}-lh${ending}`)) return filesOf(`${path}-lh${ending}`, undefined);
  return [input];
}

async function pairOf(
  path: string,
  name: string,
  [, mark, , ending]: RegExpExecArray,
): Promise<string[]> {
  const both = ["lh", "rh"].map((side) =>
    siblingPath(path, name.replace(pairEnding, `${mark}${side}${ending}`)),
  );
  for (const file of both)
    if (!(await fileExists(file)))
      throw new MissingFile(
        file,
        "an estimate on the cortex is two files, -lh and -rh; put both in one folder",
      );
  return both;
}

async function readOne(input: FileInput): Promise<OneFile> {
  const { name, bytes } = await readUnpacked(input);
  const cursor = new ByteCursor(name, bytes);
  return isWFile(input, name) ? readW(cursor) : readOneStc(cursor);
}

function isWFile(input: FileInput, name: string): boolean {
  return (typeof input === "string" || input instanceof URL) && name.endsWith(".w");
}

function readOneStc(cursor: ByteCursor): OneFile {
  const tminMs = cursor.float32("tmin");
  const tstepMs = cursor.float32("tstep");
  if (!Number.isFinite(tminMs)) throw cursor.fault("tmin", "a number of ms", `${tminMs}`);
  if (!(tstepMs > 0 && Number.isFinite(tstepMs)))
    throw cursor.fault("tstep", "a number of ms above 0", `${tstepMs}`);
  const nVertices = cursor.uint32("number of vertices");
  cursor.checkRoom(nVertices, 4, "number of vertices");
  const vertices = cursor.int32s(nVertices, "vertices");
  checkVertices(cursor, vertices);
  const nTimes = cursor.uint32("number of times");
  // MNE writes the other hemisphere's data behind the header of one without sources.
  if (nVertices > 0 && nTimes * nVertices * 4 !== cursor.left)
    throw cursor.fault(
      "size",
      `${4 * (4 + nVertices + nVertices * nTimes)} bytes: ${nVertices} vertices × ${nTimes} times`,
      `${cursor.bytes.length}`,
    );
  const stored = cursor.float32s(nVertices * nTimes, "data");
  const data = new Float32Array(stored.length);
  // Sources outside: a file without any may claim any number of times.
  for (let v = 0; v < nVertices; v++)
    for (let t = 0; t < nTimes; t++) data[v * nTimes + t] = stored[t * nVertices + v];
  return {
    name: cursor.file,
    vertices,
    data: matrix(data, [nVertices, nTimes]),
    tminS: tminMs / 1000,
    tstepS: tstepMs / 1000,
  };
}

function readW(cursor: ByteCursor): OneFile {
  cursor.take(2, "first two bytes");
  const count = cursor.uint24("number of vertices");
  if (count * 7 !== cursor.left)
    throw cursor.fault(
      "size",
      `${5 + 7 * count} bytes: ${count} vertices`,
      `${cursor.bytes.length}`,
    );
  const vertices = new Int32Array(count);
  const data = new Float32Array(count);
  for (let at = 0; at < count; at++) {
    vertices[at] = cursor.uint24("vertex");
    data[at] = cursor.float32("value");
  }
  checkVertices(cursor, vertices);
  return { name: cursor.file, vertices, data: matrix(data, [count, 1]), tminS: 0, tstepS: 1 };
}

function checkVertices(cursor: ByteCursor, vertices: Int32Array): void {
  const at = vertices.findIndex((vertex, i) => vertex < 0 || (i > 0 && vertex <= vertices[i - 1]));
  if (at >= 0)
    throw cursor.fault(`vertex ${at}`, "a number above that before it", `${vertices[at]}`);
}

function checkPair(left: OneFile, right: OneFile): void {
  const same =
    left.tminS === right.tminS &&
    left.tstepS === right.tstepS &&
    left.data.shape[1] === right.data.shape[1];
  if (same) return;
  const told = ({ tminS, tstepS, data }: OneFile) =>
    `${data.shape[1]} times from ${tminS} s every ${tstepS} s`;
  throw new FileFormatError(right.name, "times", `${told(left)}, as in ${left.name}`, told(right), {
    advice: "the two files are of different estimates",
  });
}
