import { readFileSync } from "node:fs";
import { constants, crc32, deflateRawSync, deflateSync, gunzipSync, gzipSync } from "node:zlib";
import { npyBytes } from "../../../src/io/npy/index.ts";
import { MatBuilder } from "../../io/mat/build.ts";
import { rawZip } from "../../data-fetch/archives.ts";
import { joined, refusedCases, text, type CorpusCase } from "../corpus-case.ts";
import { withHeader } from "../../io/npy/bad-files.ts";

// Files of some hundred bytes to a few megabytes, built to take all memory or hours. Each is read in a child of 512 MB.

const fixture = (name: string) => () =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/rim/${name}`, import.meta.url)));

const mebibyte = 2 ** 20;

/** A FIF file of nothing but tags without data, packed. */
function tags(count: number): Uint8Array {
  const tag = (kind: number, type: number, size: number, next: number) => {
    const bytes = new DataView(new ArrayBuffer(16 + size));
    [kind, type, size, next].forEach((value, at) => bytes.setInt32(4 * at, value));
    return new Uint8Array(bytes.buffer);
  };
  const empty = tag(108, 0, 0, 0);
  const all = new Uint8Array(36 + 16 * count);
  all.set(tag(100, 31, 20, 0));
  for (let n = 0; n < count; n++) all.set(empty, 36 + 16 * n);
  return gzipSync(Buffer.concat([all, tag(108, 0, 0, -1)]));
}

/** One slice of 16,384 × 16,384 voxels in a packed image. */
function slice(side: number): Uint8Array {
  const header = new DataView(new ArrayBuffer(352));
  header.setInt32(0, 348, true);
  [2, side, side, 1, 1, 1, 1, 1].forEach((n, at) => header.setInt16(40 + 2 * at, n, true));
  header.setInt16(70, 2, true);
  header.setInt16(72, 8, true);
  for (let at = 0; at < 8; at++) header.setFloat32(76 + 4 * at, 1, true);
  header.setFloat32(108, 352, true);
  new Uint8Array(header.buffer).set(text("n+1\0"), 344);
  const rows = gzipSync(new Uint8Array(16 * mebibyte), { level: 9 });
  const parts = Array<Uint8Array>((side * side) / (16 * mebibyte)).fill(rows);
  return Uint8Array.from(Buffer.concat([gzipSync(new Uint8Array(header.buffer)), ...parts]));
}

const mat = new MatBuilder(true);

/** A packed MATLAB variable whose array flags claim so many MiB, less than 200 times its own size. */
function flags(mebibytes: number): Uint8Array {
  const noise = new Uint8Array(mebibyte);
  for (let at = 0; at < mebibyte; at += 180) noise[at] = (at * 7919) % 251;
  const flush = { finishFlush: constants.Z_FULL_FLUSH };
  const head = new DataView(new ArrayBuffer(16));
  const bytes = mebibytes * mebibyte;
  [14, bytes + 72, 2, bytes].forEach((value, at) => head.setUint32(4 * at, value, true));
  const block = deflateRawSync(noise, flush);
  const stream = joined(
    Uint8Array.of(0x78, 0x9c),
    deflateRawSync(new Uint8Array(head.buffer), flush),
    Buffer.concat(Array<Uint8Array>(mebibytes).fill(block)),
    Uint8Array.of(3, 0, 0, 0, 0, 0),
  );
  return joined(mat.header(), variable(stream));
}

function variable(stream: Uint8Array): Uint8Array {
  const tag = new DataView(new ArrayBuffer(8));
  tag.setUint32(0, 15, true);
  tag.setUint32(4, stream.length, true);
  return joined(new Uint8Array(tag.buffer), stream);
}

/** A cell array of so many cells, each of which is a tag alone. */
function emptyCells(count: number): Uint8Array {
  const cells = new Uint8Array(8 * count);
  for (let at = 0; at < cells.length; at += 8) cells[at] = 14;
  return joined(mat.header(), variable(deflateSync(mat.matrix(1, [1, count], "c", cells))));
}

/** Blanks that need no bytes in the file, again and again. */
function blanks(count: number): Uint8Array {
  const one = (name: string) => mat.matrix(4, [2 ** 12, 2 ** 12], name, mat.element(16, text("")));
  return joined(mat.header(), ...Array.from({ length: count }, (_, n) => one(`t${n}`)));
}

/** 60 members that are small enough each. */
function members(): Uint8Array {
  const content = npyBytes({ data: new Uint8Array(63 * mebibyte), shape: [63 * mebibyte] });
  const stored = deflateRawSync(content, { level: 9 });
  const names = Array.from({ length: 60 }, (_, n) => `a${n}.npy`);
  return Uint8Array.from(
    rawZip(
      names.map((name) => ({
        name,
        bytes: Buffer.from(stored),
        crc: crc32(content),
        deflated: true,
        declaredBytes: content.length,
      })),
    ),
  );
}

/** A text of one letter takes a byte in the file and forty in memory. */
function shortTexts(): Uint8Array {
  const count = 60 * mebibyte;
  const header = `{'descr': '|S2', 'fortran_order': False, 'shape': (${count / 2},), }`;
  const array = withHeader(header, new Uint8Array(count).fill(0x61));
  return Uint8Array.from(rawZip([{ name: "a.npy", bytes: Buffer.from(array), deflate: true }]));
}

function pickle(instruction: string, count: number, before = ""): () => Uint8Array {
  return () => {
    const bytes = new Uint8Array(count * instruction.length);
    for (let at = 0; at < bytes.length; at++)
      bytes[at] = instruction.charCodeAt(at % instruction.length);
    const head = `{'descr': '|O', 'fortran_order': False, 'shape': (), }`;
    return withHeader(head, Uint8Array.from(joined("\x80\x02", before, bytes, ".")));
  };
}

const memory = /bytes in memory/;

export const bombCases: readonly CorpusCase[] = [
  ...refusedCases("pickle", ".npy", [
    ["300 million values of no bytes", fixture("s0_300M.npy"), /values of no bytes/],
    ["8 thousand million values of no bytes", fixture("s0_8G.npy"), /values of no bytes/],
    ["20 million empty dictionaries", pickle("}", 20e6), memory],
    ["20 million empty lists", pickle("]", 20e6), memory],
    ["20 million groups without an end", pickle("(", 20e6), /bytes in memory|a value too few/],
    ["20 million values to refer to", pickle("\x94", 20e6, "N"), memory],
    ["an integer of 8 million bytes", pickle("\x7f", 8e6, "\x8b\x00\x12\x7a\x00"), /an integer of/],
  ]),
  ...refusedCases("mat", ".mat", [
    ["array flags of 64 MiB", () => flags(64), /array flags: expected at most 2/],
    ["array flags of 500 MiB", () => flags(500), /array flags: expected at most 2/],
    ["seven million cells of a tag each", () => emptyCells(7e6), memory],
    ["blanks that have no bytes, 30 times", () => blanks(30), memory],
  ]),
  ...refusedCases("epochs", "-epo.fif.gz", [
    ["3.9 million empty tags", () => tags(3_900_000), /number of tags: .*bytes in memory/],
  ]),
  ...refusedCases("nifti", ".nii.gz", [
    ["a slice of 256 MiB of zeros", () => slice(16_384), /voxels: .*bytes in memory/],
  ]),
  ...refusedCases("npz", ".npz", [
    ["60 members of 63 MiB", members, /inflation of all members/],
    ["thirty million short texts", shortTexts, memory],
  ]),
  ...refusedCases("hdf5", ".h5", [
    ["2 GiB of zeros", () => new Uint8Array(gunzipSync(fixture("bomb.h5.gz")())), memory],
  ]),
];
