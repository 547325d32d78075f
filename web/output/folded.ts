import { element } from "../view/element.ts";

/** How much text is shown at once: of more, the start and the end. */
export const shownLines = 200;
export const shownCharacters = 40_000;

/** The start and the end of a long text, and how many lines lie between; undefined when it is short. */
export function cutLong(text: string): { start: string; end: string; lines: number } | undefined {
  const lines = text.split("\n");
  if (lines.length > shownLines) {
    const half = shownLines / 2;
    const [start, end] = [lines.slice(0, half).join("\n"), lines.slice(-half).join("\n")];
    if (start.length + end.length <= shownCharacters)
      return { start, end, lines: lines.length - shownLines };
  }
  if (text.length <= shownCharacters) return undefined;
  const half = shownCharacters / 2;
  return {
    start: text.slice(0, half),
    end: text.slice(-half),
    lines: Math.max(lines.length - 2, 1),
  };
}

/** A text, with the middle of a long one folded behind a button. */
export function folded(text: string, render: (text: string) => HTMLElement): HTMLElement {
  const cut = cutLong(text);
  if (cut === undefined) return render(text);
  const box = element("div", { class: "folded" });
  const open = element(
    "button",
    { type: "button", onclick: () => box.replaceChildren(render(text)) },
    `Show the ${cut.lines} lines between`,
  );
  box.append(render(cut.start), open, render(cut.end));
  return box;
}
