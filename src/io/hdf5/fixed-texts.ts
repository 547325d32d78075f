import { FileFormatError } from "../../core/errors.ts";
import type { RawType, ValuePlace } from "./types.ts";

/** How HDF5 fills up a text that is shorter than its place. */
const padding = { endsAtZero: 0, zeros: 1, spaces: 2 } as const;
const [zero, space] = [0, 0x20];

/**
 * Texts of equal length in bytes, without what fills them up. Throws `FileFormatError` for bytes that are no UTF-8 and
 * for a zero within a text: what stands for them, or the part before, could make two labels one.
 */
export function fixedTexts(
  bytes: Uint8Array,
  { size, strpad = padding.zeros }: Pick<RawType, "size" | "strpad">,
  at: ValuePlace,
): string[] {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return Array.from({ length: bytes.length / size }, (_, index) => {
    const text = unfilled(bytes.subarray(index * size, (index + 1) * size), strpad);
    if (text.includes(zero)) throw fault(at, index, "a zero byte within it");
    try {
      return decoder.decode(text);
    } catch (cause) {
      throw fault(at, index, "other bytes", cause);
    }
  });
}

/** What fills up comes off the end; only text that ends at a zero may have anything behind it. */
function unfilled(bytes: Uint8Array, strpad: number): Uint8Array {
  if (strpad === padding.endsAtZero) {
    const first = bytes.indexOf(zero);
    return first < 0 ? bytes : bytes.subarray(0, first);
  }
  const filler = strpad === padding.spaces ? space : zero;
  let end = bytes.length;
  // h5wasm ends ASCII text that is filled up with spaces in a zero.
  if (strpad === padding.spaces) while (end > 0 && bytes[end - 1] === zero) end--;
  while (end > 0 && bytes[end - 1] === filler) end--;
  return bytes.subarray(0, end);
}

function fault(
  { file, field }: ValuePlace,
  index: number,
  found: string,
  cause?: unknown,
): FileFormatError {
  return new FileFormatError(file, `${field}: text ${index}`, "text in UTF-8", found, {
    cause,
    advice: "convert it with h5py, for example from latin-1, and write it again",
  });
}
