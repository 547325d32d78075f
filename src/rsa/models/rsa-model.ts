import { toVector } from "../../core/gate/vector.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { toRdm, toRdms, type RdmInput, type RdmLike } from "../../rdm/rdm-list.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { alignRdms, type ItemChoice } from "../../rdm/align-rdms.ts";
import { Rdm } from "../../rdm/rdm.ts";
import { describing } from "../../rdm/take-items.ts";

/** What a model may do with its RDMs. */
export type ModelKind = "fixed" | "select" | "weighted" | "interpolated";

/** What may be said of a model. */
export interface ModelOptions {
  /** Default: the name of its only RDM, or the kind of model. */
  readonly name?: string;
  /** Items are matched by label, as for `rsa`. */
  readonly items?: ItemChoice;
}

/**
 * A model of the dissimilarities, with parameters where it is flexible. Made by {@link fixedModel},
 * {@link selectModel}, {@link weightedModel} and {@link interpolatedModel}.
 */
export interface RsaModel {
  readonly kind: ModelKind;
  readonly name: string;
  /** The RDMs it is made of, their items in one order. */
  readonly rdms: readonly Rdm[];
  /**
   * What it predicts with these parameters. Throws `InvalidArgument` without them where it has some, `ShapeMismatch` for
   * a wrong number of them.
   */
  predict(theta?: ArrayLike<number>): Rdm;
}

/**
 * A model without parameters: one RDM, or the mean of several. An RDM may be given wherever a model may; this is for
 * several, where rsatoolbox' evaluation raises. Throws as `alignRdms`.
 *
 * @example
 * import { fixedModel, Rdm } from "tsrsa";
 * fixedModel([new Rdm([1, 2, 3]), new Rdm([3, 2, 1])]).predict().condensed; // Float64Array(3) [ 2, 2, 2 ]
 */
export function fixedModel(rdms: RdmInput, options: ModelOptions = {}): RsaModel {
  return modelOf("fixed", rdms, options, (all) =>
    combination(all, new Float64Array(all.length).fill(1 / all.length)),
  );
}

/**
 * A model that is one of several RDMs; its parameter is the position of that one. Throws as `alignRdms`.
 *
 * @example
 * import { Rdm, selectModel } from "tsrsa";
 * selectModel([new Rdm([1, 2, 3]), new Rdm([3, 2, 1])]).predict([1]).condensed; // Float64Array(3) [ 3, 2, 1 ]
 */
export function selectModel(rdms: RdmInput, options: ModelOptions = {}): RsaModel {
  return modelOf("select", rdms, options, (all, theta) => {
    checkLength(theta, 1);
    if (theta[0] in all) return all[theta[0]];
    throw new InvalidArgument("theta", theta[0], `give a position from 0 to ${all.length - 1}`);
  });
}

/**
 * A model that is a weighted sum of RDMs; its parameters are the weights. Throws as `alignRdms`.
 *
 * @example
 * import { Rdm, weightedModel } from "tsrsa";
 * weightedModel([new Rdm([1, 2, 3]), new Rdm([3, 2, 1])]).predict([1, 2]).condensed; // Float64Array(3) [ 7, 6, 5 ]
 */
export function weightedModel(rdms: RdmInput, options: ModelOptions = {}): RsaModel {
  return modelOf("weighted", rdms, options, (all, theta) => {
    checkLength(theta, all.length);
    return combination(all, theta);
  });
}

/**
 * A model on the way from each RDM to the next, as when a parameter of a simulation grows. Its parameters are one weight
 * for each RDM, of which two neighbours are not 0. Throws as `alignRdms`, and `InvalidArgument` for a single RDM.
 *
 * @example
 * import { interpolatedModel, Rdm } from "tsrsa";
 * interpolatedModel([new Rdm([0, 1, 0]), new Rdm([1, 1, 4])]).predict([0.5, 0.5]).condensed; // Float64Array(3) [ 0.5, 1, 2 ]
 */
export function interpolatedModel(rdms: RdmInput, options: ModelOptions = {}): RsaModel {
  const all = toRdms(rdms);
  if (all.length < 2)
    throw new InvalidArgument("rdms", `${all.length} RDM`, "give at least two to go between");
  return modelOf("interpolated", all, options, (all, theta) => {
    checkLength(theta, all.length);
    return combination(all, theta);
  });
}

/** A model; an RDM, or what stands for one, is a fixed one. */
export type ModelLike = RsaModel | RdmLike;

/** A model of an RDM or a model. Throws `InvalidArgument` for what is neither. */
export function asModel(model: ModelLike, argument = "model"): RsaModel {
  if (isModel(model)) return model;
  const rdm = toRdm(model, argument);
  return fixedModel(rdm, { name: rdm.name });
}

/** True for what {@link fixedModel} and the others made. */
export function isModel(value: unknown): value is RsaModel {
  if (typeof value !== "object" || value === null) return false;
  return (
    "kind" in value && "predict" in value && "rdms" in value && typeof value.predict === "function"
  );
}

/** The same model restricted to these items, in this order. */
export function withModelRdms(model: RsaModel, rdms: readonly Rdm[]): RsaModel {
  const make = {
    fixed: fixedModel,
    select: selectModel,
    weighted: weightedModel,
    interpolated: interpolatedModel,
  };
  return make[model.kind](rdms, { name: model.name });
}

const modelNames: OptionNames<ModelOptions> = { name: true, items: true };

function modelOf(
  kind: ModelKind,
  rdms: RdmInput,
  options: ModelOptions,
  predict: (rdms: readonly Rdm[], theta: ArrayLike<number>) => Rdm,
): RsaModel {
  checkOptions(options, modelNames);
  const { name, items } = options;
  const aligned = Object.freeze(alignRdms(rdms, items));
  const called = name ?? (aligned.length === 1 ? aligned[0].name : undefined) ?? `${kind} model`;
  return {
    kind,
    name: called,
    rdms: aligned,
    predict: (theta) => {
      if (theta === undefined && kind !== "fixed") {
        throw new InvalidArgument(
          `model ${called}`,
          `a ${kind} model without parameters`,
          "give them to predict(theta), fit them with fitModel, or evaluate by evalCrossval, which fits",
        );
      }
      return predict(aligned, toVector(theta ?? [], "theta"));
    },
  };
}

function checkLength(theta: ArrayLike<number>, expected: number): void {
  if (theta.length !== expected)
    throw new ShapeMismatch(`${expected} parameters`, `${theta.length}`, "see the kind of model");
}

/** Σ theta · RDM. */
function combination(rdms: readonly Rdm[], theta: ArrayLike<number>): Rdm {
  if (rdms.length === 1 && theta[0] === 1) return rdms[0];
  const sum = new Float64Array(rdms[0].condensed.length);
  rdms.forEach(({ condensed }, k) => {
    for (let pair = 0; pair < sum.length; pair++) sum[pair] += theta[k] * condensed[pair];
  });
  const { items, itemTable } = describing(rdms[0]);
  return new Rdm(sum, { items, itemTable });
}
