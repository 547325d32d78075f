import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** What the language service of a page is given: texts by path, as it sees them, and where the kernel's own types lie. */
export interface TypeFiles {
  readonly kernelFolder: string;
  readonly files: Readonly<Record<string, string>>;
}

const packages = "/notebook/node_modules";

/** Where cells of a page run, for the compiler: in a worker, without Node. */
const settings = JSON.stringify({ compilerOptions: { lib: ["esnext", "webworker"], types: [] } });

/** The declaration files of what cells of a page may import, and of the language itself. */
export function typeFiles(): TypeFiles {
  const own = packageRoot();
  const kernelFolder = `${packages}/tsrsa/dist/kernel/`;
  return {
    kernelFolder,
    files: {
      "/notebook/tsconfig.json": settings,
      ...libraries(),
      ...declared(
        own,
        "tsrsa",
        [
          ...["src/index", "src/io/index", "src/plot/index", "data-fetch/index", "course/index"],
          "kernel/executor/globals",
        ].map((entry) => `dist/${entry}.d.ts`),
      ),
      ...installed("@observablehq/plot", own),
      ...installed("danfojs", own),
    },
  };
}

/** The compiler as its package publishes it: a script that sets `ts`. */
export function compilerFile(): string {
  return createRequire(import.meta.url).resolve("typescript");
}

/** The libraries of the language, and of a worker; a page's document is none of a cell's. */
function libraries(): Record<string, string> {
  const folder = dirname(compilerFile());
  const names = readdirSync(folder).filter((name) =>
    /^lib\.(es|decorators|webworker).*\.d\.ts$/.test(name),
  );
  return Object.fromEntries(
    names.map((name) => [`/lib/${name}`, readFileSync(join(folder, name), "utf8")]),
  );
}

/** Beside a notebook a package may be there or not; what is not there has no types. */
function installed(name: string, from: string): Record<string, string> {
  const folder = join(from, "node_modules", name);
  const found = existsSync(folder) ? folder : beside(from, name);
  if (found === undefined) return {};
  const { types, exports } = JSON.parse(readFileSync(join(found, "package.json"), "utf8")) as {
    readonly types?: string;
    readonly exports?: { readonly "."?: { readonly types?: string } };
  };
  const entry = types ?? exports?.["."]?.types;
  return entry === undefined ? {} : declared(found, name, [posix.normalize(entry)]);
}

/** Where npm put a package that this one depends on: beside it. */
function beside(from: string, name: string): string | undefined {
  const folder = join(dirname(from), name);
  return existsSync(folder) ? folder : undefined;
}

/** A package's own description, and the declaration files that lead on from the entries. */
function declared(
  folder: string,
  name: string,
  entries: readonly string[],
): Record<string, string> {
  const found = new Map<string, string>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const file = join(folder, path);
    if (found.has(path) || !existsSync(file)) continue;
    const text = readFileSync(file, "utf8");
    found.set(path, text);
    open.push(...namedBy(text, path, folder));
  }
  const files = [...found].map(([path, text]) => [`${packages}/${name}/${path}`, text] as const);
  const about = readFileSync(join(folder, "package.json"), "utf8");
  return { [`${packages}/${name}/package.json`]: about, ...Object.fromEntries(files) };
}

/** The declaration files that another names, by their paths in the package. */
function namedBy(text: string, path: string, folder: string): string[] {
  const names = [...text.matchAll(/(?:from|import\(|import)\s*["'](\.[^"']*)["']/g)].map(
    ([, name]) => posix.join(posix.dirname(path), name.replace(/\.[jt]s$/, "")),
  );
  return names.map((name) => {
    const isFolder = !existsSync(join(folder, `${name}.d.ts`));
    return isFolder ? `${name}/index.d.ts` : `${name}.d.ts`;
  });
}

/** The folder of this package, also when this file runs from source in a test. */
function packageRoot(): string {
  const up = import.meta.url.endsWith(".ts") ? "../../" : "../../../";
  return resolve(fileURLToPath(new URL(up, import.meta.url)));
}
