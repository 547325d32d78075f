import { writePath } from "#platform/files";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { checkedMatrix } from "../../core/gate/checked-matrix.ts";
import { finite, positive } from "../../core/gate/kinds.ts";
import { swapBytes, machineIsLittleEndian } from "../../core/bytes.ts";
import type { StcFile } from "./read-stc.ts";

/** What is written: any estimate with these fields. */
export type StcContent = Omit<StcFile, "data"> & {
  readonly data: { readonly data: ArrayLike<number>; readonly shape: readonly number[] };
};

/**
 * Write a source estimate as MNE reads it, in float32: `STEM-lh.stc` and `STEM-rh.stc`, or `STEM-vl.stc` for a volume.
 * A hemisphere without sources has its file all the same. Gives the paths.
 *
 * @throws InvalidArgument for vertices that do not ascend, and a step in time that is not above 0; ShapeMismatch; DiskFull, NotAllowed, InTheWay.
 * @example
 * import { readStc, writeStc } from "tsrsa/io";
 * async function copy(from: string, stem: string) {
 *   return writeStc(stem, await readStc(from)); // ["STEM-lh.stc", "STEM-rh.stc"]
 * }
 */
export async function writeStc(stem: string, estimate: StcContent): Promise<string[]> {
  const { kind, vertices } = estimate;
  const data = checkedMatrix(estimate.data, "data");
  finite(estimate.tminS, "tminS");
  positive(estimate.tstepS, "tstepS");
  const endings = kind === "volume" ? ["vl"] : ["lh", "rh"];
  const nSources = vertices.reduce((sum, numbers) => sum + numbers.length, 0);
  if (vertices.length !== endings.length || data.shape.length !== 2 || data.shape[0] !== nSources)
    throw new ShapeMismatch(
      `${endings.length} lists of vertices and as many rows as they have together (${nSources})`,
      `${vertices.length} lists, data (${data.shape.join(", ")})`,
    );
  const paths: string[] = [];
  let row = 0;
  for (const [at, ending] of endings.entries()) {
    const path = `${stem.replace(/-([lr]h|vl|vol)\.stc$/, "")}-${ending}.stc`;
    await writePath(path, [stcBytes({ ...estimate, data }, vertices[at], row)]);
    paths.push(path);
    row += vertices[at].length;
  }
  return paths;
}

function stcBytes(
  { data, tminS, tstepS }: StcContent,
  vertices: Int32Array,
  row: number,
): Uint8Array {
  if (vertices.some((vertex, at) => vertex < 0 || (at > 0 && vertex <= vertices[at - 1])))
    throw new InvalidArgument(
      "vertices",
      vertices,
      "give numbers from 0, each above that before it",
    );
  const nTimes = data.shape[1];
  const n = vertices.length;
  const bytes = new Uint8Array(4 * (4 + n + n * nTimes));
  const floats = new Float32Array(bytes.buffer);
  const whole = new Uint32Array(bytes.buffer);
  floats.set([tminS * 1000, tstepS * 1000]);
  whole[2] = n;
  whole.set(vertices, 3);
  whole[3 + n] = nTimes;
  for (let t = 0; t < nTimes; t++)
    for (let v = 0; v < n; v++) floats[4 + n + t * n + v] = data.data[(row + v) * nTimes + t];
  if (machineIsLittleEndian) swapBytes(bytes, 4);
  return bytes;
}
