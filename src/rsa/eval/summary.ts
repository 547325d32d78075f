import type { EvalResult } from "../eval-result.ts";

/** What was done and found, one sentence a line. */
export function evalSummary(result: EvalResult): string {
  return [
    opening(result),
    ...result.models.map((name, m) => modelLine(result, name, m)),
    ...ceilingLine(result),
    ...testLine(result),
    ...result.notes,
  ].join("\n");
}

function opening({ kind, resampled, method, nModels, nRdms, nItems, scores }: EvalResult): string {
  const draws =
    resampled === undefined ? "" : ` over ${drawn[resampled]} (${scores.shape[0]} samples)`;
  return `${count(nModels, "model")} compared by ${method} with ${count(nRdms, "data RDM")} of ${nItems} items; ${kind}${draws}.`;
}

const drawn = { items: "items", rdms: "data RDMs", both: "items and data RDMs" } as const;

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

function modelLine({ means, sem, tests }: EvalResult, name: string, m: number): string {
  const error = sem === undefined ? "" : ` ± ${fixed(sem[m])}`;
  const p = tests === undefined ? "" : `, ${pText(tests.zero.adjusted[m])} against 0`;
  const best =
    tests?.ceiling === undefined
      ? ""
      : `, ${pText(tests.ceiling.adjusted[m])} against the noise ceiling`;
  return `${name}: ${fixed(means[m])}${error}${p}${best}.`;
}

function ceilingLine({ noiseCeiling }: EvalResult): string[] {
  return noiseCeiling === undefined
    ? []
    : [`Noise ceiling: ${fixed(noiseCeiling.lower)} to ${fixed(noiseCeiling.upper)}.`];
}

function testLine({ tests }: EvalResult): string[] {
  return tests === undefined ? [] : [`Values are mean ± SEM; p values: ${tests.words}.`];
}

function fixed(value: number): string {
  return Number.isNaN(value) ? "undefined" : value.toFixed(3);
}

function pText(p: number): string {
  if (Number.isNaN(p)) return "no p";
  return p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`;
}
