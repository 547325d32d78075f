import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import * as data from "../data-fetch/index.ts";
import * as tsrsa from "../src/index.ts";
import * as io from "../src/io/index.ts";

const folder = join(dirname(import.meta.dirname), "docs", "moving");
const pages = readdirSync(folder).filter((name) => name.endsWith(".md"));
const exported = new Set([tsrsa, io, data].flatMap((entry) => Object.keys(entry)));

describe.each(pages)("docs/moving/%s", (page) => {
  const text = readFileSync(join(folder, page), "utf8");
  const [first] = text.split("\n## ");
  const rows = [...first.matchAll(/^\| `([^`]+)` +\| ([^|]+) \|([^|]*)\|$/gm)].map(
    ([, there, here, words]) => ({ there, here: here.trim(), words: words.trim() }),
  );

  test("has each public name of the other library, once", () => {
    const names = readFileSync(join(folder, page.replace(/\.md$/, ".names.txt")), "utf8")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    expect(rows.map(({ there }) => there).sort()).toEqual([...names].sort());
    expect(new Set(names).size).toBe(names.length);
  });

  test("names only what is exported, and says why there is nothing", () => {
    const here = rows.flatMap((row) => (row.here === "–" ? [] : [row.here.replaceAll("`", "")]));
    expect(here.filter((name) => !exported.has(name))).toEqual([]);
    expect(rows.filter((row) => row.here === "–" && row.words === "")).toEqual([]);
  });
});
