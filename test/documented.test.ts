import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { sitePages } from "../site/build.ts";
import { readExports } from "../site/read-exports.ts";
import { placesOf, renderTopic } from "../site/reference-page.ts";
import { scoreEntry, type SearchEntry } from "../site/search-script.ts";
import { readTopics, topicFaults } from "../site/topics.ts";

const root = dirname(import.meta.dirname);
const all = readExports(root);

test("there is a surface to check", () => expect(all.length).toBeGreaterThan(150));

test("every export says what it is", () => {
  expect(all.filter(({ text }) => text.trim() === "").map(({ name }) => name)).toEqual([]);
});

test("every function has an example, which another test runs", () => {
  expect(
    all
      .filter(({ kind, example }) => kind === "function" && example === "")
      .map(({ name }) => name),
  ).toEqual([]);
});

test("an example imports what it uses, from where it is exported", () => {
  const entriesOf = new Map(all.map((one) => [one.name, one.entries]));
  const wrong = all.flatMap(({ name, file, example }) => {
    const imports = [...example.matchAll(/import (?:type )?\{([^}]*)\} from "(tsrsa[^"]*)"/g)];
    const names = imports.flatMap(([, list, from]) =>
      list.split(",").map((one) => ({ from, one: one.trim().replace(/^type | as .*$/g, "") })),
    );
    const lost = names.filter(({ one, from }) => one !== "" && !entriesOf.get(one)?.includes(from));
    const none =
      example !== "" && !example.includes("import ") ? [`${file} ${name}: no import`] : [];
    return [...lost.map(({ one, from }) => `${file} ${name}: ${one} from ${from}`), ...none];
  });
  expect(wrong).toEqual([]);
});

describe("the reference", () => {
  const topics = readTopics(join(root, "docs/reference"), all);
  const places = placesOf(topics);
  const files = sitePages(root, "0.0.0", all);
  const byName = new Map(all.map((one) => [one.name, one]));

  test("has every export in one topic", () => {
    expect(topicFaults(topics, all)).toEqual([]);
  });

  test("tells of an export that is in none, of one in two, and of a name that is none", () => {
    const [first, ...others] = topics;
    const [lost, twice] = [first.named[0], others[0].named[0]];
    const wrong = { ...first, named: [...first.named.slice(1), twice, "noSuchName"] };
    expect(topicFaults([wrong, ...others], all).sort()).toEqual(
      [`${lost} is in no topic`, `${twice} is in 2 topics`, "@noSuchName is no export"].sort(),
    );
  });

  test("shows options with those they take over, errors, the example and where it is written", () => {
    const mri = topics.find(({ id }) => id === "mri");
    const page = renderTopic(mri ?? topics[0], byName, places, new Map());
    const entry = page.slice(page.indexOf('id="rsaNifti"'), page.indexOf('id="RsaMaps"'));
    expect(entry).toContain("src/mri/rsa-nifti.ts:");
    expect(entry).toContain("<b>Throws</b>");
    expect(entry).toContain('class="code example"');
    const options = page.slice(page.indexOf('id="RsaNiftiOptions"'));
    expect(options.slice(0, options.indexOf("</section>"))).toMatch(
      /radiusMm[\s\S]*from [\s\S]*JobOptions/,
    );
  });

  test("the site builds: every address of every page leads somewhere, none out of the site's folder", () => {
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(["index.html", "reference/rdms.html", "glossary.html", "search.js"]),
    );
    for (const [path, text] of files)
      if (path.endsWith(".html"))
        expect([path, /(href|src)="\//.test(text)]).toEqual([path, false]);
  });

  test("search finds what people type, also misspelt and by the names of others", () => {
    const text = files.get("search-index.js") ?? "";
    const entries = JSON.parse(
      text.slice(text.indexOf("["), text.lastIndexOf("]") + 1),
    ) as SearchEntry[];
    const first = (question: string) =>
      entries
        .map((entry) => ({ title: entry.title, score: scoreEntry(entry, question) }))
        .sort((a, b) => b.score - a.score)[0].title;
    expect(first("noise ceil").toLowerCase()).toContain("noise");
    expect(first("compareRDMs")).toBe("compareRdms");
    expect(first("spearmen").toLowerCase()).toContain("spearman");
    expect(first("squareform")).toBe("RDMs");
    expect(first("rsa_nifti")).toBe("rsaNifti");
    expect(entries.every((entry) => scoreEntry(entry, "zzqqxx") === 0)).toBe(true);
  });
});
