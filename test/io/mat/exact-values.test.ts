import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readMat } from "../../../src/io/index.ts";
import { join, MatBuilder } from "./build.ts";

const fixtures = new URL("../../fixtures/rim/", import.meta.url);
const file = (name: string) => new Uint8Array(readFileSync(new URL(name, fixtures)));
const mat = new MatBuilder(true);

function int64s(values: readonly bigint[]): Uint8Array {
  return mat.element(12, new Uint8Array(BigInt64Array.from(values).buffer));
}
/** Complex int64, named z. */
function complexInt64(real: readonly bigint[], imag: readonly bigint[]): Uint8Array {
  const head = [mat.int32s([14 | 0x800, 0], 6), mat.int32s([1, real.length]), mat.text("z")];
  return join(mat.header(), mat.element(14, join(...head, int64s(real), int64s(imag))));
}

describe("complex integers keep both parts", () => {
  test("int64 of MATLAB", async () => {
    const z = (await readMat(file("complex_int64.mat"))).get("z");
    expect(z).toMatchObject({ kind: "complex", shape: [1, 2] });
    if (z?.kind !== "complex") throw new Error("not complex");
    expect([Array.from(z.real), Array.from(z.imag)]).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
  test("those that float64 cannot hold are refused", async () => {
    for (const [real, imag] of [
      [[2n ** 53n + 1n], [0n]] as const,
      [[0n], [2n ** 60n + 1n]] as const,
    ])
      await expect(readMat(complexInt64(real, imag))).rejects.toThrow(/float64 can hold/);
  });
});

test("MATLAB_empty = 0 says that there are values", async () => {
  const values = await readMat(file("empty0.mat"));
  const [value] = values.values();
  expect(value).toMatchObject({ kind: "number" });
  expect(value.kind === "number" && Array.from(value.data)).toEqual([0, 7]);
});

test("a header alone is a file that was cut", async () => {
  await expect(readMat(mat.header())).rejects.toThrow(/a header alone/);
});

describe("array flags, dimensions and field lengths are short", () => {
  const long = new Uint8Array(8 << 20);
  const packed = (content: Uint8Array) => {
    const bytes = deflateSync(content);
    const head = new Uint8Array(8);
    new DataView(head.buffer).setUint32(0, 15, true);
    new DataView(head.buffer).setUint32(4, bytes.length, true);
    return join(mat.header(), head, bytes);
  };
  test.each([
    ["array flags", mat.element(14, mat.element(2, long))],
    ["dimensions", mat.element(14, join(mat.int32s([6, 0], 6), mat.element(5, long)))],
    [
      "length of field names",
      mat.matrix(2, [1, 1], "s", mat.element(5, long), mat.element(1, new Uint8Array(8))),
    ],
  ])("%s of 8 MB", async (field, matrix) => {
    const before = process.memoryUsage().rss;
    await expect(readMat(packed(matrix))).rejects.toThrow(new RegExp(`${field}: expected at most`));
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 2 ** 20);
  });
});

test("an array draws what it takes as stored and as handed out from the budget", async () => {
  const count = 25_000_000;
  const zeros = mat.matrix(9, [1, count], "x", mat.element(2, new Uint8Array(count)));
  await expect(readMat(mat.file(mat.compressed(zeros)))).rejects.toThrow(
    /x: expected at most \d+ bytes in memory .*found 225000000.*raise maxBytes/,
  );
});
