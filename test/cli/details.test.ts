import { expect, test } from "vitest";
import { MarkdownRenderer } from "../../cli/page/markdown.ts";

test("a folded hint is folded in the page; any other HTML stays text", () => {
  const markdown = new MarkdownRenderer("/nowhere");
  const folded = "<details><summary>Hint 1 of 2</summary>\n\n*Try* it.\n\n</details>\n\nafter";
  expect(markdown.render(folded)).toBe(
    "<details><summary>Hint 1 of 2</summary>\n<p><em>Try</em> it.</p>\n</details>\n<p>after</p>\n",
  );
  for (const html of [
    "<details open><summary>x</summary>",
    "<details><summary><img src=x></summary>",
    '<details ontoggle="x"><summary>x</summary>',
    "a <details> b",
  ])
    expect(markdown.render(html)).not.toMatch(/<(details|img)/);
});
