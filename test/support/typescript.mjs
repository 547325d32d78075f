// node --import this -C tsrsa-source: a child process of a test runs the TypeScript sources as they are.
import { register } from "node:module";

const hooks = `
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transform } from ${JSON.stringify(import.meta.resolve("oxc-transform"))};
export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const path = fileURLToPath(url);
  const { code } = await transform(path, await readFile(path, "utf8"));
  return { format: "module", source: code, shortCircuit: true };
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
