// The runs that openBids finds beside those of pybids, in the data set of fixtures and in trees of every layout: the same
// images with the same masks, confounds, events, records and metadata. Then what we write beside bids-validator-deno,
// which must find no error. Needs a Python with both, named by TSRSA_READERS_PYTHON; without one it says so and passes.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
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
  return differences + validate() > 0 ? 1 : 0;
}

/** Errors that the validator finds in a folder of derivatives of ours. */
function validate() {
  const validator = join(dirname(python), "bids-validator-deno");
  if (!existsSync(validator)) {
    console.log("skipped bids-validator-deno: it is not installed");
    return 0;
  }
  const out = join(folder, "derivatives");
  run(process.execPath, [...sources, "test/io/bids/write-example.ts", out]);
  const done = spawnSync(validator, [out, "--format", "json"], { encoding: "utf8" });
  const { issues } = JSON.parse(done.stdout.slice(done.stdout.indexOf("{")));
  const errors = issues.issues.filter(({ severity }) => severity === "error");
  for (const { code, location } of errors) console.error(`${code}: ${location}`);
  console.log(`bids-validator-deno: ${errors.length} errors in what we write`);
  return errors.length;
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
