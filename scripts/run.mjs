// Runs the script of an installed package with this Node, so that npm scripts need no shell.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Ends this process where the script fails. */
export function run(script, args, env = {}) {
  const status = statusOf(script, args, env);
  if (status !== 0) process.exit(status);
}

/** The exit code of the script. */
export function statusOf(script, args, env = {}) {
  const path = script.startsWith(".") ? join(root, script) : join(root, "node_modules", script);
  if (!existsSync(path)) fail(`${script} is not installed; run npm ci first`);
  const { status } = spawnSync(process.execPath, [path, ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  return status ?? 1;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
