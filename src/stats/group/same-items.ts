import { InvalidArgument } from "../../core/errors.ts";

/** Items of a person: labels, or only how many where nothing has labels. */
export interface PersonItems {
  readonly items: readonly string[] | undefined;
  readonly nItems: number;
}

/** Throws `InvalidArgument` unless a person has the items of the first, in the same order. */
export function checkSameItems(
  first: PersonItems,
  one: PersonItems,
  person: string,
  advice = "name the items that all have",
): void {
  const [a, b] = [first.items ?? [], one.items ?? []];
  if (first.nItems === one.nItems && a.every((item, at) => b[at] === item)) return;
  throw new InvalidArgument(
    `items of ${person}`,
    `${one.nItems} of them`,
    `they are not those of the first person; ${advice}`,
  );
}
