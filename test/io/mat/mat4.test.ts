import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readMat, type MatValue } from "../../../src/io/index.ts";

// Written by test/python/mat4.py with scipy; v4.json is what scipy reads.
const fixtures = new URL("../../fixtures/mat/", import.meta.url);
const pathOf = (name: string) => new URL(name, fixtures).pathname;
const bytesOf = (name: string) => new Uint8Array(readFileSync(pathOf(name)));

interface Expected {
  readonly shape: number[];
  readonly dtype: string;
  readonly data: unknown[];
}
const expected = Object.entries(
  JSON.parse(readFileSync(pathOf("v4.json"), "utf8")) as Record<string, Expected>,
);

function plain(value: MatValue | undefined): unknown[] {
  if (value?.kind === "complex") return [[...value.real], [...value.imag]];
  if (value?.kind === "number" || value?.kind === "string") return [...value.data];
  throw new Error("no such value");
}

describe.each(["v4.mat", "v4-big.mat"])("%s", (file) => {
  test.each(expected)("%s is as scipy reads it", async (name, { shape, dtype, data }) => {
    const value = (await readMat(pathOf(file))).get(name);
    expect(plain(value)).toEqual(data);
    if (value?.kind === "string") return;
    expect(value).toMatchObject({ shape, dtype });
  });

  test("one variable alone, and one that is not there", async () => {
    const one = await readMat(pathOf(file), { variables: ["i16"] });
    expect([...one.keys()]).toEqual(["i16"]);
    await expect(readMat(pathOf(file), { variables: ["I16"] })).rejects.toThrow(/i16/);
  });

  test("cut anywhere: refused, or its first variables as they were", async () => {
    const bytes = bytesOf(file);
    const whole = await readMat(bytes);
    for (let end = 0; end < bytes.length; end += 7) {
      const read = await readMat(bytes.slice(0, end)).catch((error: unknown) => error);
      if (!(read instanceof Map)) expect(read).toMatchObject({ code: "FILE_FORMAT" });
      else expect([...read]).toEqual([...whole].slice(0, read.size));
    }
  });
});

test("the file of a public report", async () => {
  const found = await readMat(pathOf("rdm_v4.mat"));
  expect(found.get("rdm")).toMatchObject({ shape: [3, 3] });
  expect(plain(found.get("names")).map((name) => String(name).trimEnd())).toEqual([
    "face",
    "house",
    "cat",
  ]);
});

test("what a head may not say is refused, and says what it is", async () => {
  const bytes = bytesOf("v4.mat");
  const changed = (at: number, value: number) => {
    const copy = bytes.slice();
    new DataView(copy.buffer).setInt32(at, value, true);
    return copy;
  };
  await expect(readMat(changed(0, 2000))).rejects.toThrow(/VAX or Cray/);
  await expect(readMat(changed(0, 3010))).rejects.toMatchObject({ code: "UNSUPPORTED" });
  for (const [at, value] of [
    [0, 70],
    [0, 3],
    [4, -1],
    [4, 2 ** 30],
    [12, 2],
    [16, 0],
    [16, 300],
  ])
    await expect(readMat(changed(at, value)), `${at}`).rejects.toMatchObject({
      code: "FILE_FORMAT",
    });
});
