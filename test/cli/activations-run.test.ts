import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { runActivationsCommand, type ActivationArguments } from "../../cli/work/activations.ts";
import { loadOnnx } from "../../src/compute/onnx-runtime.ts";
import { asMatrix, asStrings, onnxBytes, readNpz } from "../../src/io/index.ts";
import { activations, openNetwork, preparation } from "../../src/networks/index.ts";
import { readHdf5Rdms } from "../../src/rdm/index.ts";

const available = await loadOnnx().then(
  () => true,
  () => false,
);
if (!available) console.log("tsrsa activations: onnxruntime-node is not installed; nothing is run");

const folder = mkdtempSync(join(tmpdir(), "tsrsa-activations-run-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

const fixtures = join(import.meta.dirname, "../fixtures");
const model = join(fixtures, "onnx/half.onnx");
const names = ["odd", "tall", "square", "grey"];
const pictures = [...names.map((name) => `${name}.png`), "exif-6.jpg"].map((name) =>
  join(fixtures, "network-images", name),
);
const items = [...names, "exif-6"];

/** What the command prints, and what it warns of. */
async function run(
  options: Partial<ActivationArguments>,
  file = model,
): Promise<{ out: string; err: string }> {
  const [out, err] = [vi.spyOn(console, "log"), vi.spyOn(console, "error")];
  for (const spy of [out, err]) spy.mockImplementation(() => {});
  const basic = { layers: "all", prepare: "tf", size: 8, pool: "none", seed: 0, jobs: 1 };
  await runActivationsCommand(file, pictures, { ...basic, metric: "euclidean", ...options });
  const text = (spy: typeof out) => spy.mock.calls.flat().join("\n");
  return { out: text(out), err: text(err) };
}

function arrayOf(file: Awaited<ReturnType<typeof readNpz>>, name: string) {
  const array = file.get(name);
  if (array === undefined) throw new Error(`no array ${name}`);
  return array;
}

describe.skipIf(!available)("tsrsa activations, run", () => {
  const expected = async () =>
    activations(await openNetwork(model), pictures, {
      ...{ layers: "all", pool: "none", onProgress: false },
      prepare: preparation("tf", 8),
    });

  test("one array a layer, and the names of the images", async () => {
    const { out, err } = await run({ out: join(folder, "layers.npz") });
    const { layers } = await expected();
    const file = await readNpz(join(folder, "layers.npz"));
    expect([...file.keys()]).toEqual([...layers.map(({ layer }) => layer.name), "items"]);
    for (const { layer, patterns } of layers)
      expect(asMatrix(arrayOf(file, layer.name))).toMatchObject(patterns);
    expect(asStrings(arrayOf(file, "items"))).toEqual(items);
    expect(out).toContain("conv: 5 images × ");
    expect(err).toContain("note: 1 image has a tag that asks to turn it");
  });

  test("RDMs as .npz and as .h5, which are those of the patterns", async () => {
    const [npz, h5] = ["rdms.npz", "rdms.h5"].map((name) => join(folder, name));
    const { err } = await run({ rdm: true, out: npz });
    await run({ rdm: true, out: h5, layers: "conv" });
    expect(err).toContain("note: 1 image has a tag");
    const rdms = (await expected()).rdms({ metric: "euclidean" });
    const file = await readNpz(npz);
    for (const { name = "", condensed } of rdms)
      expect(Array.from(asMatrix(arrayOf(file, name)).data)).toEqual(Array.from(condensed));
    const [conv] = await readHdf5Rdms(h5);
    expect([conv.name, conv.items, conv.meta.layer]).toEqual(["conv", items, "conv"]);
    expect(conv.meta.prepared).toContain("/ 127.5");
    expect(conv.condensed).toEqual(rdms.find(({ name }) => name === "conv")?.condensed);
  });

  test("images of one name get names of their own", async () => {
    const list = join(folder, "names.txt");
    writeFileSync(list, "a\nb\nc\nd\ne\n");
    const npz = join(folder, "named.npz");
    await run({ out: npz, items: list });
    expect(asStrings(arrayOf(await readNpz(npz), "items"))).toEqual(["a", "b", "c", "d", "e"]);
    await run({ out: npz, items: list, rdm: true });
    expect(asStrings(arrayOf(await readNpz(npz), "items"))).toEqual(["a", "b", "c", "d", "e"]);
    writeFileSync(list, "a\n");
    await expect(run({ out: npz, items: list })).rejects.toThrow("5 items");
  });

  test("what a model says of its layers is shown to a terminal, not obeyed", async () => {
    const einsum = { op: "Einsum", attributes: { equation: "nchw->cnhw" } };
    const nodes = [
      { op: "Relu", name: "plain", inputs: ["x"], outputs: ["plain"] },
      { ...einsum, name: "\u001b[31mred", inputs: ["plain"], outputs: ["turned"] },
    ];
    const path = join(folder, "colours.onnx");
    const inputs = { x: ["N", 3, 8, 8] };
    writeFileSync(path, onnxBytes({ nodes, inputs, outputs: ["turned"] }));
    const { out, err } = await run({ out: join(folder, "plain.npz") }, path);
    expect(err).toContain("red");
    expect(out + err).not.toContain("\u001b");
  });

  test("turned as the tags say, there is nothing to note", async () => {
    // Long work tells of its progress there, too.
    const { err } = await run({ out: join(folder, "upright.npz"), upright: true });
    expect(err).not.toContain("note");
  });
});
