import { constants, deflateRawSync } from "node:zlib";

const block = 2 ** 20;

/** A zlib stream of some bytes and so many MiB of zeros, made without holding them. */
export function zlibZeros(mebibytes: number, before: Uint8Array = new Uint8Array(0)): Uint8Array {
  const flush = { finishFlush: constants.Z_FULL_FLUSH };
  const zeros = deflateRawSync(new Uint8Array(block), flush);
  const parts = [
    Uint8Array.of(0x78, 0x9c),
    ...(before.length === 0 ? [] : [deflateRawSync(before, flush)]),
    ...Array<Uint8Array>(mebibytes).fill(zeros),
    // An empty last block, and Adler-32.
    Uint8Array.of(3, 0),
    adler32(before, mebibytes * block),
  ];
  return Uint8Array.from(Buffer.concat(parts));
}

/** Adler-32 of some bytes and so many zeros. */
function adler32(bytes: Uint8Array, nZeros: number): Uint8Array {
  const prime = 65521;
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % prime;
    b = (b + a) % prime;
  }
  b = (b + (nZeros % prime) * a) % prime;
  const sum = new Uint8Array(4);
  new DataView(sum.buffer).setUint32(0, b * 2 ** 16 + a);
  return sum;
}
