import { checkEnd } from "../../core/gate/vector.ts";
import { jobNames, type OptionNames } from "../../core/gate/options.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import { InvalidArgument } from "../../core/errors.ts";
import type { JobOptions } from "../../core/job.ts";
import { alignRdms, type ItemChoice } from "../../rdm/align-rdms.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { isConstant } from "../../stats/centred.ts";
import { namesOf } from "../compare/compare-rdms.ts";
import { comparedPairs } from "../compare/gaps.ts";
import {
  knownPairs,
  tellsNothing,
  type Comparison,
  type PairShape,
} from "../comparisons/comparison.ts";
import { pairComparisonOf, type PairComparisonLike } from "../comparisons/resolve.ts";
import { rdmGroups, type RdmGroups } from "./rdm-groups.ts";
import {
  asModel,
  withModelRdms,
  type RsaModel,
  isModel,
  type ModelLike,
} from "../models/rsa-model.ts";

/** How models are evaluated on data RDMs. */
export interface EvalOptions extends JobOptions {
  /** How a prediction is compared with a data RDM, see `compareRdms`: a name or a comparison of your own. Default: `spearman`. */
  readonly method?: PairComparisonLike;
  /** Items are matched by label, as for `rsa`: `all` (default), `common`, or a list. */
  readonly items?: ItemChoice;
  /**
   * A key of the RDMs' `meta`, as `subject`: RDMs that have the same value of it belong together. They are left out of the
   * noise ceiling, drawn and split together, and count as one in errors and tests. Default: each RDM by itself.
   */
  readonly groupBy?: string;
  /** Leave out the pairs that are `NaN` in any RDM or model; else only those that are in all. Default: false. */
  readonly ignoreNan?: boolean;
}

/** Names of these options, for the check of options. */
export const evalNames: OptionNames<EvalOptions> = {
  method: true,
  items: true,
  groupBy: true,
  ignoreNan: true,
  ...jobNames,
};

/** One model or several; an RDM, or what stands for one, is a fixed model. */
export type ModelsInput = RsaModel | RdmInput | readonly ModelLike[];

/** Models and data RDMs whose pairs belong together. */
export interface EvalProblem {
  readonly models: readonly RsaModel[];
  readonly modelNames: readonly string[];
  readonly data: readonly Float64Array[];
  readonly dataNames: readonly string[];
  readonly groups: RdmGroups;
  readonly comparison: Comparison;
  readonly shape: PairShape;
  readonly job: JobOptions;
  /** What has to be said of the data, in sentences. */
  readonly notes: readonly string[];
}

/** Match items and gaps. Throws `ItemMismatch`, `InvalidArgument`, `ShapeMismatch`, `UnknownOption`. */
export function evalProblem(
  models: ModelsInput,
  data: RdmInput,
  options: EvalOptions,
): EvalProblem {
  const { method = "spearman", items, ignoreNan = false, groupBy, ...job } = options;
  const asked = modelsOf(models);
  const dataRdms = toRdms(data, "data");
  const aligned = alignRdms([...dataRdms, ...asked.flatMap(({ rdms }) => rdms)], items);
  const known = comparedPairs(aligned, ignoreNan);
  const comparison = pairComparisonOf(method);
  const shape = { nItems: aligned[0].nItems, known, sigma: undefined };
  const vectors = aligned.slice(0, dataRdms.length).map(({ condensed }) => condensed);
  const dataNames = namesOf(dataRdms, "data");
  return {
    models: restricted(asked, aligned.slice(dataRdms.length)),
    modelNames: distinct(
      asked.map(({ name }, at) => (name === "fixed model" ? `model ${at + 1}` : name)),
    ),
    data: vectors,
    dataNames,
    groups: rdmGroups(dataRdms, groupBy),
    comparison,
    shape,
    job,
    notes: [
      ...gapNotes(known),
      ...constantNotes(vectors, dataNames, comparison, shape),
      ...unsignedNotes(vectors, comparison),
    ],
  };
}

function modelsOf(models: ModelsInput): readonly RsaModel[] {
  if (isModel(models)) return [models];
  const isMixed = Array.isArray(models) && models.some((one) => isModel(one));
  if (!isMixed) return toRdms(models as RdmInput, "models").map((rdm) => asModel(rdm));
  checkEnd(models, "models");
  return Array.from<ModelLike, RsaModel>(models, (one, at) => asModel(one, `models[${at}]`));
}

/** The models with their RDMs in the order of the items of the data. */
function restricted(models: readonly RsaModel[], rdms: readonly Rdm[]): RsaModel[] {
  let from = 0;
  return models.map((model) => {
    const own = rdms.slice(from, from + model.rdms.length);
    from += own.length;
    return withModelRdms(model, own);
  });
}

/** Throws `InvalidArgument` when two models have one name: they could not be told apart in a table. */
function distinct(names: readonly string[]): readonly string[] {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return names;
  throw new InvalidArgument(
    "models",
    `two called ${twice}`,
    "name them apart with renamed(rdm, name) or the name of the model",
  );
}

function gapNotes(known: Uint8Array | undefined): string[] {
  if (known === undefined) return [];
  const lost = known.reduce((count, one) => count + 1 - one, 0);
  return [`${lost} of ${known.length} pairs are NaN and were left out.`];
}

function constantNotes(
  data: readonly Float64Array[],
  names: readonly string[],
  comparison: Comparison,
  shape: PairShape,
): string[] {
  const constant = names.filter(
    (_, at) =>
      isConstant(knownPairs(data[at], shape)) &&
      tellsNothing(comparison, comparison.prepare(data[at], shape)),
  );
  return constant.length === 0
    ? []
    : [
        `Constant data RDMs have no correlation with anything and were left out: ${constant.join(", ")}.`,
      ];
}

/** Why a score above 0 shows little. */
function unsignedNotes(data: readonly Float64Array[], comparison: Comparison): string[] {
  return unsignedNote(
    comparison,
    data.some((vector) => vector.some((value) => value < 0)),
  );
}

/** The note on a comparison whose chance is 0 only for dissimilarities of both signs. */
export function unsignedNote(
  {
    name,
    chanceIfSigned,
    neverBelowZero,
  }: Pick<Comparison, "name" | "chanceIfSigned" | "neverBelowZero">,
  isSigned: boolean,
): string[] {
  if (neverBelowZero === true)
    return [
      `${name} is never below 0, so that RDMs that have nothing to do with each other score above it: a test against 0 shows nothing. Compare models with each other and with the noise ceiling, or take corr.`,
    ];
  if (chanceIfSigned !== true || isSigned) return [];
  return [
    `No dissimilarity of the data is below 0, so that ${name} is above 0 for RDMs that have nothing to do with each other: a test against 0 shows little. Compare models with each other and with the noise ceiling, or take cross-validated dissimilarities or corr.`,
  ];
}
