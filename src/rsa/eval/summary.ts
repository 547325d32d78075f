import type { Matrix } from "../../core/matrix.ts";
import type { EvalTests } from "../tests/eval-tests.ts";
import type { EvalKind, NoiseCeiling, Resampled } from "./eval-parts.ts";

/** What of an evaluation a summary tells. */
export interface Summarised {
  readonly kind: EvalKind;
  readonly resampled: Resampled | undefined;
  readonly method: string;
  readonly models: readonly string[];
  readonly nModels: number;
  readonly nRdms: number;
  readonly nItems: number;
  readonly scores: Matrix<Float64Array>;
  readonly means: Float64Array;
  readonly sem: Float64Array | undefined;
  readonly noiseCeiling: NoiseCeiling | undefined;
  readonly tests: EvalTests | undefined;
  readonly notes: readonly string[];
}

/** What was done and found, one sentence a line. */
export function evalSummary(result: Summarised): string {
  return [
    opening(result),
    ...result.models.map((name, m) => modelLine(result, name, m)),
    ...ceilingLine(result),
    ...testLine(result),
    ...result.notes,
  ].join("\n");
}

function opening({ kind, resampled, method, nModels, nRdms, nItems, scores }: Summarised): string {
  const draws =
    resampled === undefined ? "" : ` over ${drawn[resampled]} (${scores.shape[0]} samples)`;
  return `${count(nModels, "model")} compared by ${method} with ${count(nRdms, "data RDM")} of ${count(nItems, "item")}; ${kind}${draws}.`;
}

const drawn = { items: "items", rdms: "data RDMs", both: "items and data RDMs" } as const;

function count(n: number, what: string): string {
  return Number.isNaN(n) ? `an unknown number of ${what}s` : `${n} ${what}${n === 1 ? "" : "s"}`;
}

function modelLine({ means, sem, tests }: Summarised, name: string, m: number): string {
  const error = sem === undefined ? "" : ` ± ${fixed(sem[m])}`;
  const p = tests === undefined ? "" : `, ${pText(tests.zero.adjusted[m])} against 0`;
  const best =
    tests?.ceiling === undefined
      ? ""
      : `, ${pText(tests.ceiling.adjusted[m])} against the noise ceiling`;
  return `${name}: ${fixed(means[m])}${error}${p}${best}.`;
}

function ceilingLine({ noiseCeiling }: Summarised): string[] {
  return noiseCeiling === undefined
    ? []
    : [`Noise ceiling: ${fixed(noiseCeiling.lower)} to ${fixed(noiseCeiling.upper)}.`];
}

function testLine({ tests }: Summarised): string[] {
  return tests === undefined ? [] : [`Values are mean ± SEM; p values: ${tests.words}.`];
}

function fixed(value: number): string {
  return Number.isNaN(value) ? "undefined" : value.toFixed(3);
}

function pText(p: number): string {
  if (Number.isNaN(p)) return "no p";
  return p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`;
}
