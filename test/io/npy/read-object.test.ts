import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fc } from "../../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { isTsrsaError } from "../../../src/core/errors.ts";
import { npyBytes, readNpyObject, type PickleValue } from "../../../src/io/npy/index.ts";

const path = join(import.meta.dirname, "../../fixtures/npy-object/cases.json");
const cases = JSON.parse(readFileSync(path, "utf8")) as Record<
  "good" | "bad",
  Record<string, string>
>;
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));
const read = (name: string): Promise<PickleValue> => readNpyObject(bytesOf(cases.good[name]));

const rois = new Map([
  [0, "Unknown"],
  [1, "V1v"],
  [2, "V1d"],
  [3, "hV4"],
]);

describe("objects saved by numpy are read without running anything", () => {
  test.each(["rois", "rois-protocol-2", "rois-protocol-3", "rois-protocol-4", "rois-protocol-5"])(
    "%s: a dictionary of region names",
    async (name) => expect(await read(name)).toEqual(rois),
  );

  test("numpy's own numbers as keys", async () =>
    expect(await read("numpy-keys")).toEqual(
      new Map([
        [1, "V1v"],
        [2, "V1d"],
        [3, "V2v"],
        [0.5, "half"],
      ]),
    ));

  test("nested values, text beyond ASCII, long text, integers beyond 2⁵³", async () =>
    expect(await read("nested")).toEqual(
      new Map<string, unknown>([
        ["names", ["a", "ü", "漢"]],
        ["n", 2 ** 40],
        ["big", 2n ** 70n],
        ["minus", -3],
        ["none", null],
        ["yes", true],
        ["x", 1.5],
        ["long", "z".repeat(300)],
      ]),
    ));

  test("an ordered dictionary keeps its order", async () =>
    expect([...((await read("ordered")) as Map<number, string>)]).toEqual([
      [2, "b"],
      [1, "a"],
    ]));

  test("arrays inside, also big-endian", async () => {
    const found = (await read("with-array")) as ReadonlyMap<PickleValue, PickleValue>;
    const array = found.get("a") as unknown as { data: ArrayLike<number>; shape: number[] };
    expect(Array.from(array.data)).toEqual([1.5, 2.5, 3.5, 4.5]);
    expect(array.shape).toEqual([2, 2]);
  });

  test("an array of text objects is a list", async () =>
    expect(await read("strings")).toEqual(["left", "right", "left"]));
});

describe("what could run is refused", () => {
  test.each(Object.keys(cases.bad))("%s", async (name) => {
    const error: unknown = await readNpyObject(bytesOf(cases.bad[name])).catch((e: unknown) => e);
    expect(isTsrsaError(error, "UNSUPPORTED")).toBe(true);
    expect(String(error)).toContain("is not read");
  });

  test("a plain array is sent to readNpy", async () => {
    await expect(readNpyObject(npyBytes([1, 2]))).rejects.toThrow(
      "read a plain array with readNpy",
    );
  });
});

test("damaged files give our errors, never another one and never a hang", async () => {
  const whole = bytesOf(cases.good["with-array"]);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length - 1),
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
      async (cut, changes) => {
        const bytes = whole.slice(0, changes.length > 0 ? whole.length : cut);
        for (const [at, value] of changes) bytes[at] = value;
        const error: unknown = await readNpyObject(bytes).then(
          () => undefined,
          (e: unknown) => e,
        );
        expect(error === undefined || isTsrsaError(error)).toBe(true);
      },
    ),
    { numRuns: 3000, seed: 1 },
  );
});

test("maxBytes bounds what is made of a file, and lets a large one in", async () => {
  const bytes = bytesOf(cases.good.rois);
  await expect(readNpyObject(bytes, { maxBytes: 300 })).rejects.toThrow(/raise maxBytes/);
  expect(await readNpyObject(bytes, { maxBytes: 100_000 })).toEqual(rois);
  const large = new Uint8Array(65 * 2 ** 20);
  large.set(bytes);
  await expect(readNpyObject(large)).rejects.toThrow(/at most 67108864 bytes/);
  // Then it is read, and what follows its end is seen.
  await expect(readNpyObject(large, { maxBytes: 2 ** 27 })).rejects.toThrow(/behind its end/);
});

test.each(["None", "[1, 2]", "'|O'", "{'shape': (1,)}"])(
  "a header that is %s is no header: a typed error",
  async (text) => {
    const head = text.padEnd(117) + "\n";
    const bytes = Buffer.concat([
      Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, head.length, 0]),
      Buffer.from(head),
      Buffer.from("80025d2e", "hex"),
    ]);
    await expect(readNpyObject(new Uint8Array(bytes))).rejects.toThrow(/header/);
    await expect(readNpyObject(new Uint8Array(bytes))).rejects.toSatisfy(isTsrsaError);
  },
);
