// The runs that openBids finds beside those of pybids, in the data set of fixtures and in trees of every layout: the same
// images with the same masks, confounds, events, records and metadata.
// Needs a Python with it, named by TSRSA_READERS_PYTHON; without one it says so and passes.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const python = process.env.TSRSA_READERS_PYTHON;
if (python === undefined || python === "") skip("TSRSA_READERS_PYTHON names no Python");
if (spawnSync(python, ["-c", "import bids"]).status !== 0) skip(`${python} lacks pybids`);

const sources = ["--import", "./test/support/typescript.mjs", "-C", "tsrsa-source"];
const folder = mkdtempSync(join(tmpdir(), "tsrsa-bids-"));
try {
  process.exitCode = check();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function check() {
  const sets = lines(run(process.execPath, [...sources, "test/io/bids/list-runs.ts", folder]));
  const theirs = lines(
    run(python, ["scripts/check-bids.py"], sets.map((set) => JSON.stringify(set)).join("\n")),
  );
  let differences = 0;
  for (const [at, { name, runs }] of sets.entries()) {
    const [ours, peers] = [runs, theirs[at].runs].map(sorted);
    if (isDeepStrictEqual(ours, peers)) console.log(`${name}: the same ${ours.length} runs`);
    else {
      differences++;
      console.error(
        `${name}: runs differ\n ours ${JSON.stringify(ours)}\npybids ${JSON.stringify(peers)}`,
      );
    }
  }
  return differences > 0 ? 1 : 0;
}

function sorted(runs) {
  return [...runs].sort((a, b) => (a.bold < b.bold ? -1 : 1));
}

function lines(text) {
  return text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
}

function run(command, args, input = "") {
  const done = spawnSync(command, args, { cwd: root, input, encoding: "utf8", maxBuffer: 2 ** 26 });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
}

function skip(why) {
  console.log(`skipped the comparison with pybids: ${why}`);
  process.exit(0);
}
