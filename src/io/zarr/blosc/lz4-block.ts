/** The bytes that a block of LZ4 packs. Throws `RangeError` where it packs other than `size`. */
export function lz4Block(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let [at, end] = [0, 0];
  const length = (nibble: number): number => {
    let sum = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255; sum += more) more = byte(packed, at++);
    return sum;
  };
  for (;;) {
    const token = byte(packed, at++);
    const literals = length(token >> 4);
    copyLiterals(packed, at, out, end, literals);
    [at, end] = [at + literals, end + literals];
    if (at === packed.length) break;
    const distance = byte(packed, at) | (byte(packed, at + 1) << 8);
    at += 2;
    const matched = 4 + length(token & 15);
    copyMatch(out, end, distance, matched);
    end += matched;
  }
  if (end !== size) throw new RangeError(`${end} bytes instead of ${size}`);
  return out;
}

/** The byte at a place. Throws `RangeError` behind the end. */
export function byte(bytes: Uint8Array, at: number): number {
  if (at < bytes.length) return bytes[at];
  throw new RangeError("it ends too soon");
}

/** Bytes as they are. Throws `RangeError` where there are fewer, or no room for them. */
export function copyLiterals(
  from: Uint8Array,
  at: number,
  to: Uint8Array,
  end: number,
  length: number,
): void {
  if (at + length > from.length) throw new RangeError("it ends too soon");
  if (end + length > to.length) throw new RangeError("it packs more");
  // Few bytes are copied faster one by one.
  if (length > 32) to.set(from.subarray(at, at + length), end);
  else for (let k = 0; k < length; k++) to[end + k] = from[at + k];
}

/** Bytes that stood `distance` before the end, which may be those that are written. Throws `RangeError`. */
export function copyMatch(out: Uint8Array, end: number, distance: number, length: number): void {
  if (distance === 0 || distance > end) throw new RangeError("it points before its beginning");
  if (end + length > out.length) throw new RangeError("it packs more");
  if (distance >= length && length > 32)
    out.copyWithin(end, end - distance, end - distance + length);
  else if (distance === 1 && length > 32) out.fill(out[end - 1], end, end + length);
  else for (let k = end; k < end + length; k++) out[k] = out[k - distance];
}
