/** Whether a path inside of a data set, folders between `/`, is one that it says to leave out. */
export type Ignores = (path: string) => boolean;

interface Rule {
  readonly negated: boolean;
  readonly folders: boolean;
  readonly pieces: readonly string[];
}

/** What a `.bidsignore` leaves out: patterns as in a `.gitignore`, of which the last that fits decides. */
export function ignorePatterns(text: string): Ignores {
  const rules = text
    .split(/\r\n|\n|\r/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map(ruleOf);
  return (path) => {
    const parts = path.split("/");
    // What lies in a folder that is left out is left out.
    return parts.some((_, n) =>
      isLeftOut(rules, parts.slice(0, n + 1).join("/"), n + 1 < parts.length),
    );
  };
}

function isLeftOut(rules: readonly Rule[], path: string, isFolder: boolean): boolean {
  let left = false;
  for (const { negated, folders, pieces } of rules)
    if ((!folders || isFolder) && fits(pieces, path)) left = !negated;
  return left;
}

function ruleOf(line: string): Rule {
  const negated = line.startsWith("!");
  const said = negated ? line.slice(1) : line;
  const folders = said.endsWith("/");
  const body = folders ? said.slice(0, -1) : said;
  const pattern = body.includes("/") ? body.replace(/^\//, "") : `**/${body}`;
  const pieces = pattern.match(/\*\*\/|\*+|\[!?[^\]/]+\]|\\.|[^]/g) ?? [];
  // Several folders are two states: not yet begun, and inside of one.
  return {
    negated,
    folders,
    pieces: pieces.flatMap((piece) => (piece === "**/" ? ["**/", ".../"] : [piece])),
  };
}

/** Go along a path with all places of a pattern that it may be at: time is length × length, whatever the pattern. */
function fits(pieces: readonly string[], path: string): boolean {
  let states = new Set<number>();
  reach(pieces, 0, states);
  for (const letter of path) {
    const next = new Set<number>();
    for (const at of states) step(pieces, at, letter, next);
    states = next;
  }
  return states.has(pieces.length);
}

/** The place itself, and those beyond it that need no letter. */
function reach(pieces: readonly string[], at: number, states: Set<number>): void {
  if (states.has(at)) return;
  states.add(at);
  const piece = pieces.at(at);
  if (at < pieces.length && piece?.startsWith("*") === true) reach(pieces, at + 1, states);
  if (piece === "**/") reach(pieces, at + 2, states);
}

function step(pieces: readonly string[], at: number, letter: string, states: Set<number>): void {
  if (at === pieces.length) return;
  const piece = pieces[at];
  if (piece === "**/") return;
  if (piece === ".../") {
    states.add(at);
    if (letter === "/") reach(pieces, at + 1, states);
  } else if (piece.startsWith("*")) {
    if (piece.length > 1 || letter !== "/") reach(pieces, at, states);
  } else if (isLetter(piece, letter)) reach(pieces, at + 1, states);
}

function isLetter(piece: string, letter: string): boolean {
  if (piece === "?") return letter !== "/";
  if (piece.length > 1 && piece.startsWith("\\")) return piece.slice(1) === letter;
  if (piece.length > 2 && piece.startsWith("[")) return letter !== "/" && isInClass(piece, letter);
  return piece === letter;
}

function isInClass(piece: string, letter: string): boolean {
  const negated = piece.startsWith("[!");
  const inside = piece.slice(negated ? 2 : 1, -1);
  const ranges = inside.match(/[^]-[^]|[^]/g) ?? [];
  const within = ranges.some((range) =>
    range.length === 3 ? range[0] <= letter && letter <= range[2] : range === letter,
  );
  return within !== negated;
}
