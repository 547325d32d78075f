// Everything the project checks, in the order that fails fastest: build, types, format, lint, tests.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { root, run, runTogether, statusOf } from "./run.mjs";

run("./scripts/build.mjs", []);
await runTogether(
  ["typescript/bin/tsc", "--noEmit", "-p", "tsconfig.json"],
  ["prettier/bin/prettier.cjs", "--check", "."],
  ["eslint/bin/eslint.js", "."],
);

const folder = mkdtempSync(join(tmpdir(), "tsrsa-test-"));
const results = join(folder, "results.json");
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
const status = statusOf("vitest/vitest.mjs", ["run", ...reporters]);
const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
  readFileSync(results, "utf8"),
);
rmSync(folder, { recursive: true });

const longest = testResults
  .map(({ name, startTime, endTime }) => [(endTime - startTime) / 1000, relative(root, name)])
  .sort(([a], [b]) => b - a)
  .slice(0, 15)
  .map(([seconds, name]) => `  ${seconds.toFixed(1).padStart(6)} s  ${name}`);
const named = (isNamed) =>
  testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter((test) => isNamed(test.status))
      .map(({ fullName }) => `  ${relative(root, name)}: ${fullName}`),
  );
const skipped = named((status) => status !== "passed" && status !== "failed");
const failed = named((status) => status === "failed");
console.log(`Longest:\n${longest.join("\n")}`);
if (skipped.length > 0) console.log(`Skipped:\n${skipped.join("\n")}`);
if (failed.length > 0) console.log(`Failed:\n${failed.join("\n")}`);
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
process.exit(status === 0 ? 0 : passAlone() ? 0 : status);

/**
 * With TSRSA_TEST_AGAIN, as `.ci/run` sets it: whether the few files with failures pass with the machine to themselves.
 * They are named all the same: a test that fails beside others has a fault, or shows one.
 */
function passAlone() {
  const again = testResults.filter((file) => file.status === "failed").map(({ name }) => name);
  if (process.env.TSRSA_TEST_AGAIN !== "1" || again.length === 0 || again.length > 3) return false;
  if (statusOf("vitest/vitest.mjs", ["run", "--no-file-parallelism", ...again]) !== 0) return false;
  console.log(`FAILED BESIDE OTHERS, PASSED ALONE; look into them:\n${failed.join("\n")}`);
  return true;
}
