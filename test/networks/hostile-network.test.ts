import { describe, expect, test } from "vitest";
import { onnxBytes, type OnnxGraphInput, type OnnxNodeInput } from "../../src/io/index.ts";
import { byteString, joined, lengthed, varintBytes, whole } from "../../src/io/onnx/wire-bytes.ts";
import { chooseLayers, openNetwork } from "../../src/networks/index.ts";

const inputs = { x: ["N", 3, 4, 4] };
const open = (graph: Omit<OnnxGraphInput, "inputs">) =>
  openNetwork(onnxBytes({ inputs, ...graph }));
const chain = (length: number, node: (from: string, to: string) => OnnxNodeInput) =>
  Array.from({ length }, (_, at) => node(at === 0 ? "x" : `t${at - 1}`, `t${at}`));

/** Each of these once took all memory or all time, from a file of some kilobytes. */
describe("small files that would become large ones", () => {
  test("a list of lengths that doubles at every node", async () => {
    const nodes = [
      { op: "Shape", inputs: ["x"], outputs: ["s"] },
      ...chain(25, (from, to) => {
        const list = from === "x" ? "s" : from;
        return { op: "Concat", inputs: [list, list], outputs: [to], attributes: { axis: 0 } };
      }),
      { op: "Reshape", inputs: ["x", "t24"], outputs: ["y"] },
    ];
    expect((await open({ nodes, outputs: ["y"] })).layers[0].shape).toBeUndefined();
  });

  test("axes that double at every node", async () => {
    const nodes = chain(30, (from, to) => ({ op: "Gather", inputs: [from, from], outputs: [to] }));
    await expect(openNetwork(onnxBytes({ nodes, inputs, outputs: ["t29"] }))).rejects.toThrow(
      "at most 2147483648 numbers",
    );
    const flat = { x: ["N", 1, 1, 1] };
    const { layers } = await openNetwork(onnxBytes({ nodes, inputs: flat, outputs: ["t29"] }));
    expect(layers.map(({ shape }) => shape?.length).slice(3, 6)).toEqual([
      49,
      undefined,
      undefined,
    ]);
  });

  test.each([".", "/"])("a name of 100,000 steps, parted by %s", async (by) => {
    const name = `a${by}`.repeat(100_000);
    const nodes = [{ op: "Relu", name, inputs: ["x"], outputs: ["y"] }];
    expect((await open({ nodes, outputs: ["y"] })).layers.length).toBe(1);
  });

  test("a node of many inputs and many outputs, and a sum of many", async () => {
    const many = Array.from({ length: 30_000 }, (_, at) => `o${at}`);
    const nodes = [
      { op: "Unknown", inputs: many.map(() => "x"), outputs: many },
      { op: "Sum", inputs: many, outputs: ["sum"] },
      { op: "Sum", inputs: Array<string>(200_000).fill("x"), outputs: ["y"] },
    ];
    const { layers } = await open({ nodes, outputs: ["y"] });
    expect(layers.length).toBe(30_002);
    expect(layers[0].name).toBe("o0:0");
    expect(layers.at(-1)?.shape).toEqual(["N", 3, 4, 4]);
  });

  test("blocks without end", async () => {
    const add = (from: string, to: string) => ({ op: "Add", inputs: [from, from], outputs: [to] });
    const nodes = chain(20_000, add);
    const network = await open({ nodes, outputs: ["t19999"] });
    expect(chooseLayers(network, "blocks").length).toBe(19_999);
    const tokens = onnxBytes({ nodes, inputs: { x: ["N", 3, 4] }, outputs: ["t19999"] });
    expect(chooseLayers(await openNetwork(tokens), "blocks").length).toBe(9_999);
  });

  test("a number of images at once that nobody has", async () => {
    const nodes = [{ op: "Relu", inputs: ["x"], outputs: ["y"] }];
    const opened = (n: number) =>
      openNetwork(onnxBytes({ nodes, inputs: { x: [n, 3, 224, 224] }, outputs: ["y"] }));
    await expect(opened(2000)).rejects.toThrow("export the network with a free number of images");
    expect((await opened(256)).layers[0].shape).toEqual(["N", 3, 224, 224]);
  });

  test("a shape and an attribute of more numbers than a call takes arguments", async () => {
    const packed = Array.from({ length: 300_000 }, () => varintBytes(1));
    const model = (node: Uint8Array[], weights: Uint8Array[]) =>
      joined([
        whole(1, 8),
        lengthed(8, [whole(2, 17)]),
        lengthed(7, [
          lengthed(1, [
            ...[lengthed(1, [byteString("x")]), lengthed(2, [byteString("y")])],
            ...[lengthed(4, [byteString("Relu")]), ...node],
          ]),
          ...weights,
          lengthed(11, [lengthed(1, [byteString("x")])]),
        ]),
      ]);
    const perm = lengthed(5, [lengthed(1, [byteString("perm")]), lengthed(8, packed)]);
    expect((await openNetwork(model([perm], []))).layers.length).toBe(1);
    const weights = lengthed(5, [lengthed(1, packed), whole(2, 1), lengthed(8, [byteString("w")])]);
    await expect(openNetwork(model([], [weights]))).rejects.toThrow("at most 64 axes");
  });
});

test("padding of some axes, which an input names", async () => {
  const nodes = [{ op: "Pad", inputs: ["x", "pads", "", "axes"], outputs: ["y"] }];
  const weights = {
    pads: { data: BigInt64Array.of(1n, 2n, 3n, 4n), shape: [4] },
    axes: { data: BigInt64Array.of(2n, -1n), shape: [2] },
  };
  const network = await open({ nodes, weights, outputs: ["y"], opset: 18 });
  expect(network.layers[0].shape).toEqual(["N", 3, 8, 10]);
});

describe("shapes that depend on numbers beside them", () => {
  const shapeOf = async (node: OnnxNodeInput, weights: OnnxGraphInput["weights"], opset = 18) =>
    (await open({ nodes: [node], weights, outputs: ["y"], opset })).layers[0].shape;
  const wholes = (...values: number[]) => ({
    data: BigInt64Array.from(values, BigInt),
    shape: [values.length],
  });
  const floats = (...values: number[]) => ({
    data: Float32Array.from(values),
    shape: [values.length],
  });
  const node = (op: string, more: string[], attributes?: OnnxNodeInput["attributes"]) => ({
    ...{ op, inputs: ["x", ...more], outputs: ["y"], attributes },
  });

  test("maps that are enlarged by scales or to sizes", async () => {
    const by = (...scales: number[]) => ({ s: floats(...scales) });
    expect(await shapeOf(node("Resize", ["", "s"]), by(1, 1, 2, 1.5))).toEqual(["N", 3, 8, 6]);
    expect(await shapeOf(node("Upsample", ["s"]), by(1, 1, 3, 0.4), 9)).toEqual(["N", 3, 12, 1]);
    const some = { axes: [2, -1] };
    expect(await shapeOf(node("Resize", ["", "s"], some), by(2, 3))).toEqual(["N", 3, 8, 12]);
    const sizes = { s: wholes(9, 7) };
    expect(await shapeOf(node("Resize", ["", "", "s"], some), sizes)).toEqual(["N", 3, 9, 7]);
    const part = { coordinate_transformation_mode: "tf_crop_and_resize" };
    expect(await shapeOf(node("Resize", ["", "s"], part), by(1, 1, 2, 2))).toEqual([
      ...["N", 3, undefined, undefined],
    ]);
    const kept = { ...some, keep_aspect_ratio_policy: "not_larger" };
    expect(await shapeOf(node("Resize", ["", "", "s"], kept), sizes)).toEqual([
      ...["N", 3, undefined, undefined],
    ]);
  });

  test("tensors laid beside themselves, and lengths that are what is left of a division", async () => {
    const times = { times: wholes(1, 2, 1, 4) };
    expect(await shapeOf(node("Tile", ["times"]), times)).toEqual(["N", 6, 4, 16]);
    const nodes = [
      { op: "Mod", inputs: ["a", "b"], outputs: ["rest"] },
      { op: "Reshape", inputs: ["x", "rest"], outputs: ["y"] },
    ];
    const weights = { a: wholes(0, -1, 9), b: wholes(5, 6, 5) };
    const { layers } = await open({ nodes, weights, outputs: ["y"] });
    expect(layers[0].shape).toEqual(["N", 5, 4]);
  });

  test("cut at places that only running tells: no axis that is cut keeps its length", async () => {
    const nodes = (axes: string[]): OnnxNodeInput[] => [
      { op: "ReduceSum", inputs: ["x"], outputs: ["sum"], attributes: { keepdims: 0 } },
      { op: "Cast", inputs: ["sum"], outputs: ["start"], attributes: { to: 7 } },
      { op: "Slice", name: "cut", inputs: ["x", "start", "end", ...axes], outputs: ["y"] },
    ];
    const cut = async (axes: string[]) =>
      (await open({ nodes: nodes(axes), weights, outputs: ["y"] })).layer("cut").shape;
    const weights = { end: wholes(9), two: wholes(2) };
    expect(await cut(["two"])).toEqual(["N", 3, undefined, 4]);
    expect(await cut(["start"])).toEqual([undefined, undefined, undefined, undefined]);
  });

  test("a map that a few bytes make larger than any machine", async () => {
    const huge = shapeOf(node("Resize", ["", "s"]), { s: floats(1, 1, 1e5, 1e5) });
    await expect(huge).rejects.toThrow("made to take all memory");
    const tiles = shapeOf(node("Tile", ["t"]), { t: wholes(1, 1000, 1000, 1000) });
    await expect(tiles).rejects.toThrow("made to take all memory");
  });
});

test("a module and one that begins like it keep their names; one that others stand in has its operation", async () => {
  const names = ["/b/Relu", "/b.1/Relu", "/bc/Relu", "/d/Relu"];
  const nodes = names.map((name, at) => ({
    ...{ op: "Relu", name, inputs: [at === 0 ? "x" : `t${at - 1}`], outputs: [`t${at}`] },
  }));
  const { layers } = await open({ nodes, outputs: ["t3"] });
  expect(layers.map(({ name }) => name)).toEqual(["b.Relu", "b.1", "bc", "d"]);
});
