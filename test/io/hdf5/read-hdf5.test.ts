import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isTsrsaError } from "../../../src/index.ts";
import { asMatrix, asStrings, hdf5Bytes, openHdf5 } from "../../../src/io/index.ts";
import { slabsOf } from "../../../src/io/hdf5/slabs.ts";
import { readReference } from "../../reference/read-reference.ts";

const fixtures = new URL("../../fixtures/hdf5/", import.meta.url);
const pathOf = (name: string) => new URL(name, fixtures).pathname;

interface Expected {
  readonly shape: readonly number[];
  readonly dtype?: string;
  readonly values?: readonly (number | string)[];
  readonly values_str?: readonly string[];
}
const expected = readReference<{
  "basic.h5": Record<string, Expected>;
  "rsatoolbox_like.h5": { dissimilarities: number[][]; image: string[]; roi: string[] };
}>("../fixtures/hdf5/expected.json");

describe("what h5py wrote, as h5py reads it", () => {
  const sets = Object.entries(expected["basic.h5"]).filter(([name]) => !name.includes("@"));

  test.each([
    ["from the disk", pathOf("basic.h5")],
    ["from memory", new Uint8Array(readFileSync(pathOf("basic.h5")))],
  ])("every data set, %s", async (_, input) => {
    const file = await openHdf5(input);
    for (const [name, { shape, dtype, values, values_str }] of sets) {
      const found = await file.read(`/${name}`);
      expect(found.shape, name).toEqual(shape);
      if (dtype !== undefined) expect(found.dtype, name).toBe(dtype);
      if (found.kind === "string") expect(found.data).toEqual(values);
      else if (found.kind === "bigint") expect(Array.from(found.data, String)).toEqual(values_str);
      else expect(Array.from(asMatrix(found).data), name).toEqual(values);
    }
    await file.close();
    await file.close();
  });

  test("attributes, groups and what is at a place", async () => {
    const file = await openHdf5(pathOf("basic.h5"));
    expect((await file.keys()).length).toBe(15);
    expect(await file.keys("/grp")).toEqual(["sub"]);
    expect(await file.attribute("/grp/sub", "title")).toMatchObject({ data: ["héllo"] });
    expect(asStrings(await file.attribute("/grp/sub", "names"))).toEqual(["a", "bb"]);
    expect(Array.from(asMatrix(await file.attribute("/grp/sub", "vec")).data)).toEqual([
      0,
      1 / 3,
      2 / 3,
    ]);
    expect(await file.describe("/grp")).toMatchObject({ kind: "group", keys: ["sub"] });
    expect(await file.has("/nothing")).toBe(false);
    await expect(file.read("/be_f46")).rejects.toThrow(/did you mean "\/be_f64"/);
    await expect(file.attribute("/grp/sub", "tilte")).rejects.toThrow(/did you mean "title"/);
    await expect(file.read("/grp")).rejects.toThrow(/it is a group/);
    await file.close();
    await expect(file.prefetch(["/scalar"])).rejects.toThrow(/closed/);
    await expect(file.read("/scalar")).rejects.toThrow(/closed/);
  });

  test("a box of a data set, chunked or not", async () => {
    const file = await openHdf5(pathOf("basic.h5"));
    for (const name of ["chunk_gzip", "contig_f64"]) {
      const { shape, values = [] } = expected["basic.h5"][name];
      const start = shape.map((length) => Math.floor(length / 3));
      const count = shape.map((length) => Math.ceil(length / 2));
      const box = await file.read(`/${name}`, { start, count });
      const wanted: (number | string)[] = [];
      const walk = (axis: number, at: number): void => {
        if (axis === shape.length) wanted.push(values[at]);
        else
          for (let i = 0; i < count[axis]; i++) walk(axis + 1, at * shape[axis] + start[axis] + i);
      };
      walk(0, 0);
      expect(Array.from(asMatrix(box).data)).toEqual(wanted);
    }
    await expect(file.read("/i4", { start: [9], count: [3] })).rejects.toThrow(/inside/);
    await expect(file.read("/i4", { start: [0, 0], count: [1, 1] })).rejects.toThrow(/inside/);
    await expect(file.read("/i4", { start: [-1], count: [1] })).rejects.toThrow(/inside/);
    await file.close();
  });

  test("half precision, complex numbers, and what cannot be read", async () => {
    const file = await openHdf5(pathOf("hostile/half.h5"));
    expect(await file.read("/x")).toMatchObject({ data: Float32Array.of(1.5, -2, Infinity) });
    expect(await file.read("/z")).toMatchObject({ kind: "complex", real: Float64Array.of(1) });
    await expect(file.read("/ragged")).rejects.toMatchObject({ code: "UNSUPPORTED" });
    await file.close();
  });

  test("two files at once, and one after another in the same thread", async () => {
    const [a, b] = await Promise.all([
      openHdf5(pathOf("basic.h5")),
      openHdf5(pathOf("rsatoolbox_like.h5")),
    ]);
    const [x, y] = await Promise.all([a.read("/scalar"), b.read("/dissimilarities")]);
    expect([asMatrix(x).data[0], asMatrix(y).shape]).toEqual([3.25, [3, 66]]);
    await Promise.all([a.close(), b.close()]);
    const again = await openHdf5(pathOf("basic.h5"));
    expect(asMatrix(await again.read("/scalar")).data[0]).toBe(3.25);
    await again.close();
  });
});

describe("slabs", () => {
  test("cover a box in C order, none too long", () => {
    for (const count of [[7], [3, 10], [2, 3, 5], [1, 100], []]) {
      const start = count.map((_, axis) => axis + 1);
      const slabs = slabsOf({ start, count }, 8, 64);
      const total = count.reduce((product, length) => product * length, 1);
      expect(slabs.reduce((sum, slab) => sum + slab.nBytes, 0)).toBe(8 * total);
      for (const slab of slabs) expect(slab.nBytes).toBeLessThanOrEqual(64);
      const places = slabs.flatMap((slab) => cells(slab.start, slab.count));
      expect(places).toEqual(cells(start, count));
    }
  });

  function cells(start: readonly number[], count: readonly number[]): string[] {
    return count
      .reduce<number[][]>(
        (all, length, axis) =>
          all.flatMap((place) => Array.from({ length }, (_, at) => [...place, start[axis] + at])),
        [[]],
      )
      .map(String);
  }

  test("values longer than a slab come whole", async () => {
    const values = Float64Array.from({ length: 1_200_000 }, (_, at) => at / 7);
    const matrix = { data: values, shape: [2, 600_000] };
    const file = await openHdf5(await hdf5Bytes({ matrix }));
    const whole = asMatrix(await file.read("/matrix")).data;
    expect(Buffer.compare(bytesOf(whole), bytesOf(values))).toBe(0);
    const part = await file.read("/matrix", { start: [1, 5], count: [1, 590_000] });
    const wanted = values.slice(600_005, 1_190_005);
    expect(Buffer.compare(bytesOf(asMatrix(part).data), bytesOf(wanted))).toBe(0);
    await file.close();
  });
});

describe("what was written is read again", () => {
  test("every kind of value", async () => {
    const content = {
      floats: new Float32Array([1, 2.5]),
      bytes: new Uint8Array([0, 255]),
      longs: new BigInt64Array([2n ** 60n, -1n]),
      matrix: { data: new Int16Array([1, 2, 3, 4, 5, 6]), shape: [2, 3] },
      ascii: ["LHPPA", "x"],
      wide: ["ä", "中文 "],
      group: { inner: { number: 7.5, said: "héllo" }, empty: {} },
      rows: { shape: [2, 3] as const, rows: [Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)] },
    };
    const bytes = await hdf5Bytes(content);
    expect(await hdf5Bytes(content)).toEqual(bytes);
    const file = await openHdf5(bytes);
    expect(await file.read("/floats")).toMatchObject({ dtype: "<f4", data: content.floats });
    expect(await file.read("/bytes")).toMatchObject({ data: content.bytes });
    expect(await file.read("/longs")).toMatchObject({ data: content.longs });
    expect(await file.read("/matrix")).toMatchObject({ shape: [2, 3], data: content.matrix.data });
    expect(asStrings(await file.read("/ascii"))).toEqual(content.ascii);
    expect(asStrings(await file.read("/wide"))[0]).toBe("ä");
    expect(asMatrix(await file.read("/group/inner/number")).data[0]).toBe(7.5);
    expect(asStrings(await file.attribute("/group/inner", "said"))).toEqual(["héllo"]);
    expect(await file.keys("/group/empty")).toEqual([]);
    expect(asMatrix(await file.read("/rows")).data).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
    await file.close();
  });

  test("what does not fit is refused", async () => {
    const row = Float64Array.of(1, 2);
    await expect(hdf5Bytes({ "a/b": row })).rejects.toThrow(/no \//);
    await expect(hdf5Bytes({ m: { data: row, shape: [3] } })).rejects.toThrow(/3 numbers/);
    await expect(hdf5Bytes({ r: { shape: [1, 3], rows: [row] } })).rejects.toThrow(/rows of 3/);
    await expect(hdf5Bytes({ r: { shape: [2, 2], rows: [row] } })).rejects.toThrow(/2 rows/);
    await expect(hdf5Bytes({ r: { shape: [1, 2], rows: [row, row] } })).rejects.toThrow(/1 rows/);
  });
});

test("other files are refused", async () => {
  await expect(openHdf5(pathOf("nothing.h5"))).rejects.toMatchObject({ code: "MISSING_FILE" });
  for (const bytes of [
    new Uint8Array(0),
    new TextEncoder().encode("a,b\n"),
    new Uint8Array(5000),
  ]) {
    const failed = await openHdf5(bytes).catch((error: unknown) => error);
    expect(isTsrsaError(failed, "FILE_FORMAT")).toBe(true);
  }
});

function bytesOf({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
