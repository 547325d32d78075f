import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { expect, test } from "vitest";

const root = dirname(import.meta.dirname);

/** The floors of src/, ground floor first. A file imports from its own folder and from floors below. */
const floors = [
  "core",
  "linalg",
  "compute",
  "engine",
  "stats",
  "io",
  "table",
  "rdm",
  "rsa",
  "simulate",
  "searchlight",
  "surface",
  "meg",
  "sources",
  "mri",
  "encoding",
  "fusion",
  "pairs",
  "networks",
  "plot",
  "report",
];

interface Import {
  readonly file: string;
  readonly from: string;
  readonly target: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("assembly"))
    .map((name) => join(folder, name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8").replace(/\/\*\*[\s\S]*?\*\//g, "");
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^"';]*?from\s*"([^"]+)"|import\(\s*"([^"]+)"\s*\)|(?:^|\n)\s*import\s+"([^"]+)"/g,
  );
  return [...found].map((match) => {
    const from = match[1] ?? match[2] ?? match[3];
    const target = from.startsWith(".") ? relative(root, join(root, dirname(file), from)) : from;
    return { file: file.split(sep).join("/"), from, target: target.split(sep).join("/") };
  });
}

function posix(path: string): string {
  return path.split(sep).join("/");
}

/** Files by those they import. */
function importGraph(): Map<string, readonly string[]> {
  const graph = new Map<string, string[]>();
  for (const { file, from, target } of all) {
    if (!from.startsWith(".")) continue;
    graph.set(file, [...(graph.get(file) ?? []), target]);
  }
  return graph;
}

/** Files that reach themselves again, by Tarjan's strongly connected components. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const earliest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    earliest.set(file, order.size - 1);
    open.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lower(file, next);
    }
    if (earliest.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1) found.push(circle);
  };
  const lower = (file: string, next: string): void => {
    earliest.set(file, Math.min(earliest.get(file) ?? 0, earliest.get(next) ?? 0));
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
}

const all = ["src", "kernel", "cli", "web", "data-fetch", "course"]
  .flatMap(sourceFiles)
  .flatMap(importsOf);

function floorOf(path: string): string {
  return path.split("/")[1];
}

test("there are imports to check", () => {
  expect(all.length).toBeGreaterThan(100);
});

test("every folder of src is a floor", () => {
  const folders = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  expect(folders.map(({ name }) => name).filter((name) => !floors.includes(name))).toEqual([]);
});

test("a file of src imports only from its own floor and floors below", () => {
  const inside = all.filter(
    ({ file, target }) => /^src\/[^/]+\//.test(file) && target.startsWith("src/"),
  );
  const upward = inside.filter(
    ({ file, target }) =>
      !floors.includes(floorOf(target)) ||
      floors.indexOf(floorOf(target)) > floors.indexOf(floorOf(file)),
  );
  expect(upward).toEqual([]);
});

test("src imports nothing from kernel, cli, data-fetch or notebooks", () => {
  expect(
    all.filter(
      ({ file, target }) =>
        file.startsWith("src/") &&
        /^(kernel|cli|data-fetch|course|notebooks|tsrsa)(\/|$)/.test(target),
    ),
  ).toEqual([]);
});

test("kernel imports nothing of the library: it is a kernel for any notebook", () => {
  expect(
    all.filter(
      ({ file, target }) =>
        file.startsWith("kernel/") && /^(src|cli|data-fetch|tsrsa)(\/|$)/.test(target),
    ),
  ).toEqual([]);
});

test("the front end stands on the kernel's messages and files of notebooks alone, and nothing of Node", () => {
  const allowed =
    /^(web\/|kernel\/(messages|notebook|comm)\/|@codemirror\/|@lezer\/|katex$|dompurify$|markdown-it$)/;
  // What cells of a page may import is the library itself, with what stands in for the disk.
  const isLibrary = (file: string): boolean => file.startsWith("web/library/");
  const wrong = all.filter(
    ({ file, target }) => file.startsWith("web/") && !isLibrary(file) && !allowed.test(target),
  );
  expect(wrong).toEqual([]);
  const beyond = all.filter(
    ({ file, target }) =>
      isLibrary(file) && !/^(web\/library|src|data-fetch|course)\//.test(target),
  );
  expect(beyond).toEqual([]);
  const users = all.filter(
    ({ file, target }) => !file.startsWith("web/") && target.startsWith("web/"),
  );
  expect(users).toEqual([]);
});

test("the course stands on the library alone", () => {
  const wrong = all.filter(
    ({ file, target }) => file.startsWith("course/") && !/^(course|src)\//.test(target),
  );
  expect(wrong).toEqual([]);
});

test("data-fetch stands on io, linalg and core alone", () => {
  const wrong = all.filter(
    ({ file, target }) =>
      file.startsWith("data-fetch/") &&
      /^(src|cli|kernel)\//.test(target) &&
      !/^src\/(io|linalg|core)\//.test(target),
  );
  expect(wrong).toEqual([]);
});

test("the library's core imports nothing that only Node has", () => {
  const node = all.filter(
    ({ file, target }) => file.startsWith("src/") && target.startsWith("node:"),
  );
  expect(node.filter(({ file }) => !file.startsWith("src/core/platform/node/"))).toEqual([]);
});

test("each platform module has a twin for the browser with the same exports", () => {
  const names = (folder: string) =>
    readdirSync(join(root, "src/core/platform", folder))
      .filter((name) => name.endsWith(".ts"))
      .sort();
  expect(names("browser")).toEqual(names("node"));
  const exported = (file: string) =>
    [
      ...readFileSync(join(root, "src/core/platform", file), "utf8").matchAll(
        /^export (?:async )?(?:function\*?|const|class) (\w+)/gm,
      ),
    ]
      .map((match) => match[1])
      .sort();
  for (const name of names("node"))
    expect([name, exported(`browser/${name}`)]).toEqual([name, exported(`node/${name}`)]);
});

test("what the kernel asks of Node has a twin for pages with the same exports", () => {
  const texts = (folder: string) =>
    sourceFiles(`kernel/platform/${folder}`)
      .filter((file) => dirname(posix(file)) === `kernel/platform/${folder}`)
      .map((file) => [posix(file).split("/")[3], readFileSync(join(root, file), "utf8")] as const);
  const exported = (text: string) =>
    [...text.matchAll(/^export (?:async )?(?:function\*?|const|class|\{) (\w+)/gm)].map(
      ([, name]) => name,
    );
  const inPage = new Map(texts("page"));
  const asked = new Set(
    all.filter(({ from }) => from.startsWith("#kernel/")).map(({ from }) => `${from.slice(8)}.ts`),
  );
  const lacking = texts("node")
    .filter(([name]) => asked.has(name))
    .flatMap(([name, text]) => {
      const users = all.filter(
        ({ file, from }) => from === `#kernel/${name.slice(0, -3)}` && !/\/main\.ts$/.test(file),
      );
      const used = exported(text).filter((one) =>
        users.some(({ file }) =>
          new RegExp(`\\b${one}\\b`).test(readFileSync(join(root, file), "utf8")),
        ),
      );
      const there = exported(inPage.get(name) ?? "");
      return used.filter((one) => !there.includes(one)).map((one) => `${name}: ${one}`);
    });
  expect(lacking).toEqual([]);
  expect(asked.size).toBeGreaterThan(8);
});

test("no module of the published code waits at its top level: other kernels must be able to require it", () => {
  const waiting = ["src", "kernel", "cli", "web", "data-fetch", "course"]
    .flatMap(sourceFiles)
    .filter((file) => /^(?:const .*= )?await /m.test(readFileSync(join(root, file), "utf8")))
    .filter((file) => !/^cli[\\/]main\.ts$/.test(file));
  expect(waiting).toEqual([]);
});

test("no files import each other in a circle, not even for a type", () => {
  expect(circles(importGraph())).toEqual([]);
});

test("every room of src is used by another, or is one that users enter", () => {
  const entered = new Set(["src/index.ts"]);
  const rooms = readdirSync(join(root, "src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `src/${name}/`);
  const unused = rooms.filter(
    (room) =>
      !all.some(
        ({ file, target }) =>
          target.startsWith(room) && (!file.startsWith(room) || entered.has(file)),
      ),
  );
  expect(unused).toEqual([]);
});

test("every file is imported by another, or is one that starts something", () => {
  const imported = new Set(all.map(({ target }) => target));
  // Started as a process or a thread, named in package.json, or found by the build under another name.
  const starts =
    /^(src|cli|kernel|web|data-fetch|course)\/(index|main)\.ts$|^src\/(io|plot)\/index\.ts$|\/platform\/|^web\/library\/|(-worker|-script|worker|guard|main|-thread|preload|register|hooks|typescript-files|check|tslab)\.ts$/;
  const files = ["src", "kernel", "cli", "web", "data-fetch", "course"]
    .flatMap(sourceFiles)
    .map(posix);
  const lost = files.filter((file) => !imported.has(file) && !starts.test(file));
  expect(lost).toEqual([]);
});

test("files stay small: 9 in 10 have at most 300 lines, none more than 500", () => {
  const lengths = ["src", "kernel", "cli", "web", "data-fetch", "course"]
    .flatMap(sourceFiles)
    .map((file) => [readFileSync(join(root, file), "utf8").split("\n").length, file] as const);
  const sorted = [...lengths].sort(([a], [b]) => b - a);
  expect(sorted[0][0], sorted[0][1]).toBeLessThanOrEqual(500);
  expect(sorted[Math.floor(sorted.length / 10)][0]).toBeLessThanOrEqual(300);
});
