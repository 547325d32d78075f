const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The checksum every PNG chunk ends in. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ TABLE[(crc ^ byte) & 255];
  return (crc ^ 0xffffffff) >>> 0;
}

const LARGEST_BLOCK = 0xffff;

/** Bytes as a zlib stream of stored blocks: browsers can deflate only asynchronously, and a canvas cannot wait. */
export function deflate(bytes: Uint8Array): Uint8Array {
  const nBlocks = Math.max(1, Math.ceil(bytes.length / LARGEST_BLOCK));
  const stream = new Uint8Array(2 + nBlocks * 5 + bytes.length + 4);
  const view = new DataView(stream.buffer);
  stream.set([0x78, 0x01]);
  let at = 2;
  for (let block = 0; block < nBlocks; block++) {
    const piece = bytes.subarray(block * LARGEST_BLOCK, (block + 1) * LARGEST_BLOCK);
    stream[at] = block === nBlocks - 1 ? 1 : 0;
    view.setUint16(at + 1, piece.length, true);
    view.setUint16(at + 3, ~piece.length & 0xffff, true);
    stream.set(piece, at + 5);
    at += 5 + piece.length;
  }
  view.setUint32(at, adler32(bytes));
  return stream;
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}
