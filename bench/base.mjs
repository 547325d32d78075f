// An older commit built beside, whose rows are measured in turn with today's.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const top = fileURLToPath(new URL("..", import.meta.url));

/** Checks a commit out in a folder of its own and builds it, with this checkout's packages if it asks for the same. */
export function buildBase(commit) {
  const root = join(mkdtempSync(join(tmpdir(), "tsrsa-bench-base-")), "checkout");
  run("git", ["worktree", "add", "--quiet", "--detach", root, commit], top);
  const lock = (folder) => readFileSync(join(folder, "package-lock.json"), "utf8");
  const same = lock(top) === lock(root);
  if (same) symlinkSync(join(top, "node_modules"), join(root, "node_modules"), "dir");
  else run("npm", ["ci", "--no-audit", "--no-fund"], root);
  run(process.execPath, ["scripts/build.mjs"], root);
  const has = (file) => existsSync(join(root, "bench/rows", file));
  const remove = () => {
    if (same) rmSync(join(root, "node_modules"));
    run("git", ["worktree", "remove", "--force", root], top);
    rmSync(join(root, ".."), { recursive: true, force: true });
  };
  return { root, has, remove };
}

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed; see the message above`);
}
