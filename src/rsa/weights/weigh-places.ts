import type { Rdm } from "../../rdm/rdm.ts";
import { foldOfItems } from "./item-folds.ts";
import { NotesOfPeople } from "./notes-of-people.ts";
import type { PlaceWeightsParts } from "./place-weights.ts";
import type { WeightOptions } from "./weight-options.ts";
import { weightSolver, type FoldFits } from "./weight-solver.ts";
import { foldsOf, modelsToWeigh } from "./weights-rdms.ts";

/** People whose items and patches are the same, and the models in the order of their items. */
export interface WeighedPeople {
  readonly people: readonly string[];
  readonly models: readonly Rdm[];
  /** Labels of the items; undefined where nothing has labels. */
  readonly items: readonly string[] | undefined;
  readonly nItems: number;
  /** What is known of these people before. */
  readonly notes: readonly string[];
}

/** Walks over all patches, with the RDMs of all people in each. */
export type EachPatch = (use: (rdms: readonly Float64Array[]) => void) => Promise<void>;

/**
 * Fit and score weights in one patch after the other: the one home of what sensors, voxels, sources and vertices do.
 *
 * @throws InvalidArgument for a constant model and folds of fewer than three items; what `each` throws.
 */
export async function weighPlaces(
  { people, models, items, nItems, notes }: WeighedPeople,
  options: WeightOptions,
  each: EachPatch,
): Promise<PlaceWeightsParts> {
  const named = modelsToWeigh(models, options);
  const foldOf = foldOfItems(options.itemFolds, items, nItems, options.seed ?? 0);
  const solve = weightSolver(named.condensed, foldOf, options);
  const fits: FoldFits[][] = people.map(() => []);
  const seen = new NotesOfPeople(people, options);
  await each((rdms) => {
    solve(rdms).forEach((fit, person) => fits[person].push(fit));
    seen.see(rdms);
  });
  return {
    fits,
    people,
    modelNames: named.names,
    itemFolds: foldsOf(foldOf, items),
    scoreBy: options.scoreBy ?? "pearson",
    notes: [...notes, ...seen.notes()],
  };
}
