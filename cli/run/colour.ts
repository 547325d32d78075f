type Terminal = Pick<NodeJS.WriteStream, "isTTY">;

/** Grey text where the terminal shows colours and NO_COLOR is not set. */
export function dim(text: string, terminal: Terminal): string {
  return paint(text, 2, 22, terminal);
}

/** Red text, likewise. */
export function red(text: string, terminal: Terminal): string {
  return paint(text, 31, 39, terminal);
}

/** Bold text, likewise. */
export function bold(text: string, terminal: Terminal): string {
  return paint(text, 1, 22, terminal);
}

function paint(text: string, on: number, off: number, { isTTY }: Terminal): string {
  const { NO_COLOR = "", TERM } = process.env;
  const plain = !isTTY || NO_COLOR !== "" || TERM === "dumb";
  return plain ? text : `\u001b[${on}m${text}\u001b[${off}m`;
}
