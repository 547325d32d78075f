/** Labels or numbers of observations, as far as it matters whose they are. */
interface Given {
  readonly labels?: unknown;
  readonly y?: unknown;
}

/**
 * What to say where one list of labels (or numbers) was laid on the observations of several people: who has another order
 * would be mixed up without a word, as a list has no names of observations to match.
 *
 * @param called - `epochs`, `volumes`.
 * @param instead - where a list for each can be given.
 */
export function oneListNotes(
  people: readonly string[],
  given: Given,
  perPerson: Readonly<Record<string, Given>> | undefined,
  called: string,
  instead = "a list to each in perPerson",
): string[] {
  return (["labels", "y"] as const).flatMap((option) => {
    if (given[option] === undefined || typeof given[option] === "string") return [];
    const who = people.filter((name) => perPerson?.[name]?.[option] === undefined);
    if (who.length < 2) return [];
    return [
      `${option} are one list for ${who.join(", ")}: their ${called} are taken to be in one order; give ${instead} where they are not`,
    ];
  });
}
