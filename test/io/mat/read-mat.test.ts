import { existsSync, readFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import { describe, expect, test } from "vitest";
import { isTsrsaError } from "../../../src/index.ts";
import { matTexts, readMat, type MatValue } from "../../../src/io/index.ts";
import { pearson, Rdm } from "../../../src/index.ts";
import { mutate, seeded } from "../mutate.ts";
import { join, MatBuilder } from "./build.ts";

const fixtures = new URL("../../fixtures/mat/", import.meta.url);
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, fixtures)));

/** As scipy.io.loadmat reads it. */
type Expected =
  | { k: "num"; shape: number[]; data: (number | boolean | null)[]; dtype: string }
  | { k: "string"; data: string[] }
  | { k: "complex"; shape: number[]; re: number[]; im: number[] }
  | { k: "cell"; shape: number[]; data: Expected[] }
  | { k: "struct"; shape: number[]; fields: string[]; data: Record<string, Expected>[] }
  | { k: "other" };
const expected = JSON.parse(readFileSync(new URL("expected.json", fixtures), "utf8")) as Record<
  string,
  Expected
>;

function expectSame(found: MatValue | undefined, other: Expected, path: string): void {
  if (found === undefined) throw new Error(`${path} is missing`);
  if (other.k === "other") {
    expect(found.kind, path).toBe("unreadable");
    return;
  }
  if (found.kind === "unreadable") throw new Error(`${path}: ${found.what}`);
  if (other.k === "string") {
    // numpy cuts trailing blanks of its texts, and has none where ours is empty.
    const texts = found.kind === "string" ? found.data.map((text) => text.trimEnd()) : [];
    expect(
      texts.filter((text) => text !== ""),
      path,
    ).toEqual(other.data.map((text) => text.trimEnd()).filter((text) => text !== ""));
    return;
  }
  expect(found.shape, path).toEqual(other.shape);
  if (other.k === "complex") {
    if (found.kind !== "complex") throw new Error(`${path} is ${found.kind}`);
    expect([Array.from(found.real), Array.from(found.imag)]).toEqual([other.re, other.im]);
  } else if (other.k === "cell") {
    if (found.kind !== "cell") throw new Error(`${path} is ${found.kind}`);
    other.data.forEach((cell, at) => expectSame(found.data[at], cell, `${path}{${at}}`));
  } else if (other.k === "struct") {
    if (found.kind !== "struct") throw new Error(`${path} is ${found.kind}`);
    expect([...found.fields].sort()).toEqual([...other.fields].sort());
    other.data.forEach((element, at) => {
      for (const [field, value] of Object.entries(element))
        expectSame(found.data[at].get(field), value, `${path}[${at}].${field}`);
    });
  } else if (found.kind === "number" || found.kind === "bool" || found.kind === "bigint") {
    expect(Array.from(found.data, Number), path).toEqual(other.data.map(Number));
  } else throw new Error(`${path} is ${found.kind}`);
}

describe("files of scipy and in MATLAB's HDF5 layout, as scipy reads them", () => {
  test.each(["v5.mat", "v7.mat", "v73.mat"])("%s", async (name) => {
    const found = await readMat(bytesOf(name));
    const only7 = ["chars", "sparse"];
    const names = Object.keys(expected).filter((key) => name === "v7.mat" || !only7.includes(key));
    expect([...found.keys()].sort()).toEqual(names.sort());
    for (const key of names) expectSame(found.get(key), expected[key], key);
  });

  test("types are kept", async () => {
    const found = await readMat(bytesOf("v7.mat"));
    const dtype = (name: string) => {
      const value = found.get(name);
      return value !== undefined && "dtype" in value ? value.dtype : undefined;
    };
    expect(["matrix", "single", "cube", "byte", "big", "logical"].map(dtype)).toEqual([
      "<f8",
      "<f4",
      "<i2",
      "|u1",
      "<i8",
      "|b1",
    ]);
    const big = found.get("big");
    expect(big?.kind === "bigint" && big.data[0]).toBe(9007199254740993n);
  });

  test("some variables alone; one that is not there", async () => {
    const found = await readMat(bytesOf("v73.mat"), { variables: ["name"] });
    expect([...found.keys()]).toEqual(["name"]);
    await expect(readMat(bytesOf("v5.mat"), { variables: ["nmae"] })).rejects.toMatchObject({
      code: "UNKNOWN_OPTION",
    });
  });

  test("text of chars and of cells", async () => {
    const found = await readMat(bytesOf("v5.mat"), { variables: ["name", "RDMs"] });
    expect(matTexts(found.get("name") as MatValue)).toEqual(["face"]);
    expect(() => matTexts(found.get("RDMs") as MatValue)).toThrow(/text is wanted/);
  });
});

describe.each([
  ["little-endian", true],
  ["big-endian", false],
])("a %s file", (_, little) => {
  const mat = new MatBuilder(little);
  const cell = (value: string) =>
    mat.matrix(4, [1, value.length], "", mat.element(4, utf16(value, little)));
  const variables = [
    mat.matrix(6, [2, 3], "m", mat.doubles([1, 2, 3, 4, 5, 6])),
    // MATLAB keeps doubles that are small integers in single bytes.
    mat.matrix(6, [1, 3], "small", mat.element(2, Uint8Array.of(7, 0, 255))),
    mat.matrix(1, [1, 2], "labels", cell("häuser"), cell("中")),
    mat.matrix(
      2,
      [1, 1],
      "s",
      mat.int32s([8]),
      mat.element(1, new TextEncoder().encode("k\0\0\0\0\0\0\0")),
      mat.matrix(6, [1, 1], "", mat.doubles([0.5])),
    ),
    // An empty value may be a tag alone.
    mat.matrix(1, [1, 1], "hollow", mat.element(14, new Uint8Array(0))),
  ];

  test.each([
    ["plain", mat.file(...variables)],
    ["compressed", mat.file(...variables.map((variable) => mat.compressed(variable)))],
  ])("%s", async (_name, bytes) => {
    const found = await readMat(bytes);
    // Down the columns in MATLAB, along the rows here.
    expect(found.get("m")).toMatchObject({
      shape: [2, 3],
      data: Float64Array.of(1, 3, 5, 2, 4, 6),
    });
    expect(found.get("small")).toMatchObject({ dtype: "<f8", data: Float64Array.of(7, 0, 255) });
    expect(matTexts(found.get("labels") as MatValue)).toEqual(["häuser", "中"]);
    const s = found.get("s");
    expect(s?.kind === "struct" && s.data[0].get("k")).toMatchObject({
      data: Float64Array.of(0.5),
    });
    const hollow = found.get("hollow");
    expect(hollow?.kind === "cell" && hollow.data[0]).toMatchObject({ shape: [0, 0] });
  });
});

describe("hostile and damaged files", () => {
  const mat = new MatBuilder(true);
  const file = (...variables: Uint8Array[]) => mat.file(...variables);
  const hasCode = (code: string) => expect.objectContaining({ code }) as unknown;

  test.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(0), "FILE_FORMAT"],
    ["text", new TextEncoder().encode("a,b\n1,2\n".repeat(40)), "FILE_FORMAT"],
    ["a header alone, cut", mat.header().subarray(0, 100), "FILE_FORMAT"],
    ["version 4 of a VAX", version4(), "UNSUPPORTED"],
    ["an element longer than the file", file(mat.doubles([1]).subarray(0, 12)), "FILE_FORMAT"],
    ["something else than an array", file(mat.doubles([1])), "FILE_FORMAT"],
    [
      "fewer values than the shape says",
      file(mat.matrix(6, [2, 2], "m", mat.doubles([1, 2, 3]))),
      "FILE_FORMAT",
    ],
    ["more values", file(mat.matrix(6, [1, 1], "m", mat.doubles([1, 2]))), "FILE_FORMAT"],
    [
      "a shape beyond all numbers",
      file(mat.matrix(6, [2 ** 30, 2 ** 30, 2 ** 30], "m", mat.doubles([]))),
      "FILE_FORMAT",
    ],
    ["a negative side", file(mat.matrix(6, [-1, -1], "m", mat.doubles([1]))), "FILE_FORMAT"],
    ["one side", file(mat.matrix(6, [4], "m", mat.doubles([1, 2, 3, 4]))), "FILE_FORMAT"],
    ["a billion cells", file(mat.matrix(1, [2 ** 15, 2 ** 15], "c")), "FILE_FORMAT"],
    [
      "a billion structs without fields",
      file(
        mat.matrix(2, [2 ** 15, 2 ** 15], "s", mat.int32s([8]), mat.element(1, new Uint8Array(0))),
      ),
      "FILE_FORMAT",
    ],
    [
      "field names of no length",
      file(mat.matrix(2, [1, 1], "s", mat.int32s([0]), mat.text("k"))),
      "FILE_FORMAT",
    ],
    [
      "field names of a millionth of a byte",
      file(mat.matrix(2, [1, 1], "s", mat.doubles([1e-300]), mat.text("k"))),
      "FILE_FORMAT",
    ],
    [
      "a field twice",
      file(mat.matrix(2, [1, 1], "s", mat.int32s([2]), mat.text("k\0k\0"))),
      "FILE_FORMAT",
    ],
    [
      "a billion blanks",
      file(mat.matrix(4, [2 ** 15, 2 ** 15], "t", mat.element(16, new Uint8Array(0)))),
      "FILE_FORMAT",
    ],
    ["cells in cells in cells", file(nested(100)), "FILE_FORMAT"],
    ["an unknown class", file(mat.matrix(99, [1, 1], "m", mat.doubles([1]))), "FILE_FORMAT"],
    [
      "a variable twice",
      file(...[1, 2].map((value) => mat.matrix(6, [1, 1], "m", mat.doubles([value])))),
      "FILE_FORMAT",
    ],
    [
      "an integer with a fraction",
      file(mat.matrix(14, [1, 1], "m", mat.doubles([1.5]))),
      "FILE_FORMAT",
    ],
    ["300 in 8 bits", file(mat.matrix(8, [1, 1], "m", mat.doubles([300]))), "FILE_FORMAT"],
    [
      "text that is no UTF-8",
      file(mat.matrix(4, [1, 2], "t", mat.element(16, Uint8Array.of(0xc3, 0x28)))),
      "FILE_FORMAT",
    ],
    ["less than a tag at the end", join(file(), Uint8Array.of(1, 2, 3)), "FILE_FORMAT"],
    [
      "a compressed variable that swallows the next one",
      file(
        mat.element(
          15,
          join(
            ...[1, 2].map((v) =>
              mat.compressed(mat.matrix(6, [1, 1], `m${v}`, mat.doubles([v]))).subarray(8),
            ),
          ),
        ),
      ),
      "FILE_FORMAT",
    ],
    [
      "a broken stream",
      file(damage(mat.compressed(mat.matrix(6, [1, 2], "m", mat.doubles([1, 2]))))),
      "FILE_FORMAT",
    ],
  ])("%s", async (_name, bytes, code) => {
    await expect(readMat(bytes)).rejects.toEqual(hasCode(code));
  });

  test("a bomb stops at the limit, with what to do", async () => {
    const bomb = file(
      mat.compressed(mat.matrix(9, [1, 2 ** 24], "b", mat.element(2, new Uint8Array(2 ** 24)))),
    );
    expect(bomb.length).toBeLessThan(20_000);
    await expect(readMat(bomb, { maxBytes: 2 ** 20 })).rejects.toThrow(/raise maxBytes/);
    expect((await readMat(bomb)).get("b")).toMatchObject({ shape: [1, 2 ** 24] });
  });

  test("what is no data is named, and the rest is read", async () => {
    const handle = mat.matrix(16, [1, 1], "f", mat.matrix(6, [1, 1], "", mat.doubles([1])));
    const found = await readMat(file(handle, mat.matrix(6, [1, 1], "m", mat.doubles([4]))));
    expect(found.get("f")).toEqual({ kind: "unreadable", what: "a function handle" });
    expect(found.get("m")).toMatchObject({ data: Float64Array.of(4) });
  });

  test.each(["v5.mat", "v7.mat"])(
    "600 damaged copies of %s: a typed error or an answer, never a crash",
    async (name) => {
      const whole = bytesOf(name);
      const next = seeded(20);
      let errors = 0;
      for (let n = 0; n < 600; n++) {
        try {
          await readMat(mutate(whole, next), { maxBytes: 2 ** 20 });
        } catch (error) {
          if (!isTsrsaError(error)) throw error;
          errors++;
        }
      }
      expect(errors).toBeGreaterThan(100);
    },
  );

  function nested(depth: number): Uint8Array {
    let inner = mat.matrix(6, [1, 1], "", mat.doubles([1]));
    for (let level = 0; level < depth; level++) inner = mat.matrix(1, [1, 1], "c", inner);
    return inner;
  }

  function version4(): Uint8Array {
    const head = new DataView(new ArrayBuffer(20));
    [2000, 1, 2, 0, 2].forEach((value, at) => head.setUint32(4 * at, value, true));
    return join(new Uint8Array(head.buffer), Uint8Array.of(97, 0), new Uint8Array(16));
  }

  function damage(bytes: Uint8Array): Uint8Array {
    const copy = bytes.slice();
    copy[copy.length - 1] ^= 1;
    return copy;
  }
});

const real = joinPath(import.meta.dirname, "../../../../shared/real-data/kriegeskorte92");

describe.skipIf(!existsSync(real))("Kriegeskorte and others (2008), the real files", () => {
  test.each([
    ["92_behavRDMs.mat", "rdms_behav_92", [1, 16]],
    ["92_brainRDMs.mat", "RDMs", [1, 4, 2]],
    ["92_modelRDMs.mat", "Models", [1, 8]],
    ["Kriegeskorte_Neuron2008_supplementalData.mat", "stimuli_92objs", [1, 92]],
    ["faceAnimateInaniClustersRDM.mat", "RDMs_mIT_hIT_fig1", [1, 2]],
    ["rdm92_HMAXnatImPatch.mat", "rdm92_HMAXnatImPatch", [92, 92]],
    ["rdm92_V1model.mat", "rdm92_V1model", [92, 92]],
    ["simTruePatterns.mat", "simTruePatterns2", [92, 100]],
  ])("%s", async (file, variable, shape) => {
    const value = (await readMat(joinPath(real, file))).get(variable);
    expect(value !== undefined && "shape" in value ? value.shape : undefined).toEqual(shape);
  });

  test("monkey and human inferior temporal cortex agree with r = 0.49", async () => {
    const file = joinPath(real, "Kriegeskorte_Neuron2008_supplementalData.mat");
    const value = (await readMat(file, { variables: ["RDMs_mIT_hIT_fig1"] })).get(
      "RDMs_mIT_hIT_fig1",
    );
    if (value?.kind !== "struct") throw new Error("no structs");
    const [monkey, human] = value.data.map((element) => {
      const rdm = element.get("RDM");
      return new Rdm(rdm?.kind === "number" ? rdm.data : []);
    });
    expect(pearson(monkey.condensed, human.condensed)).toBeCloseTo(0.49121, 5);
  });
});

function utf16(text: string, little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at), little);
  return new Uint8Array(view.buffer);
}
