import { countNumbers } from "./shares-question.ts";
import { membersOf, modelSets, nameOfSet, type ModelSet } from "./model-sets.ts";

/** What can be read from shares; see {@link ShareQuantity}. */
export const shareQuantities = [
  "share",
  "r2",
  "unique",
  "semipartial",
  "partial",
  "beta",
  "correlation",
  "dominance",
  "conditionalDominance",
  "adjustedR2",
] as const;

/**
 * `share`: what only this set of models explains together (of one model: unique); all sum to R² of all models, and shares
 * of several may be negative (suppression). `r2`: R² of each set. `unique`: what a model adds to all others. `semipartial`
 * and `partial`: signed roots, for tests over people. `beta`: standardised coefficients. `dominance`: mean gain of a model
 * over all orders (never negative, sums to R²); `conditionalDominance`: the same beside 0, 1, … other models.
 * `adjustedR2`: of all models.
 */
export type ShareQuantity = (typeof shareQuantities)[number];

/** Numbers of one quantity. */
export interface ShareValues {
  readonly names: readonly string[];
  /** nNames × nPlaces, C order. */
  readonly values: Float64Array;
}

/**
 * One quantity from the answers to the question of shares.
 *
 * @param numbers - what the question gives × nPlaces, C order.
 */
export function shareQuantity(
  numbers: Float64Array,
  modelNames: readonly string[],
  quantity: ShareQuantity,
): ShareValues {
  const k = modelNames.length;
  const nPlaces = numbers.length / countNumbers(k);
  const names = namesOf(quantity, modelNames);
  const values = new Float64Array(names.length * nPlaces);
  const sets = modelSets(k);
  for (let place = 0; place < nPlaces; place++) {
    const answer = new Answer(numbers, place, nPlaces, k, sets);
    const found = readers[quantity](answer);
    for (let at = 0; at < names.length; at++) values[at * nPlaces + place] = found[at];
  }
  return { names, values };
}

function namesOf(quantity: ShareQuantity, modelNames: readonly string[]): string[] {
  const sets = modelSets(modelNames.length).map((set) => nameOfSet(set, modelNames));
  switch (quantity) {
    case "share":
    case "r2":
      return sets;
    case "adjustedR2":
      return [sets[sets.length - 1]];
    case "conditionalDominance":
      return modelNames.flatMap((name) => modelNames.map((_, size) => `${name} beside ${size}`));
    default:
      return [...modelNames];
  }
}

/** What the question answered at one place. */
class Answer {
  readonly all: ModelSet;

  constructor(
    readonly numbers: Float64Array,
    readonly place: number,
    readonly nPlaces: number,
    readonly nModels: number,
    readonly sets: readonly ModelSet[],
  ) {
    this.all = 2 ** nModels - 1;
  }

  models<T>(each: (model: number) => T): T[] {
    return Array.from({ length: this.nModels }, (_, model) => each(model));
  }

  correlation(model: number): number {
    return this.#at(model);
  }

  beta(model: number): number {
    return this.#at(this.nModels + model);
  }

  r2(set: ModelSet): number {
    return set === 0 ? 0 : this.#at(2 * this.nModels + this.sets.indexOf(set));
  }

  get nPairs(): number {
    return this.#at(this.sets.length + 2 * this.nModels);
  }

  unique(model: number): number {
    return this.r2(this.all) - this.r2(this.all ^ (1 << model));
  }

  #at(number: number): number {
    return this.numbers[number * this.nPlaces + this.place];
  }
}

const readers: Readonly<Record<ShareQuantity, (answer: Answer) => readonly number[]>> = {
  share: (answer) => answer.sets.map((set) => commonality(answer, set)),
  r2: (answer) => answer.sets.map((set) => answer.r2(set)),
  unique: (answer) => answer.models((m) => answer.unique(m)),
  semipartial: (answer) => answer.models((m) => signedRoot(answer, m, 1)),
  partial: (answer) =>
    answer.models((m) => signedRoot(answer, m, 1 - answer.r2(answer.all) + answer.unique(m))),
  beta: (answer) => answer.models((m) => answer.beta(m)),
  correlation: (answer) => answer.models((m) => answer.correlation(m)),
  dominance: (answer) => {
    const bySize = conditional(answer);
    return answer.models((m) => bySize.reduce((sum, gains) => sum + gains[m], 0) / bySize.length);
  },
  conditionalDominance: (answer) => {
    const bySize = conditional(answer);
    return answer.models((m) => bySize.map((gains) => gains[m])).flat();
  },
  adjustedR2: (answer) => {
    const { nPairs, nModels } = answer;
    return [1 - ((1 - answer.r2(answer.all)) * (nPairs - 1)) / (nPairs - nModels - 1)];
  },
};

/** C(S) = Σ over T ⊆ S of (−1)^(|T| + 1) R²(T ∪ all but S) (Mood 1969). */
function commonality(answer: Answer, set: ModelSet): number {
  const rest = answer.all ^ set;
  let sum = -answer.r2(rest);
  for (let part = set; part > 0; part = (part - 1) & set)
    sum += (membersOf(part).length % 2 === 1 ? 1 : -1) * answer.r2(part | rest);
  return sum;
}

/** √(unique / of) with the sign of the model's coefficient; a gain below 0 is rounding. */
function signedRoot(answer: Answer, model: number, of: number): number {
  const gain = answer.unique(model);
  if (Number.isNaN(gain) || !(of > 0)) return NaN;
  return Math.sign(answer.beta(model)) * Math.min(1, Math.sqrt(Math.max(0, gain) / of));
}

/** Mean gain of each model over the sets of so many others, size by size. */
function conditional(answer: Answer): number[][] {
  return answer.models((size) =>
    answer.models((model) => {
      const bit = 1 << model;
      const others = [0, ...answer.sets].filter(
        (set) => (set & bit) === 0 && membersOf(set).length === size,
      );
      const gains = others.map((set) => answer.r2(set | bit) - answer.r2(set));
      return gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
    }),
  );
}
