// The Python side of a row, kept open so that both sides can be run in turn.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A Python that has what the rows need, or undefined: TSRSA_BENCH_PYTHON, else a virtual environment in /tmp. */
export function findPython() {
  const path = process.env.TSRSA_BENCH_PYTHON ?? join(tmpdir(), "venv-bench/bin/python");
  if (!existsSync(path)) return undefined;
  return spawnSync(path, ["-c", "import numpy, scipy, mne_rsa"]).status === 0 ? path : undefined;
}

export async function openPython(python, row, arrays) {
  const folder = mkdtempSync(join(tmpdir(), "tsrsa-bench-"));
  const files = Object.entries(arrays).map(([name, { data, shape }]) => {
    const file = join(folder, `${name}.f64`);
    writeFileSync(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return [name, { file, shape }];
  });
  const result = join(folder, "result.f64");
  const child = spawn(python, [fileURLToPath(new URL("driver.py", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (line) => {
    child.stdin.write(`${line}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`the Python side of ${row.name} ended; see its message above`);
    return JSON.parse(value);
  };
  const task = { arrays: Object.fromEntries(files), code: row.python, result };
  const { versions } = await ask(JSON.stringify(task));
  return {
    versions,
    run: () => ask("run"),
    result: () => new Float64Array(new Uint8Array(readFileSync(result)).buffer),
    close() {
      child.stdin.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
