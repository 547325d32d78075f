import { npzBytes } from "../../../src/io/npy/index.ts";

/** An .npy file with a header of one's own. */
export function withHeader(text: string, data = new Uint8Array(16), lengthAdded = 0): Uint8Array {
  const header = new TextEncoder().encode(text);
  const bytes = new Uint8Array(10 + header.length + data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(bytes.buffer).setUint16(8, header.length + lengthAdded, true);
  bytes.set(header, 10);
  bytes.set(data, 10 + header.length);
  return bytes;
}
/** The text of a header. */
export const dict = (descr: string, shape: string, fortran = "False") =>
  `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;

/** Headers that lie: what is wrong, the header before 16 bytes of data, and what the message must say. */
export const lies: readonly (readonly [string, string, RegExp])[] = [
  [
    "a shape beyond 2⁵³",
    dict("'<f8'", "(4294967296, 4294967296)"),
    /data: expected .* bytes for shape/,
  ],
  ["a length beyond 2⁵³", dict("'<f8'", "(99999999999999999999,)"), /shape: expected a tuple/],
  [
    "a huge shape",
    dict("'<f8'", "(1000000000000,)"),
    /data: expected 8000000000000 bytes.*found 16 bytes/,
  ],
  ["a negative length", dict("'<f8'", "(-2,)"), /header: expected a Python dictionary, found "-2/],
  ["a shape that is a number", dict("'<f8'", "(2)"), /shape: expected a tuple of lengths, found 2/],
  ["too many axes", dict("'<f8'", `(${"1, ".repeat(65)})`), /shape/],
  ["text of no bytes", dict("'<U0'", "(1000000000000,)"), /descr: expected elements of 1 byte/],
  ["a type that is none", dict("'rubbish type'", "(2,)"), /descr: expected a numpy type/],
  ["too much data", dict("'<f4'", "(2,)"), /expected 8 bytes.*found 16 bytes; if several arrays/],
  [
    "no shape",
    "{'descr': '<f8', 'fortran_order': False}\n",
    /expected descr, fortran_order and shape/,
  ],
  ["a shape given twice", "{'shape': (2,), 'shape': (1,)}", /"shape\\?" twice/],
  [
    "an order that is none",
    dict("'<f8'", "(2,)", "1"),
    /fortran_order: expected True or False, found 1/,
  ],
  ["brackets without end", "{'descr': " + "(".repeat(5000), /brackets too deep/],
  ["code", "{'descr': __import__('os')}", /header: expected a Python dictionary/],
  ["objects", dict("'|O'", "(2,)"), /Python objects/],
];

/** What the archives hold. */
export const first = { a: [1, 2, 3], b: [4] };
/** The first member's directory entry. */
export const entryAt = (bytes: Uint8Array) =>
  Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
/** An archive after a change, which may look at where the directory begins. */
export async function changedArchive(
  change: (view: DataView, entry: number) => void,
  compress = false,
) {
  const bytes = await npzBytes(first, { compress });
  change(new DataView(bytes.buffer), entryAt(bytes));
  return bytes;
}

/** Archives that lie: what is wrong, the change, and what the message must say. */
export const archiveLies: readonly (readonly [
  string,
  (view: DataView, entry: number) => void,
  RegExp,
])[] = [
  [
    "names that lead outside",
    (v, e) => [0x2e, 0x2e, 0x2f].forEach((c, i) => v.setUint8(e + 46 + i, c)),
    /relative path/,
  ],
  ["absolute names", (v, e) => v.setUint8(e + 46, 0x2f), /relative path inside.*malicious/],
  ["a size of 1 TiB, stored", (v, e) => v.setUint32(e + 24, 0xfffffff0, true), /a\.npy: size/],
  [
    "more members than there is room for",
    (v) => [8, 10].forEach((o) => v.setUint16(v.byteLength - 22 + o, 60000, true)),
    /number of members: expected at most 2/,
  ],
  [
    "another start of the directory",
    (v) => v.setUint32(v.byteLength - 6, 9, true),
    /end of the directory/,
  ],
  ["encryption", (v, e) => v.setUint16(e + 8, 1, true), /encrypted/],
  ["another method", (v, e) => v.setUint16(e + 10, 14, true), /method 14/],
  ["a header elsewhere", (v, e) => v.setUint32(e + 42, 1, true), /a\.npy: header/],
  [
    "another name in the member's header",
    (v) => v.setUint8(30, 0x7a),
    /header: expected a\.npy.*found z\.npy/,
  ],
  ["several parts", (v) => v.setUint16(v.byteLength - 18, 1, true), /one part/],
];
