// The Python that the rows are measured against: a virtual environment of its own, outside the repository, with the
// versions of requirements.txt. Made once, and anew when that file changes.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));

/** TSRSA_BENCH_PYTHON, else the environment, made now if it is not there; undefined, said, where neither can be had. */
export function benchPython() {
  if (process.env.TSRSA_BENCH_PYTHON !== undefined) return process.env.TSRSA_BENCH_PYTHON;
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const folder = join(cache, "tsrsa", `bench-python-${wanted.slice(0, 12)}`);
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(join(folder, "complete"))) return python;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  console.error(`making the Python environment of the bench in ${folder} …`);
  const made =
    succeeds("python3", ["-m", "venv", folder]) &&
    succeeds(python, ["-m", "pip", "install", "--quiet", "-r", requirements]);
  if (!made) {
    console.error("no Python environment could be made: only our own side is measured");
    return undefined;
  }
  writeFileSync(join(folder, "complete"), "");
  return python;
}

function succeeds(command, args) {
  return spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
}
