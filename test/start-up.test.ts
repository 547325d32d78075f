import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const dist = join(import.meta.dirname, "../dist");

/** What is loaded before the first line of a program that imports this one: own files, and names of packages. */
function loadedBy(entry: string): { files: string[]; packages: string[] } {
  const [files, packages] = [new Set<string>(), new Set<string>()];
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const text = readFileSync(file, "utf8");
    for (const [, path] of text.matchAll(/^(?:import|export)\b[^"'\n]*["']([^"'\n]+)["'];?$/gm)) {
      const platform = path.replace(/^#platform\/(.*)$/, "src/core/platform/node/$1.js");
      if (path.startsWith("#")) visit(join(dist, platform));
      else if (path.startsWith(".")) visit(join(dirname(file), path));
      else if (!path.startsWith("node:")) packages.add(path);
    }
  };
  visit(join(dist, entry));
  return { files: [...files], packages: [...packages] };
}

const rooms = (files: readonly string[]) =>
  files.flatMap((file) => /rooms\/([\w-]+)\.js$/.exec(file)?.[1] ?? []);

test("a program that imports the library waits for few files and for no package", () => {
  expect(existsSync(join(dist, "src/index.js")), "dist/: npm run build").toBe(true);
  const { files, packages } = loadedBy("src/index.js");
  expect(rooms(files)).toContain("numbers");
  expect(files.length).toBeLessThanOrEqual(20);
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  expect(bytes).toBeLessThan(3.2e6);
  // Figures and headers of NIfTI load what they need when they are made.
  expect(packages).toEqual([]);
});

test("reading files needs neither figures nor statistics", () => {
  const { files } = loadedBy("src/io/index.js");
  expect(rooms(files).sort()).toEqual(["core", "io"]);
});

test("the command line loads its commands when they are asked for", () => {
  const { files } = loadedBy("cli/program.js");
  expect(files.length).toBeGreaterThan(20);
  expect(rooms(files).filter((name) => name !== "core")).toEqual([]);
});

test("who asks for the version alone waits for no command", () => {
  const { files, packages } = loadedBy("cli/main.js");
  expect([files.length, packages]).toEqual([5, []]);
});
