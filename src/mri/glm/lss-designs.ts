import { orthogonalInTurn } from "./drifts.ts";
import { sumOf } from "./trial-columns.ts";
import type { Trial } from "./trial-table.ts";

/** What the other trials of an LSS design are: one column for all of them, or one a condition. */
export const otherTrials = ["one", "perCondition"] as const;

/** How other trials are modelled. */
export type OtherTrials = (typeof otherTrials)[number];

/**
 * The columns of each trial's own design (Mumford et al. 2012) beside nuisance: the trial's, first its amplitude, then
 * those of the others. Columns of one condition are at right angles to those before them, as in every design.
 */
export function lssDesigns(
  trials: readonly Trial[],
  columns: readonly (readonly Float64Array[])[],
  others: OtherTrials,
  n: number,
): Float64Array[][] {
  const nKernels = columns[0]?.length ?? 0;
  const groupOf = (at: number): string => (others === "one" ? "" : trials[at].item);
  const sums = new Map<string, Float64Array[]>();
  for (const group of new Set(trials.map((_, at) => groupOf(at)))) {
    const members = columns.filter((_, at) => groupOf(at) === group);
    sums.set(
      group,
      Array.from({ length: nKernels }, (_, k) =>
        sumOf(
          members.map((own) => own[k]),
          n,
        ),
      ),
    );
  }
  return columns.map((own, at) => {
    const rest = [...sums].flatMap(([group, sum]) => {
      const left =
        group === groupOf(at) ? sum.map((all, k) => all.map((v, t) => v - own[k][t])) : sum;
      // The only trial of its condition leaves none.
      const few = trials.every((_, other) => other === at || groupOf(other) !== group);
      return few ? [] : [orthogonalInTurn(left)];
    });
    return [orthogonalInTurn(own), ...rest].flat();
  });
}
