import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  asMatrix,
  npyBytes,
  parseNpy,
  readNpy,
  readNpz,
  type NpyArray,
} from "../../../src/io/npy/index.ts";
import { fixture as basic, type ExpectedArray } from "./fixtures.ts";

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/npy-more/${name}`, import.meta.url));
const expected = JSON.parse(await readFile(fixture("expected.json"), "utf8")) as Record<
  string,
  ExpectedArray
>;
const names = Object.keys(expected).filter((name) => Array.isArray(expected[name].values));

/** The values as expected.json writes them. */
function plain(array: NpyArray): unknown[] {
  if (array.kind === "complex") return Array.from(array.real, (re, i) => [re, array.imag[i]]);
  if (array.kind === "string") return [...array.data];
  if (array.kind === "bool") return Array.from(array.data, Boolean);
  return Array.from<number | bigint>(array.data).map((value) => {
    if (typeof value === "bigint")
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    return Number.isFinite(value)
      ? value
      : String(value).replace("NaN", "nan").replace("Infinity", "inf");
  });
}

describe("rarer arrays are read as numpy reads them", () => {
  test.each(names)("%s", async (name) => {
    const array = await readNpy(fixture(`${name}.npy`));
    expect(array.shape).toEqual(expected[name].shape);
    expect(array.dtype).toBe(expected[name].dtype);
    expect(plain(array)).toEqual(expected[name].values);
  });
  test("none is left out", () => expect(names.length).toBe(23));
});

describe("types without a counterpart are refused, not guessed", () => {
  test.each([
    ["dates", "UNSUPPORTED", /"<M8\[D\]".*astype/],
    ["record", "UNSUPPORTED", /structured array/],
    ["longdouble", "UNSUPPORTED", /"<f16"/],
    ["void", "UNSUPPORTED", /"\|V2"/],
    ["latin1_bytes", "FILE_FORMAT", /UTF-8.*latin-1/],
  ])("%s", async (name, code, message) => {
    await expect(readNpy(fixture(`${name}.npy`))).rejects.toMatchObject({ code });
    await expect(readNpy(fixture(`${name}.npy`))).rejects.toThrow(message);
  });
});

describe("what is written are the bytes numpy's save writes", () => {
  const same = ["u8", "u4", "rank4", "text_0d", "inner_nul", "wide"].map((name) =>
    fixture(`${name}.npy`),
  );
  const basics = [
    "c_f8",
    "c_f4",
    "i8",
    "i4",
    "i2",
    "i1",
    "u1",
    "u2",
    "bool",
    "u12",
    "zero_d",
    "empty",
    "nan",
    "c16",
  ];
  test.each([...same, ...basics.map((name) => basic(`${name}.npy`))])("%s", async (path) => {
    expect(npyBytes(await readNpy(path))).toEqual(new Uint8Array(await readFile(path)));
  });
});

describe("plain lists are written as one axis", () => {
  test.each([
    [[1.5, 2], "<f8"],
    [["a", "bc"], "<U2"],
    [[true, false], "|b1"],
    [new Float32Array(2), "<f4"],
    [Buffer.from([1, 2]), "|u1"],
    [new BigInt64Array(2), "<i8"],
  ])("%o", (list, dtype) => {
    expect(parseNpy(npyBytes(list))).toMatchObject({ dtype, shape: [2] });
  });
  test("a mixed list, a wrong shape and text that numpy cannot keep are refused", () => {
    expect(() => npyBytes(["a", 1] as unknown as string[])).toThrow(/mixed/);
    expect(() => npyBytes({ data: new Float64Array(3), shape: [2, 2] })).toThrow(/shape/);
    expect(() => npyBytes(["a\0"])).toThrow(/numpy cannot keep/);
    expect(() => npyBytes(["\ud800"])).toThrow(/numpy cannot keep/);
  });
});

describe("npz of other writers", () => {
  test("zip64 fields", async () => {
    const arrays = await readNpz(fixture("zip64.npz"));
    expect([...arrays].map(([name, array]) => [name, array.shape])).toEqual([
      ["a", [3]],
      ["sub/b", [4]],
    ]);
  });
  test("a comment at the end", async () => {
    const arrays = await readNpz(fixture("streamed.npz"));
    expect(Array.from(asMatrix(arrays.get("a") ?? parseNpy(new Uint8Array())).data)).toEqual([
      0, 1, 2,
    ]);
  });
  test("an object array is refused, and its neighbours can be read by name", async () => {
    await expect(readNpz(fixture("with_object.npz"))).rejects.toThrow(
      /with_object.npz: bad holds Python objects/,
    );
    const arrays = await readNpz(fixture("with_object.npz"), { names: ["a"] });
    expect([...arrays.keys()]).toEqual(["a"]);
  });
});

test("a Buffer that is given is not changed by reading big-endian data", async () => {
  const buffer = await readFile(fixture("be_f4.npy"));
  const before = Buffer.from(buffer);
  parseNpy(buffer);
  expect(buffer.equals(before)).toBe(true);
});
