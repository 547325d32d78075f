import { FileFormatError } from "../../core/errors.ts";
import type { UnpackedSource } from "../gzip/packed-source.ts";
import { headerBytes } from "./header-fields.ts";
import type { CheckedHeader } from "./check-header.ts";
import type { NiftiExtension } from "./types.ts";

const mostBytes = 1 << 26;
const mostExtensions = 4096;

/** The extensions between header and voxels, or behind the header of a pair. Throws `FileFormatError`. */
export async function readExtensions(
  source: UnpackedSource,
  header: CheckedHeader,
): Promise<NiftiExtension[]> {
  const start = headerBytes[header.fields.version] + 4;
  const end = header.single ? header.voxOffset : await sizeOfHeaderFile(source, start);
  if (end <= start) return [];
  const [flag] = await source.read(start - 4, 4);
  if (flag === 0) return [];
  if (end - start > mostBytes) {
    const found = `${end - start}`;
    throw new FileFormatError(source.name, "extensions", `at most ${mostBytes} bytes`, found);
  }
  return split(source.name, await source.read(start, end - start), start, header);
}

async function sizeOfHeaderFile(source: UnpackedSource, start: number): Promise<number> {
  return source.size === Infinity ? source.finish(start) : source.size;
}

function split(
  file: string,
  bytes: Uint8Array,
  start: number,
  { fields }: CheckedHeader,
): NiftiExtension[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: NiftiExtension[] = [];
  let at = 0;
  while (at < bytes.length) {
    // Zeros behind the last one only fill up to the voxels.
    if (bytes.subarray(at).every((byte) => byte === 0)) break;
    const left = bytes.length - at;
    const size = left < 8 ? left : view.getInt32(at, fields.littleEndian);
    if (size < 16 || size % 16 !== 0 || size > left || found.length === mostExtensions)
      throw new FileFormatError(
        file,
        `size of extension ${found.length + 1} at byte ${start + at}`,
        `a multiple of 16 from 16 to the ${left} bytes left, and at most ${mostExtensions} of them`,
        `${size}`,
      );
    const code = view.getInt32(at + 4, fields.littleEndian);
    found.push({ code, bytes: new Uint8Array(bytes.subarray(at + 8, at + size)) });
    at += size;
  }
  return found;
}
