import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { hdf5Bytes, openHdf5 } from "../../../src/io/index.ts";
import { fixedTexts } from "../../../src/io/hdf5/fixed-texts.ts";

const rim = new URL("../../fixtures/rim/", import.meta.url);
const latin1 = () => new Uint8Array(readFileSync(new URL("latin1.h5", rim)));

async function read(bytes: Uint8Array, path: string) {
  const file = await openHdf5(bytes);
  try {
    return (await file.read(path)) as { data: unknown };
  } finally {
    await file.close().catch(() => {});
  }
}

describe("text of HDF5 is exact or refused", () => {
  test.each([
    ["/labels", /text 0: expected text in UTF-8, found other bytes/],
    ["/nul", /text 0: expected text in UTF-8, found a zero byte within it/],
    ["/vl", /not UTF-8/],
  ])("latin1.h5: %s", async (path, message) => {
    await expect(read(latin1(), path)).rejects.toThrow(message);
    await expect(read(latin1(), path)).rejects.toMatchObject({ code: "FILE_FORMAT" });
  });

  test.each([
    [0, "ab\0xy\0", ["ab"]],
    [1, "ab\0\0\0\0", ["ab"]],
    [2, "ab    ", ["ab"]],
    [2, "      ", [""]],
    [1, "ab    ", ["ab    "]],
  ])("padding %i of %j", (strpad, text, expected) => {
    const bytes = new TextEncoder().encode(text);
    const place = { file: "f", field: "/t" };
    expect(fixedTexts(bytes, { size: 6, strpad }, place)).toEqual(expected);
  });

  test("a text of spaces and a letter takes time in proportion to its length", async () => {
    const bytes = new Uint8Array(readFileSync(new URL("pad100000.h5", rim)));
    const file = await openHdf5(bytes);
    const [key] = await file.keys();
    const before = process.cpuUsage();
    await file.read(`/${key}`);
    const { user } = process.cpuUsage(before);
    await file.close();
    expect(user).toBeLessThan(3e6);
  });
});

describe("what HDF5 cannot hold is not written", () => {
  test.each(["a\0b", "\ud800x", "x\udc00"])("%j", async (text) => {
    const refusal = { code: "INVALID_ARGUMENT" };
    await expect(hdf5Bytes({ labels: ["a", text] })).rejects.toMatchObject(refusal);
    await expect(hdf5Bytes({ name: text })).rejects.toMatchObject(refusal);
  });
  test.each([[["a", "a "]], [["ü", "ü ", "a", "a "]], [[" ", "漢  "]]])(
    "spaces at the end stay: %j",
    async (labels) => {
      expect((await read(await hdf5Bytes({ labels }), "/labels")).data).toEqual(labels);
    },
  );
  test("names with a NUL", async () => {
    await expect(hdf5Bytes({ "a\0b": [] })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });
  test("all else comes back", async () => {
    const labels = ["", "a", " a", "ü", "漢字", "😀"];
    expect((await read(await hdf5Bytes({ labels }), "/labels")).data).toEqual(labels);
  });
});
