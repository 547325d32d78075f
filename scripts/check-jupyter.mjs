// Our kernel against a real Jupyter: jupyter_kernel_test, and notebooks run by nbclient. It needs a Python with
// jupyter_client, jupyter_kernel_test and nbclient, named by TSRSA_JUPYTER_PYTHON; without one it says so and passes.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const python = process.env.TSRSA_JUPYTER_PYTHON;

if (python === undefined || python === "") skip("TSRSA_JUPYTER_PYTHON names no Python");
const imports = "import jupyter_client, jupyter_kernel_test, nbclient";
if (spawnSync(python, ["-c", imports]).status !== 0)
  skip(`${python} lacks jupyter_client, jupyter_kernel_test or nbclient`);

const data = mkdtempSync(join(tmpdir(), "jupyter-"));
const env = { ...process.env, JUPYTER_DATA_DIR: data, JUPYTER_RUNTIME_DIR: data };
const steps = [
  [process.execPath, "dist/cli/main.js", "kernel", "install"],
  [python, "test/jupyter/test_kernel.py", "-v"],
  [python, "test/jupyter/run_notebooks.py", "notebooks/00-first-rsa.ipynb"],
];
const failed = steps.filter(([command, ...args]) => {
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: "inherit" });
  return status !== 0;
});
rmSync(data, { recursive: true, force: true });
for (const [, script] of failed) console.error(`failed: ${script}`);
process.exit(failed.length === 0 ? 0 : 1);

function skip(why) {
  console.log(`skipped the checks against Jupyter: ${why}`);
  process.exit(0);
}
