import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { deflateSync, gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { openZarr, type OpenZarrOptions } from "../../../src/io/zarr/index.ts";

const text = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const raw = (values: Float64Array | Int16Array | BigInt64Array | Float32Array): Uint8Array =>
  new Uint8Array(values.buffer);
type Files = Map<string, Uint8Array>;

const little = { name: "bytes", configuration: { endian: "little" } };
const base = {
  zarr_format: 3,
  node_type: "array",
  shape: [3, 5],
  data_type: "float64",
  fill_value: "NaN",
  chunk_grid: { name: "regular", configuration: { chunk_shape: [2, 3] } },
  chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
  codecs: [little] as object[],
  attributes: { unit: "mm" },
};
const value = (i: number, j: number): number => 10 * i + j;

/** Chunks of 2 × 3 of a 3 × 5 array, whole ones as Zarr writes them. */
function chunksOf(pack = (bytes: Uint8Array): Uint8Array => bytes, key = "c/"): Files {
  const files: Files = new Map();
  for (const [ci, cj] of [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]) {
    const chunk = Float64Array.from({ length: 6 }, (_, k) =>
      value(2 * ci + Math.floor(k / 3), 3 * cj + (k % 3)),
    );
    files.set(`${key}${ci}/${cj}`, pack(raw(chunk)));
  }
  return files;
}

const storeOf = (more: object = {}, files: Files = chunksOf()): Files =>
  new Map([["zarr.json", text({ ...base, ...more })], ...files]);
const all = Array.from({ length: 15 }, (_, k) => value(Math.floor(k / 5), k % 5));

async function dataOf(files: Files | string, options: OpenZarrOptions = {}): Promise<unknown[]> {
  const { data } = (await (await openZarr(files, options)).read()) as { data: ArrayLike<number> };
  return Array.from(data);
}

describe("an array is read", () => {
  test("whole, in parts, with its description", async () => {
    const array = await openZarr(storeOf({ dimension_names: ["item", null] }));
    expect(array).toMatchObject({
      shape: [3, 5],
      chunks: [2, 3],
      dtype: "float64",
      attributes: { unit: "mm" },
      dimensionNames: ["item", null],
    });
    expect(await array.read()).toMatchObject({ kind: "number", dtype: "<f8", shape: [3, 5] });
    expect(await dataOf(storeOf())).toEqual(all);
    const part = await array.read({ start: [1, 2], count: [2, 2] });
    expect(part).toMatchObject({ shape: [2, 2], data: Float64Array.of(12, 13, 22, 23) });
    expect((await array.read({ start: [0, 0], count: [0, 5] })).shape).toEqual([0, 5]);
    await expect(array.read({ start: [0, 0], count: [4, 1] })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  });

  test("packed by gzip, with a checksum, its axes turned", async () => {
    const gzip = [little, { name: "gzip", configuration: { level: 1 } }];
    expect(
      await dataOf(
        storeOf(
          { codecs: gzip },
          chunksOf((b) => gzipSync(b)),
        ),
      ),
    ).toEqual(all);
    const files = chunksOf((bytes) => bytes);
    const turned: Files = new Map(
      [...files].map(([key, bytes]) => {
        const v = new Float64Array(bytes.slice().buffer);
        return [key, raw(Float64Array.of(v[0], v[3], v[1], v[4], v[2], v[5]))];
      }),
    );
    const transpose = { name: "transpose", configuration: { order: [1, 0] } };
    expect(await dataOf(storeOf({ codecs: [transpose, little] }, turned))).toEqual(all);
    const sum = Uint8Array.of(...new TextEncoder().encode("12345678"), 0, 0, 0, 0);
    new DataView(sum.buffer).setUint32(8, 0x6087809a, true);
    const one = {
      shape: [1],
      chunk_grid: { name: "regular", configuration: { chunk_shape: [1] } },
    };
    const crc = storeOf({ ...one, codecs: [little, { name: "crc32c" }] }, new Map([["c/0", sum]]));
    expect(await dataOf(crc)).toHaveLength(1);
    sum[0] ^= 1;
    await expect(dataOf(crc)).rejects.toThrow(/checksum/);
  });

  test("chunks that are not there have the fill value, or must be there", async () => {
    const files = chunksOf();
    files.delete("c/1/1");
    const holes = await dataOf(storeOf({}, files));
    expect(holes.slice(13)).toEqual([NaN, NaN]);
    expect(holes.slice(0, 13)).toEqual(all.slice(0, 13));
    await expect(dataOf(storeOf({ fill_value: null }, files))).rejects.toThrow(/no fill value/);
  });

  test("of version 2, below a group, with one description for all", async () => {
    const v2 = {
      zarr_format: 2,
      shape: [3, 5],
      chunks: [2, 3],
      dtype: "<f8",
      order: "C",
      fill_value: 0,
      filters: null,
      dimension_separator: "/",
      compressor: { id: "zlib", level: 1 },
    };
    const old: Files = new Map([[".zarray", text(v2)], ...chunksOf((b) => deflateSync(b), "")]);
    expect(await dataOf(old)).toEqual(all);
    const below = (root: object): Files =>
      new Map([["zarr.json", text(root)], ...chunksOf(undefined, "g/x/c/")]);
    const group = { zarr_format: 3, node_type: "group", attributes: {} };
    const consolidated = { consolidated_metadata: { kind: "inline", metadata: { "g/x": base } } };
    expect(await dataOf(below({ ...group, ...consolidated }), { path: "g/x" })).toEqual(all);
    const own = below(group).set("g/x/zarr.json", text(base));
    expect(await dataOf(own, { path: "/g/x/" })).toEqual(all);
    await expect(openZarr(own)).rejects.toThrow(/group holds arrays/);
    await expect(openZarr(own, { path: "g/y" })).rejects.toMatchObject({ code: "MISSING_FILE" });
    await expect(openZarr(own, { path: "../x" })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  });

  test("of any type of numbers, also one value alone", async () => {
    const scalar = (data_type: string, bytes: Uint8Array, fill_value: unknown = 0): Files =>
      new Map([
        [
          "zarr.json",
          text({
            ...base,
            shape: [],
            data_type,
            fill_value,
            chunk_grid: { name: "regular", configuration: { chunk_shape: [] } },
          }),
        ],
        ["c", bytes],
      ]);
    expect(await dataOf(scalar("int16", raw(Int16Array.of(-7))))).toEqual([-7]);
    expect(await dataOf(scalar("int64", raw(BigInt64Array.of(2n ** 60n))))).toEqual([2n ** 60n]);
    expect(await dataOf(scalar("bool", Uint8Array.of(1), false))).toEqual([1]);
    expect(await dataOf(scalar("float32", raw(Float32Array.of(0.5))))).toEqual([0.5]);
  });

  test("in shards", async () => {
    const inner = [raw(Float64Array.of(1, 2)), raw(Float64Array.of(3, 4))];
    const index = new BigUint64Array([0n, 16n, 16n, 16n, 2n ** 64n - 1n, 2n ** 64n - 1n]);
    const shard = Uint8Array.from([...inner[0], ...inner[1], ...new Uint8Array(index.buffer)]);
    const sharding = (chunk: number): object => ({
      shape: [6],
      fill_value: 9,
      chunk_grid: { name: "regular", configuration: { chunk_shape: [6] } },
      codecs: [
        {
          name: "sharding_indexed",
          configuration: {
            chunk_shape: [chunk],
            codecs: [little],
            index_codecs: [little],
            index_location: "end",
          },
        },
      ],
    });
    const store = storeOf(sharding(2), new Map([["c/0", shard]]));
    expect(await dataOf(store)).toEqual([1, 2, 3, 4, 9, 9]);
    await expect(openZarr(storeOf(sharding(4)))).rejects.toMatchObject({ code: "FILE_FORMAT" });
  });
});

describe("what is damaged or claims too much is refused", () => {
  const grid = (chunk_shape: unknown): object => ({
    name: "regular",
    configuration: { chunk_shape },
  });
  const turned = (order: unknown): { codecs: object[] } => ({
    codecs: [{ name: "transpose", configuration: { order } }, little],
  });
  const keys = (configuration: object): object => ({
    chunk_key_encoding: { name: "default", configuration },
  });
  const shards = (more: object = {}): object => ({
    name: "sharding_indexed",
    configuration: { chunk_shape: [1, 3], codecs: [little], index_codecs: [little], ...more },
  });
  test.each([
    ["a huge shape", { shape: [1e7, 1e7], chunk_grid: grid([10, 10]) }],
    ["a huge chunk", { chunk_grid: grid([1e5, 1e5]) }],
    ["a negative length", { shape: [-1, 5] }],
    ["a broken length", { shape: [1.5, 5] }],
    ["a chunk without length", { chunk_grid: grid([0, 3]) }],
    ["a chunk of other axes", { chunk_grid: grid([3]) }],
    ["too many axes", { shape: new Array(40).fill(1), chunk_grid: grid(new Array(40).fill(1)) }],
    ["a type of text", { data_type: "string" }],
    ["half precision", { data_type: "float16" }],
    ["an unknown type", { data_type: "toString" }],
    ["an unknown codec", { codecs: [little, { name: "secret" }] }],
    ["no codecs", { codecs: null }],
    ["an irregular grid", { chunk_grid: { name: "rectangular", configuration: {} } }],
    ["an unknown key", { wonder: { a: 1 } }],
    ["a fill value of another type", { fill_value: "many" }],
    ["another version", { zarr_format: 4 }],
    ["a fill value out of range", { data_type: "uint8", fill_value: 300 }],
    ["a fill value between numbers", { data_type: "int16", fill_value: 0.5 }],
    ["names of other axes", { dimension_names: ["item"] }],
    ["a list of axes that lacks one", turned([0, 0])],
    ["axes that there are not", turned([0, 5])],
    ["axes as a letter", turned("F")],
    ["axes turned twice", { codecs: [...turned([1, 0]).codecs, ...turned([1, 0]).codecs] }],
    [
      "an unknown order of bytes",
      { codecs: [{ name: "bytes", configuration: { endian: "middle" } }] },
    ],
    ["no order of bytes", { codecs: ["bytes"] }],
    ["packing before there are bytes", { codecs: [{ name: "gzip" }, little] }],
    ["packing without bytes", { codecs: [{ name: "gzip" }] }],
    ["bytes twice", { codecs: [little, little] }],
    ["a codec that is a number", { codecs: [little, 7] }],
    ["a configuration that is a text", { codecs: [little, { name: "gzip", configuration: "5" }] }],
    [
      "a checksum in front",
      { codecs: [little, { name: "crc32c", configuration: { location: "start" } }] },
    ],
    [
      "shuffled by nothing",
      { codecs: [little, { name: "shuffle", configuration: { elementsize: 0 } }] },
    ],
    ["keys that leave the folder", keys({ separator: "/../../" })],
    ["keys by another rule", { chunk_key_encoding: { name: "secret" } }],
    ["shards beside other codecs", { codecs: [shards(), { name: "gzip" }] }],
    ["shards in shards", { codecs: [shards({ codecs: [shards()] })] }],
    ["an index that is packed", { codecs: [shards({ index_codecs: [little, { name: "gzip" }] })] }],
    ["an index in the middle", { codecs: [shards({ index_location: "middle" })] }],
    [
      "an index that no memory holds",
      { chunk_grid: grid([2e4, 2e4]), codecs: [shards({ chunk_shape: [1, 1] })] },
    ],
  ])("%s", async (_what, more) => {
    await expect(dataOf(storeOf(more))).rejects.toMatchObject({
      code: expect.stringMatching(/^(FILE_FORMAT|UNSUPPORTED)$/) as string,
    });
  });

  test("chunks that are cut, too long, or unpack to too much", async () => {
    const gzip = { codecs: [little, { name: "gzip", configuration: { level: 1 } }] };
    const refused = { code: "FILE_FORMAT" };
    for (const pack of [
      (b: Uint8Array) => b.subarray(0, 40),
      (b: Uint8Array) => b.subarray(0, 41),
      () => new Uint8Array(0),
      () => new Uint8Array(1e6),
    ])
      await expect(dataOf(storeOf({}, chunksOf(pack)))).rejects.toMatchObject(refused);
    for (const pack of [
      () => gzipSync(new Uint8Array(5e6)),
      (b: Uint8Array) => gzipSync(b).subarray(0, 20),
      (b: Uint8Array) => gzipSync(b.subarray(0, 8)),
    ])
      await expect(dataOf(storeOf(gzip, chunksOf(pack)))).rejects.toMatchObject(refused);
    const blosc = { codecs: [little, { name: "blosc", configuration: {} }] };
    const bomb = (): Uint8Array =>
      Uint8Array.of(2, 1, 0, 8, 255, 255, 255, 127, 0, 0, 0, 0, 32, 0, 0, 0);
    await expect(dataOf(storeOf(blosc, chunksOf(bomb)))).rejects.toMatchObject(refused);
  });

  test("bombs of zstd, whose frames say nothing, or another thing", async () => {
    const zstd = { codecs: [little, { name: "zstd", configuration: {} }] };
    const read = (...bytes: number[]): Promise<unknown[]> =>
      dataOf(
        storeOf(
          zstd,
          chunksOf(() => Uint8Array.from(bytes)),
        ),
      );
    const magic = [0x28, 0xb5, 0x2f, 0xfd];
    // One value again and again (kind 1): 48 bytes, and 128 KiB each.
    const small = [0x83, 0x01, 0x00, 7];
    const large = [0x02, 0x00, 0x10, 7];
    const larges = Array.from({ length: 2000 }, () => large).flat();
    const sevens = new Array(15).fill(new Float64Array(new Uint8Array(8).fill(7).buffer)[0]);
    expect(await read(...magic, 0x20, 48, ...small)).toEqual(sevens);
    expect(await read(...magic, 0x00, 0x58, ...small)).toEqual(sevens);
    for (const bytes of [
      [...magic, 0xe0, 0, 0, 0, 0, 9, 0, 0, 0],
      [...magic, 0x20, 49, ...small],
      [...magic, 0x20, 48, ...larges, ...small],
      [...magic, 0x00, 0x58, ...larges, ...small],
      [...magic, 0x20, 48, ...small, ...magic, 0x00, 0x58, ...larges, ...small],
      [...magic, 0x20, 48, ...small, ...magic],
      [...magic, 0x20, 48],
      [0x50, 0x2a, 0x4d, 0x18, 255, 255, 255, 255],
    ]) {
      const began = process.memoryUsage().rss;
      await expect(read(...bytes)).rejects.toMatchObject({ code: "FILE_FORMAT" });
      expect(process.memoryUsage().rss - began).toBeLessThan(1e8);
    }
  });

  test("packed twice over, of which the second is a bomb", async () => {
    const codecs = [little, { name: "gzip" }, { name: "gzip" }];
    const twice = (b: Uint8Array): Uint8Array => gzipSync(gzipSync(b));
    expect(await dataOf(storeOf({ codecs }, chunksOf(twice)))).toEqual(all);
    const bomb = (): Uint8Array => twice(new Uint8Array(5e6));
    await expect(dataOf(storeOf({ codecs }, chunksOf(bomb)))).rejects.toMatchObject({
      code: "FILE_FORMAT",
    });
  });

  test("an index of shards that points elsewhere, or is that of another file", async () => {
    const shard = (...index: bigint[]): Files => {
      const bytes = Uint8Array.from([
        ...new Uint8Array(24),
        ...new Uint8Array(new BigUint64Array(index).buffer),
      ]);
      return storeOf({ shape: [2, 3], codecs: [shards()] }, new Map([["c/0/0", bytes]]));
    };
    expect(await dataOf(shard(0n, 24n, 0n, 24n))).toEqual(new Array(6).fill(0));
    for (const index of [
      [0n, 24n, 2n ** 63n, 24n],
      [0n, 24n, 40n, 24n],
      [0n, 24n, 0n, 16n],
      [0n, 24n, 0n, 2n ** 63n],
      [0n, 24n, 2n ** 64n - 1n, 0n],
      [0n],
    ])
      await expect(dataOf(shard(...index))).rejects.toMatchObject({ code: "FILE_FORMAT" });
    const files = shard(0n, 24n, 0n, 24n);
    const array = await openZarr(files);
    await array.read();
    files.set("c/0/0", new Uint8Array(100));
    await expect(array.read()).rejects.toThrow(/as before/);
  });

  test("many small chunks and few large ones within the memory that there is", async () => {
    const few = await openZarr(
      storeOf({ shape: [1e4, 1e4], chunk_grid: grid([4e3, 1e3]) }, new Map()),
    );
    await expect(few.read({ start: [0, 0], count: [1, 2000] })).resolves.toMatchObject({
      shape: [1, 2000],
    });
    const large = await openZarr(
      storeOf({ shape: [1e4, 1e4], chunk_grid: grid([1e4, 1e3]) }, new Map()),
    );
    await expect(large.read({ start: [0, 0], count: [1, 1] })).rejects.toThrow(/maxBytes/);
    const many = await openZarr(storeOf({ shape: [2e7, 1], chunk_grid: grid([1, 1]) }, new Map()));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    await expect(many.read(undefined, stop.signal)).rejects.toMatchObject({ code: "CANCELLED" });
  });

  test("texts that are no description", async () => {
    const opened = (bytes: Uint8Array | string): Promise<unknown> =>
      openZarr(new Map([["zarr.json", Buffer.from(bytes)]]));
    for (const bytes of [
      "",
      "{",
      "[".repeat(1e6),
      "null",
      "[]",
      Uint8Array.of(0xff),
      " ".repeat(9e6),
    ])
      await expect(opened(bytes)).rejects.toMatchObject({ code: "FILE_FORMAT" });
  });

  test("more than was allowed, and a signal", async () => {
    const array = await openZarr(storeOf({ shape: [3, 500] }), { maxBytes: 1000 });
    await expect(array.read()).rejects.toThrow(/maxBytes/);
    await expect(
      (await openZarr(storeOf())).read(undefined, AbortSignal.abort()),
    ).rejects.toMatchObject({
      code: "CANCELLED",
    });
    await expect(openZarr(new Map([["zarr.json", text([1])]]))).rejects.toMatchObject({
      code: "FILE_FORMAT",
    });
  });
});

describe("where the files are", () => {
  const folder = mkdtempSync(join(tmpdir(), "tsrsa-zarr-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  for (const [key, bytes] of storeOf()) {
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    writeFileSync(join(folder, key), bytes);
  }

  test("a folder of the disk", async () => {
    expect(await dataOf(`${folder}/`)).toEqual(all);
  });

  test("links that lead out of the store, or nowhere, and folders are no missing chunks", async () => {
    const own = join(folder, "links");
    for (const [key, bytes] of storeOf()) {
      mkdirSync(dirname(join(own, key)), { recursive: true });
      writeFileSync(join(own, key), bytes);
    }
    const chunk = join(own, "c/1/1");
    const become = async (make: () => void): Promise<unknown[]> => {
      rmSync(chunk, { recursive: true, force: true });
      make();
      return dataOf(own);
    };
    const copy = join(folder, "c/1/1");
    const annex = join(folder, ".git/annex/objects");
    mkdirSync(annex, { recursive: true });
    writeFileSync(join(annex, "key"), readFileSync(copy));
    expect((await become(() => {})).slice(13)).toEqual([NaN, NaN]);
    expect(await become(() => symlinkSync(join(annex, "key"), chunk))).toEqual(all);
    expect((await become(() => symlinkSync(join(own, "c/1/0"), chunk))).slice(13)).toEqual([
      20, 21,
    ]);
    await expect(become(() => symlinkSync(copy, chunk))).rejects.toThrow(/link/);
    for (const make of [
      () => symlinkSync(join(annex, "not fetched"), chunk),
      () => symlinkSync(chunk, chunk),
      () => mkdirSync(chunk),
    ])
      await expect(become(make)).rejects.toMatchObject({ code: "MISSING_FILE" });
    rmSync(join(own, "c/1"), { recursive: true });
    symlinkSync(join(folder, "nowhere"), join(own, "c/1"));
    await expect(dataOf(own)).rejects.toMatchObject({ code: "MISSING_FILE" });
    symlinkSync(folder, join(folder, "again"));
    expect(await dataOf(join(folder, "again"))).toEqual(all);
  });

  test("names of any letters", async () => {
    const path = "50%/a#b?/ü 1";
    const files = new Map([...storeOf()].map(([key, bytes]) => [`${path}/${key}`, bytes]));
    expect(await dataOf(files, { path })).toEqual(all);
    const own = join(folder, "50% #?");
    cpSync(join(folder, "c"), join(own, "c"), { recursive: true });
    cpSync(join(folder, "zarr.json"), join(own, "zarr.json"));
    expect(await dataOf(own)).toEqual(all);
    expect(await dataOf(pathToFileURL(own).href)).toEqual(all);
  });

  test("a server: what it has not is the fill value, what it forbids is no missing chunk", async () => {
    const files = storeOf();
    files.delete("c/1/1");
    let forbidden = false;
    const server = createServer(({ url = "" }, answer) => {
      const bytes = files.get(url.replace(/^\/x\.zarr\//, "").replace(/\?.*/, ""));
      if (bytes !== undefined) answer.end(bytes);
      else answer.writeHead(forbidden ? 403 : 404).end();
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    try {
      const { port } = server.address() as AddressInfo;
      const address = `http://127.0.0.1:${port}/x.zarr?key=1`;
      expect((await dataOf(address)).slice(12)).toEqual([22, NaN, NaN]);
      forbidden = true;
      await expect(dataOf(address)).rejects.toMatchObject({ code: "SERVER_FAILED" });
    } finally {
      server.close();
    }
  });
});
