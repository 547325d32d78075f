import { textWidth, type TextStyle } from "./text-width.ts";

/**
 * A text broken at spaces into lines of at most `widthPx`; a longer word is broken inside, where a part of a name ends
 * (`RH` `Early` `Vis`, `face/` `famous`) if there is such a place.
 */
export function wrapText(text: string, widthPx: number, style: TextStyle): string[] {
  const lines: string[] = [];
  const space = textWidth(" ", style);
  let line = "";
  let width = 0;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const own = textWidth(word, style);
    if (line !== "" && width + space + own <= widthPx) {
      line += ` ${word}`;
      width += space + own;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = own <= widthPx ? [word] : breakName(word, widthPx, style);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
    width = textWidth(line, style);
  }
  return line === "" ? lines : [...lines, line];
}

/** At most `most` lines; the last one ends in … when there was more. */
export function wrapAtMost(
  text: string,
  widthPx: number,
  style: TextStyle,
  most: number,
): string[] {
  const lines = wrapText(text, widthPx, style);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), cutText(lines.slice(most - 1).join(" "), widthPx, style)];
}

/** One line of at most `widthPx`, ending in … when it was longer. */
export function cutText(text: string, widthPx: number, style: TextStyle): string {
  if (textWidth(text, style) <= widthPx) return text;
  const [first] = breakWord(text, widthPx - textWidth("…", style), style);
  return `${first.trimEnd()}…`;
}

/** Between the parts of a name: before a capital, after a mark. */
const betweenParts = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=[-_/.:,–])/u;

/** A name in its parts, as many a line as fit; a part that fits no line is broken anywhere. */
function breakName(word: string, widthPx: number, style: TextStyle): string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of word.split(betweenParts)) {
    if (line !== "" && textWidth(line + part, style) <= widthPx) {
      line += part;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = breakWord(part, widthPx, style);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  return [...lines, line];
}

/** Pieces of at most `widthPx`, at least one letter each. */
function breakWord(word: string, widthPx: number, style: TextStyle): string[] {
  const pieces: string[] = [];
  let piece = "";
  let width = 0;
  for (const letter of word) {
    const own = textWidth(letter, style);
    if (piece !== "" && width + own > widthPx) {
      pieces.push(piece);
      piece = "";
      width = 0;
    }
    piece += letter;
    width += own;
  }
  return [...pieces, piece];
}
