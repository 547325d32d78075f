import { describe, expect, test } from "vitest";
import { loadOnnx, type OnnxRuntime, type OnnxTensor } from "../../../src/compute/onnx-runtime.ts";
import { byteString, joined, lengthed, whole } from "../../../src/io/onnx/wire-bytes.ts";
import { activations, openNetwork, type NetworkInput } from "../../../src/networks/index.ts";
import { halfBits, inputTensor } from "../../../src/networks/run/input-tensor.ts";
import { tensorNumbers } from "../../../src/networks/run/tensor-numbers.ts";

const available = await loadOnnx().then(
  () => true,
  () => false,
);
if (!available) console.log("types of inputs: onnxruntime-node is not installed; nothing is run");

/** What a runtime would be given. */
const runtime = {
  InferenceSession: { create: () => Promise.reject(new Error("not run")) },
  Tensor: class implements OnnxTensor {
    constructor(
      readonly type: string,
      readonly data: OnnxTensor["data"],
      readonly dims: readonly number[],
    ) {}
  },
} as OnnxRuntime;

const input = (type: NetworkInput["type"], isImage = false): NetworkInput => ({
  ...{ name: "x", shape: ["N"], type, isImage },
});
const given = (type: NetworkInput["type"], ...data: number[]) =>
  inputTensor(runtime, input(type), Float64Array.from(data), [data.length]);

describe("numbers as the input's type", () => {
  test("whole ones keep every digit", () => {
    const ids = given("int64", 2 ** 53 - 1, -7, 16777217);
    expect(ids.data).toEqual(BigInt64Array.of(2n ** 53n - 1n, -7n, 16777217n));
    expect(given("float64", 0.1).data).toEqual(Float64Array.of(0.1));
    expect(given("int8", -128, 127).data).toEqual(Int8Array.of(-128, 127));
    expect(given("uint64", 3).data).toEqual(BigUint64Array.of(3n));
  });

  test.each([
    ["uint8", -1],
    ["uint8", 256],
    ["uint8", 0.5],
    ["int32", 2 ** 31],
    ["int64", NaN],
    ["uint64", -1],
    ["bool", 2],
  ] as const)(
    "what a type does not hold is not made into something else: %s of %d",
    (type, value) => {
      expect(() => given(type, 1, value)).toThrow(`(${type})`);
    },
  );

  test("an image is told which preparation fits; types without numbers are refused", () => {
    const data = Float32Array.of(-1.5);
    expect(() => inputTensor(runtime, input("uint8", true), data, [1])).toThrow("divide: 1");
    expect(() => given("bfloat16", 1)).toThrow("float32");
  });

  test("16-bit floats: every one is itself, others the nearest", () => {
    const all = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
    const values = tensorNumbers({ type: "float16", data: all, dims: [65536] });
    const wrong = all.filter(
      (bits, at) => halfBits(values[at]) !== bits && !Number.isNaN(values[at]),
    );
    expect([...wrong]).toEqual([]);
    expect(
      [NaN, 65519, 65520, 1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 ** -25, 1.1 * 2 ** -25].map(halfBits),
    ).toEqual([0x7e00, 0x7bff, 0x7c00, 0x3c00, 0x3c02, 0, 1]);
  });
});

describe.skipIf(!available)("a network whose input is no float32", () => {
  const network = (type: number) => {
    const text = (number: number, value: string) => lengthed(number, [byteString(value)]);
    const axis = (length: number | string) =>
      lengthed(1, [typeof length === "number" ? whole(1, length) : text(2, length)]);
    const shape = lengthed(2, ["N", 3, 2, 2].map(axis));
    const to = lengthed(5, [text(1, "to"), whole(3, 1), whole(20, 2)]);
    return openNetwork(
      joined([
        ...[whole(1, 8), lengthed(8, [whole(2, 17)])],
        lengthed(7, [
          lengthed(1, [text(1, "x"), text(2, "y"), text(3, "cast"), text(4, "Cast"), to]),
          text(2, "g"),
          lengthed(11, [text(1, "x"), lengthed(2, [lengthed(1, [whole(1, type), shape])])]),
          lengthed(12, [text(1, "y")]),
        ]),
      ]),
    );
  };
  const image = {
    width: 2,
    height: 2,
    channels: 1,
    name: "a",
    data: Uint8Array.of(0, 1, 128, 255),
  };
  const run = async (type: number, prepare: { divide: number; mean?: number }) =>
    activations(await network(type), [image as never], {
      prepare,
      pool: "none",
      onProgress: false,
    });

  test.each([
    [2, "uint8"],
    [10, "float16"],
    [7, "int64"],
  ])("type %d, %s: pixels arrive as they are", async (type) => {
    const { layers } = await run(type, { divide: 1 });
    expect([...layers[0].patterns.data.subarray(0, 4)]).toEqual([0, 1, 128, 255]);
  });

  test("pixels that were made floats do not become other whole numbers", async () => {
    await expect(run(2, { divide: 255 })).rejects.toThrow("divide: 1");
    const { layers } = await run(10, { divide: 255, mean: 0.5 });
    expect(layers[0].patterns.data[1]).toBeCloseTo(1 / 255 - 0.5, 3);
  });
});
