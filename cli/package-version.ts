import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this package. */
export function packageRoot(): string {
  // From source cli/ lies in the package; built it lies in dist/.
  const up = import.meta.url.endsWith(".ts") ? ".." : "../..";
  return fileURLToPath(new URL(up, import.meta.url)).replace(/[\\/]$/, "");
}

/** The version of this package. */
export function packageVersion(): string {
  const text = readFileSync(join(packageRoot(), "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
