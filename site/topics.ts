import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Export } from "./read-exports.ts";

/** A page of the reference: text by hand, and lines `@name` in reading order. */
export interface Topic {
  /** Name of the file, without its ending. */
  readonly id: string;
  readonly title: string;
  readonly markdown: string;
  /** The names on its `@` lines. */
  readonly named: readonly string[];
  /** Types that nothing names, but that a signature of this topic uses before that of any other. */
  readonly types: readonly string[];
}

const mention = /^@(\w+)[ \t]*$/gm;
/** `@room src/rdm`: what is exported from this folder and named nowhere. */
const room = /^@room (\S+)[ \t]*$/gm;

/** The topics of a folder of Markdown, in the order of their file names, with the types each explains. */
export function readTopics(folder: string, exports: readonly Export[]): Topic[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".md"));
  const pages = files.sort().map((file) => {
    const markdown = readFileSync(join(folder, file), "utf8");
    const title = /^# (.+)$/m.exec(markdown)?.[1] ?? file;
    return { id: file.replace(/^\d+-|\.md$/g, ""), title, markdown };
  });
  const named = new Set(pages.flatMap(({ markdown }) => namesIn(markdown)));
  const rest = restOf(
    pages,
    exports.filter(({ name }) => !named.has(name)),
  );
  const filled = pages.map((page) => ({ ...page, markdown: filledRooms(page.markdown, rest) }));
  return withTypes(
    filled.map((page) => ({ ...page, named: namesIn(page.markdown) })),
    exports,
  );
}

function namesIn(markdown: string): string[] {
  return [...markdown.matchAll(mention)].map(([, name]) => name);
}

/** By room, what no page names: values alone, of the longest folder that fits. */
function restOf(
  pages: readonly { readonly markdown: string }[],
  exports: readonly Export[],
): Map<string, string[]> {
  const rooms = pages.flatMap(({ markdown }) => [...markdown.matchAll(room)].map(([, one]) => one));
  const rest = new Map<string, string[]>();
  for (const { name, kind, file } of exports) {
    const [best] = rooms
      .filter((one) => file.startsWith(`${one}/`))
      .sort((a, b) => b.length - a.length);
    if (best === undefined || kind === "interface" || kind === "type") continue;
    rest.set(best, [...(rest.get(best) ?? []), name]);
  }
  return rest;
}

/** The page with names in place of its rooms; a heading under which nothing is left goes. */
function filledRooms(markdown: string, rest: ReadonlyMap<string, readonly string[]>): string {
  return markdown
    .replace(room, (_, one: string) => (rest.get(one) ?? []).map((name) => `@${name}`).join("\n"))
    .replace(/\n## More\s*$/, "\n");
}

/** Types go to the first topic that needs them, breadth first, so that none is far from who uses it. */
function withTypes(pages: readonly Omit<Topic, "types">[], exports: readonly Export[]): Topic[] {
  const byName = new Map(exports.map((one) => [one.name, one]));
  const taken = new Set(pages.flatMap(({ named }) => named));
  const types = pages.map((): string[] => []);
  let front = pages.map(({ named }) => [...named]);
  while (front.some((names) => names.length > 0)) {
    front = front.map((names, at) => {
      const next = names
        .flatMap((name) => byName.get(name)?.uses ?? [])
        .filter((name) => byName.has(name) && !taken.has(name));
      const fresh = [...new Set(next)];
      for (const name of fresh) taken.add(name);
      types[at].push(...fresh);
      return fresh;
    });
  }
  // What no signature names stands with its room.
  const rooms = pages.map(({ named }) => new Set(named.map((name) => roomOf(byName.get(name)))));
  for (const one of exports.filter(({ name, kind }) => !taken.has(name) && isType(kind))) {
    const at = rooms.findIndex((own) => own.has(roomOf(one)));
    if (at >= 0) types[at].push(one.name);
  }
  return pages.map((page, at) => ({ ...page, types: types[at].sort() }));
}

function isType(kind: Export["kind"]): boolean {
  return kind === "interface" || kind === "type";
}

function roomOf(found: Export | undefined): string {
  const file = found?.file ?? "";
  return file
    .split("/")
    .slice(0, file.startsWith("src/") ? 2 : 1)
    .join("/");
}

/** What is wrong with the topics: exports in none or in two, names that are no export. Empty when all is well. */
export function topicFaults(topics: readonly Topic[], exports: readonly Export[]): string[] {
  const known = new Set(exports.map(({ name }) => name));
  const counts = new Map<string, number>();
  for (const name of topics.flatMap(({ named, types }) => [...named, ...types]))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  return [
    ...[...known].filter((name) => !counts.has(name)).map((name) => `${name} is in no topic`),
    ...[...counts].flatMap(([name, count]) => [
      ...(known.has(name) ? [] : [`@${name} is no export`]),
      ...(count > 1 ? [`${name} is in ${count} topics`] : []),
    ]),
  ];
}
