import { readFile } from "node:fs/promises";
import type { LoadHook, ResolveHook } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "oxc-transform";

/** The kernel has display functions of that name itself. */
const tslabModule = new URL("../tslab/tslab.js", import.meta.url).href;
const typeScript = /\.[mc]?ts$/;

/** Module hook: `./x`, and `./x.js` where there is none, may be `./x.ts`. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  if (specifier === "tslab") return { url: tslabModule, shortCircuit: true };
  try {
    return await next(specifier, context);
  } catch (error) {
    const isFile = /^(\.{0,2}\/|file:)/.test(specifier) && !typeScript.test(specifier);
    if (!isFile) throw error;
    try {
      return await next(`${specifier.replace(/\.js$/, "")}.ts`, context);
    } catch {
      throw error;
    }
  }
};

/** Module hook: a TypeScript file is an ES module, its types erased. */
export const load: LoadHook = async (url, context, next) => {
  const path = url.split(/[?#]/)[0];
  if (!path.startsWith("file:") || !typeScript.test(path)) return next(url, context);
  const source = compile(path, await readFile(fileURLToPath(path), "utf8"));
  return { format: "module", source, shortCircuit: true };
};

function compile(url: string, source: string): string {
  const { code, map, errors } = transformSync(url, source, {
    lang: "ts",
    sourceType: "module",
    sourcemap: true,
  });
  if (errors.length > 0)
    throw new SyntaxError(`${fileURLToPath(url)}: ${errors[0].codeframe ?? errors[0].message}`);
  const text = Buffer.from(JSON.stringify({ ...map, sources: [url] })).toString("base64");
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${text}`;
}
