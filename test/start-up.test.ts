import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const dist = join(import.meta.dirname, "../dist");

/** Own files that are loaded before the first line of a program that imports this one. */
function loadedBy(entry: string): Set<string> {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, "utf8");
    for (const [, path] of text.matchAll(/^(?:import|export)\b[^"'\n]*["']([.#][^"']+)["'];?$/gm)) {
      const platform = path.replace(/^#platform\/(.*)$/, "src/core/platform/node/$1.js");
      visit(path.startsWith("#") ? join(dist, platform) : join(dirname(file), path));
    }
  };
  visit(join(dist, entry));
  return seen;
}

test("a program that imports the library waits for few files", () => {
  expect(existsSync(join(dist, "src/index.js")), "dist/: npm run build").toBe(true);
  const files = loadedBy("src/index.js");
  // A room is one file, and so is each part of the platform.
  expect([...files].some((file) => file.endsWith("rooms/rsa.js"))).toBe(true);
  expect(files.size).toBeLessThanOrEqual(60);
});

test("reading files needs neither figures nor statistics", () => {
  const names = [...loadedBy("src/io/index.js")];
  expect(names.length).toBeGreaterThan(3);
  expect(names.filter((name) => /rooms\/(plot|rsa|meg|mri)\.js$/.test(name))).toEqual([]);
});

test("the command line loads its commands when they are asked for", () => {
  const names = [...loadedBy("cli/main.js")];
  expect(names.filter((name) => /rooms\/(?!core\b)/.test(name))).toEqual([]);
});
