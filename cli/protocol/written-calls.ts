import type { Node } from "oxc-parser";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { parseTypeScript } from "../../kernel/platform/node/compile.ts";
import { isCode } from "../../src/report/blocks.ts";
import type { WrittenCall } from "../../src/report/run.ts";
import { exportOf, importedNames, propertyOf, type ImportedNames } from "./imported-names.ts";
import {
  changedNames,
  childrenOf,
  writtenConstants,
  writtenValue,
  type Scope,
} from "./written-values.ts";

/** What reads, draws or shows, and decides nothing of an analysis. */
const noAnalysis =
  /^(plot|view|live[A-Z]|read|write|list[A-Z]|as[A-Z]|to[A-Z]|open|describe|display|renamed$|voxel|claim$|report$|progress$|locateData$|check$|todo$|figure|markFigures$)/;

/** Calls of results that are tests. */
const methods = new Set(["test", "confidence"]);

/**
 * Every call of an analysis of tsrsa in code cells, in their order, with the options that stand there. One that is handed
 * on to be called elsewhere, as in `pairs.map(rsa)`, is among them, with the code that hands it on.
 */
export function writtenCalls(cells: readonly NotebookCell[]): WrittenCall[] {
  const code = cells.filter(({ kind }) => kind === "code");
  const trees = code.map(({ source }) => ({ source, program: parseTypeScript(source).program }));
  const names = importedNames(trees.map(({ program }) => program));
  const changed = new Set(trees.flatMap(({ program }) => changedNames(program)));
  const constants = new Map<string, unknown>();
  return trees.flatMap(({ source, program }, at) => {
    for (const [name, value] of writtenConstants(program, { source, constants }))
      constants.set(name, changed.has(name) ? { code: name } : value);
    return callsIn(program, names, { source, constants }, at + 1);
  });
}

function callsIn(node: Node, names: ImportedNames, scope: Scope, cell: number): WrittenCall[] {
  const inside = childrenOf(node).flatMap((child) => callsIn(child, names, scope, cell));
  if (node.type !== "CallExpression") return inside;
  const own = callOf(node, names, scope, cell) ?? [];
  return [own, handedOn(node, names, scope, cell), inside].flat();
}

function callOf(
  node: Extract<Node, { type: "CallExpression" }>,
  names: ImportedNames,
  scope: Scope,
  cell: number,
): WrittenCall | undefined {
  const call = nameOf(node, names, scope);
  if (call === undefined || noAnalysis.test(call)) return undefined;
  const args = [...node.arguments];
  const last = args.at(-1);
  const value = last === undefined ? undefined : writtenValue(last, scope);
  const isOptions =
    typeof value === "object" && value !== null && !Array.isArray(value) && !("code" in value);
  const of = (isOptions ? args.slice(0, -1) : args).map((one) => textOf(one, scope));
  return { cell, call, of, options: isOptions ? { ...value } : {} };
}

/** Functions of ours that a call gets, or whose own `call`, `apply` and `bind` it is. */
function handedOn(
  node: Extract<Node, { type: "CallExpression" }>,
  names: ImportedNames,
  scope: Scope,
  cell: number,
): WrittenCall[] {
  const { callee } = node;
  const own = callee.type === "MemberExpression" ? [callee.object] : [];
  return [...own, ...node.arguments].flatMap((one) => {
    const call = exportOf(one, names);
    if (call === undefined || call === "*" || noAnalysis.test(call)) return [];
    if (/^[A-Z]/.test(call) || noFunctions.has(call)) return [];
    return [{ cell, call, of: [textOf(node, scope)], options: {} }];
  });
}

/** Exports that are no functions, beside classes. */
export const noFunctions: ReadonlySet<string> = new Set([
  "classifiers",
  "compareMethodNames",
  "comparisonNames",
  "dataSets",
  "featureMethods",
  "interSubjectModels",
  "jupyterDisplay",
  "metricNames",
  "pValueCorrections",
  "preparationNames",
  "rsaMetricNames",
  "separationStatistics",
  "shareQuantities",
  "tfrAverages",
  "tfrBaselineModes",
  "tfrQuantities",
  "weightFitters",
  "weightQuantities",
  "weightScores",
]);

/** What is called: an export of tsrsa, by its own name, or a test of a result. */
function nameOf(
  { callee, arguments: given }: Extract<Node, { type: "CallExpression" }>,
  names: ImportedNames,
  scope: Scope,
): string | undefined {
  const found = exportOf(callee, names);
  if (found !== undefined) return found === "*" ? undefined : found;
  if (callee.type !== "MemberExpression") return undefined;
  const name = propertyOf(callee);
  if (name === undefined || !methods.has(name) || isPattern(callee.object, scope)) return undefined;
  return given.some(isText) ? undefined : `.${name}`;
}

/** `/a/.test(text)` asks a pattern, and is no test; so does that of a variable with one. */
function isPattern(node: Node, { constants }: Scope): boolean {
  if (node.type === "Literal") return "regex" in node;
  const value = node.type === "Identifier" ? constants.get(node.name) : undefined;
  return isCode(value) && /^(\/|(new )?RegExp\b)/.test(value.code);
}

/** Results are tested with options, never with a text. */
function isText(node: Node): boolean {
  return (
    node.type === "TemplateLiteral" || (node.type === "Literal" && typeof node.value === "string")
  );
}

function textOf({ start, end }: Node, { source }: Scope): string {
  return source.slice(start, end).replace(/\s+/g, " ");
}
