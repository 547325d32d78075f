import { readFileSync } from "node:fs";
import Module, { register } from "node:module";
import { dirname } from "node:path";
import { dialectOf } from "#kernel/dialect";
import { toCommonJs } from "./files/compile-file.ts";
import type { HookSettings } from "./files/hooks.ts";

type Load = (module: Module & { _compile(code: string, path: string): void }, path: string) => void;

let allowed = false;

/** Lets cells load TypeScript, JSX, JSON and texts; done when a cell first names a file, since it costs a thread. */
export function allowFiles(settings: HookSettings): void {
  if (allowed) return;
  allowed = true;
  register(new URL("./files/hooks.js", import.meta.url), { data: settings });
  const { _extensions: loaders } = Module as unknown as { _extensions: Record<string, Load> };
  for (const ending of [".ts", ".tsx", ".cts", ".jsx"]) loaders[ending] = loadCompiled;
  process.setSourceMapsEnabled(true);
}

const loadCompiled: Load = (module, path) => {
  const source = readFileSync(path, "utf8");
  module._compile(toCommonJs(path, source, dialectOf(dirname(path))), path);
};
