import { InvalidArgument } from "../../core/errors.ts";
import { either, kind, listOf, whole, type Kind } from "../../core/gate/kinds.ts";
import type { StudyPlan } from "./study.ts";

/** One number, or several to be tried in turn. */
export type OneOrMore = number | readonly number[];

/** A kind for one or more of a kind. */
export function oneOrMore(each: Kind): Kind {
  return (value, argument) => {
    if (typeof value === "number") return each(value, argument);
    listOf(each)(value, argument);
    if ((value as readonly unknown[]).length === 0)
      throw new InvalidArgument(argument, "none", "give one or more");
  };
}

export const counts = oneOrMore(whole(1, 1e6));

const effect = kind(
  "a share of the effect, 0 or more",
  (value) => typeof value === "number" && value >= 0 && Number.isFinite(value),
);

export const effects = either(oneOrMore(effect));

/** What is tried. */
export interface Grid {
  readonly people: readonly number[];
  readonly items: readonly number[];
  readonly runs: readonly number[];
  readonly effect: readonly number[];
}

export function listed(value: OneOrMore): readonly number[] {
  const values = typeof value === "number" ? [value] : Array.from(value);
  return [...new Set(values)].sort((a, b) => a - b);
}

/** Every study of the grid. */
export function plansOf({ people, items, runs, effect: shares }: Grid): StudyPlan[] {
  return shares.flatMap((share) =>
    runs.flatMap((run) =>
      items.flatMap((item) =>
        people.map((n) => ({ people: n, items: item, runs: run, effect: share })),
      ),
    ),
  );
}
