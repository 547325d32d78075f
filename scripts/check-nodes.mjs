// Tests on several versions of Node, each with a fresh data folder: `node scripts/check-nodes.mjs 20 22 24 26` runs all
// of them; `--tests "test/io test/notebooks"` those named. What the tests start as `node` is that version too.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installNode } from "./node-versions.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values, positionals: versions } = parseArgs({
  allowPositionals: true,
  options: { tests: { type: "string", default: "" } },
});
const tests = values.tests.split(" ").filter((name) => name !== "");
if (versions.length === 0) {
  console.error("say which versions, for example: node scripts/check-nodes.mjs 20 22 24 26");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "nodes-"));
const results = versions.map((version) => [version, test(version)]);
rmSync(folder, { recursive: true, force: true });
for (const [version, passed] of results)
  console.log(`Node ${version}: ${passed ? "passed" : "FAILED"}`);
process.exit(results.every(([, passed]) => passed) ? 0 : 1);

function test(version) {
  const node = installNode(version, folder);
  const args = ["node_modules/vitest/vitest.mjs", "run", ...tests];
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}`,
    TSRSA_DATA_DIR: join(folder, `data-${version}`),
  };
  return spawnSync(node, args, { cwd: root, stdio: "inherit", env }).status === 0;
}
