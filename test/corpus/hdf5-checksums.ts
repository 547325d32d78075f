import type { Container } from "./containers.ts";

/** A part of an HDF5 file whose checksum stands right behind it. */
interface Summed {
  readonly start: number;
  readonly end: number;
  readonly sum: (bytes: Uint8Array) => number;
}

/** What blocks of metadata with a checksum begin with, and the file itself. */
const signatures = [
  ...["\x89HDF", "OHDR", "OCHK", "FRHP", "FHDB", "FHIB", "FSHD", "FSSE", "BTHD", "BTIN", "BTLF"],
  ...["SMTB", "SMLI", "EAHD", "EAIB", "EASB", "EADB", "FAHD", "FADB"],
];
const longestBlock = 4096;
/** Values of one chunk in the files that are damaged so. */
const chunkBytes = 240;

const found = new WeakMap<Uint8Array, readonly Summed[]>();

/** One block of an HDF5 file, or one chunk; its length stays, as the file says elsewhere where it ends. */
export const inHdf5: Container = (bytes, change, random) => {
  const parts = found.get(bytes) ?? summedParts(bytes);
  found.set(bytes, parts);
  const { start, end, sum } = parts[Math.floor(random() * parts.length)];
  const copy = bytes.slice();
  const changed = change(bytes.slice(start, end));
  copy.set(changed, start);
  const view = new DataView(copy.buffer);
  view.setUint32(end, sum(copy.subarray(start, end)), true);
  return copy;
};

/** The parts of a sound file: where a block ends is where its checksum is right. */
function summedParts(bytes: Uint8Array): readonly Summed[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Summed[] = [];
  for (let start = 0; start + 8 < bytes.length; start++) {
    const isBlock = signatures.includes(String.fromCharCode(...bytes.subarray(start, start + 4)));
    const last = Math.min(bytes.length - 4, start + longestBlock);
    for (let end = start + 8; isBlock && end <= last; end++)
      if (lookup3(bytes.subarray(start, end)) === view.getUint32(end, true)) {
        parts.push({ start, end, sum: lookup3 });
        break;
      }
    const end = start + chunkBytes;
    if (
      end + 4 <= bytes.length &&
      fletcher32(bytes.subarray(start, end)) === view.getUint32(end, true)
    )
      if (view.getUint32(end, true) !== 0) parts.push({ start, end, sum: fletcher32 });
  }
  if (parts.length < 3) throw new Error(`only ${parts.length} parts with a checksum were found`);
  return parts;
}

/** Checksum of HDF5's metadata: Jenkins' lookup3. */
export function lookup3(bytes: Uint8Array): number {
  const rotate = (x: number, by: number) => (x << by) | (x >>> (32 - by));
  let [a, b, c] = Array<number>(3).fill((0xdeadbeef + bytes.length) | 0);
  const word = (at: number) =>
    [0, 1, 2, 3].reduce((sum, k) => sum | ((bytes[at + k] ?? 0) << (8 * k)), 0);
  let at = 0;
  for (; bytes.length - at > 12; at += 12) {
    a = (a + word(at)) | 0;
    b = (b + word(at + 4)) | 0;
    c = (c + word(at + 8)) | 0;
    a = ((a - c) ^ rotate(c, 4)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ rotate(a, 6)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ rotate(b, 8)) | 0;
    b = (b + a) | 0;
    a = ((a - c) ^ rotate(c, 16)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ rotate(a, 19)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ rotate(b, 4)) | 0;
    b = (b + a) | 0;
  }
  if (bytes.length === at) return c >>> 0;
  a = (a + word(at)) | 0;
  b = (b + word(at + 4)) | 0;
  c = (c + word(at + 8)) | 0;
  c = ((c ^ b) - rotate(b, 14)) | 0;
  a = ((a ^ c) - rotate(c, 11)) | 0;
  b = ((b ^ a) - rotate(a, 25)) | 0;
  c = ((c ^ b) - rotate(b, 16)) | 0;
  a = ((a ^ c) - rotate(c, 4)) | 0;
  b = ((b ^ a) - rotate(a, 14)) | 0;
  c = ((c ^ b) - rotate(b, 24)) | 0;
  return c >>> 0;
}

/** Checksum of a chunk: Fletcher's, over words of two bytes with the higher first. */
export function fletcher32(bytes: Uint8Array): number {
  let [low, high] = [0, 0];
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    low = (low + ((bytes[at] << 8) | bytes[at + 1])) % 65535;
    high = (high + low) % 65535;
  }
  return ((high << 16) | low) >>> 0;
}
