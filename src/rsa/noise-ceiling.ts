import { checkOptions } from "../core/gate/options.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import { InvalidArgument } from "../core/errors.ts";
import { isConstant } from "../stats/centred.ts";
import { prepareSides } from "./compare/sides.ts";
import { knownPairs, tellsNothing } from "./comparisons/comparison.ts";
import { ceilingOf, inOrder } from "./eval/ceiling.ts";
import type { NoiseCeiling } from "./eval/eval-parts.ts";
import { evalProblem, type EvalOptions, evalNames } from "./eval/problem.ts";

/**
 * How well the best model could score on these RDMs, given that they differ: between `lower` (the mean of all other RDMs
 * predicts each one) and `upper` (the mean of all does, that one included). RDMs are put on the scale of the method before
 * they are averaged: z-scored for `corr`, at length 1 for `cosine`, ranked for rank correlations.
 * Of the RDMs as they are: the ceiling of an `evalBootstrap` of the same RDMs is another number, the mean over its samples, in
 * which some people or items stand twice and others not at all. Say which of the two a figure shows.
 * With `groupBy` all RDMs of a subject are left out together. Agrees with `boot_noise_ceiling` of rsatoolbox, which calls the ceiling of a single RDM 1; here it is refused.
 *
 * @throws InvalidArgument for a single RDM, or a constant one; ItemMismatch; ShapeMismatch; UnknownOption; Cancelled.
 * @example
 * import { noiseCeiling, Rdm } from "tsrsa";
 * const subjects = [[1, 2, 3], [1, 3, 2], [1, 2, 4]].map((d) => new Rdm(d));
 * const { lower, upper } = await noiseCeiling(subjects, { onProgress: false });
 * [lower < upper, upper.toFixed(3)]; // [ true, '0.833' ]
 */
export async function noiseCeiling(
  data: RdmInput,
  options: EvalOptions = {},
): Promise<NoiseCeiling> {
  checkOptions(options, evalNames);
  const rdms = toRdms(data, "data");
  if (rdms.length < 2) throw tooFew(rdms.length);
  const problem = evalProblem(rdms[0], rdms, options);
  const { shape, comparison, groups, job } = problem;
  if (groups.count < 2) throw tooFew(1);
  const sides = await prepareSides(comparison, problem.data, shape, job);
  const mute = sides.findIndex((side) => tellsNothing(comparison, side));
  if (mute !== -1) {
    throw new InvalidArgument(
      `data RDM ${problem.dataNames[mute]}`,
      isConstant(knownPairs(problem.data[mute], shape)) ? "a constant" : "it has no score",
      `by ${comparison.name} it agrees with nothing and disagrees with nothing; leave it out`,
    );
  }
  const ceiling = await ceilingOf(problem, sides, job);
  return inOrder(comparison, await ceiling(new Float64Array(rdms.length).fill(1)));
}

function tooFew(count: number): InvalidArgument {
  return new InvalidArgument(
    "data",
    `${count} RDM${count === 1 ? "" : "s"}`,
    "a noise ceiling tells how much RDMs differ, which one alone cannot: give one for each subject or session",
  );
}
