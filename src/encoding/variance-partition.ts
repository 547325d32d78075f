import { InvalidArgument } from "../core/errors.ts";
import { checkOptions } from "../core/gate/options.ts";
import { toRows, type MatrixLike } from "../core/matrix.ts";
import {
  crossValidateRidge,
  crossValidateRidgeNames,
  type CrossValidateRidgeOptions,
} from "./cross-validate-ridge.ts";
import { checkGroups, takeColumns, type FeatureGroups } from "./feature-groups.ts";
import type { Responses } from "./regression-input.ts";

/** R² of some groups of features, and what they alone explain. */
export interface VariancePart {
  readonly groups: readonly string[];
  /** Cross-validated R² of a model of these groups, one a target. */
  readonly r2: Float64Array;
  /**
   * R² that these groups have in common and no other: the area of their overlap in a Venn diagram. For one group what
   * only it explains. Can be below 0.
   */
  readonly common: Float64Array;
}

/**
 * How the variance that several groups of features explain is shared among them: a cross-validated ridge regression
 * for every set of groups, and the areas of the Venn diagram from their differences (Lescroart et al. 2015). The areas
 * add up to the R² of all groups.
 *
 * @param stimuli - nRows × nFeatures.
 * @param responses - nRows × nTargets, or one target as a list.
 * @param groups - columns by name, 2 to 6 groups.
 * @throws InvalidArgument for groups that overlap; else as `crossValidateRidge`.
 * @example
 * import { variancePartition } from "tsrsa";
 * const stimuli = Array.from({ length: 40 }, (_, t) => [Math.sin(t), Math.cos(3 * t)]);
 * const groups = { sine: [0], cosine: [1] };
 * const parts = await variancePartition(stimuli, stimuli.map(([sine]) => sine), groups, { alpha: 0.01 });
 * parts.map((part) => part.groups.join("+")); // [ 'sine', 'cosine', 'sine+cosine' ]
 * parts[0].common[0] > 0.9; // true
 */
export async function variancePartition(
  stimuli: MatrixLike,
  responses: Responses,
  groups: FeatureGroups,
  options: CrossValidateRidgeOptions = {},
): Promise<VariancePart[]> {
  checkOptions(options, crossValidateRidgeNames);
  const { data, shape } = toRows(stimuli, "stimuli");
  checkGroups(groups, shape[1]);
  const names = Object.keys(groups);
  if (names.length > 6)
    throw new InvalidArgument(
      "groups",
      names.length,
      "give at most 6: every set of them is fitted",
    );
  const sets = Array.from({ length: 2 ** names.length - 1 }, (_, set) => set + 1);
  const r2 = new Map<number, Float64Array>();
  for (const set of sets) {
    const columns = names.flatMap((name, g) => ((set >> g) & 1 ? Array.from(groups[name]) : []));
    const part = takeColumns(data, shape[0], shape[1], columns);
    r2.set(set, (await crossValidateRidge(part, responses, options)).meanR2);
  }
  const all = sets.length;
  const named = (set: number): string[] => names.filter((_, g) => (set >> g) & 1);
  return sets
    .map((set) => ({ groups: named(set), r2: at(r2, set), common: overlap(r2, set, all) }))
    .sort((a, b) => a.groups.length - b.groups.length);
}

function at(r2: ReadonlyMap<number, Float64Array>, set: number): Float64Array {
  return r2.get(set) ?? new Float64Array((r2.get(1) ?? []).length);
}

/** Inclusion and exclusion: Σ over subsets of the set, each with all groups outside of it, in alternating signs. */
function overlap(r2: ReadonlyMap<number, Float64Array>, set: number, all: number): Float64Array {
  const sum = new Float64Array(at(r2, all).length);
  for (let subset = set; ; subset = (subset - 1) & set) {
    const sign = bits(subset) % 2 === 1 ? 1 : -1;
    const with0 = at(r2, subset | (all & ~set));
    sum.forEach((_, t) => (sum[t] += sign * with0[t]));
    if (subset === 0) return sum;
  }
}

function bits(set: number): number {
  return set === 0 ? 0 : (set & 1) + bits(set >> 1);
}
