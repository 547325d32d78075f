import { homedir } from "node:os";
import { join } from "node:path";
import { isRecord, kind } from "../src/core/gate/kinds.ts";

const isEnvironment = kind("variables by name, as process.env", isRecord);

/**
 * Where data sets are kept: `TSRSA_DATA_DIR`, or the user's cache folder (`$XDG_CACHE_HOME` or `~/.cache` on Linux,
 * `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows) with `tsrsa` below it.
 *
 * @example
 * import { dataDir } from "tsrsa/data";
 * dataDir({ TSRSA_DATA_DIR: "/data/rsa" }); // /data/rsa
 */
export function dataDir(env: NodeJS.ProcessEnv = process.env): string {
  isEnvironment(env, "env");
  if (env.TSRSA_DATA_DIR !== undefined && env.TSRSA_DATA_DIR !== "") return env.TSRSA_DATA_DIR;
  return join(cacheDir(env), "tsrsa");
}

function cacheDir(env: NodeJS.ProcessEnv): string {
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  if (process.platform === "win32") return env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local");
  return env.XDG_CACHE_HOME !== undefined && env.XDG_CACHE_HOME !== ""
    ? env.XDG_CACHE_HOME
    : join(homedir(), ".cache");
}
