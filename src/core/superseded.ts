const said = new Set<string>();

/**
 * The word of today for one that was used before: both mean the same, and the new one is said once, on standard error.
 *
 * @param words - new words by old ones.
 */
export function currentWord<Word extends string>(
  option: string,
  given: string,
  words: Readonly<Record<string, Word>>,
): Word {
  if (!Object.hasOwn(words, given)) return given as Word;
  const today = words[given];
  const key = `${option} ${given}`;
  if (!said.has(key)) {
    said.add(key);
    console.warn(
      `${option}: ${JSON.stringify(given)} is called ${JSON.stringify(today)} now; the old word still works`,
    );
  }
  return today;
}
