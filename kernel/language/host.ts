import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ts } from "./typescript.ts";
import { elementTypes } from "./ambient.ts";
import type { CellModule, Cells } from "./cells.ts";
import { cellFile } from "./cells.ts";
import { compilerOptions, isOfWorker, wantsDom } from "./options.ts";
import type { PackageFiles } from "./package-files.ts";
import { isOfPackage } from "./package-files.ts";

export interface HostOptions {
  /** Folder of the notebook. */
  readonly folder: string;
  /** A file beside whose packages those are looked for that the notebook's folder lacks. */
  readonly packagesFrom?: string;
  /** Where the kernel's own types lie. Default: beside this file. */
  readonly kernelFolder?: string;
  readonly cells: Cells;
  readonly packages: PackageFiles;
  /** The cell that is asked about, beside those that ran. */
  readonly draft: () => CellModule;
}

const ambientFile = "__ambient__.d.ts";
const draftFile = "__draft__.ts";
/** The kernel's own types are found beside this file, once built. */
const besideThis = (): string => fileURLToPath(new URL("../", import.meta.url));

/** The path of a file that sees globals alone. */
export function ambientPath(folder: string): string {
  return join(folder, ambientFile);
}

/** The path of the cell that is asked about. */
export function draftPath(folder: string): string {
  return join(folder, draftFile);
}

/** What the language service sees: the real files, and the cells as modules in the notebook's folder. */
export function cellHost({
  folder,
  packagesFrom,
  kernelFolder = besideThis(),
  cells,
  packages,
  draft,
}: HostOptions): ts.LanguageServiceHost {
  const options = optionsWithConsole(folder, kernelFolder);
  const ambient = ambientTypes(options, kernelFolder);
  const ambientModule = { text: ambient, shift: 0, version: "0", isTsx: false };
  const module = (path: string): CellModule | undefined => {
    if (dirname(path) !== folder) return undefined;
    const name = basename(path);
    if (name === draftFile) return draft();
    if (name === ambientFile) return ambientModule;
    const at = /^__cell_(\d+)__\.ts$/.exec(name);
    return at === null ? undefined : cells.module(Number(at[1]));
  };
  const readFile = (path: string, encoding?: string): string | undefined =>
    module(path)?.text ?? packages.readFile(path, encoding);
  const fileExists = (path: string): boolean =>
    module(path) !== undefined || packages.fileExists(path);
  const found = { ...ts.sys, readFile, fileExists, directoryExists: packages.directoryExists };
  const resolve = resolver({ options, packagesFrom, kernelFolder }, found);
  /** A cell's import of another is no question for the file system. */
  const resolveCell = (name: string, from: string): ts.ResolvedModuleFull | undefined => {
    if (!name.startsWith("./__cell_") || dirname(from) !== folder) return undefined;
    const path = join(folder, name.slice(2));
    return module(path) === undefined ? undefined : { resolvedFileName: path, extension: ".ts" };
  };
  const resolutions = ts.createModuleResolutionCache(folder, (path) => path, options);
  const snapshots = new Map<string, { version: string; snapshot: ts.IScriptSnapshot }>();
  const versionOf = (path: string): string => module(path)?.version ?? version(path);
  return {
    getCompilationSettings: () => options,
    getCurrentDirectory: () => folder,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getDefaultLibFileName: (used) => ts.getDefaultLibFilePath(used),
    getScriptFileNames: () =>
      [ambientFile, draftFile, ...cells.numbers.map(cellFile)].map((name) => join(folder, name)),
    getScriptVersion: versionOf,
    getScriptKind: (path) => {
      const own = module(path);
      if (own !== undefined) return own.isTsx ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
      // By the ending of the file.
      return ts.ScriptKind.Unknown;
    },
    // The same object for the same version, or the service compares the texts of all files for each question.
    getScriptSnapshot: (path) => {
      const before = snapshots.get(path);
      const now = versionOf(path);
      if (before?.version === now) return before.snapshot;
      const text = readFile(path);
      if (text === undefined) return undefined;
      const snapshot = ts.ScriptSnapshot.fromString(text);
      snapshots.set(path, { version: now, snapshot });
      return snapshot;
    },
    // Not in the published types, but asked for: without it every program reads all package.json files.
    ...{ getModuleResolutionCache: () => resolutions },
    readFile,
    fileExists,
    directoryExists: packages.directoryExists,
    getDirectories: (path) => ts.sys.getDirectories(path),
    readDirectory: (path, ...rest) => ts.sys.readDirectory(path, ...rest),
    realpath: (path) => (module(path) === undefined ? (ts.sys.realpath?.(path) ?? path) : path),
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => ({
        resolvedModule: resolveCell(text, from) ?? resolve(text, from),
      })),
    resolveTypeReferenceDirectiveReferences: (references) =>
      references.map((reference) => ({
        resolvedTypeReferenceDirective: resolveTypes(reference, options, [folder, kernelFolder]),
      })),
  };
}

/** A file beside the notebook may change while the kernel runs; a package does not. */
function version(path: string): string {
  if (isOfPackage(path)) return "1";
  return String(ts.sys.getModifiedTime?.(path)?.getTime() ?? 1);
}

/** The types of what every cell has without an import. */
function ambientTypes(options: ts.CompilerOptions, kernelFolder: string): string {
  const types = `import(${JSON.stringify(join(kernelFolder, "executor/globals.js"))}).CellGlobals`;
  const names = ["display", "input", "prompt", "confirm", "comm", "widget"];
  const globals = names.map((name) => `declare const ${name}: ${types}["${name}"];`);
  return [...globals, wantsDom(options) ? "" : elementTypes].join("\n");
}

/** Without the types of Node there would be no `console`; those of a browser have one. */
function optionsWithConsole(folder: string, kernelFolder: string): ts.CompilerOptions {
  const options = compilerOptions(folder);
  const hasNode = resolveTypes("node", options, [folder, kernelFolder]) !== undefined;
  return hasNode || isOfWorker(options)
    ? options
    : { ...options, types: [], lib: [...(options.lib ?? []), "lib.dom.d.ts"] };
}

type Resolve = (name: string, from: string) => ts.ResolvedModuleFull | undefined;

function resolver(
  {
    options,
    packagesFrom,
    kernelFolder,
  }: {
    readonly options: ts.CompilerOptions;
    readonly packagesFrom: string | undefined;
    readonly kernelFolder: string;
  },
  host: ts.ModuleResolutionHost,
): Resolve {
  const find: Resolve = (name, from) =>
    ts.resolveModuleName(name, from, options, host).resolvedModule;
  const tslab = { resolvedFileName: join(kernelFolder, "tslab/tslab.d.ts"), extension: ".d.ts" };
  return (name, from) => {
    if (name === "tslab") return { ...tslab, isUsingTsExtension: false };
    const elsewhere = packagesFrom !== undefined && !/^[./]/.test(name) ? packagesFrom : undefined;
    return find(name, from) ?? (elsewhere === undefined ? undefined : find(name, elsewhere));
  };
}

/** `node` and the like: beside the notebook, or else beside the kernel. */
function resolveTypes(
  reference: ts.FileReference | string,
  options: ts.CompilerOptions,
  places: readonly string[],
): ts.ResolvedTypeReferenceDirective | undefined {
  const name = typeof reference === "string" ? reference : reference.fileName;
  const from = (place: string): ts.ResolvedTypeReferenceDirective | undefined =>
    ts.resolveTypeReferenceDirective(name, join(place, "cell.ts"), options, ts.sys)
      .resolvedTypeReferenceDirective;
  return places.map(from).find((found) => found !== undefined);
}
