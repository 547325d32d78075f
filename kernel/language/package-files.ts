import { ts } from "./typescript.ts";

/** Files of packages and of TypeScript's libraries, each read once: they do not change while a kernel runs. */
export interface PackageFiles {
  readonly readFile: (path: string, encoding?: string) => string | undefined;
  readonly fileExists: (path: string) => boolean;
  readonly directoryExists: (path: string) => boolean;
  /** A package may have been installed meanwhile: what was missing is looked for again. */
  readonly forgetMissing: () => void;
}

/** Remembers what `ts.sys` says of files in packages; asks it anew for all others. */
export function packageFiles(): PackageFiles {
  const texts = new Map<string, string | undefined>();
  const files = new Map<string, boolean>();
  const folders = new Map<string, boolean>();
  const remembered = <T>(path: string, known: Map<string, T>, ask: () => T): T => {
    if (!isOfPackage(path)) return ask();
    const before = known.get(path);
    if (before !== undefined || known.has(path)) return before as T;
    const found = ask();
    known.set(path, found);
    return found;
  };
  return {
    // A program keeps the texts of sources itself.
    readFile: (path, encoding) =>
      path.endsWith("/package.json")
        ? remembered(path, texts, () => ts.sys.readFile(path, encoding))
        : ts.sys.readFile(path, encoding),
    fileExists: (path) => remembered(path, files, () => ts.sys.fileExists(path)),
    directoryExists: (path) => remembered(path, folders, () => ts.sys.directoryExists(path)),
    forgetMissing: () => {
      for (const [path, text] of texts) if (text === undefined) texts.delete(path);
      for (const known of [files, folders])
        for (const [path, exists] of known) if (!exists) known.delete(path);
    },
  };
}

/** True for a file below `node_modules`. */
export function isOfPackage(path: string): boolean {
  return path.includes("/node_modules/");
}
