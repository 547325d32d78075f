import { InvalidArgument } from "../../core/errors.ts";
import { oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import { pauses, type JobOptions } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import { alignRdms, type ItemChoice } from "../../rdm/align-rdms.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import { namedModels, type NamedModels } from "../shares/check-share-models.ts";
import { foldOfItems } from "./item-folds.ts";
import { ModelWeights } from "./model-weights.ts";
import { weightNames, type WeightOptions } from "./weight-options.ts";
import { NotesOfPeople } from "./notes-of-people.ts";
import { othersName, weightedName } from "./weight-quantity.ts";
import { weightSolver, type FoldFits } from "./weight-solver.ts";

/** What {@link weightsRdms} takes. */
export interface WeightsRdmsOptions
  extends WeightOptions, Pick<JobOptions, "signal" | "onProgress"> {
  /** RDMs are matched by label: see `rsa`. */
  readonly items?: ItemChoice;
  /**
   * `items` (default): each data RDM is fitted by itself, on other items. `items-and-people`: data RDMs are people's, and
   * each is predicted from other items of the mean of the others.
   */
  readonly leaveOut?: "items" | "items-and-people";
}

const weightsRdmsNames: OptionNames<WeightsRdmsOptions> = {
  items: true,
  leaveOut: oneOf(["items", "items-and-people"]),
  ...weightNames,
  signal: jobNames.signal,
  onProgress: jobNames.onProgress,
};

/**
 * Weights of several models that predict data RDMs best, none below 0, and how well they do on items (and people) that
 * were not fitted. Items lie in folds: pairs of items outside of a fold are fitted, pairs within it tested, mixed pairs
 * serve neither. Each model alone is scored on the same pairs.
 *
 * Weights are those of dissimilarities as they are: weights of features follow from squared Euclidean ones, which add; of
 * 1 − r or Euclidean ones they do not. Nothing is ranked before it is fitted.
 *
 * @throws InvalidArgument for a constant model, folds of fewer than three items, or people that are fewer than two;
 *   ItemMismatch; ShapeMismatch; Cancelled.
 * @example
 * import { random, Rdm, weightsRdms } from "tsrsa";
 * const rng = random(1);
 * const values = () => Array.from({ length: 45 }, () => rng.next());
 * const [x, y] = [values(), values()];
 * const data = new Rdm(x.map((value, pair) => 2 * value + 0.5 * y[pair]));
 * const found = await weightsRdms(data, [new Rdm(x, { name: "x" }), new Rdm(y, { name: "y" })], { onProgress: false });
 * found.of("weight").score(0, "x").toFixed(6); // 2.000000
 */
export async function weightsRdms(
  data: RdmInput,
  models: RdmInput,
  options: WeightsRdmsOptions = {},
): Promise<ModelWeights> {
  checkOptions(options, weightsRdmsNames);
  const { items, leaveOut = "items", signal, onProgress, ...how } = options;
  const [dataRdms, modelRdms] = [toRdms(data, "data"), toRdms(models, "models")];
  const aligned = alignRdms([...dataRdms, ...modelRdms], items);
  const named = modelsToWeigh(aligned.slice(dataRdms.length), how);
  const people = leaveOut === "items-and-people" ? dataRdms.length : 1;
  if (leaveOut === "items-and-people" && people < 2)
    throw new InvalidArgument(
      "data",
      "one RDM",
      "give those of two people at least, or leave out items alone",
    );
  const first = aligned[0];
  const foldOf = foldOfItems(how.itemFolds, first.items, first.nItems, how.seed ?? 0);
  const solve = weightSolver(named.condensed, foldOf, how);
  const vectors = aligned.slice(0, dataRdms.length).map(({ condensed }) => condensed);
  const together = people > 1 ? [vectors] : vectors.map((vector) => [vector]);
  const line = reporter({ onProgress }, "weights", together.length);
  const pause = pauses(signal, "fitting weights");
  const fits: FoldFits[] = [];
  for (const [at, group] of together.entries()) {
    fits.push(...solve(group));
    line.update(at + 1);
    if (pause.due()) await pause.turn();
  }
  line.finish();
  const dataNames = dataRdms.map(({ name }, at) => name ?? `data ${at + 1}`);
  const seen = new NotesOfPeople(people > 1 ? dataNames : [], how);
  if (people > 1) seen.see(vectors);
  return new ModelWeights({
    fits,
    dataNames,
    notes: seen.notes(),
    dataMeta: dataRdms.map(({ meta }) => meta),
    modelNames: named.names,
    itemFolds: foldsOf(foldOf, first.items),
    scoreBy: how.scoreBy ?? "pearson",
    nPeople: people,
  });
}

/** Models as weights take them. Throws `InvalidArgument`. */
export function modelsToWeigh(
  models: Parameters<typeof namedModels>[0],
  { ignoreNan = false }: WeightOptions,
): NamedModels {
  const named = namedModels(models, ignoreNan, models.length + 2);
  const taken = named.names.find((name) => name === weightedName || name === othersName);
  if (taken === undefined) return named;
  throw new InvalidArgument(
    "models",
    `one called ${taken}`,
    "that is what a score beside is called; rename it",
  );
}

/** The items of each fold, by label where they have one. */
export function foldsOf(
  foldOf: Int32Array,
  items: readonly string[] | undefined,
): (string | number)[][] {
  const folds: (string | number)[][] = [];
  foldOf.forEach((fold, item) => (folds[fold] ??= []).push(items?.[item] ?? item));
  return folds;
}
