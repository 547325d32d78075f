import { textWidth, type TextStyle } from "./text-width.ts";

/** A text broken at spaces into lines of at most `widthPx`; a longer word is broken inside. */
export function wrapText(text: string, widthPx: number, style: TextStyle): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer, style) <= widthPx) line = longer;
    else {
      if (line !== "") lines.push(line);
      const pieces = breakWord(word, widthPx, style);
      lines.push(...pieces.slice(0, -1));
      line = pieces.at(-1) ?? "";
    }
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
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join("")}…`, style) > widthPx) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

function breakWord(word: string, widthPx: number, style: TextStyle): string[] {
  const pieces = [""];
  for (const letter of word) {
    const longer = `${pieces[pieces.length - 1]}${letter}`;
    if (pieces[pieces.length - 1] !== "" && textWidth(longer, style) > widthPx) pieces.push(letter);
    else pieces[pieces.length - 1] = longer;
  }
  return pieces;
}
