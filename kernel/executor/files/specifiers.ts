/** True for the name of a package: no path, no URL. */
export function isPackage(name: string): boolean {
  return !/^(\.{0,2}\/|\.{1,2}$|[a-z][a-z\d+.-]*:)/i.test(name);
}

/** True for a path or the URL of a file. */
export function isFile(name: string): boolean {
  return /^(\.{0,2}\/|\.{1,2}$|file:)/i.test(name);
}

/** True for an error that says that this very package is not installed, not one that it needs itself. */
export function isMissing(error: unknown, name: string): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") return false;
  const [scope, rest] = name.split("/");
  const root = scope.startsWith("@") ? `${scope}/${rest}` : scope;
  return String(message).includes(`'${root}`) || String(message).includes(`"${root}`);
}

/** The files that `./x` may mean, as TypeScript looks for them: a `.js` may be a `.ts`. */
export function candidates(path: string): string[] {
  const [, stem, ending] = /^(.*?)(\.[mc]?jsx?)?$/s.exec(path) as unknown as string[];
  const sources: Record<string, string[]> = {
    ".js": [".ts", ".tsx"],
    ".jsx": [".tsx"],
    ".mjs": [".mts"],
    ".cjs": [".cts"],
  };
  const asSource = (sources[ending] ?? []).map((other) => stem + other);
  const endings = [".ts", ".tsx", ".js", ".jsx", ".mts", ".mjs", ".cts", ".cjs", ".json"];
  const added = endings.map((other) => path + other);
  const inFolder = endings.slice(0, 4).map((other) => `${path.replace(/\/$/, "")}/index${other}`);
  return [...asSource, ...added, ...inFolder];
}
