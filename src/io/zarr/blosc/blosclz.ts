import { byte, copyLiterals, copyMatch } from "./lz4-block.ts";

/** Distances from here on are written in two more bytes. */
const FAR = 8191;

/** The bytes that a block of BloscLZ packs. Throws `RangeError` where it packs other than `size`. */
export function blosclz(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let [at, end] = [1, 0];
  let control = byte(packed, 0) & 31;
  for (;;) {
    if (control < 32) {
      const literals = control + 1;
      copyLiterals(packed, at, out, end, literals);
      [at, end] = [at + literals, end + literals];
    } else {
      let length = (control >> 5) + 2;
      for (let more = length === 9 ? 255 : 0; more === 255; length += more)
        more = byte(packed, at++);
      const near = byte(packed, at++);
      let distance = ((control & 31) << 8) + near;
      if (distance === FAR) {
        distance += (byte(packed, at) << 8) + byte(packed, at + 1);
        at += 2;
      }
      copyMatch(out, end, distance + 1, length);
      end += length;
    }
    if (at === packed.length) break;
    control = byte(packed, at++);
  }
  if (end !== size) throw new RangeError(`${end} bytes instead of ${size}`);
  return out;
}
