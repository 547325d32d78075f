// Everything the project checks, in the order that fails fastest: build, types, format, lint, tests.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { root, run } from "./run.mjs";

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
const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
  readFileSync(results, "utf8"),
);
rmSync(folder, { recursive: true });
const skipped = testResults.flatMap(({ name, assertionResults }) =>
  assertionResults
    .filter(({ status }) => status !== "passed" && status !== "failed")
    .map(({ fullName }) => `  ${relative(root, name)}: ${fullName}`),
);
const longest = testResults
  .map(({ name, startTime, endTime }) => [(endTime - startTime) / 1000, relative(root, name)])
  .sort(([a], [b]) => b - a)
  .slice(0, 15)
  .map(([seconds, name]) => `  ${seconds.toFixed(1).padStart(6)} s  ${name}`);
console.log(`Longest:\n${longest.join("\n")}`);
if (skipped.length > 0) console.log(`Skipped:\n${skipped.join("\n")}`);
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
