import { InvalidArgument } from "../../core/errors.ts";

/** How many names a message lists. */
const most = 40;

/** What a data set does not have, with what it has. */
export function notThere(word: string, value: unknown, known: readonly string[]): InvalidArgument {
  const shown = known.slice(0, most).join(", ");
  const more = known.length > most ? ` and ${known.length - most} more` : "";
  return new InvalidArgument(
    word,
    value,
    known.length === 0 ? "there are no runs of it" : `there are ${shown}${more}; choose of these`,
  );
}
