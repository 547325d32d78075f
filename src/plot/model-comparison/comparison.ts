import { InvalidArgument } from "../../core/errors.ts";
import { describeValue } from "../../core/gate/describe.ts";
import { listOf, numbers, thing } from "../../core/gate/kinds.ts";
import { comparisonWords } from "../../rsa/comparisons/comparison-words.ts";
import { EvalResult, type EvalTestOptions } from "../../rsa/index.ts";
import { Table, type Cell } from "../../table/index.ts";

/** How well one model does. */
export interface ModelScore {
  readonly name: string;
  /** Default: the mean of `scores`. */
  readonly mean?: number;
  /** Half the length of the error bar. Default: the standard error of `scores`; none for fewer than two. */
  readonly error?: number;
  /** One score for each subject, drawn as dots. */
  readonly scores?: ArrayLike<number>;
  /** p value against 0, corrected. */
  readonly pZero?: number;
  /** p value against the lower noise ceiling, corrected. */
  readonly pCeiling?: number;
}

/** Two models compared, by name. */
export interface PairTest {
  readonly a: string;
  readonly b: string;
  /** Corrected for the number of pairs. */
  readonly pValue: number;
}

/** Models to compare, from any source. */
export interface ModelComparison {
  /** Written below a group of bars, where there are several. */
  readonly name?: string;
  readonly models: readonly ModelScore[];
  readonly noiseCeiling?: { readonly lower: number; readonly upper: number };
  readonly pairs?: readonly PairTest[];
  /** Test and correction in words. */
  readonly method?: string;
}

/** A model with everything known or said to be missing. */
export interface CheckedScore {
  readonly name: string;
  readonly mean: number;
  readonly error: number | undefined;
  readonly scores: readonly number[];
  readonly pZero: number | undefined;
  readonly pCeiling: number | undefined;
}

/** A comparison whose contents were checked. */
export interface CheckedComparison {
  readonly name: string;
  readonly models: readonly CheckedScore[];
  readonly noiseCeiling: { readonly lower: number; readonly upper: number } | undefined;
  readonly pairs: readonly PairTest[];
  readonly method: string | undefined;
  /** What the scores are, where the source says so. */
  readonly measure: string | undefined;
  readonly kind: string | undefined;
}

/** What is taken from an evaluation. */
export interface FromEvaluation {
  readonly test: EvalTestOptions;
  readonly errorBars: "sem" | "ci" | "none";
}

const isComparison = thing("what evalFixed and its kind return, or { models }", "models");
const isModel = thing("a model as { name, mean } or { name, scores }", "name");
const isPair = thing("{ a, b, pValue }", "a", "b", "pValue");

/** A comparison from rows or from an evaluation. Throws `InvalidArgument`. */
export function checkComparison(
  given: EvalResult | ModelComparison,
  from: FromEvaluation,
): CheckedComparison {
  if (given instanceof EvalResult) return fromEvaluation(given, from);
  isComparison(given, "comparisons");
  const { models, pairs = [] } = given;
  listOf(isModel)(models, "models");
  listOf(isPair)(pairs, "pairs");
  if (models.length === 0) throw new InvalidArgument("models", "none", "give at least one");
  const names = new Set(models.map(({ name }) => name));
  if (names.size < models.length)
    throw new InvalidArgument("models", "two of one name", "give each model its own name");
  const stranger = pairs.flatMap(({ a, b }) => [a, b]).find((name) => !names.has(name));
  if (stranger !== undefined)
    throw new InvalidArgument("pairs", stranger, "name models that are in the comparison");
  return {
    name: given.name ?? "",
    models: models.map((model) => checkScore(model, from.errorBars !== "none")),
    noiseCeiling: given.noiseCeiling,
    pairs,
    method: given.method,
    measure: undefined,
    kind: undefined,
  };
}

function checkScore(model: ModelScore, withErrors: boolean): CheckedScore {
  if (model.scores !== undefined) numbers(model.scores, `scores of ${describeValue(model.name)}`);
  const scores = Array.from(model.scores ?? []);
  const mean = model.mean ?? meanOf(scores);
  if (Number.isNaN(mean) && model.mean === undefined && scores.length === 0)
    throw new InvalidArgument("model", model.name, "give its mean or its scores");
  const error = withErrors ? (model.error ?? standardError(scores)) : undefined;
  return { name: model.name, mean, error, scores, pZero: model.pZero, pCeiling: model.pCeiling };
}

function meanOf(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function standardError(scores: readonly number[]): number | undefined {
  if (scores.length < 2) return undefined;
  const mean = meanOf(scores);
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  return Math.sqrt(squares / (scores.length - 1) / scores.length);
}

function fromEvaluation(
  result: EvalResult,
  { test, errorBars }: FromEvaluation,
): CheckedComparison {
  const tests = result.tests === undefined ? undefined : result.test(test);
  const n = result.nModels;
  const pairs = result.models.flatMap((a, i) =>
    result.models
      .slice(i + 1)
      .map((b, k) => ({ a, b, pValue: tests?.pairwise.adjusted[i * n + i + 1 + k] ?? Number.NaN })),
  );
  return {
    name: "",
    models: result.models.map((name, m) => ({
      name,
      mean: result.means[m],
      error: errorOf(result, m, errorBars),
      scores: individual(result, m),
      pZero: tests?.zero.adjusted[m],
      pCeiling: tests?.ceiling?.adjusted[m],
    })),
    noiseCeiling: result.noiseCeiling,
    pairs: tests === undefined ? [] : pairs,
    method: tests?.words,
    measure: comparisonWords(result.method),
    kind: kindWords(result),
  };
}

function errorOf({ sem, ci, means }: EvalResult, m: number, kind: FromEvaluation["errorBars"]) {
  if (kind === "none") return undefined;
  return kind === "sem" ? sem?.[m] : ci && ci.upper[m] - means[m];
}

/** One score for each data RDM, where the evaluation has them. */
function individual({ kind, scores, nModels }: EvalResult, m: number): readonly number[] {
  if (kind !== "fixed") return [];
  const nRdms = scores.data.length / nModels;
  return nRdms < 2 ? [] : Array.from(scores.data.subarray(m * nRdms, (m + 1) * nRdms));
}

function kindWords({ kind, resampled, nRdms, nItems }: EvalResult): string {
  const what =
    resampled === undefined ? "" : ` of ${resampled === "both" ? "items and RDMs" : resampled}`;
  const data = `${nRdms} data RDM${nRdms === 1 ? "" : "s"} of ${nItems} items`;
  return kind === "fixed" ? data : `${data} (${kind}${what})`;
}

/** Everything shown, one row a model: means, errors, single scores, tests. */
export function comparisonTable(all: readonly CheckedComparison[]): Table {
  const rows = all.flatMap((comparison) =>
    comparison.models.map((model) => ({ comparison, model })),
  );
  const most = Math.max(...rows.map(({ model }) => model.scores.length));
  const columns: [string, Cell[]][] = [
    ["model", rows.map(({ model }) => model.name)],
    ["mean", rows.map(({ model }) => model.mean)],
    ["error", rows.map(({ model }) => model.error ?? null)],
    ["p_zero", rows.map(({ model }) => model.pZero ?? null)],
    ["p_ceiling", rows.map(({ model }) => model.pCeiling ?? null)],
    ["ceiling_lower", rows.map(({ comparison }) => comparison.noiseCeiling?.lower ?? null)],
    ["ceiling_upper", rows.map(({ comparison }) => comparison.noiseCeiling?.upper ?? null)],
    ["differs_from", rows.map(({ comparison, model }) => pairWords(comparison, model.name))],
  ];
  if (all.length > 1) columns.unshift(["group", rows.map(({ comparison }) => comparison.name)]);
  for (let i = 0; i < most; i++)
    columns.push([`score_${i + 1}`, rows.map(({ model }) => model.scores[i] ?? null)]);
  return new Table(new Map(columns));
}

/** `HMAX p=0.01; V1 p=0.2`. */
function pairWords({ pairs }: CheckedComparison, name: string): string {
  return pairs
    .filter(({ a, b }) => a === name || b === name)
    .map(({ a, b, pValue }) => `${a === name ? b : a} p=${Number(pValue.toPrecision(4))}`)
    .join("; ");
}
