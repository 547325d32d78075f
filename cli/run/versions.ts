import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";

/** Versions of the packages that cells import by name, looked for as Node does, from the notebook's folder upwards. */
export function packageVersions(
  cells: readonly NotebookCell[],
  folder: string,
): Record<string, string> {
  const names = cells
    .filter(({ kind }) => kind === "code")
    .flatMap(({ source }) => [...source.matchAll(/\b(?:from|import\()\s*["']([^"'.][^"']*)["']/g)])
    .map(([, address]) => packageOf(address))
    .filter((name) => !name.startsWith("node:"));
  return Object.fromEntries(
    [...new Set(names)].sort().flatMap((name) => {
      const version = versionOf(name, folder);
      return version === undefined ? [] : [[name, version]];
    }),
  );
}

/** `tsrsa/data` is of the package `tsrsa`, `@scope/name/part` of `@scope/name`. */
function packageOf(address: string): string {
  return address
    .split("/")
    .slice(0, address.startsWith("@") ? 2 : 1)
    .join("/");
}

function versionOf(name: string, folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const text = readFileSync(join(at, "node_modules", name, "package.json"), "utf8");
      return String((JSON.parse(text) as { version?: unknown }).version);
    } catch {
      if (at === dirname(at)) return undefined;
    }
  }
}
