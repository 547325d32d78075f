import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadOnnx } from "../../src/compute/onnx-runtime.ts";
import { onnxBytes, type Image, type OnnxNodeInput } from "../../src/io/index.ts";
import { activationRdms, activations, openNetwork } from "../../src/networks/index.ts";
import { imageSource } from "../../src/networks/image-source.ts";
import { fullPreparation } from "../../src/networks/prepare/preparation.ts";
import { modelFolder, referenceModels, referenceTensor } from "./reference.ts";

const available = await loadOnnx().then(
  () => true,
  () => false,
);
if (!available)
  console.log("activations: onnxruntime-node is not installed; only its absence is tested");

const quiet = { onProgress: false } as const;

/** What a layer may differ by: integer codes by one step. */
function tolerance(dtype: string): { rtol: number; atol: number } {
  if (dtype === "float16") return { rtol: 2e-3, atol: 2e-3 };
  if (dtype === "uint8" || dtype === "int8") return { rtol: 0, atol: 1 };
  return { rtol: 1e-4, atol: 1e-5 };
}

const models = [...Object.keys(referenceModels), "convnet-external"];

describe.skipIf(!available)("every layer of every small model is what it is in Python", () => {
  test.each(models)("%s", async (name) => {
    const reference = referenceModels[name.replace("-external", "")];
    const network = await openNetwork(join(modelFolder, `${name}.onnx`));
    const [image, ...others] = reference.inputs;
    const inputs = Object.fromEntries(
      await Promise.all(
        others.map(async (input) => [input.name, await referenceTensor(input.key)]),
      ),
    ) as Record<string, Awaited<ReturnType<typeof referenceTensor>>>;
    const result = await activations(network, await referenceTensor(image.key), {
      ...quiet,
      layers: "all",
      pool: "none",
      inputs,
    });
    expect(result.layers.length).toBeGreaterThan(2);
    for (const { layer, patterns, shape } of result.layers) {
      const expected = reference.tensors.find(({ tensor }) => tensor === layer.tensor);
      expect(expected, layer.name).toBeDefined();
      if (expected === undefined) continue;
      const [n, ...each] = expected.shape;
      expect(shape).toEqual(each.length === 0 ? [1] : each);
      expect(patterns.shape[0]).toBe(n);
      const wanted = await referenceTensor(expected.key);
      const half = name === "half";
      const { rtol, atol } = tolerance(half ? "float16" : expected.dtype);
      const worst = Math.max(
        ...Array.from(
          patterns.data,
          (value, at) => Math.abs(value - wanted.data[at]) - rtol * Math.abs(wanted.data[at]),
        ),
      );
      expect(worst, `${name} ${layer.name}`).toBeLessThanOrEqual(atol);
    }
  });
});

const grey = (value: number, name: string, side = 8): Image => ({
  ...{ width: side, height: side, channels: 1, name },
  data: Uint8Array.from({ length: side * side }, (_, at) => (value + at * 7) % 256),
});

const pictures = Array.from({ length: 11 }, (_, at) => grey(at * 20, `p${at}.png`));
const half = () => openNetwork(join(modelFolder, "half.onnx"));
const old = () => openNetwork(join(modelFolder, "old-unnamed.onnx"));
const own = { divide: 255 } as const;

test("numbers of another shape are another image for the cache", async () => {
  const hashOf = async (shape: number[]) => {
    const matrix = { data: new Float32Array(192).fill(0.5), shape };
    return (await imageSource(matrix, fullPreparation({}), "first", undefined).at(0)).hash();
  };
  expect(await hashOf([1, 3, 8, 8])).toBe(await hashOf([1, 3, 8, 8]));
  expect(await hashOf([1, 3, 8, 8])).not.toBe(await hashOf([1, 3, 4, 16]));
});

test("a TIFF file is turned as it says, as PIL does; no tag is left to follow", async () => {
  const entry = (tag: number, value: number): number[] => [
    tag & 255,
    tag >> 8,
    3,
    0,
    1,
    0,
    0,
    0,
    value,
    0,
    0,
    0,
  ];
  const pixels = [10, 20, 30, 40, 50, 60];
  // Width, height, bits, uncompressed, 0 is black, where the pixels are, orientation, colours, rows and bytes of them.
  const tags = [
    ...[256, 3, 257, 2, 258, 8, 259, 1, 262, 1, 273, 8, 274, 6, 277, 1, 278, 2, 279, 6],
  ];
  const entries = tags.flatMap((tag, at) => (at % 2 === 0 ? entry(tag, tags[at + 1]) : []));
  const head = [0x49, 0x49, 42, 0, 14, 0, 0, 0];
  const bytes = Uint8Array.from([...head, ...pixels, 10, 0, ...entries, 0, 0, 0, 0]);
  const prepare = fullPreparation({ divide: 1, colours: "grey" });
  const source = imageSource([new File([bytes], "scan.tif")], prepare, "first", undefined);
  const image = await source.at(0);
  expect(image.isTurned).toBe(false);
  const { data, shape } = await image.prepare();
  expect(shape).toEqual([1, 3, 2]);
  expect([...data]).toEqual([40, 10, 50, 20, 60, 30]);
});

test("a name with a % that stands for nothing is a name", () => {
  const { items } = imageSource(
    [new URL("file:///a/100%.png"), new URL("file:///a/b%20c.png")],
    fullPreparation({}),
    "first",
    undefined,
  );
  expect(items).toEqual(["100%", "b c"]);
});

describe("what is refused before anything runs", () => {
  test.skipIf(available)("without the package: what to install", async () => {
    await expect(activations(await half(), pictures, { prepare: own })).rejects.toThrow(
      "npm install --no-save --ignore-scripts onnxruntime-node@1.30.0",
    );
  });

  test("images without a preparation, numbers with one, no images, two of one name", async () => {
    const network = await half();
    await expect(activations(network, pictures)).rejects.toThrow('prepare: "imagenet"');
    const numbers = { data: new Float32Array(192), shape: [1, 3, 8, 8] };
    await expect(activations(network, numbers, { prepare: own })).rejects.toThrow("as they are");
    await expect(activations(network, [], { prepare: own })).rejects.toThrow("at least one");
    await expect(
      activations(network, [pictures[0], pictures[0]], { prepare: own }),
    ).rejects.toThrow("occurs more than once");
    await expect(activations(network, pictures, { prepare: own, items: ["a"] })).rejects.toThrow(
      "11 items",
    );
    await expect(
      activations(network, pictures, { prepare: own, layer: ["c"] } as never),
    ).rejects.toThrow('did you mean "layers"');
    await expect(activations(network, pictures, { prepare: own, layers: ["x"] })).rejects.toThrow(
      "unknown layer",
    );
    await expect(
      activations(network, pictures, { prepare: own, pool: "men" as never }),
    ).rejects.toThrow('did you mean "mean"');
    await expect(
      activations(network, pictures, { prepare: own, runtime: {} as never }),
    ).rejects.toThrow("the module itself");
  });
});

describe.skipIf(!available)("images through a network", () => {
  test("labelled by their files; the same rows alone, in batches, and by a network of one image at a time", async () => {
    const network = await half();
    const all = await activations(network, pictures, { ...quiet, prepare: own });
    expect(all.items?.slice(0, 2)).toEqual(["p0", "p1"]);
    expect(all.layers.map(({ layer, reduction }) => `${layer.name}: ${reduction}`)).toEqual([
      "relu: mean over 6 × 6 places",
      "out_cast: all values",
    ]);
    const single = await activations(network, [pictures[7]], { ...quiet, prepare: own });
    const width = all.layers[0].patterns.shape[1];
    const row = all.layers[0].patterns.data.subarray(7 * width, 8 * width);
    single.layers[0].patterns.data.forEach((value, at) => expect(value).toBeCloseTo(row[at], 2));
    const ones = await activations(await old(), pictures, {
      ...quiet,
      prepare: own,
      layers: "all",
    });
    const two = await activations(await old(), pictures.slice(3, 5), {
      ...quiet,
      prepare: own,
      layers: "all",
    });
    const last = ones.layers.at(-1)?.patterns;
    expect([...(last?.data.subarray(9, 15) ?? [])]).toEqual([
      ...(two.layers.at(-1)?.patterns.data ?? []),
    ]);
  });

  test("RDMs bear the layer's name, the items, and what they are traced to", async () => {
    const far = activations(await half(), pictures, {
      ...quiet,
      prepare: "imagenet",
      layers: ["conv"],
    });
    await expect(far).rejects.toThrow("choose a preparation of that size");
    const fine = await activations(await half(), pictures, {
      ...quiet,
      prepare: { ...own, name: "plain" },
      layers: ["conv"],
      pool: "none",
    });
    const [rdm] = fine.rdms({ metric: "euclidean" });
    const { record } = fine;
    expect(rdm.name).toBe("conv");
    expect(rdm.between("p0", "p1")).toBeGreaterThan(0);
    expect(rdm.meta).toMatchObject({
      model: "half",
      layer: "conv",
      layerIndex: 1,
      tensor: "c",
      shape: "4 × 6 × 6",
      reduction: "all values",
      preparation: "plain",
      prepared: "rgb; / 255; − 0 0 0; / 1 1 1",
    });
    expect(record.runtime).toMatch(/^onnxruntime-node 1\./);
    expect(record.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test("tokens first: each image has its own, however many run at once", async () => {
    const relu = (from: string, to: string) => ({ op: "Relu", inputs: [from], outputs: [to] });
    const turn = (from: string, to: string, perm: number[]) => ({
      ...{ op: "Transpose", inputs: [from], outputs: [to], attributes: { perm } },
    });
    const nodes = [
      { op: "LayerNormalization", inputs: ["x", "one"], outputs: ["normal"] },
      ...[turn("normal", "t", [1, 0, 2]), relu("t", "first")],
      { op: "Reshape", inputs: ["first", "flat"], outputs: ["joined"] },
      ...[relu("joined", "lost"), turn("first", "out", [1, 0, 2])],
    ];
    const weights = {
      one: { data: new Float32Array(6).fill(1), shape: [6] },
      flat: { data: BigInt64Array.of(4n, -1n), shape: [2] },
    };
    const bytes = onnxBytes({ nodes, weights, inputs: { x: ["N", 4, 6] }, outputs: ["out"] });
    const network = await openNetwork(bytes);
    expect(network.layers.map(({ name, imageAxis }) => `${name} ${imageAxis}`)).toEqual([
      "normal 0",
      "t 1",
      "first 1",
      // The length that is not known may be that of images: running tells.
      "joined 1",
      "lost 1",
      "out 0",
    ]);
    const data = Float32Array.from({ length: 5 * 24 }, (_, at) => (at * 7919) % 101);
    const everything = { ...quiet, layers: "all", pool: "none" } as const;
    const all = await activations(network, { data, shape: [5, 4, 6] }, everything);
    expect(all.notes).toEqual([expect.stringContaining('as "joined", "lost"')]);
    const rows = async (pool: "none" | "mean" | "token", batchSize?: number) => {
      const images = { data, shape: [5, 4, 6] };
      const options = { ...quiet, pool, batchSize, layers: ["first", "out"] };
      return (await activations(network, images, options)).layers;
    };
    for (const pool of ["none", "mean", "token"] as const)
      for (const batchSize of [undefined, 1, 4]) {
        const [first, out] = await rows(pool, batchSize);
        expect(first.patterns).toEqual(out.patterns);
        expect(first.layer.shape).toEqual([4, "N", 6]);
      }
    expect((await rows("token"))[0].patterns.shape).toEqual([5, 6]);
  });

  test("an axis that has the number of images by chance is not taken for theirs", async () => {
    const nodes = [
      { op: "Relu", inputs: ["x"], outputs: ["plain"] },
      // Of an operation whose shape is not known before it runs.
      {
        op: "Einsum",
        inputs: ["plain"],
        outputs: ["turned"],
        attributes: { equation: "nab->anb" },
      },
    ];
    const bytes = onnxBytes({ nodes, inputs: { x: ["N", 4, 6] }, outputs: ["turned"] });
    const images = { data: new Float32Array(96), shape: [4, 4, 6] };
    const network = await openNetwork(bytes);
    for (const layers of [["turned"], ["plain", "turned"], "turned"] as const)
      for (const batchSize of [undefined, 1, 4])
        await expect(
          activations(network, images, { ...quiet, layers: layers as "all", batchSize }),
        ).rejects.toThrow("leave it out");
    // None that was asked for by kind is left: as if it had been named.
    const einsum = activations(network, images, { ...quiet, layers: { op: "Einsum" } });
    await expect(einsum).rejects.toThrow("leave it out");
  });

  test("all layers are those with an axis of images; of the others a note tells", async () => {
    const einsum = (from: string, to: string, equation: string) => ({
      ...{ op: "Einsum", inputs: [from], outputs: [to], attributes: { equation } },
    });
    const nodes = [
      { op: "Relu", inputs: ["x"], outputs: ["plain"] },
      einsum("plain", "turned", "nab->anb"),
      einsum("plain", "same", "nab->nab"),
      // Of one image at once it has as many rows as there are images.
      { op: "ReduceMax", inputs: ["same"], outputs: ["most"], attributes: { axes: [0] } },
      einsum("turned", "out", "anb->nab"),
    ];
    const bytes = onnxBytes({ nodes, opset: 13, inputs: { x: ["N", 4, 6] }, outputs: ["out"] });
    const network = await openNetwork(bytes);
    const data = Float32Array.from({ length: 5 * 24 }, (_, at) => (at * 7919) % 101);
    const images = { data, shape: [5, 4, 6] };
    for (const layers of ["all", ["*"], ["plain", "*"]] as const) {
      const result = await activations(network, images, { ...quiet, layers, pool: "none" });
      expect(result.layers.map(({ layer }) => layer.name)).toEqual(["plain", "same", "out"]);
      for (const { patterns } of result.layers) expect(patterns.data).toEqual(data);
      expect(result.notes).toEqual([expect.stringContaining("2 layers were left out, as ")]);
    }
    const rdms = await activationRdms(network, images, { ...quiet, layers: "all" });
    expect(rdms.map(({ name }) => name)).toEqual(["plain", "same", "out"]);
    expect(rdms[0].meta.note).toContain('"turned", "most"');
    const cache = mkdtempSync(join(tmpdir(), "tsrsa-left-"));
    for (const nCached of [0, 5]) {
      const kept = await activations(network, images, { ...quiet, layers: "all", cache });
      expect([kept.layers.length, kept.record.nCached]).toEqual([3, nCached]);
    }
  });

  test("an axis as long as there are images, along which they are mixed, is not theirs", async () => {
    const whole = (...values: number[]) => ({
      ...{ data: BigInt64Array.from(values, BigInt), shape: [values.length] },
    });
    const step = (
      op: string,
      input: string,
      output: string,
      more: Partial<OnnxNodeInput> = {},
    ) => ({
      ...{ op, name: output, inputs: [input, ...(more.inputs ?? [])], outputs: [output] },
      attributes: more.attributes,
    });
    const turn = { attributes: { perm: [1, 0] } };
    // All numbers of all images, one by one, in rows of as many as an image has.
    const free = onnxBytes({
      nodes: [
        step("Reshape", "x", "rows", { inputs: ["flat"] }),
        step("Transpose", "rows", "turned", turn),
        step("Reshape", "turned", "mixed", { inputs: ["flat"] }),
      ],
      weights: { flat: whole(-1, 8) },
      inputs: { x: ["N", 2, 4] },
      outputs: ["mixed"],
    });
    const fixed = onnxBytes({
      nodes: [
        step("Reshape", "x", "rows", { inputs: ["pairs"] }),
        step("Transpose", "rows", "mixed", { attributes: { perm: [1, 0, 2] } }),
      ],
      weights: { pairs: whole(2, 2, 4) },
      inputs: { x: [2, 2, 4] },
      outputs: ["mixed"],
    });
    const data = Float32Array.from({ length: 4 * 8 }, (_, at) => (at * 37) % 101);
    const images = { data, shape: [4, 2, 4] };
    for (const bytes of [free, fixed]) {
      const network = await openNetwork(bytes);
      expect(network.layers.map(({ name }) => name)).toContain("mixed");
      const all = await activations(network, images, { ...quiet, layers: "all", pool: "none" });
      const kept = bytes === free ? ["rows", "turned"] : ["rows"];
      expect(all.layers.map(({ layer }) => layer.name)).toEqual(kept);
      for (const { patterns } of all.layers) expect(patterns.data).toEqual(data);
      expect(all.notes.join()).toContain('left out, as "mixed"');
      for (const layers of [["mixed"], ["rows", "mixed"]])
        await expect(activations(network, images, { ...quiet, layers })).rejects.toThrow(
          "leave it out",
        );
    }
  });

  test("a second input must be given, and is named", async () => {
    const network = await openNetwork(join(modelFolder, "two-inputs.onnx"));
    await expect(activations(network, pictures, { ...quiet, prepare: own })).rejects.toThrow(
      "mask (1 × 1 × 6 × 6)",
    );
    const mask = { data: new Float32Array(36), shape: [1, 1, 6, 6] };
    await expect(
      activations(network, pictures, { ...quiet, prepare: own, inputs: { mast: mask } }),
    ).rejects.toThrow("no such input");
    const { layers } = await activations(network, pictures, {
      ...quiet,
      prepare: own,
      inputs: { mask },
      layers: ["masked"],
    });
    expect(layers[0].patterns.data.every((value) => value === 0)).toBe(true);
  });

  test("images of different sizes, or of another than the network takes", async () => {
    const network = await openNetwork(join(modelFolder, "convnet.onnx"));
    const mixed = [grey(1, "a.png", 16), grey(2, "b.png", 16), grey(3, "c.png", 18)];
    await expect(
      activations(network, mixed, { ...quiet, prepare: own, batchSize: 3 }),
    ).rejects.toThrow("bring all to one size");
    // The first image runs alone, and so does the second of two; a cache gives each by itself.
    const cache = mkdtempSync(join(tmpdir(), "tsrsa-cache-"));
    for (const options of [
      {},
      { batchSize: 1 },
      { pool: "none", batchSize: 2 },
      { cache },
    ] as const) {
      const apart = [mixed[2], mixed[0], mixed[1]];
      await expect(
        activations(network, apart, { ...quiet, prepare: own, layers: ["relu"], ...options }),
      ).rejects.toThrow(/to one size/);
    }
    const alone = { ...quiet, prepare: own, layers: ["relu"], cache };
    for (const one of mixed) await activations(network, [one], alone);
    await expect(activationRdms(network, mixed, alone)).rejects.toThrow(
      "relu of 10 × 16 × 16, as of the images before",
    );
    await expect(
      activations(await half(), [grey(1, "a", 9)], { ...quiet, prepare: own }),
    ).rejects.toThrow("N × 3 × 8 × 8 as the input image");
    const { layers } = await activations(network, mixed, {
      ...quiet,
      prepare: { resize: [16, 20] },
      layers: ["relu"],
      pool: "max",
    });
    expect(layers[0].patterns.shape).toEqual([3, 10]);
  });

  test("progress, and Stop between batches", async () => {
    const seen: number[] = [];
    const network = await half();
    await activations(network, pictures, {
      prepare: own,
      batchSize: 4,
      onProgress: ({ done }) => seen.push(done),
    });
    expect(seen).toEqual([4, 8, 11]);
    // Eight at once, or as many as keep eight layers of 1.1 million numbers below 256 MB.
    const nodes = Array.from({ length: 8 }, (_, at) => ({
      ...{ op: "Relu", inputs: [at === 0 ? "x" : `t${at - 1}`], outputs: [`t${at}`] },
    }));
    const wide = onnxBytes({ nodes, inputs: { x: ["N", 3, "H", "W"] }, outputs: ["t7"] });
    for (const [side, ends] of [
      [8, [1, 2, 10, 11]],
      [600, [1, 2, 9, 11]],
    ] as const) {
      const done: number[] = [];
      const images = pictures.map(({ name }) => ({ ...grey(0, "", side), name }));
      const onProgress = (progress: { done: number }) => done.push(progress.done);
      const large = { prepare: own, layers: "all", onProgress } as const;
      await activations(await openNetwork(wide), images, large);
      expect(done).toEqual(ends);
    }
    const stop = new AbortController();
    const stopped = activations(network, pictures, {
      prepare: own,
      batchSize: 2,
      signal: stop.signal,
      onProgress: ({ done }) => done >= 4 && stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: "CANCELLED" });
    const before = activations(network, pictures, { prepare: own, signal: AbortSignal.abort() });
    await expect(before).rejects.toMatchObject({ code: "CANCELLED" });
  });

  test("projected, to components and principal components", async () => {
    const options = { ...quiet, prepare: own, layers: ["conv"], pool: "none" } as const;
    const network = await half();
    const few = await activations(network, pictures, {
      ...options,
      project: { components: 20, seed: 3 },
    });
    expect(few.layers[0].patterns.shape).toEqual([11, 20]);
    expect(few.layers[0].reduction).toContain("144 to 20 (seed 3)");
    const again = await activations(network, pictures, {
      ...options,
      project: { components: 20, seed: 3 },
    });
    expect(again.layers[0].patterns.data).toEqual(few.layers[0].patterns.data);
    const pca = await activations(network, pictures, {
      ...options,
      project: { method: "pca", components: 10 },
    });
    expect(pca.layers[0].patterns.shape).toEqual([11, 10]);
    const whole = await activations(network, pictures, options);
    const [a, b] = [pca, whole].map((one) => one.rdms({ metric: "euclidean" })[0].condensed);
    // All components of 11 images keep every distance.
    a.forEach((distance, at) => expect(distance).toBeCloseTo(b[at], 4));
  });

  test("straight to RDMs: the same as by way of patterns", async () => {
    const network = await openNetwork(join(modelFolder, "convnet.onnx"));
    const options = { ...quiet, prepare: { resize: [16, 20] as const }, layers: "all" } as const;
    const result = await activations(network, pictures, options);
    const [theirs, ours] = [
      result.rdms({ metric: "euclidean" }),
      await activationRdms(network, pictures, { ...options, metric: "euclidean" }),
    ];
    expect(ours.map(({ name, meta }) => [name, meta])).toEqual(
      theirs.map(({ name, meta }) => [name, meta]),
    );
    ours.forEach((rdm, l) => expect([...rdm.condensed]).toEqual([...theirs[l].condensed]));
    await expect(
      activationRdms(network, pictures, { ...options, metric: "corelation" as never }),
    ).rejects.toThrow('did you mean "correlation"');
    const winner = await openNetwork(join(modelFolder, "mobile.onnx"));
    const numbers = {
      data: Float32Array.from({ length: 3 * 585 }, (_, at) => at % 17),
      shape: [3, 3, 15, 13],
    };
    for (const layers of [["argmax"], ["*", "argmax"], ["argm*"]]) {
      const run = activationRdms(winner, numbers, { ...quiet, layers });
      await expect(run).rejects.toThrow("single number an image");
    }
    const all = await activationRdms(winner, numbers, { ...quiet, layers: "all" });
    expect(all.map(({ name }) => name)).not.toContain("argmax");
    expect(all[0].meta.note).toContain('No correlation of "argmax"');
    const angles = await activationRdms(winner, numbers, {
      ...quiet,
      layers: "all",
      metric: "cosine",
    });
    expect(angles).toHaveLength(all.length);
    const euclidean = { ...quiet, layers: "all", metric: "euclidean" } as const;
    const lengths = await activationRdms(winner, numbers, euclidean);
    expect(lengths).toHaveLength(all.length + 1);
    expect(lengths.at(-1)?.meta.note).toBeUndefined();
  });

  test("layers that do not fit go by way of the disk, to the same RDMs", async () => {
    const network = await openNetwork(join(modelFolder, "convnet.onnx"));
    const options = {
      ...quiet,
      prepare: { resize: [160, 160] as const },
      layers: ["relu"],
      pool: "none",
    } as const;
    const many = Array.from({ length: 40 }, (_, at) => grey(at * 5, `m${at}`, 32));
    const [rdm] = await activationRdms(network, many, options);
    const [whole] = (await activations(network, many, options)).rdms();
    expect(rdm.meta.shape).toBe("10 × 160 × 160");
    rdm.condensed.forEach((value, at) =>
      expect(Math.abs(value - whole.condensed[at])).toBeLessThan(1e-12),
    );
    const stop = new AbortController();
    const stopped = activationRdms(network, many, {
      ...options,
      signal: stop.signal,
      onProgress: ({ done }) => done >= 9 && stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: "CANCELLED" });
  });

  test("kept in a cache: only new images run; a damaged entry is computed again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tsrsa-cache-"));
    const options = { ...quiet, prepare: own, cache: folder } as const;
    const network = await half();
    const first = await activations(network, pictures.slice(0, 6), options);
    const more = await activations(network, pictures, options);
    expect([first.record.nCached, more.record.nCached]).toEqual([0, 6]);
    expect(more.layers[0].patterns.data.subarray(0, 24)).toEqual(first.layers[0].patterns.data);
    expect(more.layers.map(({ shape, reduction }) => [shape, reduction])).toEqual(
      first.layers.map(({ shape, reduction }) => [shape, reduction]),
    );
    const [entry] = readdirSync(folder);
    writeFileSync(join(folder, entry), "damaged");
    const third = await activations(network, pictures, options);
    expect(third.record.nCached).toBe(10);
    const other = await activations(network, pictures, { ...options, prepare: { divide: 100 } });
    expect(other.record.nCached).toBe(0);
    const whole = await activations(network, pictures, { ...options, pool: "none" });
    expect(whole.record.nCached).toBe(0);
  });

  test("what is given beside images, an image's shape and its tag count in the cache, too", async () => {
    const cache = mkdtempSync(join(tmpdir(), "tsrsa-cache-"));
    const masked = await openNetwork(join(modelFolder, "two-inputs.onnx"));
    const run = async (value: number) => {
      const mask = { data: new Float32Array(36).fill(value), shape: [1, 1, 6, 6] };
      const given = { ...quiet, prepare: own, cache, inputs: { mask }, layers: ["masked"] };
      return (await activations(masked, pictures.slice(0, 2), given)).layers[0].patterns.data;
    };
    const [none, all] = [await run(0), await run(1)];
    expect(none.every((value) => value === 0)).toBe(true);
    expect(all.some((value) => value !== 0)).toBe(true);
    const network = await half();
    const options = { ...quiet, prepare: { resize: [8, 8] as const }, cache };
    const data = Uint8Array.from({ length: 32 }, (_, at) => at * 8);
    for (const [width, height] of [
      [4, 8],
      [8, 4],
    ]) {
      const shaped: Image = { width, height, channels: 1, name: "a", data };
      expect((await activations(network, [shaped], options)).record.nCached).toBe(0);
    }
    const tagged = [join(import.meta.dirname, "../fixtures/network-images/exif-6.jpg")];
    await activations(network, tagged, options);
    const again = await activations(network, tagged, options);
    expect([again.record.nCached, again.notes.length]).toEqual([1, 1]);
  });

  test("a loaded network is let go, also when it is stopped or an image cannot be read", async () => {
    const runtime = await loadOnnx();
    let [opened, released] = [0, 0];
    const counted = {
      ...runtime,
      Tensor: runtime.Tensor,
      InferenceSession: {
        create: async (...given: Parameters<typeof runtime.InferenceSession.create>) => {
          const session = await runtime.InferenceSession.create(...given);
          opened++;
          return {
            ...{ inputNames: session.inputNames, outputNames: session.outputNames },
            run: session.run.bind(session),
            release: async () => {
              released++;
              await session.release();
            },
          };
        },
      },
    };
    const options = { ...quiet, prepare: own, runtime: counted };
    await activations(await half(), pictures, options);
    const signal = AbortSignal.abort();
    await activations(await half(), pictures, { ...options, signal }).catch(() => {});
    await activations(await half(), ["none.png"], options).catch(() => {});
    expect([opened, released]).toEqual([3, 3]);
  });

  test("files are read when their turn comes; a tag that asks to turn an image is told", async () => {
    const images = join(import.meta.dirname, "../fixtures/network-images");
    const files = ["exif-6.jpg", "photo-444.jpg"].map((name) => join(images, name));
    const prepare = { resize: [8, 8] as const };
    const result = await activations(await half(), files, { ...quiet, prepare });
    expect(result.items).toEqual(["exif-6", "photo-444"]);
    expect(result.notes).toEqual([expect.stringContaining("1 image has a tag")]);
    const [straight] = await activationRdms(await half(), files, { ...quiet, prepare });
    expect(straight.meta.note).toContain("1 image has a tag");
    expect(result.rdms()[0].meta).toEqual(straight.meta);
    const upright = await activations(await half(), files, {
      ...quiet,
      prepare: { ...prepare, orientation: "apply" },
    });
    expect(upright.notes).toEqual([]);
    expect(upright.layers[0].patterns.data).not.toEqual(result.layers[0].patterns.data);
    const missing = activations(await half(), [...files, join(images, "none.png")], {
      ...quiet,
      prepare,
    });
    await expect(missing).rejects.toMatchObject({ code: "MISSING_FILE" });
    const crude = activations(await half(), [join(images, "cmyk.jpg")], { ...quiet, prepare });
    await expect(crude).rejects.toThrow(/cmyk\.jpg.*CMYK/);
  });

  test.each([
    ["opset-99", /[Oo]pset/],
    ["unknown-op", /Mystery|op|not a registered/],
  ])("what the runtime does not know is told in its words: %s", async (name, words) => {
    const network = await openNetwork(join(modelFolder, "bad", `${name}.onnx`));
    const image = { data: new Float32Array(3 * 16 * 20), shape: [1, 3, 16, 20] };
    await expect(activations(network, image, { ...quiet, layers: "all" })).rejects.toThrow(words);
  });
});
