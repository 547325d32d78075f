// Everything the project checks, in the order that fails fastest: build, types, format, lint, tests.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./run.mjs";

run("./scripts/build.mjs", []);
run("typescript/bin/tsc", ["--noEmit", "-p", "tsconfig.json"]);
run("prettier/bin/prettier.cjs", ["--check", "."]);
run("eslint/bin/eslint.js", ["."]);

const folder = mkdtempSync(join(tmpdir(), "tsrsa-test-"));
const results = join(folder, "results.json");
run("vitest/vitest.mjs", [
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${results}`,
]);
const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
  readFileSync(results, "utf8"),
);
rmSync(folder, { recursive: true });
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
