import type { ByteSource } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** True when the file begins as HDF5 does: at byte 0, 512 (MATLAB 7.3), 1024, 2048 … */
export async function isHdf5(source: ByteSource): Promise<boolean> {
  for (let at = 0; at + signature.length <= source.size; at = at === 0 ? 512 : 2 * at) {
    const bytes = await source.read(at, signature.length);
    if (signature.every((byte, i) => bytes[i] === byte)) return true;
  }
  return false;
}

/** Throws `FileFormatError` unless it is an HDF5 file. */
export async function checkSignature(source: ByteSource): Promise<void> {
  if (await isHdf5(source)) return;
  const begins = Array.from(await source.read(0, Math.min(8, source.size)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  throw new FileFormatError(
    source.name,
    "signature",
    "that of an HDF5 file",
    source.size === 0 ? "an empty file" : `bytes ${begins.join(" ")}`,
  );
}
