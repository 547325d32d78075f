import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readNpyObject } from "../../../src/io/npy/index.ts";

const fixtures = new URL("../../fixtures/rim/", import.meta.url);
const file = (name: string) => new Uint8Array(readFileSync(new URL(name, fixtures)));

/** An .npy file of one object with this pickle. */
function objectFile(pickle: string): Uint8Array {
  const header = "{'descr': '|O', 'fortran_order': False, 'shape': (), }".padEnd(117) + "\n";
  const length = String.fromCharCode(header.length, 0);
  return Uint8Array.from(Buffer.from(`\x93NUMPY\x01\0${length}${header}${pickle}`, "latin1"));
}

describe("integers of a pickle are exact", () => {
  test("protocol 0, beyond 2⁵³", async () => {
    expect(await readNpyObject(file("proto0.npy"))).toBe(12345678901234567890n);
  });
  test.each<[string, unknown]>([
    ["L12345678901234567890L\n.", 12345678901234567890n],
    ["I9007199254740993\n.", 9007199254740993n],
    ["I-7\n.", -7],
    ["I01\n.", true],
    ["L7\n.", 7],
    ["F1.5e-3\n.", 0.0015],
    ["Fnan\n.", NaN],
    ["F-inf\n.", -Infinity],
  ])("%j", async (pickle, value) => expect(await readNpyObject(objectFile(pickle))).toBe(value));

  test.each(["I1.2.3\n.", "L1.5L\n.", "I\n.", "F1.2.3\n.", "F.\n.", "L01x\n.", "I1e3\n."])(
    "%j is refused",
    async (pickle) => {
      await expect(readNpyObject(objectFile(pickle))).rejects.toMatchObject({
        code: "FILE_FORMAT",
      });
    },
  );

  test("bytes behind its end are refused", async () => {
    await expect(readNpyObject(objectFile("I7\n.junk"))).rejects.toThrow(/behind its end/);
  });
});

describe("an array in a pickle has the bytes of its shape", () => {
  test.each(["s0_300M.npy", "s0_8G.npy"])("%s: values of no bytes", async (name) => {
    await expect(readNpyObject(file(name))).rejects.toThrow(/values of no bytes/);
  });

  test("too few bytes", async () => {
    const array =
      "\x80\x02cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\x85C\x01b\x87R" +
      "(K\x01K\x03\x85cnumpy\ndtype\nX\x02\0\0\0f8K\0K\x01\x87R(K\x03X\x01\0\0\0<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb" +
      `\x89C\x10${"\0".repeat(16)}tb.`;
    await expect(readNpyObject(objectFile(array))).rejects.toThrow(/16 bytes for 3 numbers/);
  });
});
