import { readFile } from "node:fs/promises";
import type { InitializeHook, LoadHook, ResolveHook } from "node:module";
import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { dialectOf } from "#kernel/dialect";
import { isCompiled, refuseFaults, toModule } from "./compile-file.ts";
import { candidates, isFile, isMissing, isPackage } from "./specifiers.ts";
import { versionOf } from "./versions.ts";
import { wasmModule } from "./wasm-module.ts";

/** What the hooks are started with. */
export interface HookSettings {
  /** Folder of the notebook. */
  readonly folder: string;
  /** A file beside whose packages those are looked for that the notebook's folder lacks. */
  readonly packagesFrom?: string;
}

/** The kernel has display functions of that name itself. */
const tslabModule = new URL("../../tslab/tslab.js", import.meta.url).href;
/** Files that cells and files beside the notebook reach by path: these may change while the kernel runs. */
const own = new Set<string>();
let settings: HookSettings = { folder: "" };

export const initialize: InitializeHook<HookSettings> = async (data) => {
  settings = data;
};

/** Module hook: finds files as TypeScript does, packages beside the kernel too, and edited files anew. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  if (specifier === "tslab") return { url: tslabModule, shortCircuit: true };
  const from = context.parentURL ?? "";
  const result = await (isPackage(specifier)
    ? findPackage(specifier, context, next)
    : findFile(specifier, context, next));
  const isOwn = isNotebook(from) || own.has(pathOf(from));
  if (!isOwn || isPackage(specifier) || !result.url.startsWith("file:")) return result;
  own.add(pathOf(result.url));
  const version = versionOf(fileURLToPath(result.url));
  const url = version === 0 ? result.url : withQuery(result.url, `v=${version}`);
  // A file as text is another module than the file, which newer versions of Node do not see.
  const { type } = attributesOf(context);
  return { ...result, url: /^(text|bytes)$/.test(type ?? "") ? withQuery(url, `as=${type}`) : url };
};

type Next = Parameters<ResolveHook>[2];
type Context = Parameters<ResolveHook>[1];
type Resolved = Awaited<ReturnType<ResolveHook>>;

async function findPackage(name: string, context: Context, next: Next): Promise<Resolved> {
  try {
    return await next(name, context);
  } catch (error) {
    const { packagesFrom } = settings;
    const isInside = /[\\/]node_modules[\\/]/.test(context.parentURL ?? "");
    if (packagesFrom === undefined || isInside || !isMissing(error, name)) throw error;
    const parentURL = pathToFileURL(packagesFrom).href;
    // Where neither has it, the user's place is the one to speak of.
    return Promise.resolve(next(name, { ...context, parentURL })).catch((other: unknown) => {
      throw isMissing(other, name) ? error : other;
    });
  }
}

async function findFile(path: string, context: Context, next: Next): Promise<Resolved> {
  try {
    return await next(path, context);
  } catch (error) {
    if (!isFile(path)) throw error;
    for (const other of candidates(path)) {
      const found = await attempt(other, context, next);
      if (found !== undefined) return found;
    }
    throw error;
  }
}

async function attempt(path: string, context: Context, next: Next): Promise<Resolved | undefined> {
  try {
    return await next(path, context);
  } catch {
    return undefined;
  }
}

/** Module hook: TypeScript and JSX become JavaScript; JSON and texts a module with that value; WebAssembly one too. */
export const load: LoadHook = async (url, context, next) => {
  const path = pathOf(url);
  if (!path.startsWith("file:")) return next(url, context);
  const kind = attributesOf(context).type ?? textKind(path);
  if (kind === "bytes") return asModule(`new Uint8Array([${(await bytes(path)).join()}])`);
  if (kind === "text") return asModule(JSON.stringify(await text(path)));
  if (kind === "json") return asJson(path);
  if (path.endsWith(".wasm")) return asSource(wasmModule(path, new Uint8Array(await bytes(path))));
  if (!isCompiled(path)) return checked(await next(url, context), path);
  return asSource(toModule(path, await text(path), dialectOf(settings.folder)));
};

function asModule(value: string): Awaited<ReturnType<LoadHook>> {
  return asSource(`export default ${value};`);
}

function asSource(source: string): Awaited<ReturnType<LoadHook>> {
  return { format: "module", source, shortCircuit: true };
}

/** V8 does not say where in a module of the user's its syntax is wrong. */
function checked(
  loaded: Awaited<ReturnType<LoadHook>>,
  path: string,
): Awaited<ReturnType<LoadHook>> {
  const { format, source } = loaded;
  if (format === "module" && own.has(path) && source !== undefined && source !== null)
    refuseFaults(path, Buffer.from(source as Uint8Array).toString());
  return loaded;
}

/** A file that is no code is its text, unless the import says otherwise. */
function textKind(path: string): string | undefined {
  const ending = extname(path).toLowerCase();
  if (ending === ".json") return "json";
  return /^\.(txt|md|csv|tsv|html?|css|sql|xml|svg|ya?ml|glsl)$/.test(ending) ? "text" : undefined;
}

/** The value is the default export, and the fields of an object are exports too. */
async function asJson(path: string): Promise<Awaited<ReturnType<LoadHook>>> {
  const value = await json(path);
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const keys = isObject ? Object.keys(value).filter((key) => key !== "default") : [];
  const fields = keys.map((key, i) => `const f${i} = value[${JSON.stringify(key)}];`);
  const names = keys.map((key, i) => `f${i} as ${JSON.stringify(key)}`);
  const parsed = `const value = JSON.parse(${JSON.stringify(JSON.stringify(value))});`;
  const source = `${parsed}${fields.join("")}export default value; export { ${names.join(", ")} };`;
  return asSource(source);
}

async function json(path: string): Promise<unknown> {
  try {
    return JSON.parse(await text(path)) as unknown;
  } catch (error) {
    throw new SyntaxError(`${fileURLToPath(path)} is not JSON: ${(error as Error).message}`);
  }
}

async function text(path: string): Promise<string> {
  return (await readFile(fileURLToPath(path), "utf8")).replace(/^\uFEFF/, "");
}

async function bytes(path: string): Promise<Buffer> {
  return readFile(fileURLToPath(path));
}

function attributesOf(context: object): { readonly type?: string } {
  return (context as { importAttributes?: { type?: string } }).importAttributes ?? {};
}

/** A URL without its query. */
function pathOf(url: string): string {
  return url.split(/[?#]/)[0];
}

function withQuery(url: string, query: string): string {
  return `${url}${url.includes("?") ? "&" : "?"}${query}`;
}

/** True for the scripts of cells, which lie in the notebook's folder. */
function isNotebook(url: string): boolean {
  const folder = pathToFileURL(`${settings.folder}/`).href;
  return url.startsWith(folder) && !/[\\/]node_modules[\\/]/.test(url);
}
