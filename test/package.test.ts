import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = dirname(import.meta.dirname);
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly exports: Record<string, string | Record<string, string>>;
  readonly scripts: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly files: string[];
};

test("every path that the package exports exists once it is built", () => {
  const paths = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === "string" ? [entry] : Object.values(entry),
  );
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("every entry has a default condition, so that kernels that require() can load it", () => {
  const entries = Object.entries(manifest.exports).filter(([, entry]) => typeof entry !== "string");
  expect(
    entries.filter(
      ([, entry]) => !("default" in (entry as object)) || !("types" in (entry as object)),
    ),
  ).toEqual([]);
});

test("the built library can be required by CommonJS: nothing in it waits at its top level", () => {
  const script = 'console.log(require("tsrsa").computeRdm([[1, 2, 3], [3, 2, 1]]).condensed[0])';
  expect(execFileSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" })).toBe(
    "2\n",
  );
});

test("nothing runs when the package is installed by a user", () => {
  const hooks = ["preinstall", "install", "postinstall"].filter((hook) => hook in manifest.scripts);
  expect(hooks).toEqual([]);
});

test("every dependency is pinned", () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test("the lock file names no registry", () => {
  expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toMatch(/"resolved": "https?:/);
});
