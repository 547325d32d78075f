import { InvalidArgument } from "../../core/errors.ts";
import { ceilingsOfPeople } from "./people-ceiling.ts";
import type { WeightScore } from "./weight-scores.ts";
import type { EachPatch } from "./weigh-places.ts";

/** What the two bounds of a noise ceiling are called. */
export const boundNames = ["lower", "upper"] as const;

/**
 * Both bounds of the noise ceiling in one patch after the other: the one home of ceilings of windows, spheres, sources,
 * vertices and regions.
 *
 * @returns For each person 2 × patches: `lower`, then `upper`.
 * @throws InvalidArgument for one person alone; what `each` throws.
 */
export async function ceilingsInPlaces(
  people: readonly string[],
  rsaMetric: WeightScore,
  each: EachPatch,
): Promise<readonly Float64Array[]> {
  if (people.length < 2)
    throw new InvalidArgument("people", "1", "one alone has no ceiling: give two or more");
  const bounds: Float64Array[] = [];
  await each((rdms) => void bounds.push(ceilingsOfPeople(rdms, rsaMetric)));
  const n = bounds.length;
  return people.map((_, person) =>
    Float64Array.from(
      { length: boundNames.length * n },
      (_value, at) => bounds[at % n][Math.floor(at / n) * people.length + person],
    ),
  );
}
