// Runs the script of an installed package with this Node, so that npm scripts need no shell.
import { spawn, spawnSync } from "node:child_process";
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
  const { status } = spawnSync(process.execPath, [pathOf(script), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  return status ?? 1;
}

/** Runs scripts at once, `[script, …arguments]` each; ends this process after them where one fails. */
export async function runTogether(...commands) {
  const codes = await Promise.all(
    commands.map(([script, ...args]) => {
      const child = spawn(process.execPath, [pathOf(script), ...args], {
        cwd: root,
        stdio: "inherit",
      });
      return new Promise((resolve) => child.once("close", (code) => resolve(code ?? 1)));
    }),
  );
  const failed = codes.find((code) => code !== 0);
  if (failed !== undefined) process.exit(failed);
}

function pathOf(script) {
  const path = script.startsWith(".") ? join(root, script) : join(root, "node_modules", script);
  if (!existsSync(path)) fail(`${script} is not installed; run npm ci first`);
  return path;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
