import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { onnxBytes, parseOnnx, readExternalData, withOutputs } from "../../../src/io/onnx/index.ts";
import { byteString, joined, lengthed, whole } from "../../../src/io/onnx/wire-bytes.ts";

const folder = join(import.meta.dirname, "../../fixtures/onnx");
const bytesOf = (name: string): Uint8Array => readFileSync(join(folder, name));
const models = readdirSync(folder).filter((name) => name.endsWith(".onnx"));

const relu = (input: string, output: string) => ({
  op: "Relu",
  inputs: [input],
  outputs: [output],
});
const small = (nodes: ReturnType<typeof relu>[], outputs: string[]) =>
  onnxBytes({ nodes, inputs: { image: ["N", 3, 4, 4] }, outputs });

describe("what stands in a file", () => {
  test("a residual network: nodes in order, weights with shapes, one input", () => {
    const { graph, opset } = parseOnnx(bytesOf("convnet.onnx"));
    expect(opset).toBe(17);
    expect(graph.nodes.length).toBe(20);
    expect(graph.nodes[0]).toMatchObject({ op: "Conv", name: "/conv1/Conv" });
    expect(graph.nodes[0].attributes.get("pads")).toEqual([1, 1, 1, 1]);
    expect(graph.inputs).toEqual([{ name: "image", type: "float32", shape: ["N", 3, "H", "W"] }]);
  });

  test("weights that an old file lists as inputs are not asked for", () => {
    expect(parseOnnx(bytesOf("old-unnamed.onnx")).graph.inputs.map(({ name }) => name)).toEqual([
      "0",
    ]);
  });

  test("functions of the model, and tensors that a branch takes from around it", () => {
    const { graph, functions } = parseOnnx(bytesOf("nested.onnx"));
    expect(functions).toEqual(["Twice"]);
    expect(graph.nodes.find(({ op }) => op === "If")?.captured).toEqual(["c"]);
  });

  test.each(models)("%s is read once more with outputs put behind it", (name) => {
    const model = parseOnnx(bytesOf(name));
    const made = model.graph.nodes.flatMap(({ outputs }) => outputs);
    const outputs = new Set(model.graph.outputs.map((output) => output.name));
    const asked = made.filter((tensor) => !outputs.has(tensor));
    const { graph } = parseOnnx(withOutputs(bytesOf(name), asked));
    expect(graph.outputs.slice(outputs.size).map((output) => output.name)).toEqual(asked);
    expect(graph.nodes).toEqual(model.graph.nodes);
  });

  test("what is written is read", () => {
    const bytes = onnxBytes({
      nodes: [
        {
          op: "Gemm",
          inputs: ["x", "w"],
          outputs: ["y"],
          attributes: { transB: 1 },
          floats: { alpha: 2 },
        },
      ],
      weights: {
        w: { data: Float32Array.of(1, 2), shape: [1, 2] },
        axes: { data: BigInt64Array.of(-1n, 7n), shape: [2] },
      },
      inputs: { x: ["batch", 2] },
      outputs: ["y"],
    });
    const { graph } = parseOnnx(bytes);
    expect(Object.fromEntries(graph.nodes[0].attributes)).toEqual({ transB: 1, alpha: 2 });
    expect(graph.weights.get("axes")?.values).toEqual([-1, 7]);
    expect(graph.weights.get("w")).toMatchObject({ type: "float32", shape: [1, 2] });
  });
});

describe("files that are no models are told apart", () => {
  test.each([
    ["empty.onnx", "an empty file"],
    ["text.onnx", "a web page"],
    ["lfs-pointer.onnx", "git lfs pull"],
    ["truncated.onnx", "the file is cut"],
  ])("%s", (name, words) => {
    expect(() => parseOnnx(bytesOf(`bad/${name}`), name)).toThrow(words);
  });

  test("a web page, a zip archive, a pickle", () => {
    expect(() => parseOnnx(byteString("<!DOCTYPE html><html>"))).toThrow("a web page");
    expect(() => parseOnnx(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))).toThrow("torch.onnx.export");
    expect(() => parseOnnx(Uint8Array.of(0x80, 2, 0x8a, 10))).toThrow("a Python pickle");
  });

  test("cut at every byte: refused each time", () => {
    const bytes = bytesOf("half.onnx");
    const read = [...bytes.keys()].filter((length) => {
      try {
        parseOnnx(bytes.subarray(0, length));
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: "FILE_FORMAT" });
        return false;
      }
    });
    expect(read).toEqual([]);
  });
});

describe("graphs that cannot be run", () => {
  test("a circle", () => {
    const circle = small([relu("b", "a"), relu("a", "b")], ["b"]);
    expect(() => parseOnnx(circle)).toThrow(/a circle: "Relu a", "Relu b"/);
    expect(() => parseOnnx(small([relu("a", "a")], ["a"]))).toThrow("a circle");
  });

  test("a tensor that nothing makes, one made twice, an output that nothing makes, no operations", () => {
    expect(() => parseOnnx(small([relu("lost", "a")], ["a"]))).toThrow('its input "lost"');
    expect(() => parseOnnx(small([relu("image", "a"), relu("image", "a")], ["a"]))).toThrow("once");
    expect(() => parseOnnx(small([relu("image", "a")], ["b"]))).toThrow('makes "b"');
    expect(() => parseOnnx(small([], ["image"]))).toThrow("operations");
  });

  test("graphs within graphs without end", () => {
    let inner: Uint8Array = lengthed(1, [lengthed(4, [byteString("Relu")])]);
    for (let depth = 0; depth < 200; depth++)
      inner = lengthed(1, [lengthed(4, [byteString("If")]), lengthed(5, [lengthed(6, [inner])])]);
    const bytes = joined([whole(1, 8), lengthed(7, [inner])]);
    expect(() => parseOnnx(bytes)).toThrow("within one another");
  });

  test("weights whose shape does not fit their bytes, or is beyond counting", () => {
    const weights = (dims: number[], bytes: number) =>
      joined([
        whole(1, 8),
        lengthed(8, [whole(2, 17)]),
        lengthed(7, [
          lengthed(1, [
            lengthed(1, [byteString("x")]),
            lengthed(2, [byteString("y")]),
            lengthed(4, [byteString("Relu")]),
          ]),
          lengthed(5, [
            ...dims.map((d) => whole(1, d)),
            whole(2, 1),
            lengthed(8, [byteString("w")]),
            lengthed(9, [new Uint8Array(bytes)]),
          ]),
          lengthed(11, [lengthed(1, [byteString("x")])]),
        ]),
      ]);
    expect(parseOnnx(weights([2, 3], 24)).graph.weights.get("w")?.shape).toEqual([2, 3]);
    expect(() => parseOnnx(weights([2, 3], 20))).toThrow("24 bytes for (2, 3)");
    expect(() => parseOnnx(weights([2 ** 31, 2 ** 31], 8))).toThrow("counted");
    expect(() => parseOnnx(weights([2 ** 40, 0, 2 ** 40], 8))).toThrow("0 bytes");
    expect(() => parseOnnx(weights([-1], 4))).toThrow("counted");
  });

  test("numbers of more than 10 bytes, unknown wire types, lengths beyond the end", () => {
    expect(() => parseOnnx(Uint8Array.of(8, ...Array<number>(11).fill(0xff)))).toThrow("10 bytes");
    expect(() => parseOnnx(Uint8Array.of(8, 8, 0x3b, 0))).toThrow("wire type");
    expect(() => parseOnnx(Uint8Array.of(8, 8, 0x3a, 0xff, 0xff, 0xff, 0xff, 0x7f))).toThrow("cut");
  });

  test("a small file that would be millions of objects", () => {
    const many = new Uint8Array(1_000_000);
    for (let at = 0; at < many.length; at += 2) many[at] = 0x62;
    expect(() => parseOnnx(joined([whole(1, 8), lengthed(7, [many])]))).toThrow("bytes in memory");
  });
});

describe("weights in a second file", () => {
  const model = (name: string) => parseOnnx(bytesOf(name), name);

  test("beside the model, or given by name", async () => {
    const path = join(folder, "convnet-external.onnx");
    const outside = model("convnet-external.onnx");
    const [read] = await readExternalData(outside, path, "convnet");
    expect(read.path).toBe("convnet-external.onnx.data");
    expect(read.data.length).toBe(63720);
    const bytes = bytesOf("convnet-external.onnx");
    await expect(readExternalData(outside, bytes, "convnet")).rejects.toThrow("externalData:");
    const given = { "convnet-external.onnx.data": read.data };
    expect(await readExternalData(outside, bytes, "convnet", given)).toEqual([read]);
    const short = { "convnet-external.onnx.data": read.data.subarray(1) };
    await expect(readExternalData(outside, bytes, "convnet", short)).rejects.toThrow("63720");
  });

  test("outside of the folder, and missing", async () => {
    const path = join(folder, "bad/external-outside.onnx");
    const outside = model("bad/external-outside.onnx");
    await expect(readExternalData(outside, path, "m")).rejects.toThrow(
      "a file in the model's folder",
    );
    const missing = model("bad/external-missing.onnx");
    await expect(
      readExternalData(missing, join(folder, "bad/external-missing.onnx"), "m"),
    ).rejects.toMatchObject({ code: "MISSING_FILE" });
  });

  test("outside by an escape that an address takes for a dot", async () => {
    const [tensor] = model("convnet-external.onnx").outside;
    for (const location of ["%2e%2e/secret", ".%2E/secret", "sub/..%2fsecret", "%2Fsecret"]) {
      const leading = {
        ...model("convnet-external.onnx"),
        outside: [{ ...tensor, external: { location, offset: 0, length: 4 } }],
      };
      await expect(
        readExternalData(leading, new URL("https://example.org/a/m.onnx"), "m"),
      ).rejects.toThrow("a file in the model's folder");
    }
  });

  test("through a link that leads out of the folder", async () => {
    const place = mkdtempSync(join(tmpdir(), "tsrsa-onnx-"));
    const path = join(place, "convnet-external.onnx");
    writeFileSync(path, bytesOf("convnet-external.onnx"));
    symlinkSync(join(folder, "convnet-external.onnx.data"), `${path}.data`);
    const outside = model("convnet-external.onnx");
    await expect(readExternalData(outside, path, "m")).rejects.toThrow("a link to");
    // A folder beside it whose name begins like its own.
    const like = `${place}-too`;
    mkdirSync(like);
    writeFileSync(join(like, "weights"), bytesOf("convnet-external.onnx.data"));
    rmSync(`${path}.data`);
    symlinkSync(join(like, "weights"), `${path}.data`);
    await expect(readExternalData(outside, path, "m")).rejects.toThrow("a link to");
    // Where the model is a link into the same folder, as in a cache of files by hash, both are together.
    const linked = mkdtempSync(join(tmpdir(), "tsrsa-onnx-"));
    for (const end of ["", ".data"])
      symlinkSync(
        join(folder, `convnet-external.onnx${end}`),
        join(linked, `convnet-external.onnx${end}`),
      );
    const [read] = await readExternalData(outside, join(linked, "convnet-external.onnx"), "m");
    expect(read.data.length).toBe(63720);
  });
});
