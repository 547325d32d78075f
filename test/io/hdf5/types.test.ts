import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openHdf5, type Hdf5File, type NpyArray } from "../../../src/io/index.ts";

// types.h5 and types.json are made by test/python/hdf5_types.py with h5py.
const path = new URL("../../fixtures/hdf5/types.h5", import.meta.url).pathname;
const expected = JSON.parse(readFileSync(path.replace(/h5$/, "json"), "utf8")) as Record<
  string,
  unknown
>;

let file: Hdf5File;
beforeAll(async () => void (file = await openHdf5(path)));
afterAll(() => file.close());

function values(array: NpyArray): unknown[] {
  if (array.kind === "complex")
    return Array.from(array.real).flatMap((re, at) => [re, array.imag[at]]);
  if (array.kind === "bigint") return Array.from(array.data, String);
  return [...array.data];
}

describe("enumerations", () => {
  const sizes = ["big8", "big16", "bigU16", "big32", "big64", "little32"];
  test.each(sizes)("of %s are numbers, in data sets and attributes", async (name) => {
    const wanted = expected[`enum_${name}`];
    expect(values(await file.read(`/enum_${name}`)).map(Number)).toEqual(wanted);
    const attribute = await file.attribute(`/enum_${name}`, "as_attribute");
    expect(values(attribute).map(Number)).toEqual(wanted);
  });

  test("a box of one, and one of several slabs", async () => {
    const box = { start: [1], count: [3] };
    expect(values(await file.read("/enum_big16", box))).toEqual([1, 2, 1]);
    const many = values(await file.read("/enum_many"));
    expect(many.length).toBe(1_500_000);
    expect(many.every((value, at) => value === at % 5)).toBe(true);
  });

  test("booleans of a big-endian machine", async () => {
    const truths = await file.read("/bool_big");
    expect([truths.kind, values(truths)]).toEqual(["bool", expected.bool_big]);
  });

  test("a failed read of one is an error, never what memory held", async () => {
    const bytes = new Uint8Array(readFileSync(path));
    // The packed chunks of enum_many: deflate of a period of five.
    const at = bytes.findIndex((_, i) => bytes[i] === 0x78 && bytes[i + 1] === 0xda);
    bytes.fill(0x55, at + 20, at + 60);
    const damaged = await openHdf5(bytes);
    await expect(damaged.read("/enum_many")).rejects.toMatchObject({ code: "FILE_FORMAT" });
    await damaged.close().catch(() => {});
  });
});

describe("compound values", () => {
  test.each(["little", "big", "mixed", "nested", "with_text"])(
    "%s, field by field",
    async (name) => {
      const fields = await file.readFields(`/${name}`);
      expect(Object.fromEntries([...fields].map(([key, array]) => [key, values(array)]))).toEqual(
        expected[name],
      );
    },
  );

  test("describe names the fields, read says what to call", async () => {
    expect((await file.describe("/little")).fields).toEqual([
      "onset",
      "run",
      "label",
      "place",
      "z",
    ]);
    await expect(file.read("/little")).rejects.toThrow(/readFields/);
    await expect(file.readFields("/arrays")).rejects.toThrow(/no fields/);
  });

  test("one record, none, and a box of some", async () => {
    expect((await file.readFields("/one_record")).get("place")?.shape).toEqual([3]);
    expect((await file.readFields("/no_records")).get("place")?.shape).toEqual([0, 3]);
    const box = { start: [1], count: [2] };
    expect((await file.readFields("/with_text", box)).get("name")).toMatchObject({
      data: ["", "house"],
    });
  });
});

test("arrays as values have their axes behind those of the data set", async () => {
  const { shape, kind } = await file.read("/arrays");
  expect({ shape, data: values(await file.read("/arrays")) }).toEqual(expected.arrays);
  expect(kind).toBe("number");
});

test("a named type is an object of its own, and a walk over the file goes on behind it", async () => {
  expect(await file.keys("/types")).toEqual(["label", "point"]);
  const label = await file.describe("/types/label");
  expect([label.kind, label.dtype, label.attributes]).toEqual(["type", "|S12", ["note"]]);
  expect((await file.describe("/types/point")).fields).toEqual(["x", "y"]);
  expect(values(await file.attribute("/types/label", "note"))).toEqual(["1"]);
  await expect(file.read("/types/label")).rejects.toThrow(/named type/);
  expect(values(await file.read("/labels"))).toEqual(["a", "b"]);
});
