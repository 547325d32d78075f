import { gzipSync } from "node:zlib";
import { niftiBytes } from "../../../src/io/nifti/index.ts";

/** A small good image: (4, 5, 6) of int16, 240 bytes of voxels from byte 352, sform, description, no extension. */
export const shape = [4, 5, 6];
export const affine = [
  [3, 0, 0, -6],
  [0, 3, 0, -7],
  [0, 0, 4, -8],
  [0, 0, 0, 1],
];
export const good = niftiBytes(
  {
    data: Float64Array.from({ length: 120 }, (_, i) => (i * 37) % 101),
    shape,
    affine,
    description: "a good image",
  },
  { datatype: "int16" },
);
export const good2 = niftiBytes(
  { data: new Float32Array(8), shape: [2, 2, 2], affine: identity() },
  { version: 2 },
);

function identity(): number[][] {
  return [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => Number(i === j)));
}

type Change = (view: DataView, bytes: Uint8Array) => void;

/** A damaged copy. */
export function changed(change: Change, from = good): Uint8Array {
  const bytes = Uint8Array.from(from);
  change(new DataView(bytes.buffer), bytes);
  return bytes;
}

const i16 = (at: number, value: number) => changed((view) => view.setInt16(at, value, true));
const i32 = (at: number, value: number) => changed((view) => view.setInt32(at, value, true));
const f32 = (at: number, value: number) => changed((view) => view.setFloat32(at, value, true));
const i64 = (at: number, value: bigint) =>
  changed((view) => view.setBigInt64(at, value, true), good2);
const dims = (...lengths: number[]) =>
  changed((view) => lengths.forEach((n, i) => view.setInt16(40 + 2 * i, n, true)));
const joined = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

/** The good image with this as its extensions. */
export function withExtensions(...blocks: [size: number, bytes: number][]): Uint8Array {
  const area = joined(
    ...blocks.map(([size, length]) => {
      const block = new Uint8Array(length).fill(65);
      new DataView(block.buffer).setInt32(0, size, true);
      new DataView(block.buffer).setInt32(4, 6, true);
      return block;
    }),
  );
  const bytes = joined(good.subarray(0, 352), area, good.subarray(352));
  const view = new DataView(bytes.buffer);
  view.setUint8(348, 1);
  view.setFloat32(108, 352 + area.length, true);
  return bytes;
}

function withQform(b: number, c: number, d: number): Uint8Array {
  return changed((view) => {
    view.setInt16(252, 1, true);
    view.setInt16(254, 0, true);
    [b, c, d].forEach((value, i) => view.setFloat32(256 + 4 * i, value, true));
  });
}

const packed = Uint8Array.from(gzipSync(good));
const flipped = (at: number) => changed((_, bytes) => void (bytes[at] ^= 16), packed);
const zeros = (bytes: number) => new Uint8Array(bytes);

/** Files that must be refused: what is wrong, the bytes, and what the message must say. */
export const refused: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ["nothing", zeros(0), /bytes 0 to 4/],
  ["three bytes", good.subarray(0, 3), /bytes 0 to 4/],
  ["a header cut short", good.subarray(0, 200), /bytes 0 to 348/],
  ["a header alone", good.subarray(0, 348), /size of the file: expected 592 bytes/],
  ["voxels cut to 24 of 240 bytes", good.subarray(0, 376), /size of the file: .* found 376 bytes/],
  ["the last byte missing", good.subarray(0, 591), /found 591 bytes/],
  ["text", new TextEncoder().encode("subject,run\n1,1\n".repeat(40)), /sizeof_hdr: expected 348/],
  ["zeros", zeros(1000), /sizeof_hdr: expected 348 or 540 .* found 0/],
  ["another header size", i32(0, 349), /sizeof_hdr: .* found 349/],
  ["another magic", changed((view) => view.setUint8(345, 63)), /magic: expected "n\+1" or "ni1"/],
  ["ANALYZE 7.5", i32(344, 0), /ANALYZE 7.5/],
  ["a pair without its voxels", changed((view) => view.setUint8(345, 105)), /in another file/],
  ["NIfTI-2's magic in NIfTI-1", changed((view) => view.setUint8(346, 50)), /magic/],
  ["line ends turned by a text transfer", changed((view) => view.setUint8(8, 10), good2), /magic/],
  ["no axes", dims(0), /dim\[0\]: expected 1 to 7 axes, found 0/],
  ["8 axes", dims(8), /dim\[0\]: .* found 8/],
  ["−1 axes", dims(-1), /dim\[0\]: .* found -1/],
  ["a negative length", dims(3, -4), /dim\[1\]: expected a length of at least 1, found -4/],
  ["two negative lengths, whose product is right", dims(3, -4, -5), /dim\[1\]/],
  ["a length of 0", dims(3, 4, 0), /dim\[2\]: .* found 0/],
  ["lengths of 32767⁵", dims(5, 32767, 32767, 32767, 32767, 32767), /dim: expected fewer than 2⁵³/],
  ["a header of 12 GB in 592 bytes", dims(3, 2000, 2000, 1500), /expected 12000000352 bytes/],
  ["one volume more than there is", dims(4, 4, 5, 6, 2), /expected 832 bytes/],
  ["NIfTI-2 lengths of 2⁶²", i64(24, 2n ** 62n), /dim\[1\]/],
  ["NIfTI-2 lengths of 2⁴⁰", i64(24, 2n ** 40n), /size of the file/],
  ["a negative NIfTI-2 length", i64(32, -1n), /dim\[2\]: .* found -1/],
  ["NIfTI-2 voxels from 2⁶²", i64(168, 2n ** 62n), /vox_offset/],
  ["NIfTI-2 voxels from −1", i64(168, -1n), /vox_offset/],
  ["voxels from NaN", f32(108, NaN), /vox_offset: expected a whole number from 352.* found NaN/],
  ["voxels from infinity", f32(108, Infinity), /vox_offset: .* found Infinity/],
  ["voxels from −1000", f32(108, -1000), /vox_offset: .* found -1000/],
  ["voxels from 0", f32(108, 0), /vox_offset: .* found 0/],
  ["voxels inside the header", f32(108, 350), /vox_offset: .* found 350/],
  ["voxels from half a byte", f32(108, 352.5), /vox_offset: .* found 352.5/],
  ["voxels behind the file", f32(108, 4096), /size of the file/],
  ["voxels from 10³⁰", f32(108, 1e30), /vox_offset/],
  ["64 bits of int16", i16(72, 64), /bitpix: expected 16 bits, as int16 has, found 64/],
  ["−32 bits", i16(72, -32), /bitpix: .* found -32/],
  ["0 bits", i16(72, 0), /bitpix/],
  ["float32 with 64 bits", changed((view) => view.setInt32(70, 16 | (64 << 16), true)), /bitpix/],
  ["a type of no name", i16(70, 3), /datatype: expected one of .* found code 3/],
  ["no type", i16(70, 0), /datatype: .* found unknown \(code 0\)/],
  ["1-bit voxels", i16(70, 1), /1-bit/],
  ["complex64", i16(70, 32), /complex64 .*magnitude/],
  ["complex128", i16(70, 1792), /complex128/],
  ["complex256", i16(70, 2048), /complex256/],
  ["float128", i16(70, 1536), /float128/],
  ["RGB24", i16(70, 128), /RGB24 .*picture/],
  ["RGBA32", i16(70, 2304), /RGBA32/],
  ["a slope with intercept NaN", changed((view) => view.setFloat32(116, NaN, true)), /scl_inter/],
  ["sform of NaN", f32(280, NaN), /srow_x/],
  ["sform of infinity", f32(300, -Infinity), /srow_x/],
  ["a code of no sform", i16(254, 6), /sform_code: expected 0 to 5, found 6/],
  ["a negative code", i16(254, -1), /sform_code/],
  ["a quaternion of length 2", withQform(1, 1, 1.4), /quatern_b.* at most 1/],
  ["a quaternion of NaN", withQform(NaN, 0, 0), /quatern_b to qoffset_z: expected finite/],
  ["a voxel size of NaN", f32(80, NaN), /pixdim\[1\]/],
  ["an extension of −16 and one of 16", withExtensions([-16, 16], [16, 16]), /extension 1 .*-16/],
  ["an extension of 0 bytes", withExtensions([0, 16]), /extension 1/],
  ["an extension of 8 bytes", withExtensions([8, 16]), /extension 1/],
  ["an extension of 17 bytes", withExtensions([17, 32]), /extension 1 .*found 17/],
  ["an extension into the voxels", withExtensions([32, 32], [48, 16]), /extension 2 .*found 48/],
  ["an extension of 2 GB", withExtensions([2 ** 31 - 16, 32]), /extension 1/],
  ["a packed file cut in the middle", packed.subarray(0, packed.length >> 1), /gzip data/],
  ["a packed file without its last byte", packed.subarray(0, packed.length - 1), /gzip data/],
  ["a packed file without its checksum", packed.subarray(0, packed.length - 8), /gzip data/],
  ["a packed file of 20 bytes", packed.subarray(0, 20), /gzip data/],
  ["the first two bytes of a packed file", packed.subarray(0, 2), /gzip data/],
  ["a bit flipped in the packed voxels", flipped(packed.length - 60), /gzip data|size of/],
  ["a wrong checksum", flipped(packed.length - 6), /gzip data: .*check/],
  ["a wrong length behind the checksum", flipped(packed.length - 2), /gzip data: .*check/],
  [
    "stored bytes flipped",
    changed((_, b) => void (b[400] ^= 1), gzipSync(good, { level: 0 })),
    /gzip data: .*check/,
  ],
  ["junk behind a packed file", joined(packed, Uint8Array.of(1, 2, 3)), /gzip data/],
  ["a second member cut short", joined(packed, packed.subarray(0, 30)), /gzip data/],
  ["packed voxels cut short", gzipSync(good.subarray(0, 500)), /bytes 352 to 592|size of the file/],
  [
    "a packed header of 12 GB",
    gzipSync(dims(3, 2000, 2000, 1500)),
    /packed bytes, which can hold no more/,
  ],
  ["a gzip file in a gzip file", gzipSync(packed), /sizeof_hdr/],
  ["plain bytes whose second is 0x8b", changed((_, b) => void (b[1] = 0x8b)), /sizeof_hdr/],
];

const bigSpare = () =>
  changed((view) => [4, 5, 6, 7].forEach((axis) => view.setInt16(40 + 2 * axis, -9, true)));

/** Files that look odd and are right: nibabel 5.4.2 reads the same values from all but the one filled with zeros. */
export const sound: readonly (readonly [string, Uint8Array])[] = [
  ["the good file", good],
  ["packed", packed],
  [
    "packed in three members",
    joined(
      ...[
        [0, 9],
        [9, 400],
        [400, 592],
      ].map(([a, b]) => gzipSync(good.subarray(a, b))),
    ),
  ],
  ["zeros behind a packed file", joined(packed, zeros(512))],
  ["an empty member behind a packed file", joined(packed, gzipSync(zeros(0)))],
  ["nonsense behind the last axis", bigSpare()],
  [
    "a slope of 0 with an intercept",
    changed((v) => {
      v.setFloat32(112, 0, true);
      v.setFloat32(116, 5, true);
    }),
  ],
  [
    "a slope of NaN with an intercept of NaN",
    changed((v) => {
      v.setFloat32(112, NaN, true);
      v.setFloat32(116, NaN, true);
    }),
  ],
  ["an infinite slope", f32(112, Infinity)],
  ["qfac 0", f32(76, 0)],
  ["qfac NaN", f32(76, NaN)],
  ["an extension", withExtensions([32, 32])],
  [
    "two extensions and zeros to fill",
    (() => {
      const b = withExtensions([16, 16], [32, 32], [0, 16]);
      b.fill(0, 400, 416);
      return b;
    })(),
  ],
  ["an extension flag without extensions", changed((view) => view.setUint8(348, 1))],
  ["bytes behind the voxels", joined(good, zeros(100))],
];

/** b, c, d just above a unit quaternion, as rounding to float32 makes them. */
export const roundedQuaternion = withQform(0.6, 0.8000001, 0);
