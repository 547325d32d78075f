import { MarkdownRenderer } from "../cli/page/markdown.ts";
import { highlightTypeScript } from "../cli/page/highlight.ts";
import { escapeHtml } from "../src/core/text.ts";
import type { Export, Member } from "./read-exports.ts";
import type { Topic } from "./topics.ts";

/** Where each export is explained: its page and place, relative to the pages of the reference. */
export type Places = ReadonlyMap<string, string>;

/** The place of every export. */
export function placesOf(topics: readonly Topic[]): Places {
  return new Map(
    topics.flatMap(({ id, named, types }) =>
      [...named, ...types].map((name) => [name, `${id}.html#${name}`] as const),
    ),
  );
}

/** Pages that use an export, for "used in". */
export type Users = ReadonlyMap<
  string,
  readonly { readonly title: string; readonly href: string }[]
>;

/** The HTML of a topic: its text, with the entry of each export where its name stands. */
export function renderTopic(
  topic: Topic,
  exports: ReadonlyMap<string, Export>,
  places: Places,
  users: Users,
): string {
  const parts = topic.markdown.split(/^(@\w+)[ \t]*$/m);
  const markdown = new MarkdownRenderer(".");
  const body = parts.map((part) =>
    part.startsWith("@")
      ? renderExport(exports.get(part.slice(1)), places, users)
      : `<section class="prose">${markdown.render(part)}</section>`,
  );
  const types = topic.types.map((name) => renderExport(exports.get(name), places, users));
  const heading = types.length === 0 ? "" : '<h2 id="types">Types</h2>';
  return [...body, heading, ...types].join("\n");
}

function renderExport(found: Export | undefined, places: Places, users: Users): string {
  if (found === undefined) return "";
  const { name, kind, entry, signature, text, params, members, throws, example, see } = found;
  const inline = (words: string): string => inlineText(words, places);
  return [
    `<section class="export" id="${name}">`,
    `<h3><code>${name}</code> <small>${kind}</small> <a class="anchor" href="#${name}" aria-label="link to ${name}">#</a></h3>`,
    `<pre class="code" tabindex="0"><code>${linked(signature, places, name)}</code></pre>`,
    ...paragraphs(text, inline),
    params.length === 0
      ? ""
      : `<dl class="params">${params.map((one) => `<dt><code>${one.name}</code></dt><dd>${inline(one.text)}</dd>`).join("")}</dl>`,
    renderMembers(members, places),
    ...throws.map(
      (words) => `<p class="throws"><b>Throws</b> ${inline(withNames(words, places))}</p>`,
    ),
    example === ""
      ? ""
      : `<pre class="code example" tabindex="0"><code>${highlightTypeScript(bare(example))}</code></pre>`,
    ...see.map((words) => `<p><b>See also</b> ${inline(words)}</p>`),
    renderUsers(users.get(name)),
    `<p class="from">import from <code>"${entry}"</code>; written in <code>${found.file}:${found.line}</code></p>`,
    "</section>",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function renderUsers(
  pages: Users extends ReadonlyMap<string, infer P> ? P | undefined : never,
): string {
  if (pages === undefined || pages.length === 0) return "";
  const links = pages.map(({ title, href }) => `<a href="${href}">${escapeHtml(title)}</a>`);
  return `<p class="used"><b>Used in</b> ${links.join(" · ")}</p>`;
}

/** A table of members: own ones first, then those of each interface it takes over. */
function renderMembers(members: readonly Member[], places: Places): string {
  if (members.length === 0) return "";
  const row = ({ name, type, optional, text }: Member): string =>
    `<tr><th scope="row"><code>${escapeHtml(name)}${optional ? "?" : ""}</code></th>` +
    `<td><code>${linked(type, places)}</code></td><td>${inlineText(text, places)}</td></tr>`;
  const origins = [...new Set(members.map(({ from }) => from))];
  const groups = origins.map((origin) => {
    const own = members.filter(({ from }) => from === origin).map(row);
    const place = origin === undefined ? undefined : places.get(origin);
    const named =
      place === undefined ? escapeHtml(origin ?? "") : `<a href="${place}">${origin}</a>`;
    const head =
      origin === undefined ? "" : `<tr><td colspan="3" class="origin">from ${named}</td></tr>`;
    return head + own.join("");
  });
  return (
    '<div class="members" tabindex="0" role="group" aria-label="members"><table><thead><tr><th scope="col">name</th>' +
    `<th scope="col">type</th><th scope="col">what it is</th></tr></thead><tbody>${groups.join("")}</tbody></table></div>`
  );
}

/** Code whose names of exports are links. */
function linked(code: string, places: Places, own = ""): string {
  return escapeHtml(code).replace(/\b[A-Za-z]\w+\b/g, (name) => {
    const place = name === own || /^(in|of|is)$/.test(name) ? undefined : places.get(name);
    const isType = /^[A-Z]/.test(name);
    return place === undefined || !isType ? name : `<a href="${place}">${name}</a>`;
  });
}

/** Names of errors, as links. */
function withNames(words: string, places: Places): string {
  return words.replace(/(?<![`\w])[A-Z]\w+(?![`\w])/g, (name) =>
    places.has(name) ? `\`${name}\`` : name,
  );
}

function paragraphs(text: string, inline: (words: string) => string): string[] {
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== "")
    .map((part) =>
      /^\s*- /m.test(part)
        ? part
            .split(/^\s*- /m)
            .map((item, at) => (at === 0 ? lead(item, inline) : `<li>${inline(item)}</li>`))
            .join("")
            .replace(/(<li>[\s\S]*<\/li>)/, "<ul>$1</ul>")
        : `<p>${inline(part)}</p>`,
    );
}

function lead(words: string, inline: (words: string) => string): string {
  return words.trim() === "" ? "" : `<p>${inline(words)}</p>`;
}

/** Text of a comment: code in backquotes, and `{@link name}`. */
function inlineText(words: string, places: Places): string {
  return escapeHtml(words.replace(/\s+/g, " ").trim())
    .replace(/\{@link(?:code)? ([\w.]+)[^}]*\}/g, "`$1`")
    .replace(/`([^`]+)`/g, (_, code: string) => {
      const place = places.get(code.replace(/\(.*$/, ""));
      return place === undefined
        ? `<code>${code}</code>`
        : `<a href="${place}"><code>${code}</code></a>`;
    })
    .replace(/\*([^*]+)\*/g, "<em>$1</em>");
}

function bare(example: string): string {
  return example.replace(/^```\w*\n?|```\s*$/gm, "").trim();
}
