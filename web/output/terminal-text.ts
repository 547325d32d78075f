/** A piece of text with the colours a terminal would give it. */
export interface Piece {
  readonly text: string;
  /** Names of styles: `bold`, `dim`, `italic`, `underline`, `red` … */
  readonly styles: readonly string[];
}

const colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
const others: Readonly<Record<number, string>> = {
  1: "bold",
  2: "dim",
  3: "italic",
  4: "underline",
};

/** Text of a terminal as pieces; what moves the cursor is left out. */
export function terminalPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let styles: readonly string[] = [];

  for (const part of text.split(/(\u001b\[[0-9;?]*[A-Za-z])/)) {
    const code = /^\u001b\[([0-9;]*)m$/.exec(part);
    if (code !== null) styles = after(styles, code[1]);
    else if (part !== "" && !part.startsWith("\u001b[")) pieces.push({ text: part, styles });
  }
  return pieces;
}

function after(styles: readonly string[], codes: string): readonly string[] {
  let now = styles;
  for (const code of codes.split(";").map(Number)) {
    if (code === 0) now = [];
    else if (others[code] !== undefined) now = [...now, others[code]];
    else if (code === 22) now = now.filter((name) => name !== "bold" && name !== "dim");
    else if (code === 39) now = now.filter((name) => !colours.includes(name));
    else {
      const colour = colours[code >= 90 ? code - 90 : code - 30];
      if (colour !== undefined && code >= 30)
        now = [...now.filter((name) => !colours.includes(name)), colour];
    }
  }
  return now;
}
