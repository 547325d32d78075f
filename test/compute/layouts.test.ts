import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { byName, inOrder, layouts } from "../../src/compute/layouts.ts";

const root = join(import.meta.dirname, "../..");

test("the assembly reads the same names", async () => {
  const { layoutsText } = (await import(join(root, "scripts/build-wasm.mjs"))) as {
    layoutsText: () => string;
  };
  const text = readFileSync(join(root, "src/compute/assembly/layouts.ts"), "utf8");
  expect(text.replaceAll("\r\n", "\n")).toBe(layoutsText());
  for (const [name, places] of Object.entries(layouts)) {
    const listed = new RegExp(`enum ${name} \\{ (.*) \\}`, "i").exec(text)?.[1];
    expect(listed?.split(", ")).toEqual([...places]);
  }
});

test("every layout fits before the integers, and no name is there twice", () => {
  for (const places of Object.values(layouts)) {
    expect(places.length).toBeLessThanOrEqual(256 / Float64Array.BYTES_PER_ELEMENT);
    expect(new Set(places).size).toBe(places.length);
  }
});

test("numbers are put in order whatever the order of the names, and found by name again", () => {
  const values = { ties: 4, n: 1, ranks: 3, values: 2 };
  expect(inOrder("ranks", values)).toEqual([1, 2, 3, 4]);
  expect(byName("ranks", Float64Array.of(1, 2, 3, 4, 9))).toEqual(values);
});

test("no kernel asks for a parameter by its place", () => {
  const folder = join(root, "src/compute/assembly");
  for (const file of ["patches", "gram", "window-tiles", "ridge", "lasso-paths", "dual"]) {
    const text = readFileSync(join(folder, `${file}.ts`), "utf8");
    expect(text).not.toMatch(/(?:int|address|number)\(params, \d/);
  }
});
