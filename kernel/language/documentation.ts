import { ts } from "./typescript.ts";

interface Section {
  readonly title: string;
  /** One item each for a list; a single text otherwise. */
  readonly items: readonly string[];
  readonly list: boolean;
}

/** The TSDoc of a name, as text and as Markdown. `detail` 0 leaves out all but the first example and remarks. */
export function documentation(
  info: ts.QuickInfo,
  detail: 0 | 1,
): { plain: string; markdown: string } {
  const summary = ts.displayPartsToString(info.documentation);
  const sections = sectionsOf(info.tags ?? [], detail);
  const join = (parts: string[]): string => parts.filter((part) => part !== "").join("\n\n");
  return {
    plain: join([links(summary), ...sections.map(plainSection)]),
    markdown: join([links(summary), ...sections.map(markdownSection)]),
  };
}

function sectionsOf(tags: readonly ts.JSDocTagInfo[], detail: 0 | 1): Section[] {
  const texts = (name: string): string[] =>
    tags.filter((tag) => tag.name === name).map(({ text }) => ts.displayPartsToString(text).trim());
  const examples = texts("example").map(fenced);
  const sections: Section[] = [
    { title: "Deprecated", items: texts("deprecated"), list: false },
    { title: "Remarks", items: detail === 1 ? texts("remarks") : [], list: false },
    { title: "Parameters", items: texts("param").map(parameter), list: true },
    { title: "Returns", items: [...texts("returns"), ...texts("return")], list: false },
    { title: "Throws", items: texts("throws"), list: true },
    { title: "Example", items: detail === 1 ? examples : examples.slice(0, 1), list: false },
    { title: "See", items: detail === 1 ? texts("see") : [], list: true },
  ];
  return sections.filter(({ items }) => items.length > 0);
}

/** `name - what` or `name what`, as an item of a list. */
function parameter(text: string): string {
  const [, name, what] = /^(\S+)\s*(?:[-–—]\s*)?([\s\S]*)$/.exec(text) ?? ["", text, ""];
  return what === "" ? `\`${name}\`` : `\`${name}\` — ${what}`;
}

function fenced(example: string): string {
  return example.includes("```") ? example : `\`\`\`typescript\n${example}\n\`\`\``;
}

function markdownSection({ title, items, list }: Section): string {
  const body = items.map((item) => (list ? `- ${links(item)}` : links(item)));
  return `**${title}**\n\n${body.join(list ? "\n" : "\n\n")}`;
}

function plainSection({ title, items, list }: Section): string {
  const text = items.map((item) => links(item.replace(/^```.*$\n?/gm, "").trimEnd()));
  return `${title}:\n${text.map((item) => indent(list ? item.replace(/`/g, "") : item)).join("\n")}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}

/** `{@link Name text}` is the text, as a reader sees it. */
function links(text: string): string {
  return text.replace(
    /\{@link(?:code|plain)?\s+([^\s|}]+)[\s|]*([^}]*)\}/g,
    (_, name: string, label: string) => label.trim() || `\`${name}\``,
  );
}
