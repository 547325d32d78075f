import { capital } from "../text/capital.ts";
import { formatNumber } from "../text/format-number.ts";
import type { CheckedComparison } from "./comparison.ts";
import type { PairStyle } from "./pair-marks.ts";

const pairWords = {
  bars: "lines above: models that differ",
  arrows: "arrows above point from a model to one below it that differs",
  wings: "wings above: a model (dot) is above those under its feathers",
  cliques: "lines above join models of which no two differ",
} as const;

/** What is said under a comparison of models. */
export interface ComparisonSaid {
  readonly label: string;
  readonly alpha: number;
  readonly errorBars: "sem" | "ci" | "none";
  readonly points: boolean;
  readonly pairLines: number;
  readonly pairStyle: PairStyle;
  readonly hiddenPairs: number;
}

/** What is shown and how, in whole sentences. */
export function comparisonCaption(all: readonly CheckedComparison[], said: ComparisonSaid): string {
  return [
    `Bars: ${meanWord(all)}${said.label}${dataWords(all)}.`,
    ...errorSentence(all, said),
    ...(said.points && all.some(({ models }) => models.some(({ scores }) => scores.length > 0))
      ? ["Circles: single subjects, in the same order in each bar."]
      : []),
    ...ceilingSentence(all),
    ...testSentences(all, said),
  ].join(" ");
}

/** A bar is called a mean where something was averaged; a number that is given alone may be anything. */
function meanWord(all: readonly CheckedComparison[]): string {
  const models = all.flatMap((comparison) => comparison.models);
  const averaged = models.some(({ scores, error }) => scores.length > 1 || error !== undefined);
  return averaged || all.some(({ kind }) => kind !== undefined) ? "mean " : "";
}

function dataWords(all: readonly CheckedComparison[]): string {
  const kinds = new Set(all.map(({ kind }) => kind));
  const [kind] = kinds;
  return kinds.size === 1 && kind !== undefined ? `, ${kind}` : "";
}

function errorSentence(all: readonly CheckedComparison[], { errorBars }: ComparisonSaid): string[] {
  const any = all.some(({ models }) => models.some(({ error }) => error !== undefined));
  if (!any)
    return errorBars === "none" ? [] : ["No error bars: nothing tells the error of a mean."];
  return [errorBars === "ci" ? "Error bars: 95 % confidence interval." : "Error bars: ± 1 SEM."];
}

function ceilingSentence(all: readonly CheckedComparison[]): string[] {
  const [first] = all;
  if (all.every(({ noiseCeiling }) => noiseCeiling === undefined)) return [];
  if (all.length > 1 || first.noiseCeiling === undefined)
    return ["Grey: noise ceiling of each group."];
  const { lower, upper } = first.noiseCeiling;
  return [`Grey: noise ceiling, ${formatNumber(lower)} to ${formatNumber(upper)}.`];
}

function testSentences(all: readonly CheckedComparison[], said: ComparisonSaid): string[] {
  const models = all.flatMap((comparison) => comparison.models);
  const marks = [
    ...(models.some(({ pZero }) => pZero !== undefined) ? ["* above 0"] : []),
    ...(models.some(({ pCeiling }) => pCeiling !== undefined)
      ? ["▽ differs from the lower noise ceiling"]
      : []),
  ];
  const tested = all.some(({ pairs }) => pairs.length > 0);
  const cliques = said.pairStyle === "cliques";
  const lines = said.pairLines > 0 && !cliques ? [pairWords[said.pairStyle]] : [];
  const methods = new Set(all.map(({ method }) => method).filter((method) => method !== undefined));
  return [
    ...(marks.length + lines.length > 0
      ? [`${capital([...lines, ...marks].join("; "))} (p ≤ ${said.alpha}).`]
      : []),
    ...(cliques && said.pairLines > 0
      ? [`${capital(pairWords.cliques)} (p > ${said.alpha}).`]
      : []),
    ...(tested && !cliques && said.pairLines === 0 && said.hiddenPairs === 0
      ? [`No two models differ (p ≤ ${said.alpha}).`]
      : []),
    ...(said.hiddenPairs > 0
      ? [`${said.hiddenPairs} pairs of models differ; they are in the table behind the figure.`]
      : []),
    ...[...methods].map((method) => `Tests: ${method}.`.replace(/\.\.$/, ".")),
  ];
}

/** The picture in words. */
export function comparisonAltText(all: readonly CheckedComparison[], label: string): string {
  const groups = all.slice(0, 8).map(({ name, models, noiseCeiling }) => {
    const bars = models.slice(0, 12).map((model) => `${model.name} ${formatNumber(model.mean)}`);
    const ceiling =
      noiseCeiling === undefined
        ? ""
        : `; noise ceiling ${formatNumber(noiseCeiling.lower)} to ${formatNumber(noiseCeiling.upper)}`;
    return `${name === "" ? "" : `${name}: `}${bars.join(", ")}${ceiling}`;
  });
  return `Bar chart of ${label} of models. ${groups.join(". ")}.`;
}
