import { InvalidArgument } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { hasNaN } from "../../stats/has-nan.ts";

/** 1 for each pair that no RDM has as `NaN`; undefined when there is no `NaN`. */
export function pairsKnownToAll(rdms: readonly Rdm[]): Uint8Array | undefined {
  const distinct = [...new Set(rdms.map(({ condensed }) => condensed))];
  const gappy = distinct.filter(hasNaN);
  if (gappy.length === 0) return undefined;
  const known = new Uint8Array(gappy[0].length).fill(1);
  for (const condensed of gappy) {
    for (let pair = 0; pair < known.length; pair++)
      if (Number.isNaN(condensed[pair])) known[pair] = 0;
  }
  return known;
}

/** True when every RDM has its `NaN` where all others have theirs. */
export function sameGaps(rdms: readonly Rdm[], known: Uint8Array | undefined): boolean {
  if (known === undefined) return true;
  return rdms.every(({ condensed }) =>
    condensed.every((value, pair) => Number.isNaN(value) === (known[pair] === 0)),
  );
}

/**
 * The pairs to compare: those that are `NaN` in all RDMs alike are left out; with `ignoreNan` also those that are in
 * some. Throws `InvalidArgument` for other `NaN`, and when no pair is left.
 *
 * @param known - those that all know, where they have been looked for before.
 */
export function comparedPairs(
  rdms: readonly Rdm[],
  ignoreNan: boolean,
  known = pairsKnownToAll(rdms),
): Uint8Array | undefined {
  if (!ignoreNan && !sameGaps(rdms, known)) throw differentGaps(rdms);
  if (known === undefined || known.includes(1)) return known;
  throw new InvalidArgument("RDMs", "no pair that all know", "leave out the RDMs that lack most");
}

export function differentGaps(rdms: readonly Rdm[]): InvalidArgument {
  const counts = rdms.map(({ condensed }) => condensed.filter(Number.isNaN).length);
  return new InvalidArgument(
    "RDMs",
    `NaN in different places (${counts.slice(0, 5).join(", ")}${counts.length > 5 ? " …" : ""} pairs)`,
    "compare only what both sides know with ignoreNan: true, or leave the items out with subset",
  );
}
