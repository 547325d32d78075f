/** Nobody mistypes a name of more letters. */
const LONGEST = 200;

/** The candidate nearest to `word` by edit distance, or undefined when none is near enough to be meant. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  // Of a name that is mistyped at least half is right.
  const most = Math.min(Math.max(2, Math.floor(word.length / 3)), Math.floor(word.length / 2));
  let least = most + 1;
  for (const candidate of candidates.slice(0, 5000)) {
    // A name of another length is no slip; and of a name of thousands of letters nothing is measured.
    if (Math.abs(candidate.length - word.length) >= least || word.length > LONGEST) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Letters added, left out or changed, and neighbours that changed places: each is one slip. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? beforeLast[j - 2] + 1 : Infinity;
      row.push(Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change, swap));
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length];
}
