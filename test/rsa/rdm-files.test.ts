import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  compareRdmFiles,
  compareRdms,
  computeRdm,
  openRdmFile,
  random,
  Rdm,
  readNpy,
  writeRdmFile,
} from "../../src/index.ts";
import { npyBytes } from "../../src/io/npy/index.ts";
import { openZarr } from "../../src/io/zarr/index.ts";
import { pauses } from "../../src/core/job.ts";
import { asMatrix } from "../../src/index.ts";
import { rank } from "../../src/stats/rank.ts";
import { externalRanks } from "../../src/stats/external/external-ranks.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-rdm-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const quiet = { onProgress: false } as const;

const draw = random(9);
const rows = (n: number, f: number): number[][] =>
  Array.from({ length: n }, () => Array.from({ length: f }, () => draw.normal()));
const spools = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith("tsrsa-spool-"));

test.each(["correlation", "cosine", "euclidean", "cityblock"] as const)(
  "%s: tiles of any size make the RDM of one go",
  async (metric) => {
    const features = rows(37, 6);
    const whole = computeRdm(features, { metric }).condensed;
    for (const rowsAtOnce of [1, 5, 12, 36, 37, 100]) {
      const maxBytes = 32 * 37 * rowsAtOnce;
      await writeRdmFile(at("tiles.npy"), features, { metric, maxBytes, ...quiet });
      const { data } = asMatrix(await readNpy(at("tiles.npy")));
      expect(data).toHaveLength(whole.length);
      whole.forEach((value, pair) => expect(Math.abs(data[pair] - value)).toBeLessThan(1e-12));
    }
  },
);

test("parameters of a metric count, and those made of all items are asked for", async () => {
  const features = rows(9, 3);
  const V = [1, 4, 9];
  await writeRdmFile(at("v.npy"), features, { metric: "seuclidean", V, maxBytes: 600, ...quiet });
  const { data } = asMatrix(await readNpy(at("v.npy")));
  computeRdm(features, { metric: "seuclidean", V }).condensed.forEach((value, pair) =>
    expect(data[pair]).toBeCloseTo(value, 12),
  );
  const call = (options: object) => writeRdmFile(at("no.npy"), features, options);
  await expect(call({ metric: "seuclidean" })).rejects.toMatchObject({ code: "UNSUPPORTED" });
  await expect(call({ metric: "euclidian" })).rejects.toMatchObject({ code: "UNKNOWN_OPTION" });
  await expect(writeRdmFile(at("no.npy"), [[1, 2]])).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
  expect(readdirSync(folder)).not.toContain("no.npy");
});

test("ranks made outside of memory are those of one go: ties, signs, runs of any length", async () => {
  const values = Float64Array.from({ length: 5000 }, () => Math.round(6 * draw.normal()) / 2);
  values.set([Infinity, -Infinity, 0, -0, 5e-324], 100);
  const expected = rank(values);
  for (const runLength of [700, 2500, 4999, 5000, 9000]) {
    const ranks = await externalRanks(runsOf(values, runLength), runLength, pauses(undefined, "x"));
    expect(await ranks?.read(0, 5000)).toEqual(expected);
    expect(await ranks?.read(4000, 3)).toEqual(expected.slice(4000, 4003));
    await ranks?.close();
  }
  values[4321] = NaN;
  expect(await externalRanks(runsOf(values, 700), 700, pauses(undefined, "x"))).toBeUndefined();
});

async function* runsOf(values: Float64Array, length: number) {
  for (let from = 0; from < values.length; from += length) yield values.slice(from, from + length);
}

test.each(["spearman", "corr", "cosine"] as const)(
  "%s of files is that of RDMs in memory, with few bytes too",
  async (method) => {
    const nPairs = (80 * 79) / 2;
    const make = (of: () => number): Float64Array => Float64Array.from({ length: nPairs }, of);
    const data = make(() => 1e4 + draw.next());
    const models = [make(() => draw.integer(5)), make(() => 7), make(draw.next)];
    const files = await Promise.all([data, ...models].map((v) => openRdmFile(npyBytes(v))));
    const all = models.map((v) => compareRdms(new Rdm(data), new Rdm(v), { method }));
    const expected = (await Promise.all(all)).map(({ scores }) => scores[0]);
    for (const maxBytes of [1, 2 ** 28]) {
      const scores = await compareRdmFiles(files[0], files.slice(1), { method, maxBytes });
      scores.forEach((score, m) => {
        if (Number.isNaN(expected[m])) expect(score).toBeNaN();
        else expect(Math.abs(score - expected[m])).toBeLessThan(1e-10);
      });
    }
  },
);

test("what is NaN is refused, whatever the method, on either side", async () => {
  const [a, b] = await Promise.all(
    [
      [1, 2, 4],
      [1, NaN, 4],
    ].map((v) => openRdmFile(npyBytes(Float64Array.from(v)))),
  );
  for (const method of ["spearman", "corr", "cosine"] as const)
    for (const [data, model] of [
      [a, b],
      [b, a],
    ])
      await expect(compareRdmFiles(data, [model], { method })).rejects.toMatchObject({
        code: "INVALID_ARGUMENT",
      });
});

test("labels must agree in both; nothing temporary is left, also on Stop", async () => {
  const before = spools();
  const of = (items?: string[]) => openRdmFile(npyBytes(Float64Array.of(1, 2, 4)), { items });
  const abc = await of(["a", "b", "c"]);
  const call = async (items?: string[]) => compareRdmFiles(abc, [await of(items)]);
  expect((await call(["a", "b", "c"]))[0]).toBe(1);
  for (const items of [["a", "c", "b"], ["a", "b", "d"], undefined])
    await expect(call(items)).rejects.toMatchObject({ code: "ITEM_MISMATCH" });
  const four = await openRdmFile(npyBytes(new Float64Array(6)));
  await expect(compareRdmFiles(abc, [four])).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
  await expect(compareRdmFiles(abc, [])).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  const stop = new AbortController();
  stop.abort();
  await expect(compareRdmFiles(four, [four], { signal: stop.signal })).rejects.toMatchObject({
    code: "CANCELLED",
  });
  await expect(
    writeRdmFile(at("stop.npy"), rows(5, 3), { signal: stop.signal }),
  ).rejects.toMatchObject({ code: "CANCELLED" });
  expect(readdirSync(folder)).not.toContain("stop.npy");
  expect(spools().filter((name) => !before.includes(name))).toEqual([]);
});

test("some items of a file are an RDM in memory; what is no RDM is refused", async () => {
  const whole = computeRdm(rows(8, 4));
  const file = await openRdmFile(npyBytes(whole.condensed), { items: [..."abcdefgh"] });
  const part = await file.subset([5, 2, 7]);
  expect(part.items).toEqual(["f", "c", "h"]);
  expect(part.between("c", "h")).toBe((await file.read(17, 1))[0]);
  const open = (bytes: Uint8Array, items?: string[]) => openRdmFile(bytes, { items });
  await expect(open(npyBytes(new Float64Array(5)))).rejects.toMatchObject({ code: "FILE_FORMAT" });
  await expect(open(npyBytes(new Float32Array(3)))).rejects.toMatchObject({ code: "FILE_FORMAT" });
  await expect(open(npyBytes({ data: new Float64Array(9), shape: [3, 3] }))).rejects.toMatchObject({
    code: "FILE_FORMAT",
  });
  await expect(open(npyBytes(new Float64Array(3)), ["a"])).rejects.toMatchObject({
    code: "SHAPE_MISMATCH",
  });
});

test("positions and pairs that a file does not have are refused, never read from beside them", async () => {
  const file = await openRdmFile(npyBytes(Float64Array.from({ length: 28 }, (_, k) => k)));
  for (const wrong of [[2, 2], [5, 8], [0, 1.5], [-1, 2], [0, NaN], [0, "1"], "01", undefined])
    await expect(file.subset(wrong as number[])).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  for (const [from, count] of [
    [-5, 2],
    [0, 29],
    [28, 1],
    [27, 2],
    [0.5, 1],
    [0, -1],
    [0, NaN],
  ])
    await expect(file.read(from, count)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  for (const length of [0, -1, 1.5, NaN])
    await expect(file.pieces(length).next()).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  expect(await file.read(28, 0)).toHaveLength(0);
  expect(await file.read(26, 2)).toEqual(Float64Array.of(26, 27));
  expect((await file.subset([0, 7])).condensed).toEqual(Float64Array.of(6));
});

test("Pearson's correlation is NaN for a constant exactly, whatever its number, and for nothing else", async () => {
  const nPairs = (64 * 63) / 2;
  const make = (of: (k: number) => number) =>
    Float64Array.from({ length: nPairs }, (_, k) => of(k));
  const data = make((k) => Math.sin(k));
  const open = (values: Float64Array) => openRdmFile(npyBytes(values));
  const corr = async (values: Float64Array) =>
    (await compareRdmFiles(await open(data), [await open(values)], { method: "corr" }))[0];
  for (const constant of [0.1, -0.1, 1e9 + 0.1, 1e-300, 1e300, 0])
    expect(await corr(make(() => constant))).toBeNaN();
  const [line, one] = [make((k) => k), make((k) => (k === 5 ? 1 : 0))];
  for (const [near, same] of [
    [make((k) => 1e9 + 2 ** -23 * k), line],
    [make((k) => (k === 5 ? 0.1 + 2 ** -54 : 0.1)), one],
  ] as const) {
    const { scores } = await compareRdms(new Rdm(data), new Rdm(same), { method: "corr" });
    expect(Math.abs((await corr(near)) - scores[0])).toBeLessThan(1e-10);
  }
});

test("an RDM in a Zarr store is that of the .npy file, and another array is none", async () => {
  const values = computeRdm(rows(9, 4)).condensed;
  const text = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  const store = (data_type: string, shape: number[]): Map<string, Uint8Array> => {
    const files = new Map([
      [
        "zarr.json",
        text({
          zarr_format: 3,
          node_type: "array",
          shape,
          data_type,
          fill_value: 0,
          chunk_grid: { name: "regular", configuration: { chunk_shape: shape.map(() => 10) } },
          chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
          codecs: [{ name: "bytes", configuration: { endian: "little" } }],
        }),
      ],
    ]);
    for (let chunk = 0; chunk < 4; chunk++) {
      const own = new Float64Array(10);
      own.set(values.subarray(10 * chunk, 10 * chunk + 10));
      files.set(`c/${chunk}`, new Uint8Array(own.buffer));
    }
    return files;
  };
  const file = await openRdmFile(await openZarr(store("float64", [36])));
  expect(file.nItems).toBe(9);
  expect(await file.read(7, 15)).toEqual(values.slice(7, 22));
  const npy = await openRdmFile(npyBytes(values));
  expect((await compareRdmFiles(file, [npy]))[0]).toBeCloseTo(1, 12);
  for (const [type, shape] of [
    ["float32", [36]],
    ["float64", [6, 6]],
    ["float64", [35]],
  ] as const)
    await expect(openRdmFile(await openZarr(store(type, [...shape])))).rejects.toMatchObject({
      code: "FILE_FORMAT",
    });
});
