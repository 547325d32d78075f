import { FileFormatError } from "../../core/errors.ts";
import type { Dtype } from "./dtype.ts";

/** The strings of a `U` (UCS-4) or `S` (bytes, read as UTF-8) array, without the NULs that pad them. */
export function decodeStrings(
  bytes: Uint8Array,
  dtype: Dtype,
  count: number,
  file: string,
): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return Array.from({ length: count }, (_, i) => {
    const start = i * dtype.itemBytes;
    if (dtype.letter === "U") return ucs4(view, start, dtype, i, file);
    return byteString(bytes.subarray(start, start + dtype.itemBytes), utf8, i, file);
  });
}

function ucs4(view: DataView, start: number, dtype: Dtype, index: number, file: string): string {
  let end = start + dtype.itemBytes;
  while (end > start && view.getUint32(end - 4) === 0) end -= 4;
  let text = "";
  for (let at = start; at < end; at += 4) {
    const code = view.getUint32(at, !dtype.bigEndian);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
      const found = `0x${code.toString(16)}`;
      throw new FileFormatError(file, `string ${index}`, "Unicode characters", found);
    }
    text += String.fromCodePoint(code);
  }
  return text;
}

function byteString(bytes: Uint8Array, utf8: TextDecoder, index: number, file: string): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  try {
    return utf8.decode(bytes.subarray(0, end));
  } catch (cause) {
    const advice =
      'if it is text in another encoding, convert it in Python: np.char.decode(array, "latin-1")';
    const field = `byte string ${index}`;
    throw new FileFormatError(file, field, "UTF-8 text", "other bytes", { cause, advice });
  }
}
