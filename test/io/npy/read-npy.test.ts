import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { toRows } from "../../../src/core/matrix.ts";
import {
  asMatrix,
  asStrings,
  parseNpy,
  readNpy,
  type NpyArray,
} from "../../../src/io/npy/index.ts";
import { fixture, type ExpectedArray } from "./fixtures.ts";

const expected = JSON.parse(await readFile(fixture("expected.json"), "utf8")) as Record<
  string,
  ExpectedArray
>;
const names = Object.keys(expected).filter(
  (name) => name.endsWith(".npy") && name !== "object_must_refuse.npy",
);

/** The values as expected.json writes them: 64-bit integers as text, NaN and ±inf as null, complex as pairs. */
function plain(array: NpyArray): unknown[] {
  switch (array.kind) {
    case "bigint":
      return Array.from(array.data, String);
    case "complex":
      return Array.from(array.real, (real, i) => [real, array.imag[i]]);
    case "string":
      return array.dtype.includes("S") ? array.data.map((text) => `b'${text}'`) : [...array.data];
    default:
      return Array.from(array.data, (value) => (Number.isFinite(value) ? value : null));
  }
}

describe("every array numpy wrote is read as numpy reads it", () => {
  test.each(names)("%s", async (name) => {
    const array = await readNpy(fixture(name));
    expect(array.shape).toEqual(expected[name].shape);
    expect(array.dtype).toBe(expected[name].dtype);
    expect(plain(array)).toEqual(expected[name].values);
    expect(parseNpy(await readFile(fixture(name)))).toEqual(array);
  });
  test("the list of fixtures is complete", () => expect(names.length).toBe(21));
});

test("NaN and both infinities keep their kind", async () => {
  const { data } = asMatrix(await readNpy(fixture("nan.npy")));
  expect(Array.from(data).slice(0, 3).sort()).toEqual([-Infinity, Infinity, NaN].sort());
});

test("a number array is a Matrix", async () => {
  const array = await readNpy(fixture("f_f8.npy"));
  if (array.kind !== "number") throw new Error(array.kind);
  expect(toRows(array).shape).toEqual([4, 15]);
});

test("integers beyond 2⁵³ are exact, and asMatrix refuses them", async () => {
  const array = await readNpy(fixture("i8.npy"));
  expect(array.kind === "bigint" && array.data[0]).toBe(9007199254740993n);
  expect(() => asMatrix(array)).toThrow(/float64 cannot hold it exactly/);
});

test("text is not a matrix, numbers are not text", async () => {
  const text = await readNpy(fixture("u12.npy"));
  expect(asStrings(text)[1]).toBe("sä中😀41.bmp");
  expect(() => asMatrix(text)).toThrow(/asStrings/);
  const numbers = await readNpy(fixture("c_f4.npy"));
  expect(() => asStrings(numbers)).toThrow(/asMatrix/);
});

test("pickled objects are refused, and the message says how to convert them", async () => {
  await expect(readNpy(fixture("object_must_refuse.npy"))).rejects.toThrow(
    /object_must_refuse\.npy holds Python objects .* pickle .* allow_pickle=True/,
  );
});

test("the bytes given are neither kept nor changed", async () => {
  const bytes = new Uint8Array(await readFile(fixture("be_f8.npy")));
  const before = bytes.slice();
  const array = await readNpy(bytes);
  bytes.fill(0);
  expect(parseNpy(before)).toEqual(array);
});
