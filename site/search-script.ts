/** An entry of the search: a title, words, and where it leads. */
export interface SearchEntry {
  readonly title: string;
  readonly words: string;
  readonly href: string;
  readonly kind: string;
}

/** How well an entry answers a question; 0 for not at all. Also the text of the script, so it uses nothing around it. */
export function scoreEntry(entry: SearchEntry, question: string): number {
  const split = (text: string): string[] =>
    text
      .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .split(/[^\p{L}\p{N}²]+/u)
      .filter((word) => word !== "");
  const near = (a: string, b: string): boolean => {
    // One letter wrong, missing or too many, or two neighbours exchanged, in words of five letters or more.
    if (a.length < 5 || b.length < 5 || Math.abs(a.length - b.length) > 1) return false;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    const swapped =
      a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
    return (
      swapped ||
      a.slice(at + 1) === b.slice(at + 1) ||
      a.slice(at) === b.slice(at + 1) ||
      a.slice(at + 1) === b.slice(at)
    );
  };
  const title = split(entry.title);
  const words = split(entry.words);
  const asked = split(question);
  const whole = question.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  if (asked.length === 0) return 0;
  const joined = entry.title.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  let score = joined === whole ? 100 : joined.startsWith(whole) ? 30 : 0;
  for (const word of asked) {
    const best = Math.max(
      title.includes(word) ? 12 : 0,
      title.some((one) => one.startsWith(word)) ? 8 : 0,
      title.some((one) => near(one, word)) ? 4 : 0,
      words.includes(word) ? 3 : 0,
      words.some((one) => one.startsWith(word)) ? 2 : 0,
      words.some((one) => near(one, word)) ? 1 : 0,
    );
    // A word that is nowhere rules the entry out, unless the name as a whole fits.
    if (best === 0 && score === 0) return 0;
    score += best;
  }
  return score / (1 + title.length / 20);
}

/** The file `search.js`: it works by double click too, since the index is a script. */
export function searchScript(): string {
  return `"use strict";
const scoreEntry = ${scoreEntry.toString()};
const box = document.getElementById("search");
const found = document.getElementById("found");
const up = document.body.dataset.up || "";
box.addEventListener("input", () => {
  const question = box.value.trim();
  const best = question === "" ? [] : window.tsrsaIndex
    .map((entry) => ({ entry, score: scoreEntry(entry, question) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, 12);
  found.replaceChildren();
  if (question === "") return;
  if (best.length === 0) { found.textContent = "Nothing found."; return; }
  const list = document.createElement("ol");
  for (const { entry } of best) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = up + entry.href;
    link.textContent = entry.title;
    const kind = document.createElement("small");
    kind.textContent = " " + entry.kind;
    item.append(link, kind);
    list.append(item);
  }
  found.append(list);
});
box.addEventListener("keydown", (event) => {
  const first = found.querySelector("a");
  if (event.key === "Enter" && first !== null) first.click();
});
`;
}
