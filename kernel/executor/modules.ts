import { createRequire } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { allowFiles } from "./allow-files.ts";
import { forgetChangedFiles } from "./files/changed-files.ts";
import type { ImportedName, SetName } from "./files/imported-files.ts";
import { ImportedFiles } from "./files/imported-files.ts";
import { isFile, isMissing, isPackage } from "./files/specifiers.ts";
import { member, pickMembers } from "./members.ts";

/** A module as an import statement of a cell needs it. */
export interface LoadedModule {
  readonly namespace: object;
  readonly members: Record<string, unknown>;
}

/** How the cells of a notebook load modules. */
export interface Modules {
  /** `import(name, options)`. */
  readonly import: (name: unknown, options?: ImportCallOptions) => Promise<object>;
  /** What an import statement takes from a module. */
  readonly members: (
    name: string,
    keys: readonly string[],
    options?: ImportCallOptions,
    names?: readonly ImportedName[],
  ) => Promise<LoadedModule>;
  /** Imports again what cells imported from files, and hands out what is new. */
  readonly reload: (set: SetName) => Promise<void>;
  readonly require: NodeJS.Require;
  /** `import.meta.resolve`. */
  readonly resolve: (name: string) => string;
}

type Import = (name: string, options?: ImportCallOptions) => Promise<object>;

/**
 * Loads modules as files beside the notebook would. A package that is not installed there is looked for beside
 * `packagesFrom`; a file that was edited is loaded anew.
 */
export function notebookModules(notebook: string, packagesFrom: string | undefined): Modules {
  const own = importerAt(notebook);
  const files = new ImportedFiles();
  const kernels = packagesFrom === undefined ? undefined : importerAt(packagesFrom);
  const load: Import = async (name, options) => {
    // The kernel has display functions of that name itself.
    if (name === "tslab") return await import("../tslab/tslab.js");
    if (isFile(name)) prepareFiles(notebook, packagesFrom);
    return own(name, options).catch((error: unknown) => {
      if (!isPackage(name) || !isMissing(error, name)) throw error;
      if (kernels === undefined) throw missing(error, name);
      // Where neither has it, the user's place is the one to speak of.
      return kernels(name, options).catch((other: unknown) => {
        throw isMissing(other, name) ? missing(error, name) : other;
      });
    });
  };
  return {
    import: async (name, options) => load(String(name), options),
    members: async (name, keys, options, names) => {
      const namespace = await load(name, options);
      const members = pickMembers(namespace, keys, name);
      if (names !== undefined) files.note({ name, options, names, namespace });
      return { namespace, members };
    },
    reload: (set) => files.reload(load, member, set),
    require: requireAt(notebook, packagesFrom),
    resolve: (name) => pathToFileURL(createRequire(notebook).resolve(name)).href,
  };
}

/** The same error, which also says what to do. */
function missing(error: unknown, name: string): unknown {
  const [root] = /^(?:@[^/]+\/)?[^/]+/.exec(name) ?? [name];
  const hint = `; a cell with %npm install ${root} installs it`;
  if (error instanceof Error && !/^(#|node:)/.test(name) && !error.message.includes(hint))
    error.message += hint;
  return error;
}

function prepareFiles(notebook: string, packagesFrom: string | undefined): void {
  allowFiles({ folder: dirname(notebook), packagesFrom });
  forgetChangedFiles();
}

/** An `import()` as a script at `path` has it. */
function importerAt(path: string): Import {
  const script = new vm.Script("(name, options) => import(name, options)", {
    filename: path,
    // No line of the user's: what stands on line 0 is shown in no error.
    lineOffset: -1,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return script.runInThisContext() as Import;
}

/** A `require` as a script at `path` has it. */
function requireAt(path: string, packagesFrom: string | undefined): NodeJS.Require {
  const own = createRequire(path);
  const load = (name: string): unknown => {
    if (isFile(name)) prepareFiles(path, packagesFrom);
    try {
      return own(name) as unknown;
    } catch (error) {
      if (!isPackage(name) || !isMissing(error, name)) throw error;
      if (packagesFrom === undefined) throw missing(error, name);
      return requireOr(createRequire(packagesFrom), name, missing(error, name));
    }
  };
  return Object.assign(load, own) as NodeJS.Require;
}

function requireOr(load: NodeJS.Require, name: string, before: unknown): unknown {
  try {
    return load(name) as unknown;
  } catch (error) {
    throw isMissing(error, name) ? before : error;
  }
}
