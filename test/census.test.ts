import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import * as tsrsa from "../src/index.ts";
import * as io from "../src/io/index.ts";

const root = dirname(import.meta.dirname);
const page = readFileSync(join(root, "docs/decisions/0010-census.md"), "utf8");
const rows = [...page.matchAll(/^\| ([^|]+) \| ([^|]+) \|([^|]*)\|$/gm)]
  .map(([, there, here, tests]) => ({ there, here, tests: tests.trim() }))
  .filter(({ there }) => there !== "there" && there !== "asked for" && there !== "---");

/** Options and members, which are no exports. */
const words = new Set(["folds", "filter", "meta", "euclidean", "gains", "icons"]);

test("there are rows", () => expect(rows.length).toBeGreaterThan(75));

test.each(rows)("$there: exported and in its test, or argued", ({ here, tests }) => {
  const exported = new Set([tsrsa, io].flatMap((entry) => Object.keys(entry)));
  const names = [...here.matchAll(/`([A-Za-z0-9]+)`/g)].flatMap(([, name]) =>
    words.has(name) ? [] : [name],
  );
  const said = here.replace(/^argued: /, "");
  if (said === here) {
    expect(names.length).toBeGreaterThan(0);
    expect(tests).not.toBe("");
  } else expect(said.length).toBeGreaterThan(15);
  const texts = tests.split(", ").flatMap((path) => (path === "" ? [] : [read(path)]));
  for (const name of names) {
    expect([name, exported.has(name)]).toEqual([name, true]);
    const isTested = texts.some((text) => new RegExp(`\\b${name}\\b`).test(text));
    if (said === here) expect([name, isTested]).toEqual([name, true]);
  }
});

test("every page that it points to is there", () => {
  for (const [, path] of page.matchAll(/\]\(([^)]+)\)/g)) read(join("docs/decisions", path));
  for (const [, path] of page.matchAll(/`(docs\/[a-z/-]+\.md)`/g)) read(path);
});

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
