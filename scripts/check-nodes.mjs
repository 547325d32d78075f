// Tests on several versions of Node, each with a fresh data folder: `node scripts/check-nodes.mjs 20 22 24 26` runs all
// of them; `--tests "test/io test/notebooks"` those named. What the tests start as `node` is that version too.
// `--notebooks` runs every notebook on demo data instead, on Node 20, 22 and 24 unless others are named (needs dist/).
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installNode } from "./node-versions.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tests: { type: "string", default: "" }, notebooks: { type: "boolean" } },
});
const versions = values.notebooks && positionals.length === 0 ? ["20", "22", "24"] : positionals;
const tests = values.tests.split(" ").filter((name) => name !== "");
if (versions.length === 0) {
  console.error("say which versions, for example: node scripts/check-nodes.mjs 20 22 24 26");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "nodes-"));
const installed = new Map();
const work = values.notebooks ? runNotebooks : test;
const results = versions.map((version) => [version, work(version)]);
rmSync(folder, { recursive: true, force: true });
for (const [version, passed] of results)
  console.log(`Node ${version}: ${passed ? "passed" : "FAILED"}`);
process.exit(results.every(([, passed]) => passed) ? 0 : 1);

function test(version) {
  return run(version, ["node_modules/vitest/vitest.mjs", "run", ...tests]);
}

/** Each notebook alone, so that one that fails hides no other. */
function runNotebooks(version) {
  const names = readdirSync(join(root, "notebooks")).filter((name) => /^\d+.*\.ts$/.test(name));
  const failed = names.filter((name) => {
    const out = join(folder, `out-${version}`, name);
    return !run(version, ["dist/cli/main.js", "run", `notebooks/${name}`, "--out", out]);
  });
  if (failed.length > 0) console.error(`Node ${version}: ${failed.join(", ")} failed`);
  return failed.length === 0;
}

/** True when the version's Node ends well; its data folder is its own, and empty at first. */
function run(version, args) {
  const node = installed.get(version) ?? installNode(version, folder);
  installed.set(version, node);
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}`,
    TSRSA_DATA_DIR: join(folder, `data-${version}`),
  };
  return spawnSync(node, args, { cwd: root, stdio: "inherit", env }).status === 0;
}
