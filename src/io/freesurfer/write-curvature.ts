import { writePath } from "#platform/files";
import { joinBytes } from "../../core/bytes.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { numbers } from "../../core/gate/kinds.ts";
import { float32Bytes, int32Bytes } from "./big-endian.ts";

/**
 * Write one number a vertex as FreeSurfer keeps it (`lh.curv`, `lh.sulc`, `lh.thickness`), of the newer format, in
 * float32.
 *
 * @throws InvalidArgument for no values; DiskFull, NotAllowed, InTheWay.
 * @example
 * import { readFreesurferCurv, writeFreesurferCurv } from "tsrsa/io";
 * async function turned(from: string, to: string) {
 *   await writeFreesurferCurv(to, (await readFreesurferCurv(from)).map((value) => -value));
 * }
 */
export async function writeFreesurferCurv(
  path: string | URL,
  values: ArrayLike<number>,
): Promise<void> {
  numbers(values, "values");
  if (values.length === 0)
    throw new InvalidArgument("values", "none", "give a number for each vertex of the mesh");
  const head = [Uint8Array.of(0xff, 0xff, 0xff), int32Bytes([values.length, 0, 1])];
  await writePath(path, [joinBytes([...head, float32Bytes(values)])]);
}
