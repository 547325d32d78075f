import type { EvalKind, Resampled } from "../eval/eval-parts.ts";
import type { ModelKind } from "../models/rsa-model.ts";

/** How an evaluation was made, as rsatoolbox calls it (`cv_method`). */
export interface ToolboxKind {
  readonly cvMethod: string;
  readonly kind: EvalKind;
  readonly resampled: Resampled | undefined;
}

const of = (cvMethod: string, kind: EvalKind, resampled?: Resampled): ToolboxKind => ({
  ...{ cvMethod, kind, resampled },
});

export const toolboxKinds: readonly ToolboxKind[] = [
  of("fixed", "fixed"),
  of("bootstrap", "bootstrap", "both"),
  of("bootstrap_pattern", "bootstrap", "items"),
  of("bootstrap_rdm", "bootstrap", "rdms"),
  of("dual_bootstrap", "dual bootstrap", "both"),
  of("crossvalidation", "cross-validation"),
  of("bootstrap_crossval", "bootstrapped cross-validation", "both"),
  of("bootstrap_crossval_pattern", "bootstrapped cross-validation", "items"),
  of("bootstrap_crossval_rdm", "bootstrapped cross-validation", "rdms"),
];

/** Classes of rsatoolbox's models. */
export const toolboxModels: Readonly<Record<string, ModelKind>> = {
  ModelFixed: "fixed",
  ModelSelect: "select",
  ModelWeighted: "weighted",
  ModelInterpolate: "interpolated",
};

/** The attribute that says that we wrote a file. */
export const writtenByUs = { name: "written_by", value: "tsrsa" } as const;

/**
 * Of how many a variance is, whose estimate from n lacks n / (n − 1). rsatoolbox corrects a result for what was drawn, and
 * one that it loads for the smaller of RDMs and items: ours are written so that what it loads is right. With a single data
 * RDM it loads none, and ours are of what was drawn.
 */
export function countOf(
  { kind, resampled }: Pick<ToolboxKind, "kind" | "resampled">,
  { nRdms, nItems }: { readonly nRdms: number; readonly nItems: number },
  isOurs: boolean,
): number {
  const least = Math.min(nRdms, nItems);
  if (isOurs && least >= 2) return least;
  if (kind === "fixed" || resampled === "rdms") return nRdms;
  return resampled === "items" ? nItems : least;
}
