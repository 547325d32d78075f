import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import { expect, test } from "vitest";

const root = dirname(import.meta.dirname);

/** Seams that only tests hold, and the kinds of options, which are offered whole. */
const seams = ["twinEngine", "wasmSourceHash", "setPath"];
const offered = /^src\/core\/(?:platform\/|gate\/kinds\.ts$)/;

const files = ["src", "kernel", "cli", "data-fetch"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("assembly"))
    .map((name) => join(folder, name).split(sep).join("/")),
);
const texts = new Map(
  files.map((file) => [
    file,
    readFileSync(join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ""),
  ]),
);

/** Names that are imported, or exported once more, from each file; `*` is all of them. */
function imported(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const clause =
    /(?:import|export)\s+(?:type\s+)?(\{[^}]*\}|[^{}"';]*?)\s*from\s*"(\.[^"]+)"|import\(\s*"(\.[^"]+)"/g;
  for (const [file, text] of texts) {
    for (const [, names = "*", from, late] of text.matchAll(clause)) {
      const target = normalize(join(dirname(file), from ?? late))
        .split(sep)
        .join("/");
      const all = found.get(target) ?? new Set();
      found.set(target, all);
      if (!names.startsWith("{")) all.add("*");
      for (const name of names.matchAll(/(?:type\s+)?(\w+)(?:\s+as\s+\w+)?\s*[,}]/g))
        all.add(name[1]);
    }
  }
  return found;
}

test("src exports nothing that nobody uses", () => {
  const uses = imported();
  const declared =
    /^export (?:async )?(?:abstract )?(?:function\*?|const|class|interface|type|let)\s+(\w+)/gm;
  const dead = [...texts].flatMap(([file, text]) => {
    if (!file.startsWith("src/") || offered.test(file)) return [];
    const used = uses.get(file);
    return [...text.matchAll(declared)]
      .map((match) => match[1])
      .filter((name) => used?.has(name) !== true && used?.has("*") !== true)
      .filter((name) => text.match(new RegExp(`\\b${name}\\b`, "g"))?.length === 1)
      .filter((name) => !seams.includes(name))
      .map((name) => `${file}: ${name}`);
  });
  expect(uses.size).toBeGreaterThan(100);
  expect(dead).toEqual([]);
});
