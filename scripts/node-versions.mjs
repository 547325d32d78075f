// Other versions of Node: each one's binary is an npm package, installed without install scripts into a folder given.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Runs npm with this Node, quietly; throws when it fails. */
export function npm(args, cwd) {
  const path = process.env.npm_execpath ?? "npm";
  const [command, ...first] = path.endsWith("js") ? [process.execPath, path] : [path];
  const { status, stdout } = spawnSync(command, [...first, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm ${args[0]} failed; see its message above`);
  return stdout;
}

/** The path of a version's binary. */
export function installNode(version, folder) {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const prefix = join(folder, version);
  npm(["install", "--prefix", prefix, "--ignore-scripts", "--no-save", `${name}@${version}`]);
  const binary = process.platform === "win32" ? "node.exe" : "node";
  return join(prefix, "node_modules", name, "bin", binary);
}
