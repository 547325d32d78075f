/** A term of the glossary, with the words it is also found by. */
export interface Term {
  readonly id: string;
  readonly words: readonly string[];
}

/** The terms of a Markdown page: `## Term`, and a first line `*Also: a, b.*`. */
export function termsOf(markdown: string): Term[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [title, ...rest] = part.split("\n");
      const also = /^\*Also: (.+?)\.?\*$/m.exec(rest.join("\n"))?.[1].split(/,\s*/) ?? [];
      return { id: slug(title), words: [title.trim(), ...also] };
    });
}

/** The id that a heading gets. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

/** Makes the first place of each term in a page a link, outside code, headings and links. */
export function linkTerms(html: string, terms: readonly Term[], glossary: string): string {
  const open = new Map(
    terms.flatMap((term) => term.words.map((word) => [word.toLowerCase(), term] as const)),
  );
  const all = [...open.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const word = new RegExp(`(?<![\\p{L}\\p{N}-])(${all.join("|")})(?![\\p{L}\\p{N}-])`, "giu");
  const done = new Set<Term>();
  let closed = 0;
  return html
    .split(/(<[^>]*>)/)
    .map((part) => {
      const tag = /^<(\/?)(a|code|pre|h[1-6]|summary|button)\b/.exec(part);
      if (tag !== null) closed += tag[1] === "/" ? -1 : 1;
      if (part.startsWith("<") || closed > 0) return part;
      return part.replace(word, (found) => {
        const term = open.get(found.toLowerCase());
        if (term === undefined || done.has(term)) return found;
        done.add(term);
        return `<a class="term" href="${glossary}#${term.id}">${found}</a>`;
      });
    })
    .join("");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
