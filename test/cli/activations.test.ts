import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { onnxBytes } from "../../src/io/index.ts";
import { loadOnnx } from "../../src/compute/onnx-runtime.ts";
import { tsrsa } from "./tsrsa.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-activations-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fixtures = join(import.meta.dirname, "../fixtures");
const model = (name: string) => join(fixtures, "onnx", `${name}.onnx`);
const pictures = ["odd.png", "tall.png"].map((name) => join(fixtures, "network-images", name));
const out = join(folder, "layers.npz");
const prepared = ["--prepare", "imagenet", "--size", "8"];

describe("tsrsa activations", () => {
  test("lists layers with their shapes, for readers and machines", async () => {
    const list = await tsrsa(["activations", model("mobile")]);
    expect(list.code).toBe(0);
    expect(list.stdout).toMatch(/mobile: 20 layers; takes x N × 3 × 15 × 13/);
    expect(list.stdout).toMatch(/^hardswish +HardSwish +N × 8 × 7 × 6$/m);
    const { stdout } = await tsrsa(["activations", model("nested"), "--list", "--json"]);
    const { layers, notes } = JSON.parse(stdout) as { layers: { name: string }[]; notes: string[] };
    expect(layers.map(({ name }) => name)).toEqual(["conv", "if", "twice", "pool"]);
    expect(notes[0]).toContain("cannot be asked for");
  });

  test.each([
    [["--out", out], "--prepare says how"],
    [prepared, "--out says where"],
    [[...prepared, "--out", "layers.txt"], ".npz"],
    [[...prepared, "--out", out, "--pool", "men"], "did you mean mean"],
    [["--prepare", "imagnet", "--out", out], "did you mean imagenet"],
  ])("wrong usage is told: %j", async (args, words) => {
    const { code, stderr } = await tsrsa(["activations", model("half"), ...pictures, ...args]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  test("missing images, and files that are no models", async () => {
    const none = await tsrsa(["activations", model("half"), "none.png", ...prepared, "--out", out]);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining("no file none.png")]);
    const pointer = await tsrsa(["activations", join(fixtures, "onnx/bad/lfs-pointer.onnx")]);
    expect([pointer.code, pointer.stderr]).toEqual([1, expect.stringContaining("git lfs pull")]);
  });

  test("a layer that would be overwritten by the names of the images", async () => {
    const file = join(folder, "items.onnx");
    const nodes = [
      { op: "Relu", name: "/items/Relu", inputs: ["x"], outputs: ["/items/Relu_output_0"] },
    ];
    const inputs = { x: ["N", 3, 8, 8] };
    writeFileSync(file, onnxBytes({ nodes, inputs, outputs: ["/items/Relu_output_0"] }));
    const args = [file, ...pictures, ...prepared, "--layers", "all", "--out", out];
    const { code, stderr } = await tsrsa(["activations", ...args]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("a layer is called items")]);
  });

  test("without the package: what to install", async () => {
    const available = await loadOnnx().then(
      () => true,
      () => false,
    );
    if (available) return;
    const { code, stderr } = await tsrsa([
      "activations",
      ...[model("half"), ...pictures, ...prepared, "--out", out],
    ]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("onnxruntime-node@1.30.0")]);
  });
});
