import { MAGIC, preambleBytes } from "./header.ts";

/** numpy leaves room in the header so that the first axis can grow to this many digits. */
const GROWTH_DIGITS = 21;
const ALIGNMENT = 64;

/** Magic, version, length and header: the same bytes as numpy's `save` for an array in C order. */
export function encodeHeader(dtype: string, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const growth = shape.length > 0 ? GROWTH_DIGITS - String(shape[0]).length : 0;
  const text =
    `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${tuple}, }` + " ".repeat(growth);
  const before = preambleBytes(1);
  // The end is a newline, and the data begins at a multiple of 64.
  const total = Math.ceil((before + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(total).fill(0x20);
  bytes.set([...MAGIC, 1, 0]);
  new DataView(bytes.buffer).setUint16(8, total - before, true);
  bytes.set(new TextEncoder().encode(text), before);
  bytes[total - 1] = 0x0a;
  return bytes;
}
