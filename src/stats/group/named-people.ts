import { DuplicateItem, InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { isRecord, list } from "../../core/gate/kinds.ts";

/** People with their names, in one order. */
export interface NamedPeople<T> {
  readonly names: readonly string[];
  readonly values: readonly T[];
}

/** People given as a list or by name. Throws `InvalidArgument`, `ShapeMismatch`, `DuplicateItem`. */
export function namedPeople<T>(
  people: readonly T[] | Readonly<Record<string, T>>,
  names: readonly string[] | undefined,
  fits: (value: unknown) => value is T,
  wanted: string,
): NamedPeople<T> {
  const listed = Array.isArray(people);
  if (!listed && !isRecord(people))
    throw new InvalidArgument("people", people, `give a list or { name: … } of ${wanted}`);
  if (listed) list(people, "people");
  const values: readonly unknown[] = listed
    ? Array.from(people as readonly unknown[])
    : Object.values(people);
  if (values.length === 0)
    throw new InvalidArgument("people", "none", `give ${wanted}, one a person`);
  const called = listed ? values.map((_, at) => `person ${at + 1}`) : Object.keys(people);
  const given = names ?? called;
  if (given.length !== values.length)
    throw new ShapeMismatch(
      `${values.length} names, one a person`,
      `${given.length}`,
      "name every person",
    );
  const twice = given.filter((name, at) => given.indexOf(name) !== at);
  if (twice.length > 0) throw new DuplicateItem(twice, "give every person another name");
  const kept = values.filter(fits);
  if (kept.length === values.length) return { names: [...given], values: kept };
  const wrong = values.findIndex((value) => !fits(value));
  throw new InvalidArgument(`people: ${given[wrong]}`, values[wrong], `give ${wanted}`);
}
