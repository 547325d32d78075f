import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { asMatrix, asStrings, npzBytes, parseNpy, readNpz } from "../../../src/io/npy/index.ts";
import { fixture } from "./fixtures.ts";

interface ExpectedNpz {
  readonly filenames: string[];
  readonly embeddings: number[][];
  readonly k: number;
  readonly dtype_filenames: string;
}
const expected = JSON.parse(await readFile(fixture("expected.json"), "utf8")) as Record<
  string,
  ExpectedNpz
>;

test.each(["plain.npz", "compressed.npz"])("%s has the arrays numpy saved", async (name) => {
  const arrays = await readNpz(fixture(name));
  expect([...arrays.keys()].sort()).toEqual(["embeddings", "filenames", "k"]);
  const get = (key: string) => arrays.get(key) ?? parseNpy(new Uint8Array());
  expect(asStrings(get("filenames"))).toEqual(expected[name].filenames);
  expect(get("filenames").dtype).toBe(expected[name].dtype_filenames);
  expect(Array.from(asMatrix(get("embeddings")).data)).toEqual(expected[name].embeddings.flat());
  expect(get("embeddings").shape).toEqual([9, 16]);
  expect(Array.from(asMatrix(get("k")).data)).toEqual([expected[name].k]);
});

test("only the arrays that were named are read", async () => {
  const arrays = await readNpz(fixture("plain.npz"), { names: ["k"] });
  expect([...arrays.keys()]).toEqual(["k"]);
  await expect(readNpz(fixture("plain.npz"), { names: ["embedings"] })).rejects.toThrow(
    /did you mean "embeddings"/,
  );
});

describe("what is written is read back", () => {
  test.each([true, false])("compress: %s", async (compress) => {
    const faces = { data: new Float32Array([1, 2, 3, 4, 5, 6]), shape: [3, 2] };
    const bytes = await npzBytes(
      { items: ["f001", "ä😀", ""], faces, ok: [true, false] },
      { compress },
    );
    const arrays = await readNpz(bytes);
    expect(arrays.get("items")).toEqual({
      kind: "string",
      dtype: "<U4",
      shape: [3],
      data: ["f001", "ä😀", ""],
    });
    expect(arrays.get("faces")).toEqual({ kind: "number", dtype: "<f4", ...faces });
    expect(arrays.get("ok")).toMatchObject({ kind: "bool", data: new Uint8Array([1, 0]) });
  });
  test("the same arrays give the same bytes", async () => {
    expect(await npzBytes({ k: [7] })).toEqual(await npzBytes({ k: [7] }));
  });
});

test("names that lead outside are not written", async () => {
  await expect(npzBytes({ "../evil": [1] })).rejects.toThrow(/relative path/);
});

test("a name that a zip file cannot hold is refused", async () => {
  await expect(npzBytes({ ["a".repeat(65_532)]: [1] })).rejects.toThrow(/at most 65,535 bytes/);
  const most = "a".repeat(65_531);
  expect([...(await readNpz(await npzBytes({ [most]: [1] }))).keys()]).toEqual([most]);
});
