import { createRequire, register } from "node:module";
import { pathToFileURL } from "node:url";

/** A module as an import statement of a cell needs it. */
export interface LoadedModule {
  readonly namespace: object;
  readonly members: Record<string, unknown>;
}

let hooked = false;

/** Lets cells import TypeScript files; done when a cell first names a file, since it costs a thread. */
export function allowTypeScriptFiles(source: string): void {
  if (hooked || !/["'`](\.{0,2}\/|file:)/.test(source)) return;
  hooked = true;
  register(new URL("./typescript-files.js", import.meta.url));
  process.setSourceMapsEnabled(true);
}

/**
 * The module an import statement asked for, with the names it takes from it. A package that is not
 * installed beside the notebook is looked for beside `packagesFrom`.
 */
export async function loadModule(
  load: Promise<object>,
  name: string,
  keys: readonly string[],
  packagesFrom: string | undefined,
): Promise<LoadedModule> {
  const namespace = await load.catch((error: unknown) => loadElsewhere(name, error, packagesFrom));
  return {
    namespace,
    members: Object.fromEntries(keys.map((key) => [key, member(namespace, key, name)])),
  };
}

function member(namespace: object, key: string, name: string): unknown {
  if (key in namespace) return (namespace as Record<string, unknown>)[key];
  // A CommonJS package may name its exports in ways Node cannot see beforehand.
  const whole = (namespace as { default?: unknown }).default;
  if (typeof whole === "object" && whole !== null && key in whole)
    return (whole as Record<string, unknown>)[key];
  throw new SyntaxError(
    `${JSON.stringify(name)} has no export named ${key}; if it is a type, write import { type ${key} }`,
  );
}

async function loadElsewhere(
  name: string,
  error: unknown,
  packagesFrom: string | undefined,
): Promise<object> {
  const missing = (error as { code?: unknown } | undefined)?.code === "ERR_MODULE_NOT_FOUND";
  const path = missing && packagesFrom !== undefined ? find(name, packagesFrom) : undefined;
  if (path === undefined) throw error;
  return (await import(pathToFileURL(path).href)) as object;
}

function find(name: string, from: string): string | undefined {
  if (/^[./]|^[a-z]+:/.test(name)) return undefined;
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}
