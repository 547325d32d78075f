import { access, constants, mkdir, statfs } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { dataDir } from "../../../data-fetch/data-dir.ts";
import type { Finding } from "./finding.ts";

/** The oldest Node that works, as package.json says. */
const oldestNode: readonly [number, number] = [20, 19];

/** The Node that runs this. */
export function nodeFinding(version = process.versions.node): Finding {
  const [major, minor] = version.split(".").map(Number);
  const [needMajor, needMinor] = oldestNode;
  const ok = major > needMajor || (major === needMajor && minor >= needMinor);
  const found = `${version} on ${process.platform} ${process.arch}`;
  if (ok) return { name: "Node", state: "ok", found };
  return {
    name: "Node",
    state: "problem",
    found,
    advice: `install Node ${oldestNode.join(".")} or newer`,
  };
}

/** Cores and memory. */
export function machineFinding(): Finding {
  const cores = availableParallelism();
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  return { name: "machine", state: "ok", found: `${cores} cores, ${gigabytes} GB of memory` };
}

/** Whether data sets can be kept where they are to be. */
export async function dataFinding(folder = dataDir()): Promise<Finding> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    const free = `${((bavail * bsize) / 1e9).toFixed(1)} GB free`;
    return { name: "data folder", state: "ok", found: `${folder}, ${free}` };
  } catch (error) {
    return {
      name: "data folder",
      state: "problem",
      found: `${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
      advice: "set TSRSA_DATA_DIR to a folder that can",
    };
  }
}

/** Settings in the environment that change what commands do; values that may hold passwords are not shown. */
export function settingsFinding(env: NodeJS.ProcessEnv = process.env): Finding {
  const shown = ["TSRSA_DATA_DIR", "TSRSA_OFFLINE", "TSRSA_DATA_REGISTRY"];
  const named = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"];
  const found = [
    ...shown.filter((name) => env[name]).map((name) => `${name}=${env[name]}`),
    ...named.filter((name) => env[name]).map((name) => `${name} is set`),
  ];
  return {
    name: "settings",
    state: "ok",
    found: found.length === 0 ? "none in the environment" : found.join(", "),
  };
}
