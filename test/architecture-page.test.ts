import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = dirname(import.meta.dirname);
const page = readFileSync(join(root, "docs/architecture.md"), "utf8");

test("every file that the page of the house names is there", () => {
  const named = [...page.matchAll(/`((?:src|test|scripts|bench)\/[\w./-]+)/g)].map(
    ([, path]) => path,
  );
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("every floor of src is in its picture", () => {
  const picture = page.split("```")[1];
  const floors = readdirSync(join(root, "src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(floors.filter((floor) => !new RegExp(`\\b${floor}\\b`).test(picture))).toEqual([]);
});

test("what the docs link to is there", () => {
  const pages = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];
  const docs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name));
  const dead = [...pages, ...docs].flatMap((name) => {
    const text = readFileSync(join(root, name), "utf8").replace(/```[\s\S]*?```|`[^`]*`/g, "");
    return [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)]
      .map(([, link]) => link)
      .filter((link) => !existsSync(join(root, dirname(name), link)))
      .map((link) => `${name}: ${link}`);
  });
  expect(dead).toEqual([]);
});
