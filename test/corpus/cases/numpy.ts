import { readFileSync } from "node:fs";
import { npyBytes, npzBytes, type NpyArray } from "../../../src/io/npy/index.ts";
import {
  archiveLies,
  changedArchive,
  dict,
  entryAt,
  first,
  lies,
  withHeader,
} from "../../io/npy/bad-files.ts";
import {
  changed,
  flipped,
  joined,
  refusedCases,
  text,
  type CorpusCase,
  type Refused,
} from "../corpus-case.ts";
import { rawZip } from "../../data-fetch/archives.ts";

const good = npyBytes({ data: new Float64Array([1, 2, 3, 4, 5, 6]), shape: [2, 3] });

const arrays: Refused[] = [
  ["nothing", new Uint8Array(0), /first 6 bytes/],
  ["a zip file", text("PK\x03\x04 and so on and so on"), /first 6 bytes/],
  ["text", text("1 2 3\n4 5 6\n"), /first 6 bytes/],
  ["its magic alone", good.subarray(0, 6), /expected .+, found/],
  ["a header cut short", good.subarray(0, 40), /header/],
  ["a header alone", good.subarray(0, 128), /data: expected 48 bytes/],
  ["the last byte missing", good.subarray(0, -1), /data: expected 48 bytes.*found 47/],
  ["a byte behind the data", joined(good, "!"), /data: expected 48 bytes.*found 49/],
  ["two arrays in one file", joined(good, good), /data: expected 48 bytes/],
  ["version 9", changed(good, (view) => view.setUint8(6, 9)), /version/],
  ["a header length of 65,535", changed(good, (view) => view.setUint16(8, 65535, true)), /header/],
  ["a header length of 0", changed(good, (view) => view.setUint16(8, 0, true)), /header/],
  ["a header of zeros", withHeader("\0".repeat(60)), /header/],
  ["a truth value of 2", withHeader(dict("'|b1'", "(1,)"), new Uint8Array([2])), /0 or 1/],
  [
    "half a pair of surrogates",
    withHeader(dict("'<U1'", "(1,)"), new Uint8Array([0, 0xd8, 0, 0])),
    /string 0/,
  ],
  ["structured values", withHeader(dict("[('a', '<f8')]", "(2,)")), /structured|record|fields/],
  ["dates", withHeader(dict("'<M8[D]'", "(2,)")), /M8/],
  ...lies.map(([name, header, message]): Refused => [name, withHeader(header), message]),
];

function isRight(array: NpyArray): boolean {
  return (
    array.shape.join() === "2,3" && array.kind === "number" && array.data.join() === "1,2,3,4,5,6"
  );
}
const readsRight = (name: string, bytes: Uint8Array): CorpusCase => ({
  format: "npy",
  name,
  ending: ".npy",
  bytes,
  gives: isRight,
});
const bigEndian = new Uint8Array(48);
[1, 2, 3, 4, 5, 6].forEach((value, at) => new DataView(bigEndian.buffer).setFloat64(8 * at, value));
const fortran = new Uint8Array(new Float64Array([1, 4, 2, 5, 3, 6]).buffer);
const plain = new Uint8Array(new Float64Array([1, 2, 3, 4, 5, 6]).buffer);

const odd: CorpusCase[] = [
  readsRight("big-endian", withHeader(dict("'>f8'", "(2, 3)"), bigEndian)),
  readsRight("Fortran's order", withHeader(dict("'<f8'", "(2, 3)", "True"), fortran)),
  readsRight("a header that is not padded", withHeader(dict("'<f8'", "(2, 3)"), plain)),
  readsRight(
    "entries in another order",
    withHeader("{'shape': (2, 3), 'descr': '<f8', 'fortran_order': False}", plain),
  ),
  readsRight(
    "lengths as Python 2 wrote them",
    withHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (2L, 3L), }", plain),
  ),
  {
    format: "npy",
    name: "no values",
    ending: ".npy",
    bytes: withHeader(dict("'<f8'", "(0, 3)"), new Uint8Array(0)),
    gives: ({ shape }: NpyArray) => shape.join() === "0,3",
  },
  {
    format: "npy",
    name: "NaN, infinity and −0",
    ending: ".npy",
    bytes: npyBytes([NaN, -Infinity, -0]),
    gives: (array: NpyArray) =>
      array.kind === "number" &&
      [NaN, -Infinity, -0].every((value, at) => Object.is(array.data[at], value)),
  },
];

const npz =
  (change: (view: DataView, entry: number) => void, compress = false) =>
  () =>
    changedArchive(change, compress);

const archives: Refused[] = [
  ["nothing", new Uint8Array(0), /end record/],
  ["an array", good, /end record/],
  ["cut in the middle", async () => (await npzBytes(first)).subarray(0, 200), /end record/],
  ["the last byte missing", async () => (await npzBytes(first)).slice(0, -1), /end record/],
  ["a flipped bit in stored data", async () => flipped(await npzBytes(first), 160), /CRC-32/],
  [
    "a flipped bit in deflated data",
    async () => {
      const bytes = await npzBytes(first, { compress: true });
      return flipped(bytes, Math.floor(entryAt(bytes) / 3));
    },
    /deflated data|CRC-32/,
  ],
  ["a wrong checksum", npz((view, entry) => view.setUint32(entry + 16, 7, true)), /CRC-32/],
  [
    "less inflated than declared",
    npz((v, e) => v.setUint32(e + 24, 200, true), true),
    /deflated data/,
  ],
  [
    "more inflated than declared",
    npz((v, e) => v.setUint32(e + 24, 100, true), true),
    /deflated data/,
  ],
  [
    "a bomb",
    () => npzBytes({ zeros: new Uint8Array(80 * 2 ** 20) }, { compress: true }),
    /inflation: expected at most 200/,
  ],
  ["a member that is no array", rawZip([{ name: "a.txt", bytes: Buffer.from("a") }]), /\.npy/],
  ["an empty member", rawZip([{ name: "a.npy" }]), /first 6 bytes/],
  [
    "an array twice",
    rawZip([1, 2].map((value) => ({ name: "a.npy", bytes: Buffer.from(npyBytes([value])) }))),
    /a\.npy twice/,
  ],
  ...archiveLies.map(([name, change, message]): Refused => [name, npz(change), message]),
];

// Pickles: what Python would run.
const pickled = readFileSync(new URL("../../fixtures/npy/object_must_refuse.npy", import.meta.url));
const objects = (program: string) => withHeader(dict("'|O'", "()"), Buffer.from(program, "latin1"));
const pickles: Refused[] = [
  ["a command to the shell", objects("cposix\nsystem\n(S'true'\ntR."), /posix|system/],
  ["eval", objects("c__builtin__\neval\n(S'1'\ntR."), /eval/],
  ["no end", objects("]"), /expected .+, found/],
  ["a number where a program is wanted", objects("7"), /expected .+, found|;/],
  ["a value from an empty stack", objects("."), /expected .+, found|;/],
  ["memory that was never filled", objects("h\x07."), /expected .+, found|;/],
  ["text of 4 GB", objects("X\xff\xff\xff\xff"), /expected .+, found|;/],
  ["bytes of 2⁶³", objects("\x8e\xff\xff\xff\xff\xff\xff\xff\x7f"), /expected .+, found|;/],
  ["a plain array", good, /readNpy/],
  ["cut short", pickled.subarray(0, pickled.length - 20), /expected .+, found|;/],
];

export const numpyCases: readonly CorpusCase[] = [
  ...refusedCases("npy", ".npy", arrays),
  ...odd,
  ...refusedCases("npz", ".npz", archives),
  ...refusedCases("pickle", ".npy", pickles),
  {
    format: "pickle",
    name: "a thousand lists in one another",
    ending: ".npy",
    bytes: objects("]".repeat(1000) + "a".repeat(999) + "."),
    gives: (value: unknown) => {
      let depth = 0;
      for (let inner = value; Array.isArray(inner); inner = inner[0]) depth++;
      return depth === 1000;
    },
  },
];
