/** Beyond this one person is much of a mean of the others (a rule of thumb). */
const MOST_TIMES = 3;

/** How far dissimilarities lie from their mean, `NaN` apart. */
export function spreadOf(values: Float64Array): number {
  let [sum, squares, count] = [0, 0, 0];
  for (const value of values) if (!Number.isNaN(value)) [sum, count] = [sum + value, count + 1];
  const middle = sum / count;
  for (const value of values) if (!Number.isNaN(value)) squares += (value - middle) ** 2;
  return Math.sqrt(squares / count);
}

/**
 * What to say of people whose RDMs differ much in spread: they are averaged as they are, so that the mean of the others
 * is mostly the loudest person, and no lower bound of a noise ceiling.
 *
 * @param spreads - of each person, summed over all places that have one.
 */
export function loudestNotes(people: readonly string[], spreads: readonly number[]): string[] {
  const known = spreads.filter((spread) => spread > 0);
  const [most, least] = [Math.max(...known), Math.min(...known)];
  if (known.length < 2 || !(most > MOST_TIMES * least)) return [];
  const [loud, quiet] = [people[spreads.indexOf(most)], people[spreads.indexOf(least)]];
  return [
    `RDMs of ${loud} spread ${(most / least).toFixed(1)} times as much as those of ${quiet}: RDMs are averaged as they are, so that ${loud} is much of the mean of the others, which may be no lower bound of the noise ceiling; scale the data of people alike, or see ceilingEpochs`,
  ];
}
