import { InvalidArgument } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { isConstant } from "../../stats/centred.ts";
import { hasNaN } from "../../stats/has-nan.ts";
import { rank } from "../../stats/rank.ts";
import { unit } from "../compare/products.ts";
import { varianceInflation } from "./explained-variance.ts";
import { modelSets, nameOfSet } from "./model-sets.ts";

const MOST_MODELS = 4;

/** Models that several questions ask for at once, and what to call them. */
export interface NamedModels {
  readonly condensed: readonly Float64Array[];
  readonly names: readonly string[];
}

/**
 * Models of which each says something of its own, under names of their own.
 *
 * @throws InvalidArgument for a constant model, one with `NaN` unless pairs are left out for it, two of one name, and
 *   fewer pairs than `leastPairs`.
 */
export function namedModels(
  models: readonly Rdm[],
  ignoreNan: boolean,
  leastPairs: number,
): NamedModels {
  const names = models.map((model, at) => model.name ?? `model ${at + 1}`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw new InvalidArgument(
      "models",
      `two called ${twice}`,
      "give each a name of its own with renamed(rdm, name)",
    );
  models.forEach(({ condensed }, at) => checkModel(condensed, names[at], ignoreNan));
  const nPairs = models[0].condensed.length;
  if (nPairs < leastPairs)
    throw new InvalidArgument(
      "models",
      `${nPairs} pairs of items`,
      `${models.length} models need at least ${leastPairs} pairs, as fewer are explained whatever they are; use more items`,
    );
  return { condensed: models.map(({ condensed }) => condensed), names };
}

/** The same of two to four models, whose shares can still be read. Throws `InvalidArgument` beside. */
export function shareModels(
  models: readonly Rdm[],
  ignoreNan: boolean,
  leastPairs: number,
): NamedModels {
  if (models.length >= 2 && models.length <= MOST_MODELS) {
    const named = namedModels(models, ignoreNan, leastPairs);
    refuseNamesOfSets(named.names);
    return named;
  }
  const advice =
    models.length < 2
      ? "shares are of two to four models; score one with rsa"
      : `shares are of at most ${MOST_MODELS} models (five have 31 of them); leave some out, or average those that belong together`;
  throw new InvalidArgument("models", `${models.length}`, advice);
}

/** A model called like a set would make two scores of one name. */
function refuseNamesOfSets(names: readonly string[]): void {
  const sets = modelSets(names.length).map((set) => nameOfSet(set, names));
  const twice = sets.find((name, at) => sets.indexOf(name) !== at);
  if (twice === undefined) return;
  throw new InvalidArgument(
    "models",
    `one called ${twice}`,
    "that is what a set of the models is called; rename it with renamed(rdm, name)",
  );
}

function checkModel(condensed: Float64Array, name: string, ignoreNan: boolean): void {
  const gaps = hasNaN(condensed);
  if (gaps && !ignoreNan)
    throw new InvalidArgument(
      `model ${name}`,
      "NaN for some pairs",
      "nothing would have a score; pass ignoreNan: true to leave these pairs out of all models and the data",
    );
  const known = gaps ? condensed.filter((value) => !Number.isNaN(value)) : condensed;
  if (known.length === 0 || isConstant(known))
    throw new InvalidArgument(
      `model ${name}`,
      "a constant",
      "it explains nothing and has no share; leave it out",
    );
}

/** Beyond this the coefficient of a model says little of its own (a rule of thumb). */
const MOST_INFLATION = 10;

/** What to say of models that resemble each other so much that their shares are hardly told apart. */
export function collinearNotes({ condensed, names }: NamedModels, ranks: boolean): string[] {
  if (condensed.some(hasNaN)) return [];
  const units = condensed.map((model) => unit(ranks ? rank(model) : model));
  return varianceInflation(units).flatMap((inflation, at) => {
    if (inflation <= MOST_INFLATION) return [];
    const size = inflation > 1e6 ? "wholly" : `to ${(100 * (1 - 1 / inflation)).toFixed(1)} %`;
    return [
      `${names[at]} is ${size} explained by the other models: its unique share is hardly its own`,
    ];
  });
}
