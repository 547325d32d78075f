import { describe, expect, test } from "vitest";
import { readPickle } from "../../../src/io/index.ts";

// Written by test/python/pickles.py.
const pathOf = (name: string) =>
  new URL(`../../fixtures/npy-object/${name}`, import.meta.url).pathname;

describe("pickles of plain data", () => {
  test.each([0, 1, 2, 3, 4, 5])("protocol %i", async (protocol) => {
    const value = (await readPickle(pathOf(`plain-${protocol}.pkl`))) as Map<string, unknown>;
    expect(Object.fromEntries(value)).toMatchObject({
      train: { shape: [2, 3, 4], data: Float64Array.from({ length: 24 }, (_, at) => at / 8) },
      voxel_mask: { kind: "bool", data: Uint8Array.of(1, 0, 0, 1) },
      order: { shape: [2, 3], data: Int16Array.of(0, 1, 2, 3, 4, 5) },
      labels: { data: ["face", "café"] },
      n: 7,
      big: 2n ** 70n,
      f4: 0.5,
      roi: "V1 – café \\ \u{1f600}",
      list: [1.5, null, true, "a", [1, 2]],
    });
  });

  test("more than plain data is refused, and so is more memory than allowed", async () => {
    await expect(readPickle(pathOf("date.pkl"))).rejects.toMatchObject({ code: "UNSUPPORTED" });
    await expect(readPickle(pathOf("plain-2.pkl"), { maxBytes: 500 })).rejects.toThrow(/maxBytes/);
    const code = new TextEncoder().encode("cos\nsystem\n(S'true'\ntR.");
    await expect(readPickle(code)).rejects.toThrow(/os\.system/);
    const cut = new TextEncoder().encode("(lp0\nV\\u00e9");
    await expect(readPickle(cut)).rejects.toMatchObject({ code: "FILE_FORMAT" });
  });
});
