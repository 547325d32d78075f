import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseSync } from "oxc-parser";
import { stampOf } from "./changed-files.ts";
import { candidates, isFile } from "./specifiers.ts";

interface Seen {
  readonly state: string;
  readonly version: number;
}

interface Parsed {
  readonly stamp: string;
  readonly needs: readonly string[];
}

const seen = new Map<string, Seen>();
const parsed = new Map<string, Parsed>();

/** How often a file, or a file that it imports, was found changed: 0 as long as it is as it was first loaded. */
export function versionOf(path: string): number {
  const state = stateOf(path);
  const before = seen.get(path);
  if (before?.state === state) return before.version;
  const version = before === undefined ? 0 : before.version + 1;
  seen.set(path, { state, version });
  return version;
}

/** Changes when the file or one it leads to does. */
function stateOf(path: string): string {
  const files = new Set<string>();
  const open = [path];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    open.push(...neededBy(file));
  }
  return [...files].map((file) => `${file} ${stampOf(file)}`).join("\n");
}

function neededBy(path: string): readonly string[] {
  if (!/\.([mc]?[jt]s|[jt]sx)$/.test(path)) return [];
  const stamp = stampOf(path);
  const before = parsed.get(path);
  if (before?.stamp === stamp) return before.needs;
  const needs = stamp === "" ? [] : readNeeds(path);
  parsed.set(path, { stamp, needs });
  return needs;
}

function readNeeds(path: string): string[] {
  const { module } = parseSync(path, readFileSync(path, "utf8"), { sourceType: "module" });
  const imports = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  const exports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
  );
  return [...imports, ...exports]
    .filter((name) => isFile(name) && !name.startsWith("file:"))
    .flatMap((name) => found(resolve(dirname(path), name)) ?? []);
}

function found(path: string): string | undefined {
  return [path, ...candidates(path)].find(
    (file) => /\.[^/\\]+$/.test(file) && stampOf(file) !== "",
  );
}
