import type MarkdownIt from "markdown-it";

const opening = /^<details><summary>([^<>]*)<\/summary>$/;

/**
 * Lets a text fold a part of it: `<details><summary>TITLE</summary>` and `</details>`, each a line of its own, as the
 * versions of notebooks with exercises have them. All other HTML stays text.
 */
export function allowDetails(markdown: InstanceType<typeof MarkdownIt>): void {
  markdown.block.ruler.before("paragraph", "details", (state, line, _, isDry) => {
    const text = state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]);
    const title = opening.exec(text)?.[1];
    if (title === undefined && text !== "</details>") return false;
    if (isDry === true) return true;
    const token = state.push("details", "", 0);
    token.content = title ?? "";
    token.hidden = title === undefined;
    state.line = line + 1;
    return true;
  });
  markdown.renderer.rules["details"] = (tokens, at) =>
    tokens[at].hidden
      ? "</details>\n"
      : `<details><summary>${markdown.utils.escapeHtml(tokens[at].content)}</summary>\n`;
}
