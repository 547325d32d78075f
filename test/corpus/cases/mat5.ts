import type { MatValue } from "../../../src/io/mat/index.ts";
import {
  changed,
  flipped,
  joined,
  refusedCases,
  text,
  type CorpusCase,
  type Refused,
} from "../corpus-case.ts";
import { zlibZeros } from "../zlib-zeros.ts";
import {
  array,
  chars,
  classes,
  compressed,
  doubles,
  element,
  int32s,
  mat5,
  types,
} from "./mat5-bytes.ts";

const square = array(classes.double, [2, 2], "a", doubles(1, 2, 3, 4));
/** a is [1 3; 2 4], t is "face". */
export const good = mat5(square, array(classes.char, [1, 4], "t", chars("face")));
export const goodPacked = mat5(
  compressed(square),
  compressed(array(classes.char, [1, 4], "t", chars("face"))),
);
const one = (...variable: Uint8Array[]) => mat5(...variable);
const numbers = (lengths: readonly number[], ...values: Uint8Array[]) =>
  one(array(classes.double, lengths, "a", ...values));

/** Cells in cells in cells. */
function deep(levels: number): Uint8Array {
  let inner = array(classes.double, [1, 1], "", doubles(1));
  for (let level = 0; level < levels; level++) inner = array(classes.cell, [1, 1], "a", inner);
  return one(inner);
}

const structs = (
  lengths: readonly number[],
  width: number,
  names: string,
  ...values: Uint8Array[]
) =>
  one(
    array(
      classes.struct,
      lengths,
      "a",
      int32s(width),
      element(types.int8, Buffer.from(names, "latin1")),
      ...values,
    ),
  );

const files: Refused[] = [
  ["nothing", new Uint8Array(0), /header: expected 128 bytes/],
  ["text", text("a = 1\n".repeat(40)), /header/],
  ["a header without a variable", mat5(), /variables: expected one or more/],
  ["a header cut short", good.subarray(0, 100), /header/],
  [
    "version 4 of a VAX",
    joined(new Uint8Array(Int32Array.of(2000, 1, 1, 0, 2).buffer), "a\0", new Uint8Array(130)),
    /MATLAB 4/,
  ],
  ["a version to come", changed(good, (view) => view.setUint16(124, 0x0300, true)), /header/],
  ["a byte order of its own", changed(good, (view) => view.setUint8(127, 0x58)), /header/],
  [
    "the other byte order, said and not kept",
    changed(good, (view) => view.setUint16(126, 0x494d, true)),
    /expected .+, found/,
  ],
  ["cut in the first variable", good.subarray(0, 180), /expected .+, found/],
  ["the last byte missing, uncompressed", good.subarray(0, -1), /expected .+, found/],
  ["five bytes behind the last variable", joined(good, "junk!"), /expected .+, found/],
  ["zeros behind the last variable", joined(good, new Uint8Array(64)), /variable/],
  [
    "a variable of 4 GB",
    changed(good, (view) => view.setUint32(132, 0xfffffff0, true)),
    /variable/,
  ],
  ["a variable twice", one(square, square), /a twice/],
  ["a negative length", numbers([-2, 2], doubles(1, 2, 3, 4)), /dimensions/],
  [
    "two negative lengths, whose product is right",
    numbers([-2, -2], doubles(1, 2, 3, 4)),
    /dimensions/,
  ],
  ["lengths of 2³¹ − 1", numbers([2 ** 31 - 1, 2 ** 31 - 1, 9], doubles(1)), /dimensions/],
  ["one axis alone", numbers([4], doubles(1, 2, 3, 4)), /dimensions/],
  [
    "lengths of one and a half",
    one(
      element(
        types.matrix,
        joined(
          element(types.uint32, new Uint8Array(Uint32Array.of(classes.double, 0).buffer)),
          doubles(1.5, 2),
          element(types.int8, text("a")),
          doubles(1, 2, 3),
        ),
      ),
    ),
    /dimensions/,
  ],
  ["fewer values than lengths say", numbers([2, 3], doubles(1, 2, 3, 4)), /6 values/],
  ["more values than lengths say", numbers([2, 1], doubles(1, 2, 3, 4)), /2 values/],
  [
    "values cut within a number",
    numbers([1, 2], element(types.double, new Uint8Array(12))),
    /numbers/,
  ],
  ["values of a type of no number", numbers([1, 1], element(200, new Uint8Array(8))), /numbers/],
  [
    "a small element of 5 bytes",
    numbers([1, 1], new Uint8Array(Uint32Array.of((5 << 16) | 2, 0).buffer)),
    /at most 4 bytes/,
  ],
  ["no values", numbers([1, 1]), /expected .+, found/],
  [
    "a complex array without its imaginary part",
    one(array(classes.double | 0x800, [1, 1], "a", doubles(1))),
    /imaginary|expected .+, found/,
  ],
  [
    "imaginary values of another number",
    one(array(classes.double | 0x800, [1, 1], "a", doubles(1), doubles(1, 2))),
    /1 values/,
  ],
  [
    "whole numbers with a fraction",
    one(array(classes.int64, [1, 1], "a", doubles(1.5))),
    /expected .+, found/,
  ],
  [
    "whole numbers that are NaN",
    one(array(classes.int64, [1, 1], "a", doubles(NaN))),
    /expected .+, found/,
  ],
  [
    "a number that its class cannot hold",
    one(array(classes.int8, [1, 1], "a", doubles(300))),
    /expected .+, found/,
  ],
  ["an array class of no name", one(array(99, [1, 1], "a", doubles(1))), /array class/],
  ["an element that is no array", one(element(types.double, new Uint8Array(8))), /variable/],
  [
    "an array in which nothing is",
    one(element(types.matrix, new Uint8Array(0))),
    /expected .+, found/,
  ],
  ["cells in cells in cells", deep(500), /levels/],
  ["more cells than bytes", one(array(classes.cell, [1000, 1000, 1000], "a")), /room for/],
  ["a cell that is no array", one(array(classes.cell, [1, 1], "a", doubles(1))), /an array/],
  ["a cell cut short", one(array(classes.cell, [1, 2], "a", square)), /expected .+, found/],
  ["fields without length", structs([1, 1], 0, "x"), /names of equal length/],
  [
    "fields of next to no length",
    one(array(classes.struct, [1, 1], "a", doubles(1e-300), element(types.int8, text("x")))),
    /names of equal length/,
  ],
  ["fields of a negative length", structs([1, 1], -8, "x"), /names of equal length/],
  ["fields of unequal length", structs([1, 1], 5, "xxxxxxx"), /names of equal length/],
  [
    "a field twice",
    structs([1, 1], 4, "x\0\0\0x\0\0\0", square, square),
    /distinct names, found x, x/,
  ],
  ["more elements than bytes", structs([30000, 30000], 4, "x\0\0\0"), /room for/],
  ["elements without fields, without end", structs([30000, 30000], 4, ""), /room for/],
  [
    "fewer characters than lengths say",
    one(array(classes.char, [1, 9], "t", chars("face"))),
    /9 characters/,
  ],
  [
    "characters beyond Unicode",
    one(
      array(
        classes.char,
        [1, 1],
        "t",
        element(types.uint32, new Uint8Array(Uint32Array.of(0x7fffffff).buffer)),
      ),
    ),
    /character codes/,
  ],
  [
    "characters that are fractions",
    one(array(classes.char, [1, 1], "t", doubles(0.5))),
    /character codes/,
  ],
  [
    "text that is no UTF-8",
    one(array(classes.char, [1, 2], "t", element(types.utf8, Uint8Array.of(0xc3, 0x28)))),
    /expected .+, found/,
  ],
];

/** 600 MiB of zeros, said to be. */
function bomb(): Uint8Array {
  const nBytes = 600 * 2 ** 20;
  const values = changed(element(types.double, new Uint8Array(0)), (view) =>
    view.setUint32(4, nBytes, true),
  );
  const all = changed(array(classes.double, [nBytes / 8, 1], "a", values), (view) =>
    view.setUint32(4, view.byteLength - 8 + nBytes, true),
  );
  return zlibZeros(600, all);
}

const packed: Refused[] = [
  ["a flipped bit in a compressed variable", flipped(goodPacked, 160), /compressed variable/],
  [
    "a wrong checksum of a compressed variable",
    flipped(mat5(compressed(square)), -1),
    /compressed variable/,
  ],
  ["a compressed variable cut short", goodPacked.subarray(0, -6), /expected .+, found/],
  [
    "junk behind a compressed variable",
    mat5(element(types.compressed, joined(compressed(square).subarray(8), "junk and more"))),
    /expected .+, found/,
  ],
  [
    "a compressed variable that is none",
    mat5(element(types.compressed, text("no zlib at all"))),
    /compressed variable/,
  ],
  [
    "a compressed variable in a compressed variable",
    mat5(compressed(compressed(square))),
    /an array/,
  ],
  ["a bomb", () => mat5(element(types.compressed, bomb())), /compressed variable.*more than/],
];

const isGood = (values: ReadonlyMap<string, MatValue>) => {
  const [a, t] = [values.get("a"), values.get("t")];
  return (
    a?.kind === "number" &&
    a.data.join() === "1,3,2,4" &&
    t?.kind === "string" &&
    t.data[0] === "face"
  );
};
const holds =
  (name: string, check: (value: MatValue) => boolean) => (values: ReadonlyMap<string, MatValue>) =>
    [...values.keys()].join() === name && [...values.values()].every(check);

const odd: readonly (readonly [
  string,
  Uint8Array,
  (values: ReadonlyMap<string, MatValue>) => boolean,
])[] = [
  ["a good one", good, isGood],
  ["a good one, compressed", goodPacked, isGood],
  [
    "numbers stored in fewer bytes",
    numbers([1, 3], element(types.uint8, Uint8Array.of(1, 2, 255))),
    holds("a", (v) => v.kind === "number" && v.dtype === "<f8" && v.data.join() === "1,2,255"),
  ],
  [
    "a small element",
    numbers([1, 2], new Uint8Array(Uint32Array.of((2 << 16) | 2, 0x0807).buffer)),
    holds("a", (v) => v.kind === "number" && v.data.join() === "7,8"),
  ],
  [
    "a billion rows of no characters",
    one(array(classes.char, [2 ** 30, 0], "t", chars(""))),
    holds("t", (v) => v.kind === "string" && v.data.join() === ""),
  ],
  [
    "an array of 0 × 3",
    numbers([0, 3], doubles()),
    holds("a", (v) => v.kind === "number" && v.shape.join() === "0,3"),
  ],
  [
    "truth values",
    one(array(classes.uint8 | 0x200, [1, 2], "a", element(types.uint8, Uint8Array.of(0, 1)))),
    holds("a", (v) => v.kind === "bool" && v.data.join() === "0,1"),
  ],
  [
    "a function",
    one(array(classes.function, [1, 1], "a", square)),
    holds("a", (v) => v.kind === "unreadable"),
  ],
  [
    "a sparse matrix",
    one(array(classes.sparse, [9, 9], "a", int32s(0), int32s(0), doubles(1))),
    holds("a", (v) => v.kind === "unreadable"),
  ],
  [
    "a name of JavaScript's own",
    one(array(classes.double, [1, 1], "__proto__", doubles(1))),
    holds("__proto__", (v) => v.kind === "number"),
  ],
];

export const mat5Cases: readonly CorpusCase[] = [
  ...refusedCases("mat", ".mat", [...files, ...packed]),
  ...odd.map(([name, bytes, gives]): CorpusCase => ({
    format: "mat",
    name,
    ending: ".mat",
    bytes,
    gives,
  })),
];
